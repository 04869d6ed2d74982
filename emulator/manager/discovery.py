"""Discovery: devices that answer at addresses come under management, whatever was known of them before.

C: by range into a group, with a list of credentials (Java API reference 2.0, chapter 5). I: a device that is known at
another address has moved; where another device was known at its address, that one stays with its last known state and
has the new one as its successor, an RMA candidate. Each device is kept as soon as it is read.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from emulator.kernel.errors import UnknownName
from emulator.licensing.udi import Udi
from emulator.manager.attempts import Reached, WayIn, attempt
from emulator.manager.context import ManagerContext
from emulator.manager.device_keys import other_key
from emulator.manager.entities import (
    CredentialSet,
    DeviceAddress,
    DeviceFault,
    DeviceReading,
    ManagedDevice,
    TransportChoice,
)
from emulator.manager.errors import DeviceError
from emulator.manager.roles import ManagerAction
from emulator.manager.store.records import ManagerRecords
from emulator.manager.transport_order import USUAL_ORDER, parse_transports


class Finding(StrEnum):
    """Outcome at one address."""

    NEW = "new"
    KNOWN = "known"
    MOVED = "moved"
    ALSO_HERE = "also here"
    SUCCESSOR = "RMA candidate"
    FAILED = "failed"


class FoundDevice(msgspec.Struct, frozen=True):
    """Outcome at one address; `detail` explains it, and `fault` is the kind of a failure."""

    address: DeviceAddress
    finding: Finding
    udi: Udi | None = None
    fault: DeviceFault | None = None
    detail: str = ""


class DiscoveryTarget(msgspec.Struct, frozen=True):
    """Address to be looked at; a device with another UDI than `udi`, where one is given, is not taken over."""

    address: DeviceAddress
    udi: Udi | None = None
    group: str = ""


async def discover(
    context: ManagerContext,
    targets: Sequence[DiscoveryTarget],
    *,
    credentials: Iterable[str] = (),
    transports: Iterable[str] = (),
) -> list[FoundDevice]:
    """Look at addresses, and take what answers under management; the outcomes are in the order of the addresses.

    Args:
        context: on whose behalf.
        targets: the addresses.
        credentials: names of the credential sets to try, in this order; none tries all.
        transports: the transports to try, in this order, such as `telnet:2023`; none takes those of the group, or SSH.

    Raises:
        NotAllowed: the user may not discover devices.
        UnknownName: there is no such credential set or group.
    """
    context.require(ManagerAction.DISCOVER)
    sets = tuple(context.credential_sets(credentials))
    with context.database.reading() as records:
        check_groups(records, (target.group for target in targets))
        orders = transport_orders(records, transports)
    read: set[Udi] = set()

    async def look(target: DiscoveryTarget) -> FoundDevice:
        return await look_at(context, target, sets, read, orders(target.group))

    outcomes = await context.fan_out(targets, look)
    with context.database.writing() as records:
        context.record(records, "discover", _subject(targets), _summary(outcomes))
    return outcomes


async def look_at(
    context: ManagerContext,
    target: DiscoveryTarget,
    credentials: tuple[CredentialSet, ...],
    read: set[Udi],
    transports: Sequence[TransportChoice] = USUAL_ORDER,
) -> FoundDevice:
    """Look at one address, on behalf of a use case that was allowed; `read` has the devices that were found before."""
    way = WayIn(target.address, tuple(transports), credentials)
    found = await attempt(context.connect, way, lambda session: session.read())
    if isinstance(found, DeviceError):
        return FoundDevice(target.address, Finding.FAILED, None, found.fault, found.detail)
    return _keep(context, target, found, read)


def transport_orders(records: ManagerRecords, named: Iterable[str]) -> Callable[[str], tuple[TransportChoice, ...]]:
    """Return the order of transports for a group: those that are named, or those of the group, or the usual ones.

    Raises:
        Refused, UnknownName: what is named is no transport.
    """
    given = parse_transports(named)
    of_groups = {group.name: group.transports for group in records.groups()}
    return lambda group: given or of_groups.get(group, ()) or USUAL_ORDER


def check_groups(records: ManagerRecords, names: Iterable[str]) -> None:
    """Make sure that groups exist; an empty name is none.

    Raises:
        UnknownName: there is no such group.
    """
    known = [group.name for group in records.groups()]
    for name in dict.fromkeys(names):
        if name and name not in known:
            raise UnknownName("group", name, known)


def _keep(
    context: ManagerContext, target: DiscoveryTarget, found: Reached[DeviceReading], read: set[Udi]
) -> FoundDevice:
    """Keep what a device told, in one transaction; nothing else runs between its statements."""
    udi, address, now = found.outcome.udi, target.address, context.now()
    if target.udi is not None and target.udi != udi:
        detail = f"{udi} answers, and {target.udi} was expected"
        return FoundDevice(address, Finding.FAILED, udi, DeviceFault.OTHER_DEVICE, detail)
    with context.database.writing() as records:
        before = records.devices.find(udi)
        if before is not None and udi in read and before.address != address:
            return FoundDevice(address, Finding.ALSO_HERE, udi, detail=f"its address is {before.address}")
        read.add(udi)
        device = before or ManagedDevice(udi, now)
        records.devices.keep(
            replace(
                device, address=address, transport=found.transport, credentials=found.credentials, tried=now, seen=now,
                fault=None, detail="", successor=None, replaced_by=None,
                reading=completed(found.outcome, device.reading),
            )
        )  # fmt: skip
        if target.group:
            records.devices.join(target.group, [udi])
        outcome = FoundDevice(address, *_finding(records, before, udi, address, now))
        if other := other_key(context, records, udi, found, now):
            outcome = replace(outcome, detail="; ".join(filter(None, (outcome.detail, *other))))
        if outcome.finding is not Finding.KNOWN:
            context.record(records, "discover", str(udi), f"{outcome.finding} at {address}{_because(outcome.detail)}")
    return outcome


def _finding(
    records: ManagerRecords, before: ManagedDevice | None, udi: Udi, address: DeviceAddress, now: int
) -> tuple[Finding, Udi, None, str]:
    others = [each for each in records.devices.at(address) if each.udi != udi]
    for other in others:
        supersede(records, other, udi, now)
    replaced = [str(each.udi) for each in others if each.successor != udi]
    if replaced:
        return Finding.SUCCESSOR, udi, None, f"{', '.join(replaced)} was known here"
    if before is None:
        return Finding.NEW, udi, None, ""
    if before.address not in {None, address}:
        return Finding.MOVED, udi, None, f"it was at {before.address}"
    return Finding.KNOWN, udi, None, ""


def completed(told: DeviceReading, before: DeviceReading | None) -> DeviceReading:
    """Complete a reading by what was known before, for a license agent tells neither host name nor software."""
    if before is None:
        return told
    names = {name: getattr(told, name) or getattr(before, name) for name in ("hostname", "release", "image")}
    return replace(told, **names)


def supersede(records: ManagerRecords, device: ManagedDevice, successor: Udi, now: int) -> None:
    """Note that another device answers at the address of a device, whose last known state stays."""
    records.devices.keep(
        replace(
            device,
            tried=now,
            fault=DeviceFault.OTHER_DEVICE,
            detail=f"{successor} answers at its address",
            successor=successor,
        )
    )


def _because(detail: str) -> str:
    return f": {detail}" if detail else ""


def _subject(targets: Sequence[DiscoveryTarget]) -> str:
    if not targets:
        return "no address"
    if len(targets) == 1:
        return str(targets[0].address)
    return f"{len(targets)} addresses, {targets[0].address} to {targets[-1].address}"


def _summary(outcomes: Sequence[FoundDevice]) -> str:
    kinds: dict[str, int] = {}
    for each in outcomes:
        name = str(each.fault if each.fault is not None else each.finding)
        kinds[name] = kinds.get(name, 0) + 1
    return ", ".join(f"{count} {name}" for name, count in sorted(kinds.items())) or "nothing"
