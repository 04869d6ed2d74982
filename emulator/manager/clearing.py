"""Clearing: the installed license of a feature is taken off devices.

C: a license that is in use is refused by the device, and what was cleared can be sent again at no debit. I: the device
is read afterwards, so that what its next reload brings is known, and told in the outcome.
"""

from collections.abc import Iterable

import msgspec

from emulator.licensing.udi import Udi
from emulator.manager.at_device import act_at
from emulator.manager.context import ManagerContext
from emulator.manager.device_acts import PRIMARY, check_feature
from emulator.manager.entities import DeviceFault, DeviceReading
from emulator.manager.errors import DeviceError
from emulator.manager.polling import changes_between
from emulator.manager.ports import DeviceSession
from emulator.manager.roles import ManagerAction


class ClearedDevice(msgspec.Struct, frozen=True):
    """Outcome for one device: what changed by it, or the failure."""

    udi: Udi
    changes: tuple[str, ...] = ()
    fault: DeviceFault | None = None
    detail: str = ""


async def clear_licenses(context: ManagerContext, udis: Iterable[Udi], feature: str) -> list[ClearedDevice]:
    """Clear the installed license of a feature on devices, in their order.

    Raises:
        NotAllowed: the user may not deploy licenses.
        Refused: the feature is no name of one.
    """
    context.require(ManagerAction.DEPLOY)
    check_feature(feature)

    async def clear(udi: Udi) -> ClearedDevice:
        return await clear_license(context, udi, feature)

    return await context.fan_out(list(dict.fromkeys(udis)), clear)


async def clear_license(context: ManagerContext, udi: Udi, feature: str) -> ClearedDevice:
    """Clear the installed license of a feature on one device, on behalf of a use case that was allowed."""

    async def act(session: DeviceSession, before: DeviceReading) -> tuple[DeviceReading, tuple[str, ...]]:
        await session.clear(feature)
        after = await session.read()
        if _installed(after, feature) >= _installed(before, feature):
            raise DeviceError(DeviceFault.REFUSED, f"it took the command, and shows its license for {feature} still")
        return after, changes_between(before, after)

    found = await act_at(context, udi, act)
    if isinstance(found, DeviceError):
        return ClearedDevice(udi, fault=found.fault, detail=found.detail)
    with context.database.writing() as records:
        context.record(records, "clear", str(udi), f"{feature} cleared")
    return ClearedDevice(udi, found[1])


def _installed(reading: DeviceReading, feature: str) -> int:
    return sum(each.feature == feature and each.store.startswith(PRIMARY) for each in reading.licenses)
