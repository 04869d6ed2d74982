"""`show power inline`: power over the ports of the switch, where the power daughter card is fitted.

C: the card, in the inventory of an 881. R: the form of the screen. I: no powered device is plugged in.
"""

from emulator.console.modes import EXEC
from emulator.console.render.interface_lists import short_name
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command, Condition
from emulator.hardware.platform import SWITCHED
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show power": "Switch Power",
    "show power inline": "Inline power configuration",
    "show power inline <interface>": "Interface",
}

CARD = "800-IL-PM"
"""Beginning of the product name of the card."""

FITTED = Condition(
    "power daughter card", lambda session: any(each.pid.startswith(CARD) for each in session.router.platform.cards)
)


def show(session: Session, *, interface: str | None) -> Handler:
    """Show the supply, and each switch port, or one of them."""
    ports = [port.name for port in session.router.platform.interfaces if port.kind in SWITCHED]
    rows = "".join(
        f"{short_name(name):<12s}{'auto':<9s}{'no':<8s}{'off':<10s}0.000 Watts\n"
        for name in ports
        if interface in {None, name}
    )
    yield Say((wording("power.supply") if interface is None else "") + wording("power.ports") + rows)


COMMANDS = (
    Command("show power inline [<interface:Interface>]", modes=(EXEC,), run=show, piped=True, when=FITTED,
            output="show_power_inline", source="EtherSwitch module feature guide, recalled", basis="R"),
)  # fmt: skip
