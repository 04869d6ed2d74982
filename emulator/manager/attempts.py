"""Attempts to reach one device: each transport in order, and by each of them each credential set in order.

I: a wrong log-in leads to the next credential set, silence to the next transport, but where it may be the answer to a
wrong log-in; a device that was reached and then
failed is told as it failed, for that says more than that another way was closed.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

import msgspec

from emulator.licensing.udi import Udi
from emulator.manager.entities import (
    CredentialSet,
    DeviceAddress,
    DeviceFault,
    ManagedDevice,
    TransportChoice,
)
from emulator.manager.errors import DeviceError
from emulator.manager.ports import DeviceConnector, DeviceSession, Outcome
from emulator.manager.store.records import ManagerRecords
from emulator.manager.transport_order import TELL_NO_WRONG_LOG_IN, USUAL_ORDER

Item = TypeVar("Item")


class WayIn(msgspec.Struct, frozen=True):
    """Ways to a device that are tried: at an address, by transports, with credential sets."""

    address: DeviceAddress
    transports: tuple[TransportChoice, ...]
    credentials: tuple[CredentialSet, ...]


class Reached(msgspec.Struct, Generic[Outcome], frozen=True):
    """Outcome of an act in a session, the way by which the device was reached, and the key that it showed there."""

    outcome: Outcome
    transport: TransportChoice
    credentials: str
    key: str = ""


async def attempt(
    connect: DeviceConnector, way: WayIn, act: Callable[[DeviceSession], Awaitable[Outcome]]
) -> Reached[Outcome] | DeviceError:
    """Act in a session at a device; a failure is a value, for others go on."""
    failure: DeviceError | None = None
    if not way.credentials:
        return DeviceError(DeviceFault.WRONG_CREDENTIALS, "there is no credential set to try")
    for choice in way.transports:
        for credentials in way.credentials:
            try:
                async with connect(choice.at(way.address), choice, credentials) as session:
                    return Reached(await act(session), choice, credentials.name, session.shown_key)
            except DeviceError as error:
                if failure is None or failure.fault is DeviceFault.UNREACHABLE:
                    failure = error
                unsaid = error.fault is DeviceFault.UNREACHABLE and choice.transport in TELL_NO_WRONG_LOG_IN
                if error.fault is not DeviceFault.WRONG_CREDENTIALS and not unsaid:
                    break
    assert failure is not None
    if failure.fault is DeviceFault.WRONG_CREDENTIALS:
        names = ", ".join(each.name for each in way.credentials)
        return DeviceError(failure.fault, f"{failure.detail} (tried: {names})")
    return failure


class Ways:
    """The ways to devices, as groups and credential sets tell them at one time; each is read once."""

    def __init__(self, records: ManagerRecords, udis: Sequence[Udi] | None = None) -> None:
        """Read them, for some devices or for all."""
        self._groups = {group.name: group for group in records.whole.groups()}
        self._members = records.devices.memberships(udis)
        self._sets = {each.name: each for each in records.credentials()}

    def to(self, device: ManagedDevice) -> WayIn:
        """Return the ways to a device: what worked last comes first, then what its groups say.

        Without a group that says something, all credential sets are tried, and the usual transports.
        """
        assert device.address is not None
        own = [self._groups[name] for name in self._members.get(device.udi, ())]
        known = [device.credentials] if device.credentials else []
        names = _in_order(known, *(group.credentials for group in own)) or tuple(self._sets)
        allowed = _in_order(*(group.transports for group in own)) or USUAL_ORDER
        last = [each for each in allowed if each == device.transport]
        return WayIn(
            device.address,
            _in_order(last, allowed),
            tuple(self._sets[name] for name in names if name in self._sets),
        )


def way_to(records: ManagerRecords, device: ManagedDevice) -> WayIn:
    """Return the ways to one device, as `Ways` does for many."""
    return Ways(records, [device.udi]).to(device)


def _in_order(*lists: Sequence[Item]) -> tuple[Item, ...]:
    """Join lists, each item at its first place."""
    return tuple(dict.fromkeys(item for each in lists for item in each))
