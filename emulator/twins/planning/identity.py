"""Identity of a device: its product, and which unit it is.

The identity is told by `show version`, `show inventory`, `show license udi` and the configuration; where they differ,
that is told, and the first of these counts. A product that was chosen counts more than all of them. A device that tells
none is taken for the likeliest (`product.py`), and gets a serial number of the world's own.
"""

from emulator.captures.facts import Facts, UdiFacts
from emulator.hardware.platform import Platform, PlatformCatalogue
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import Refused, UnknownName
from emulator.licensing.udi import is_serial, parse_udi
from emulator.twins.choice import ImportChoice
from emulator.twins.device import CapturedDevice
from emulator.twins.planning.product import guess
from emulator.twins.report import Matter


def identify(
    device: CapturedDevice, platforms: PlatformCatalogue, images: ImageCatalogue, choice: ImportChoice
) -> tuple[Platform, str | None]:
    """The product and the serial number.

    Raises:
        Refused: it is a product that is not known here, or no router of these families.
        UnknownName: there is no product of the chosen name.
    """
    udis = device.udis
    for udi in udis[1:]:
        _compare(device, udis[0], udi)
    if udis:
        platform = (
            _platform(platforms, udis[0]) if choice.pid is None else _chosen(device, platforms, choice.pid, udis[0])
        )
        return platform, _serial(device, udis[0], udis[0].serial)
    platform = guess(device, platforms, images) if choice.pid is None else platforms.get(choice.pid)
    version = device.version
    if version is not None and version.board_id:
        return platform, _serial(device, version, version.board_id, "board_id")
    device.twin.tell(Matter.ASSUMED, "nothing tells the serial number; the world gives one")
    return platform, None


def _chosen(device: CapturedDevice, platforms: PlatformCatalogue, pid: str, told: UdiFacts) -> Platform:
    """The chosen product; that the capture tells another is told."""
    if told.pid != pid:
        device.twin.tell(Matter.CONTRADICTION, f"the product is {told.pid}, but {pid} was chosen", told.place("pid"))
    return platforms.get(pid)


def told_serial(device: CapturedDevice) -> tuple[str, str] | None:
    """The serial number that counts, and where it was read."""
    udis, version = device.udis, device.version
    if udis:
        return udis[0].serial, udis[0].place("serial")
    if version is not None and version.board_id:
        return version.board_id, version.place("board_id")
    return None


def _compare(device: CapturedDevice, first: UdiFacts, other: UdiFacts) -> None:
    for field in ("pid", "serial"):
        one, two = getattr(first, field), getattr(other, field)
        if one != two:
            what = "product" if field == "pid" else "serial number"
            device.twin.tell(
                Matter.CONTRADICTION, f"the {what} is {two}, but {one} at {first.place(field)}", other.place(field)
            )


def _platform(platforms: PlatformCatalogue, udi: UdiFacts) -> Platform:
    try:
        return platforms.get(udi.pid)
    except UnknownName as error:
        raise Refused(f"{udi.place('pid')}: {error} Name the product that it is like with --pid.") from error


def _serial(device: CapturedDevice, facts: Facts, serial: str, field: str = "serial") -> str:
    try:
        parse_udi(f"X-K9:{serial}")
    except ValueError:
        raise Refused(f"{facts.place(field)}: '{serial}' is not a serial number; it has the form FTX1405YDC7") from None
    if not is_serial(serial):
        why = "no unit was made in week 00" if serial[5:7] == "00" else "it has a week or letters that no unit has"
        device.twin.tell(Matter.WARNING, f"the serial number {serial} was made anonymous: {why}", facts.place(field))
    return serial
