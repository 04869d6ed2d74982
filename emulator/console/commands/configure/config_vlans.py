"""`vlan`: the VLANs of the switch, as many as the level allows.

C: that VLANs without a name are one line, `vlan 10,20,30` (an 1811 and two 892s); a list is kept as it was typed (I).
R: the limits (`images/limits.toml`), and that VLANs above 1005 ask for VTP transparent mode (as configurations of 881s
that providers hand out have them); I: the refusals, and that VLANs stand in the configuration, where a real router in
VTP server mode keeps them in a file of its own.
"""

from collections.abc import Generator

from emulator.console.modes import CONFIG
from emulator.console.render.interfaces.vlans import UNSUPPORTED, listed, vlans
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.images.features import limit
from emulator.kernel.effects import Handler, Say

LAST_NORMAL = 1005
"""Last VLAN of the normal range; those above it are made in VTP transparent mode alone (R)."""

HELP = {
    "vlan": "VLAN commands",
    "vlan <number>": "VLAN ID",
    "vlan <numbers>": "VLAN IDs, `2,4-6`",
    "no": "Negate a command or set its defaults",
}


def vlan(session: Session, *, number: int) -> Handler:
    """Enter a VLAN, made if there is room for it."""
    key = f"vlan {number}"
    if key not in session.router.configuration.sections and not (yield from _made(session, key, {number})):
        return
    session.exec.enter("config-vlan", key)


def several(session: Session, *, numbers: str) -> Handler:
    """Make the missing VLANs of a list, and enter the list."""
    key = f"vlan {numbers}"
    if key not in session.router.configuration.sections and not (yield from _made(session, key, set(listed(numbers)))):
        return
    session.exec.enter("config-vlan", key)


def _made(session: Session, key: str, wanted: set[int]) -> Generator[Say, None, bool]:
    """Make a section; false if there is no room for all of its VLANs."""
    router = session.router
    extended = sorted(number for number in wanted if number > LAST_NORMAL)
    if extended and router.configuration.word("vtp mode") != "transparent":
        yield Say(wording("config.extended_vlans", numbers=",".join(map(str, extended))))
        return False
    reserved = wanted & set(UNSUPPORTED)
    if reserved:
        yield Say(wording("config.too_many_vlans", number=max(reserved)))
        return False
    known = {number for number in vlans(router) if number != 1}
    most = limit("vlans", router.platform.family, router.running.level)
    if most is not None and len(known | wanted) > most:
        yield Say(wording("config.too_many_vlans", number=max(wanted - known)))
        return False
    router.configuration.section(key)
    router.running.changed = True
    return True


def forget(session: Session, *, number: int) -> None:
    """Remove a VLAN, out of a list too."""
    configuration = session.router.configuration
    for key in [each for each in configuration.sections if each.startswith("vlan ")]:
        numbers = listed(key.removeprefix("vlan "))
        if number in numbers:
            configuration.remove(key)
            left = [each for each in numbers if each != number]
            if left:
                configuration.section(f"vlan {','.join(map(str, left))}")
            session.router.running.changed = True


_SOURCE = "IOS LAN switching command reference; feature matrix"
COMMANDS = (
    Command("vlan <number:2-4094>", modes=(CONFIG,), run=vlan, source=_SOURCE, basis="R"),
    Command("vlan <numbers:VlanList>", modes=(CONFIG,), run=several, source=_SOURCE, basis="R"),
    Command("no vlan <number:2-4094>", modes=(CONFIG,), run=forget, source=_SOURCE, basis="R"),
)
