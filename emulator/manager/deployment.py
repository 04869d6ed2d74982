"""Deployment: licenses of a PAK are obtained for devices and installed there, each exactly once.

Before anything is done each device is read, and the plan tells what will be installed, what is debited, which devices
reload and which unsaved lines of their configuration that would cost. A license is kept here before it is sent, and a
device that has it already is told so by itself; so whatever is broken off, the same deployment again completes it at no
further debit. C: obtain and deploy are two acts, and what was obtained may wait. I: the order of the steps.
"""

import contextlib
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from emulator.kernel.errors import Refused
from emulator.licensing.udi import Udi
from emulator.manager.at_device import act_at
from emulator.manager.context import ManagerContext
from emulator.manager.device_acts import permanent_features, unsaved_lines
from emulator.manager.entities import DeviceFault, DeviceReading, KnownPak, ManagedDevice, ObtainedLicense
from emulator.manager.errors import BackEndError, DeviceError
from emulator.manager.paks import ask_for_pak
from emulator.manager.ports import DeviceSession, LicenseBackEnd
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter

LOOK_AFTER = 3.0
"""Seconds between two looks at a device that reloads."""

LOOKS = 300
"""Looks at a device that reloads, after which it is given up."""

LOOKS_AT_LEVEL = 3
"""Looks after which a device that answers at another level than expected has not reloaded to it."""

PART = 250
"""Devices of one registration at the portal."""


class DeploymentStep(StrEnum):
    """Plan for one device, and afterwards its outcome."""

    INSTALL = "install"
    INSTALLED = "installed"
    OBTAINED = "obtained"
    LICENSED = "licensed already"
    FAILED = "failed"


class DeploymentRow(msgspec.Struct, frozen=True):
    """Plan or outcome for one device.

    Attributes:
        debit: whether the PAK is debited for it.
        reload: whether it is reloaded.
        vanishing: lines of its running configuration that are not saved, and that a reload would lose.
        detail: the reason of a failure, or what is left to do.
    """

    udi: Udi
    step: DeploymentStep
    debit: bool = False
    reload: bool = False
    vanishing: tuple[str, ...] = ()
    fault: DeviceFault | None = None
    detail: str = ""


class DeploymentPlan(msgspec.Struct, frozen=True):
    """Plan of a deployment: the PAK as the portal tells it now, and each device by UDI."""

    pak: KnownPak
    rows: tuple[DeploymentRow, ...]

    @property
    def debits(self) -> int:
        """Number of licenses that the PAK will be debited for."""
        return sum(row.debit for row in self.rows)


async def plan_deployment(
    context: ManagerContext, back_end: LicenseBackEnd, code: str, chosen: DeviceFilter, *, reloading: bool
) -> DeploymentPlan:
    """Read the chosen devices, and tell what a deployment of a PAK would do; nothing is changed.

    Raises:
        NotAllowed: the user may not deploy licenses.
        BackEndError: the portal does not answer or has no such PAK.
        Refused: the PAK has not enough left, or is for another type of license.
    """
    context.require(ManagerAction.DEPLOY)
    pak = await ask_for_pak(context, back_end, code)
    paid = await back_end.registered(pak.code)
    with context.database.reading() as records:
        devices = list(records.devices.choose(chosen))

    async def look(device: ManagedDevice) -> DeploymentRow:
        return await _planned(context, device, pak, reloading=reloading)

    looked = await context.fan_out(devices, look)
    rows = tuple(
        replace(row, debit=row.udi not in paid) if row.step is DeploymentStep.INSTALL else row for row in looked
    )
    found = DeploymentPlan(pak, rows)
    if found.debits > pak.left:
        raise Refused(f"PAK {pak.code} has {pak.left} license(s) left, and {found.debits} device(s) need one")
    return found


async def deploy(
    context: ManagerContext, back_end: LicenseBackEnd, plan: DeploymentPlan, *, save: bool = False
) -> list[DeploymentRow]:
    """Carry a plan out: obtain what is missing, install it, and reload where that is planned.

    Args:
        context: on whose behalf.
        back_end: the license portal.
        plan: what was planned; devices that are licensed or could not be read are left alone.
        save: whether a device saves its configuration before it reloads.

    Raises:
        NotAllowed: the user may not deploy licenses.
        BackEndError: the portal does not answer; what was obtained until then is kept.
    """
    context.require(ManagerAction.DEPLOY)
    outcomes = await _carry_out(context, back_end, plan.pak, plan.rows, save=save)
    with context.database.writing() as records:
        context.record(records, "deploy", f"PAK {plan.pak.code}, {len(plan.rows)} device(s)", summary(outcomes))
    return outcomes


async def deploy_part(
    context: ManagerContext,
    back_end: LicenseBackEnd,
    pak: KnownPak,
    devices: Sequence[ManagedDevice],
    *,
    reloading: bool,
    save: bool,
) -> list[DeploymentRow]:
    """Plan and carry out for some devices of a deployment that was allowed; those that have a license stay as they are.

    Raises:
        BackEndError: the portal does not answer; what was obtained until then is kept.
    """

    async def look(device: ManagedDevice) -> DeploymentRow:
        return await _planned(context, device, pak, reloading=reloading)

    return await _carry_out(context, back_end, pak, await context.fan_out(devices, look), save=save)


async def preview_part(
    context: ManagerContext, pak: KnownPak, paid: Collection[Udi], devices: Sequence[ManagedDevice], *, reloading: bool
) -> list[DeploymentRow]:
    """Read devices and tell what a deployment that was allowed would do to each; nothing is changed.

    `paid`: the devices that the PAK was debited for already.
    """

    async def look(device: ManagedDevice) -> DeploymentRow:
        row = await _planned(context, device, pak, reloading=reloading)
        return replace(row, debit=row.step is DeploymentStep.INSTALL and row.udi not in paid)

    return await context.fan_out(devices, look)


async def obtain_part(
    context: ManagerContext, back_end: LicenseBackEnd, pak: KnownPak, devices: Sequence[ManagedDevice]
) -> list[DeploymentRow]:
    """Obtain licenses for devices without reaching them, but for those that had one when they were last read.

    Raises:
        BackEndError: the portal does not answer; what was obtained until then is kept.
    """
    licensed = {each.udi for each in devices if each.reading and pak.feature in permanent_features(each.reading)}
    obtained = await _obtain(context, back_end, pak, [each.udi for each in devices if each.udi not in licensed])
    rows = []
    for udi in (each.udi for each in devices):
        held = obtained.get(udi)
        if held is None:
            rows.append(DeploymentRow(udi, DeploymentStep.LICENSED))
        elif isinstance(held, str):
            rows.append(_failed(DeploymentRow(udi, DeploymentStep.FAILED), DeviceError(DeviceFault.REFUSED, held)))
        else:
            rows.append(DeploymentRow(udi, DeploymentStep.OBTAINED))
    return rows


async def deploy_held(
    context: ManagerContext, licenses: Sequence[ObtainedLicense], *, reloading: bool, save: bool
) -> DeploymentRow:
    """Install on one device what was obtained for it and is not there, on behalf of a use case that was allowed."""
    row = DeploymentRow(licenses[0].udi, DeploymentStep.INSTALL)
    for number, license_ in enumerate(licenses, 1):
        last = reloading and number == len(licenses)
        row = await _deployed(context, replace(row, reload=last), license_, save=save)
        if row.step is DeploymentStep.FAILED:
            break
    return row


async def _carry_out(
    context: ManagerContext, back_end: LicenseBackEnd, pak: KnownPak, rows: Sequence[DeploymentRow], *, save: bool
) -> list[DeploymentRow]:
    """Obtain what is missing for the rows that are to be installed, and install it; leave the others alone."""
    wanted = [row.udi for row in rows if row.step is DeploymentStep.INSTALL]
    obtained = await _obtain(context, back_end, pak, wanted)

    async def carry_out(row: DeploymentRow) -> DeploymentRow:
        if row.step is not DeploymentStep.INSTALL:
            return await _reloaded(context, row, save=save)
        license_ = obtained[row.udi]
        if isinstance(license_, str):
            return _failed(row, DeviceError(DeviceFault.REFUSED, license_))
        return await _deployed(context, row, license_, save=save)

    return await context.fan_out(rows, carry_out)


def summary(rows: Iterable[DeploymentRow]) -> str:
    """Count the steps of a plan or an outcome, in words."""
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[str(row.step)] = kinds.get(str(row.step), 0) + 1
    return ", ".join(f"{count} {name}" for name, count in sorted(kinds.items())) or "no device"


async def _planned(context: ManagerContext, device: ManagedDevice, pak: KnownPak, *, reloading: bool) -> DeploymentRow:
    async def look(session: DeviceSession, reading: DeviceReading) -> tuple[DeviceReading, tuple[str, ...]]:
        wanted = pak.feature not in permanent_features(reading) or _waits(reading, pak.feature)
        return reading, await unsaved_lines(session) if reloading and wanted else ()

    found = await act_at(context, device.udi, look)
    if isinstance(found, DeviceError):
        return _failed(DeploymentRow(device.udi, DeploymentStep.FAILED), found)
    reading, lines = found
    if pak.feature in permanent_features(reading):
        return DeploymentRow(
            device.udi, DeploymentStep.LICENSED, reload=reloading and _waits(reading, pak.feature), vanishing=lines
        )  # fmt: skip
    return DeploymentRow(device.udi, DeploymentStep.INSTALL, reload=reloading, vanishing=lines)


def _waits(reading: DeviceReading, level: str) -> bool:
    """Tell whether a reload brings a device to a level, as where a deployment broke off before its reload."""
    return reading.next_level == level != reading.level


async def _deployed(
    context: ManagerContext, row: DeploymentRow, license_: ObtainedLicense, *, save: bool
) -> DeploymentRow:
    """Install a license unless the device has it by now, see that it is there, and reload the device as planned."""

    async def act(session: DeviceSession, reading: DeviceReading) -> tuple[DeviceReading, None]:
        if license_.feature in permanent_features(reading):
            return reading, None
        await session.install(license_.file, license_.content)
        after = await session.read()
        if license_.feature not in permanent_features(after):
            raise DeviceError(DeviceFault.REFUSED, "it says that the license is installed, and does not show it")
        with context.database.writing() as records:
            context.record(records, "deploy", str(row.udi), f"{license_.feature} installed, license {license_.id}")
        return after, None

    found = await act_at(context, row.udi, act)
    if isinstance(found, DeviceError):
        return _failed(row, found)
    done = replace(row, step=DeploymentStep.INSTALLED)
    return await _reloaded(context, done, save=save)


async def _reloaded(context: ManagerContext, row: DeploymentRow, *, save: bool) -> DeploymentRow:
    """Reload a device that has its license, where that is planned."""
    if not row.reload:
        return row
    if failure := await restarted(context, row.udi, save=save):
        return replace(row, fault=failure.fault, detail=f"{row.step}, and not at its new level: {failure.detail}")
    return row


async def restarted(context: ManagerContext, udi: Udi, *, save: bool) -> DeviceError | None:
    """Reload a device, on behalf of a use case that was allowed, and wait until it runs its next level.

    Returns the reason where it does not.
    """

    async def restart(session: DeviceSession, reading: DeviceReading) -> tuple[DeviceReading, None]:
        await session.restart(save=save)
        return reading, None

    async def look(_: DeviceSession, reading: DeviceReading) -> tuple[DeviceReading, None]:
        return reading, None

    found = await act_at(context, udi, restart)
    if isinstance(found, DeviceError):
        return found
    level = found[0].next_level
    with context.database.writing() as records:
        context.record(records, "reload", str(udi), "reloaded")
    answers = 0
    for _ in range(LOOKS):
        await context.pause(LOOK_AFTER)
        found = await act_at(context, udi, look)
        if isinstance(found, DeviceError):
            continue
        if found[0].level == level:
            return None
        answers += 1
        if answers == LOOKS_AT_LEVEL:
            return DeviceError(DeviceFault.REFUSED, f"it runs {found[0].level}, and {level} was expected")
    return DeviceError(DeviceFault.SILENT, f"it did not answer for {LOOKS * LOOK_AFTER / 60:g} minutes")


async def _obtain(
    context: ManagerContext, back_end: LicenseBackEnd, pak: KnownPak, udis: Sequence[Udi]
) -> dict[Udi, ObtainedLicense | str]:
    """The license of each device, obtained where it is not at hand, or the reason why the portal gives none."""
    found: dict[Udi, ObtainedLicense | str] = {}
    with context.database.reading() as records:
        for each in records.licenses.licenses_of(udis):
            if (each.pak, each.feature) == (pak.code, pak.feature):
                found[each.udi] = each
    missing = [udi for udi in udis if udi not in found]
    for start in range(0, len(missing), PART):
        for row in await back_end.register(pak.code, missing[start : start + PART]):
            if row.problem:
                found[row.udi] = row.problem
                continue
            content = await back_end.license_file(row.license)
            license_ = ObtainedLicense(row.license, row.udi, pak.code, pak.feature, row.file, content, context.now())
            with context.database.writing() as records:
                records.licenses.keep_license(license_)
                context.record(records, "obtain", str(row.udi), f"license {row.license} by PAK {pak.code}")
            found[row.udi] = license_
    if missing:
        await _count_again(context, back_end, pak)
    return found


async def _count_again(context: ManagerContext, back_end: LicenseBackEnd, pak: KnownPak) -> None:
    """Keep what is left on a PAK that was debited; where the portal does not say, the number of before stays."""
    with contextlib.suppress(BackEndError):
        if (told := await back_end.pak(pak.code)) is not None:
            with context.database.writing() as records:
                records.licenses.keep_pak(replace(pak, left=told.left, refreshed=context.now()))


def _failed(row: DeploymentRow, error: DeviceError) -> DeploymentRow:
    return replace(row, step=DeploymentStep.FAILED, fault=error.fault, detail=error.detail)
