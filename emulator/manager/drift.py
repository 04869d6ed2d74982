"""Drift: a device, what the license portal issued for it, and a capture of it, side by side.

I: what is compared are permanent licenses, for the others are used up by themselves; and of device and capture the
release and the levels as well. A device is read first; where it cannot be, its last known state stands for it. The
portal tells the service contract with the licenses, and it is kept.
"""

from collections.abc import Mapping, Sequence

import msgspec

from emulator.licensing.udi import Udi
from emulator.manager.attempts import Ways
from emulator.manager.captured import DeviceCapture
from emulator.manager.context import ManagerContext
from emulator.manager.device_acts import permanent_features
from emulator.manager.entities import DeviceFault, DeviceReading, ManagedDevice
from emulator.manager.errors import BackEndError
from emulator.manager.moments import moment
from emulator.manager.polling import poll_device
from emulator.manager.ports import LicenseBackEnd
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter

THERE, MISSING = "yes", "no"


class DriftRow(msgspec.Struct, frozen=True):
    """Fact about which they differ: what each tells, empty where it tells nothing."""

    fact: str
    device: str = ""
    portal: str = ""
    capture: str = ""

    def __str__(self) -> str:
        told = (("device", self.device), ("portal", self.portal), ("capture", self.capture))
        return f"{self.fact}: " + ", ".join(f"{who} {what}" for who, what in told if what)


class DeviceDrift(msgspec.Struct, frozen=True):
    """Outcome for one device: the differences; the failure where nothing could be compared; a remark."""

    udi: Udi
    rows: tuple[DriftRow, ...] = ()
    fault: DeviceFault | None = None
    detail: str = ""


async def find_drift(
    context: ManagerContext,
    back_end: LicenseBackEnd,
    chosen: DeviceFilter,
    captures: Mapping[Udi, DeviceCapture] | None = None,
) -> list[DeviceDrift]:
    """Compare devices with the portal, or those of captures with both, in the order of their UDIs.

    Raises:
        NotAllowed: the user may not poll devices.
    """
    context.require(ManagerAction.POLL)
    with context.database.reading() as records:
        if captures is None:
            devices: Sequence[ManagedDevice] = records.devices.choose(chosen)
            unknown: list[Udi] = []
        else:
            found = {udi: records.devices.find(udi) for udi in sorted(captures)}
            devices = [each for each in found.values() if each is not None]
            unknown = [udi for udi, each in found.items() if each is None]
        ways = Ways(records)

    async def compare(device: ManagedDevice) -> DeviceDrift:
        return await device_drift(context, back_end, device, ways, (captures or {}).get(device.udi))

    outcomes = [
        *await context.fan_out(devices, compare),
        *(DeviceDrift(udi, (), DeviceFault.UNREACHABLE, "it is not under management") for udi in unknown),
    ]
    with context.database.writing() as records:
        differ = sum(bool(each.rows) for each in outcomes)
        context.record(records, "drift", f"{len(outcomes)} device(s)", f"{differ} differ")
    return sorted(outcomes, key=lambda each: each.udi)


async def device_drift(
    context: ManagerContext,
    back_end: LicenseBackEnd,
    device: ManagedDevice,
    ways: Ways,
    capture: DeviceCapture | None = None,
) -> DeviceDrift:
    """Compare one device, on behalf of a use case that was allowed."""
    detail = await _read(context, device, ways)
    with context.database.reading() as records:
        known = records.devices.find(device.udi)
    reading = known.reading if known is not None else None
    try:
        told = await back_end.device(device.udi)
    except BackEndError as error:
        return DeviceDrift(device.udi, (), DeviceFault.REFUSED, f"the portal: {error}")
    if known is not None and told.contract not in {"", known.contract}:
        with context.database.writing() as records:
            records.devices.keep_contract(device.udi, told.contract)
    if reading is None and capture is None:
        return DeviceDrift(device.udi, (), DeviceFault.UNREACHABLE, detail or "it was never read")
    if reading is not None and known is not None and detail:
        detail = f"{detail}; compared as it was on {moment(known.seen)}"
    return DeviceDrift(device.udi, differences(reading, told.permanent, capture), None, detail)


async def _read(context: ManagerContext, device: ManagedDevice, ways: Ways) -> str:
    """Read a device again; the reason where that cannot be."""
    if device.address is None:
        return "it is known by its UDI alone"
    found = await poll_device(context, device, ways)
    return f"{found.fault}: {found.detail}" if found.fault is not None else ""


def differences(
    reading: DeviceReading | None, issued: frozenset[str] | set[str], capture: DeviceCapture | None = None
) -> tuple[DriftRow, ...]:
    """Compare what is known of a device; `issued` are the features that the portal has permanent licenses for."""
    held = None if reading is None else permanent_features(reading)
    seen = None if capture is None else capture.permanent
    rows = [
        DriftRow(f"permanent license for {feature}", *(_has(features, feature) for features in (held, issued, seen)))
        for feature in sorted({*(held or ()), *issued, *(seen or ())})
    ]
    if reading is not None and capture is not None:
        rows += [
            DriftRow(name, told or "none", "", shown or "none")
            for name, told, shown in (
                ("release", reading.release, capture.release),
                ("level", reading.level, capture.level),
                ("level after the next reload", reading.next_level, capture.next_level),
            )
            if shown is not None
        ]
    return tuple(row for row in rows if len({row.device, row.portal, row.capture} - {""}) > 1)


def _has(features: frozenset[str] | set[str] | None, feature: str) -> str:
    """Tell whether a feature is among those that are known; empty where none are."""
    if features is None:
        return ""
    return THERE if feature in features else MISSING
