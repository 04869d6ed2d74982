"""`show ip eigrp` and `show ipv6 eigrp`: interfaces that are up, and neighbors, of which there are none."""

from collections.abc import Iterator
from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.interfaces.interfaces import bandwidth, delay
from emulator.console.render.routing.eigrp import details_of, metric, show_eigrp_interfaces, show_eigrp_topology
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Block
from emulator.router.device import Router
from emulator.router.network.routing_interfaces import (
    is_passive,
    network_interfaces,
    processes,
    router_id,
    vrf_processes,
)
from emulator.router.network.views import InterfaceView, interface_views

_ROWS = {
    "": "Show EIGRP interfaces",
    " detail": "Show detailed interface information",
    " <interface>": "Interface",
    " detail <interface>": "Interface",
}
_PEERS = {
    "": "Show EIGRP neighbors",
    " detail": "Show detailed peer information",
    " <interface>": "Interface",
    " detail <interface>": "Interface",
}
HELP = {
    "show": "Show running system information",
    "show ip": "IP information",
    "show ip eigrp": "Show IPv4 EIGRP",
    "show ip eigrp vrf": "Select a VRF",
    "show ip eigrp vrf <vrf>": "VPN Routing/Forwarding instance name",
    "show ip eigrp topology": "Select Topology",
    "show ip eigrp vrf <vrf> topology": "Select Topology",
    "show ipv6": "IPv6 information",
    "show ipv6 eigrp": "Show IPv6 EIGRP",
    **{
        f"{start} {what}{words}": text
        for start in ("show ip eigrp", "show ip eigrp vrf <vrf>", "show ipv6 eigrp")
        for what, rows in (("interfaces", _ROWS), ("neighbors", _PEERS))
        for words, text in rows.items()
    },
}

EigrpProcess = tuple[str, list[InterfaceView]]
"""A process's number, and its interfaces."""


def _ipv4(router: Router, vrf: str) -> Iterator[EigrpProcess]:
    found = vrf_processes(router, "eigrp", vrf) if vrf else processes(router, "eigrp")
    for number, process in found.items():
        views = network_interfaces(router, process, vrf)
        yield number, [view for view in views if view.is_up and not is_passive(process, view.name)]


def _ipv6(router: Router, _vrf: str) -> Iterator[EigrpProcess]:
    start, sections = "ipv6 router eigrp ", router.configuration.sections
    for key, process in sections.items():
        if key.startswith(start):
            number = key.removeprefix(start)
            line = f"ipv6 eigrp {number}"
            has_line = (
                view
                for view in interface_views(router)
                if line in sections.get(f"interface {view.name}", Block()).lines and not is_passive(process, view.name)
            )
            yield number, [view for view in has_line if view.is_up]


FAMILIES = {"IPv4": _ipv4, "IPv6": _ipv6}


def interfaces(session: Session, *, family: str, detailed: bool, interface: str | None, vrf: str | None) -> Handler:
    """Show the interfaces of each process."""
    router = session.router
    release = tuple(int(part) for part in router.manifest.release.split("."))
    for number, views in FAMILIES[family](router, vrf or ""):
        shown = [view for view in views if interface in {None, view.name}]
        details = {view.name: _details(router, family, number, view) for view in shown} if detailed else {}
        yield Say(show_eigrp_interfaces(family, number, shown, release, details))


def _details(router: Router, family: str, number: str, view: InterfaceView) -> str:
    block = router.configuration.sections.get(f"interface {view.name}", Block())
    return details_of(family, number, block, bandwidth(router, view), router.uptime())


def neighbors(session: Session, *, family: str, interface: str | None, vrf: str | None) -> Handler:
    """Show the neighbors of each process: a heading alone."""
    del interface
    for number, _ in FAMILIES[family](session.router, vrf or ""):
        yield Say(wording("eigrp.neighbors", family=family, number=number))


def topology(session: Session, *, vrf: str | None) -> Handler:
    """Show the networks of each process, all of them its own."""
    router = session.router
    release = tuple(int(part) for part in router.manifest.release.split("."))
    for number, views in _ipv4(router, vrf or ""):
        own = router.configuration.sections.get(f"router eigrp {number}", Block()).word("eigrp router-id")
        metrics = [(view, metric(bandwidth(router, view), delay(router, view))) for view in views]
        yield Say(show_eigrp_topology(number, own or str(router_id(router)), metrics, release))


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_eigrp", basis="R",
                source="IOS IP routing: EIGRP command reference, recalled")  # fmt: skip
_WHICH = "[<interface:Interface>]"
COMMANDS = (
    *(
        _SHOW(f"{start} {what} {_WHICH}", run=run, when=feature(name))
        for start, name, common in (
            ("show ip eigrp [vrf <vrf:Word>]", "eigrp", {"family": "IPv4"}),
            ("show ipv6 eigrp", "ipv6", {"family": "IPv6", "vrf": None}),
        )
        for what, run in (
            ("interfaces", partial(interfaces, detailed=False, **common)),
            ("interfaces detail", partial(interfaces, detailed=True, **common)),
            ("neighbors", partial(neighbors, **common)),
            ("neighbors detail", partial(neighbors, **common)),
        )
    ),
    _SHOW("show ip eigrp [vrf <vrf:Word>] topology", run=topology, when=feature("eigrp")),
)
