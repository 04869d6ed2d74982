"""`show inventory`: an item after the other. C for the 881 and its power card: names, padding, the chassis's VID."""

from emulator.hardware.platform import Platform
from emulator.licensing.udi import Udi


def show_inventory(platform: Platform, udi: Udi) -> str:
    """Screen of `show inventory`."""
    chassis = platform.inventory
    description = f"{chassis.description}, Hw Serial#: {udi.serial}, Hw Revision: {chassis.hardware_revision}"
    items = [_item(chassis.name, description, udi.pid, chassis.vid, udi.serial)]
    items += [_item(card.name, card.description, card.pid, card.vid, card.serial) for card in platform.cards]
    return "".join(items) + "\n"


def _item(name: str, description: str, pid: str, vid: str, serial: str) -> str:
    return f'NAME: "{name}", DESCR: "{description}"\nPID: {pid:<18s}, VID: {vid}, SN: {serial}\n\n'
