"""License files that are installed as they are: one that a user has, and all licenses of a device, sent again.

C: deployment by file, and resend, by which licenses that were lost come back. I: an agreement that a device asks for is
accepted where the user says so, and the audit trail tells who did.
"""

from collections.abc import Iterable

import msgspec

from emulator.licensing.udi import Udi
from emulator.manager.at_device import act_at
from emulator.manager.context import ManagerContext
from emulator.manager.entities import DeviceFault, DeviceReading, InstallCounts
from emulator.manager.errors import BackEndError, DeviceError
from emulator.manager.polling import changes_between
from emulator.manager.ports import DeviceSession, LicenseBackEnd
from emulator.manager.roles import ManagerAction


class InstalledFile(msgspec.Struct, frozen=True):
    """Outcome of a file for one device: how many licenses were new and how many it had, and what changed by them."""

    udi: Udi
    installed: int = 0
    existing: int = 0
    changes: tuple[str, ...] = ()
    fault: DeviceFault | None = None
    detail: str = ""


async def install_file(
    context: ManagerContext, udi: Udi, name: str, content: bytes, *, accept: bool = False
) -> InstalledFile:
    """Install a license file on a device, which tells itself whether it has the licenses already.

    Args:
        context: on whose behalf.
        udi: the device.
        name: of the file, as it is to be in the flash.
        content: the file.
        accept: whether the user accepts an agreement that the device asks for.

    Raises:
        NotAllowed: the user may not deploy licenses.
    """
    context.require(ManagerAction.DEPLOY)

    async def act(
        session: DeviceSession, before: DeviceReading
    ) -> tuple[DeviceReading, tuple[InstallCounts, tuple[str, ...]]]:
        counts = await session.install(name, content, accept=accept)
        after = await session.read()
        return after, (counts, changes_between(before, after))

    found = await act_at(context, udi, act)
    if isinstance(found, DeviceError):
        return InstalledFile(udi, fault=found.fault, detail=found.detail)
    _, (counts, changes) = found
    agreed = ", agreement accepted" if counts.agreed else ""
    with context.database.writing() as records:
        told = f"{name}: {counts.installed} installed, {counts.existing} there before{agreed}"
        context.record(records, "install", str(udi), told)
    return InstalledFile(udi, counts.installed, counts.existing, changes)


async def resend(
    context: ManagerContext, back_end: LicenseBackEnd, udis: Iterable[Udi], *, accept: bool = False
) -> list[InstalledFile]:
    """Have the portal send all licenses of devices again, and install those that they have lost; nothing is debited.

    Raises:
        NotAllowed: the user may not deploy licenses.
    """
    context.require(ManagerAction.DEPLOY)

    async def send(udi: Udi) -> InstalledFile:
        try:
            name, content = await back_end.resend(udi)
        except BackEndError as error:
            return InstalledFile(udi, fault=DeviceFault.REFUSED, detail=str(error))
        return await install_file(context, udi, name, content, accept=accept)

    return await context.fan_out(list(dict.fromkeys(udis)), send)
