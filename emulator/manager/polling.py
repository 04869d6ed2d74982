"""Polling: the devices under management are read again.

I: one that does not answer stays with its last known state and its age; where another device answers at its address,
nothing is overwritten, and that one is its successor, an RMA candidate.
"""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from emulator.licensing.udi import Udi
from emulator.manager.attempts import Reached, WayIn, Ways, attempt
from emulator.manager.context import ManagerContext
from emulator.manager.device_acts import permanent_features
from emulator.manager.device_keys import other_key
from emulator.manager.discovery import completed, supersede
from emulator.manager.entities import DeviceFault, DeviceReading, ManagedDevice
from emulator.manager.errors import DeviceError
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter

EVERY_DEVICE = DeviceFilter()
"""Filter that leaves no device out."""


class PolledDevice(msgspec.Struct, frozen=True):
    """Outcome of a poll for one device; `fault` is None if it was read, `changes` tells in words what is new."""

    udi: Udi
    fault: DeviceFault | None = None
    detail: str = ""
    changes: tuple[str, ...] = ()


async def poll(context: ManagerContext, chosen: DeviceFilter = EVERY_DEVICE) -> list[PolledDevice]:
    """Read devices again; the outcomes are in the order of their UDIs. Devices without an address are left out.

    Raises:
        NotAllowed: the user may not poll devices.
    """
    context.require(ManagerAction.POLL)
    with context.database.reading() as records:
        devices = [each for each in records.devices.choose(chosen) if each.address is not None]
        ways = Ways(records)

    async def read(device: ManagedDevice) -> PolledDevice:
        return await poll_device(context, device, ways)

    outcomes = await context.fan_out(devices, read)
    with context.database.writing() as records:
        context.record(records, "poll", f"{len(devices)} device(s)", _summary(outcomes))
    return outcomes


async def poll_device(context: ManagerContext, device: ManagedDevice, ways: Ways) -> PolledDevice:
    """Read one device again, on behalf of a use case that was allowed."""
    way = ways.to(device)
    return keep_reading(context, device.udi, way, await attempt(context.connect, way, lambda session: session.read()))


def keep_reading(
    context: ManagerContext, udi: Udi, way: WayIn, found: Reached[DeviceReading] | DeviceError
) -> PolledDevice:
    """Keep what a device told, or that it could not be read; nothing of another device overwrites it."""
    now = context.now()
    with context.database.writing() as seen:
        records = seen.whole
        device = records.devices.find(udi)
        if device is None:
            return PolledDevice(udi, DeviceFault.UNREADABLE, "it was deleted meanwhile")
        if isinstance(found, DeviceError):
            records.devices.keep(replace(device, tried=now, fault=found.fault, detail=found.detail))
            return PolledDevice(udi, found.fault, found.detail)
        if found.outcome.udi != udi:
            other = found.outcome.udi
            if device.successor != other:
                context.record(records, "poll", str(udi), f"RMA candidate: {other} answers at {way.address}")
            supersede(records, device, other, now)
            told = seen.sight.veiled(f"{other} answers at its address")
            return PolledDevice(udi, DeviceFault.OTHER_DEVICE, told)
        before = device.reading
        reading = completed(found.outcome, before)
        records.devices.keep(
            replace(
                device, transport=found.transport, credentials=found.credentials, tried=now, seen=now,
                fault=None, detail="", successor=None, reading=reading, replaced_by=None,
            )
        )  # fmt: skip
        for feature in permanent_features(found.outcome):
            records.licenses.deployed(udi, feature, now)
        keys = other_key(context, records, udi, found, now)
    return PolledDevice(udi, changes=(*keys, *(() if before is None else changes_between(before, reading))))


def changes_between(before: DeviceReading, after: DeviceReading) -> tuple[str, ...]:
    """Tell in words what differs between two states of a device."""
    told = [
        f"{name}: {old or 'none'} -> {new or 'none'}"
        for name, old, new in (
            ("host name", before.hostname, after.hostname),
            ("release", before.release, after.release),
            ("level", before.level, after.level),
            ("level after the next reload", before.next_level, after.next_level),
        )
        if old != new
    ]
    had = {(each.feature, each.type, each.store) for each in before.licenses}
    has = {(each.feature, each.type, each.store) for each in after.licenses}
    told += [f"license gone: {feature}, {kind}" for feature, kind, _ in sorted(had - has)]
    told += [f"license new: {feature}, {kind}" for feature, kind, _ in sorted(has - had)]
    return tuple(told)


def _summary(outcomes: Sequence[PolledDevice]) -> str:
    kinds: dict[str, int] = {}
    for each in outcomes:
        name = "read" if each.fault is None else str(each.fault)
        kinds[name] = kinds.get(name, 0) + 1
    return ", ".join(f"{count} {name}" for name, count in sorted(kinds.items())) or "nothing"
