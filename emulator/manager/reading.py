"""Reading a device: the screens that tell its identity, its software and its licenses.

C: the three commands, which every release of the family has since 12.4(15)XZ; a device that tells two identities is
not believed.
"""

from emulator.captures.facts import LicenseFacts
from emulator.captures.parse import licenses, version
from emulator.captures.reading.commands import Kind
from emulator.captures.reading.screen import Screen
from emulator.captures.reading.terminal import lines_of
from emulator.kernel.errors import printable
from emulator.licensing.udi import Udi, parse_udi
from emulator.manager.entities import DeviceFault, DeviceReading, InstalledLicense
from emulator.manager.errors import DeviceError
from emulator.manager.ports import CommandSession

MOST_LICENSES = 1_000
"""Limit of the licenses of one device that are kept."""


async def read_device(session: CommandSession) -> DeviceReading:
    """Read a device.

    Raises:
        DeviceError: it is lost on the way, or its screens tell no identity, or two.
    """
    screens = {kind: await _screen(session, kind) for kind in (Kind.LICENSE_UDI, Kind.VERSION, Kind.LICENSE_DETAIL)}
    identity, _ = licenses.parse_udi(screens[Kind.LICENSE_UDI])
    software, _ = version.parse(screens[Kind.VERSION])
    found, _ = licenses.parse(screens[Kind.LICENSE_DETAIL])
    if identity is None:
        raise DeviceError(DeviceFault.UNREADABLE, f"'{Kind.LICENSE_UDI.value}' shows no UDI")
    udi = _udi(identity.pid, identity.serial)
    other = printable(f"{software.pid}:{software.serial}")
    if software.pid is not None and software.serial is not None and other != str(udi):
        raise DeviceError(
            DeviceFault.UNREADABLE,
            f"it tells two identities: {udi} in '{Kind.LICENSE_UDI.value}', {other} in '{Kind.VERSION.value}'",
        )
    return DeviceReading(
        udi=udi,
        hostname=printable(software.hostname or ""),
        release=printable(software.version or ""),
        image=printable(software.image_file or ""),
        level=printable(software.level or ""),
        level_type=printable(software.level_type or ""),
        next_level=printable(software.next_level or ""),
        licenses=tuple(map(_installed, (each for each in found.entries if each.type)))[:MOST_LICENSES],
    )


async def _screen(session: CommandSession, kind: Kind) -> Screen:
    shown = await session.show(kind.value)
    return Screen(kind, kind.value, tuple(lines_of(shown.encode(errors="replace"))))


def _udi(pid: str, serial: str) -> Udi:
    try:
        return parse_udi(f"{pid}:{serial}")
    except ValueError as error:
        raise DeviceError(DeviceFault.UNREADABLE, printable(str(error))) from None


def _installed(facts: LicenseFacts) -> InstalledLicense:
    return InstalledLicense(
        feature=printable(facts.feature),
        type=printable(facts.type or ""),
        state=printable(facts.state or ""),
        store=printable(facts.store or ""),
        left=" ".join(printable(facts.left or "").split()),
        count=printable(facts.count or ""),
    )
