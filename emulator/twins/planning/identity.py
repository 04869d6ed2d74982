"""Which product a device is, and which unit.

The identity is told by `show version`, `show inventory`, `show license udi` and the configuration; where they differ,
that is told, and the first of these counts. A device that tells none is taken for the product whose model or
interfaces it shows, and gets a serial number of the world's own.
"""

from emulator.hardware.platform import Platform, PlatformCatalogue
from emulator.kernel.errors import Refused, UnknownName
from emulator.licensing.udi import is_serial, parse_udi
from emulator.twins.device import CapturedDevice
from emulator.twins.facts import Facts, UdiFacts
from emulator.twins.report import Matter

LIKELIEST = ("CISCO881-K9", "CISCO888-K9", "CISCO887-K9", "CISCO887VA-K9", "CISCO886-K9", "CISCO861-K9", "CISCO867-K9")
"""Products by how probable they are where only the hardware is known (I)."""


def identify(device: CapturedDevice, platforms: PlatformCatalogue) -> tuple[Platform, str | None]:
    """The product and the serial number.

    Raises:
        Refused: it is a product that is not known here, or nothing tells which one it is.
    """
    udis = device.udis
    for udi in udis[1:]:
        _compare(device, udis[0], udi)
    if udis:
        platform = _platform(platforms, udis[0])
        return platform, _serial(device, udis[0], udis[0].serial)
    platform = _guess(device, platforms)
    version = device.version
    if version is not None and version.board_id:
        return platform, _serial(device, version, version.board_id, "board_id")
    device.twin.tell(Matter.ASSUMED, "nothing tells the serial number; the world gives one")
    return platform, None


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
        raise Refused(f"{udi.place('pid')}: {error}") from error


def _serial(device: CapturedDevice, facts: Facts, serial: str, field: str = "serial") -> str:
    try:
        parse_udi(f"X-K9:{serial}")
    except ValueError:
        raise Refused(f"{facts.place(field)}: '{serial}' is not a serial number; it has the form FTX1405YDC7") from None
    if not is_serial(serial):
        why = "no unit was made in week 00" if serial[5:7] == "00" else "it has a week or letters that no unit has"
        device.twin.tell(Matter.WARNING, f"the serial number {serial} was made anonymous: {why}", facts.place(field))
    return serial


def _guess(device: CapturedDevice, platforms: PlatformCatalogue) -> Platform:
    """The product by its model, or by its interfaces."""
    version = device.version
    known = [platforms.get(pid) for pid in dict.fromkeys((*LIKELIEST, *platforms.pids()))]
    if version is not None and version.model is not None:
        fitting = [each for each in known if each.model == version.model]
        if version.counts:
            fitting = [each for each in fitting if each.counts == version.counts] or fitting
        if not fitting:
            raise Refused(
                f"{version.place('model')}: {UnknownName('model', version.model, {each.model for each in known})}"
            )
        device.twin.tell(
            Matter.ASSUMED, f"nothing tells the product; a Cisco {version.model} is taken for {fitting[0].pid}"
        )
        return fitting[0]
    seen = {row.name for row in device.brief.rows} if device.brief is not None else set()
    seen |= set(device.ports)
    board = {name for name in seen if any(name == port.name for each in known for port in each.interfaces)}
    if not board:
        raise Refused("nothing tells which product this is; add its `show version` or `show inventory`")
    whole = device.brief is not None
    for each in known:
        names = {port.name for port in each.interfaces}
        if board == names or (not whole and board <= names):
            device.twin.tell(Matter.ASSUMED, f"nothing tells the product; by its interfaces it is taken for {each.pid}")
            return each
    raise Refused(f"no product of these families has the interfaces {', '.join(sorted(board))}; add its `show version`")
