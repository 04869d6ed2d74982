"""`vlan`: the VLANs of the switch, as many as the level allows.

R: the limits (`images/limits.toml`); I: the refusal, and that VLANs stand in the configuration, where a real router
in VTP server mode keeps them in a file of its own.
"""

from emulator.console.grammar import Command
from emulator.console.modes import CONFIG
from emulator.console.session import Session
from emulator.console.wording import wording
from emulator.images.features import limit
from emulator.kernel.effects import Handler, Say

HELP = {
    "vlan": "VLAN commands",
    "vlan <number>": "VLAN ID",
    "no": "Negate a command or set its defaults",
    "no vlan": "VLAN commands",
    "no vlan <number>": "VLAN ID",
}


def vlan(session: Session, *, number: int) -> Handler:
    """Go to a VLAN, made if there is room for it."""
    configuration, router = session.router.configuration, session.router
    key = f"vlan {number}"
    if key not in configuration.sections:
        made = sum(each.startswith("vlan ") for each in configuration.sections)
        most = limit("vlans", router.platform.family, router.running.level)
        if most is not None and made >= most:
            yield Say(wording("config.too_many_vlans", number=number))
            return
        configuration.section(key)
        router.running.changed = True
    session.line.enter("config-vlan", key)


def forget(session: Session, *, number: int) -> None:
    if session.router.configuration.remove(f"vlan {number}"):
        session.router.running.changed = True


_SOURCE = "IOS LAN switching command reference; feature matrix"
COMMANDS = (
    Command("vlan <number:2-1001>", modes=(CONFIG,), run=vlan, source=_SOURCE, basis="R"),
    Command("no vlan <number:2-1001>", modes=(CONFIG,), run=forget, source=_SOURCE, basis="R"),
)
