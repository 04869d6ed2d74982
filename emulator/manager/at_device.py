"""One act at one device under management, by the ways that are known to it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from emulator.licensing.udi import Udi
from emulator.manager.attempts import attempt, way_to
from emulator.manager.context import ManagerContext
from emulator.manager.entities import DeviceFault, DeviceReading
from emulator.manager.errors import DeviceError
from emulator.manager.polling import keep_reading
from emulator.manager.ports import DeviceSession

Extra = TypeVar("Extra")

DeviceAct = Callable[[DeviceSession, DeviceReading], Awaitable[tuple[DeviceReading, Extra]]]
"""Act in a session, told what the device is like; returns what it is like afterwards, and what else is wanted."""


async def act_at(context: ManagerContext, udi: Udi, act: DeviceAct[Extra]) -> tuple[DeviceReading, Extra] | DeviceError:
    """Act at a device once it has told that it is this one, and keep what it told of itself; a failure is a value."""
    with context.database.reading() as records:
        device = records.devices.find(udi)
        if device is None:
            return DeviceError(DeviceFault.UNREACHABLE, "it is not under management")
        if device.address is None:
            return DeviceError(DeviceFault.UNREACHABLE, "it is known by its UDI alone")
        way = way_to(records, device)
    outcome: tuple[DeviceReading, Extra] | None = None

    async def act_if_it_is_this_one(session: DeviceSession) -> DeviceReading:
        nonlocal outcome
        reading = await session.read()
        if reading.udi != udi:
            return reading
        outcome = await act(session, reading)
        return outcome[0]

    found = await attempt(context.connect, way, act_if_it_is_this_one)
    kept = keep_reading(context, udi, way, found)
    if kept.fault is not None or outcome is None:
        return DeviceError(kept.fault or DeviceFault.OTHER_DEVICE, kept.detail)
    return outcome
