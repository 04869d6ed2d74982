"""`show cdp` and `show lldp` by interface and neighbor: the ports that speak, and the lack of answers (R: forms)."""

from collections.abc import Callable
from functools import partial

from emulator.console.commands.interfaces.show_neighbors import cdp, lldp
from emulator.console.modes import EXEC
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.network.views import InterfaceView, interface_views

HELP = {
    "show": "Show running system information",
    "show cdp": "CDP information",
    "show cdp entry": "Information for specific neighbor entry",
    "show cdp entry *": "all CDP neighbor entries",
    "show cdp entry <name>": "Name of CDP neighbor entry",
    "show cdp interface": "CDP interface status and configuration",
    "show cdp interface <interface>": "Interface",
    "show cdp neighbors": "CDP neighbor entries",
    "show cdp neighbors <interface>": "Interface",
    "show cdp neighbors <interface> detail": "Show detailed information",
    "show cdp traffic": "CDP statistics",
    "show lldp": "LLDP information",
    "show lldp entry": "Information for specific neighbor entry",
    "show lldp entry *": "all LLDP neighbor entries",
    "show lldp entry <name>": "Name of LLDP neighbor entry",
    "show lldp interface": "LLDP interface status and configuration",
    "show lldp interface <interface>": "Interface",
    "show lldp neighbors": "LLDP neighbor entries",
    "show lldp neighbors <interface>": "Interface",
    "show lldp neighbors <interface> detail": "Show detailed information",
    "show lldp traffic": "LLDP statistics",
}

SPEAKING = frozenset({"switchport", "wlan-switchport", "routed", "ethernet"})
"""Kinds of interface on which both protocols speak (I)."""

Tell = Callable[..., Handler]


def of_interfaces(session: Session, *, interface: str | None, protocol: str, tell: Tell) -> Handler:
    """Show the ports on which a protocol speaks; where it is off, that."""
    first = next(iter(tell(session, key=f"show.{protocol}")), None)
    if first != Say(wording(f"show.{protocol}")):
        yield Say(wording(f"show.{protocol}_off"))
        return
    views = (view for view in interface_views(session.router) if interface in {None, view.name})
    yield Say("".join(_speaks(view, protocol) for view in views if view.kind in SPEAKING))


def _speaks(view: InterfaceView, protocol: str) -> str:
    if protocol == "lldp":
        return wording("show.lldp_interface", name=view.name, state="WAIT FOR FRAME" if view.is_up else "INIT")
    return wording("show.cdp_interface", name=view.name, status=view.status, protocol=view.protocol)


def nothing(session: Session, *, key: str, tell: Tell, **_named: object) -> Handler:
    """Show a screen of the protocol that has no rows, whatever it was asked for."""
    yield from tell(session, key=key)


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_neighbor_details", basis="R",
                source="IOS network management command reference, recalled")  # fmt: skip
COMMANDS = tuple(
    command
    for protocol, tell in (("cdp", cdp), ("lldp", lldp))
    for command in (
        _SHOW(f"show {protocol} entry {{* | <name:Word>}}", run=partial(nothing, key="show.no_entry", tell=tell)),
        _SHOW(f"show {protocol} interface [<interface:Interface>]",
              run=partial(of_interfaces, protocol=protocol, tell=tell)),
        _SHOW(f"show {protocol} neighbors <interface:Interface>",
              run=partial(nothing, key=f"show.{protocol}_neighbors", tell=tell)),
        _SHOW(f"show {protocol} neighbors <interface:Interface> detail",
              run=partial(nothing, key=f"show.{protocol}_neighbors_detail", tell=tell)),
        _SHOW(f"show {protocol} traffic", run=partial(nothing, key=f"show.{protocol}_traffic", tell=tell)),
    )
)  # fmt: skip
