"""Devices under management, and which groups they are in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, case, delete, false, func, or_, select, update

from emulator.licensing.udi import Udi, parse_udi
from emulator.manager.access_entities import Listed
from emulator.manager.entities import (
    DeviceAddress,
    DeviceFault,
    DeviceReading,
    InstalledLicense,
    ManagedDevice,
)
from emulator.manager.store.access import drop_list
from emulator.manager.store.rows import keep, keep_new
from emulator.manager.store.sight import Sight
from emulator.manager.store.tables import MANAGED_DEVICES, MEMBERS
from emulator.manager.transport_order import parse_transport

_UDI = MANAGED_DEVICES.c.udi
_FIND = select(MANAGED_DEVICES).where(bindparam("wanted") == _UDI)
_AT = (
    select(MANAGED_DEVICES)
    .where(MANAGED_DEVICES.c.host == bindparam("host"), MANAGED_DEVICES.c.port == bindparam("port"))
    .order_by(MANAGED_DEVICES.c.udi)
)


SORTS: Mapping[str, str] = {
    "udi": "udi", "hostname": "hostname", "address": "host", "level": "level", "next_level": "next_level",
    "seen": "seen",
}  # fmt: skip
"""Columns that devices can be sorted by, by the names that users give them."""


class DeviceFilter(msgspec.Struct, frozen=True):
    """Choice of devices: every condition that is given has to hold.

    Attributes:
        group: a name; empty for all.
        text: a part of the UDI, the host name or the address, in either case.
        level: the level that runs.
        faulty: those alone whose last attempt failed, or whose address has another device.
        pending: those alone that a reload would bring to another level.
    """

    group: str = ""
    text: str = ""
    level: str = ""
    faulty: bool = False
    pending: bool = False


class LicensePolicy(msgspec.Struct, frozen=True):
    """Policy: the licenses of PAKs whose SKU fits a pattern, for the devices of a filter.

    With `reload` the devices are reloaded, and with `save` they save their configuration before.
    """

    name: str
    skus: str
    filter: DeviceFilter = DeviceFilter()
    reload: bool = False
    save: bool = False


class _OnlyLicenses(msgspec.Struct, frozen=True):
    licenses: tuple[InstalledLicense, ...]


_LICENSES = msgspec.json.Decoder(_OnlyLicenses)


class DeviceCounts(msgspec.Struct, frozen=True):
    """Numbers of devices: not read at the last attempt, with another one at the address, and to be reloaded.

    `oldest` is the instant of the oldest reading, or None.
    """

    unread: int
    replaced: int
    pending: int
    oldest: int | None


class ManagedDeviceRecords:
    """Devices, within one transaction."""

    def __init__(self, connection: Connection, sight: Sight) -> None:
        self._connection, self._sight = connection, sight

    def find(self, udi: Udi) -> ManagedDevice | None:
        """Return a device, or None."""
        row = self._connection.execute(_FIND.where(*self._seen), {"wanted": str(udi)}).one_or_none()
        return None if row is None else self._shown(_device(row))

    def at(self, address: DeviceAddress) -> list[ManagedDevice]:
        """List the devices that are known at an address; more than one where a device was replaced."""
        rows = self._connection.execute(_AT, {"host": address.host, "port": address.port})
        return [_device(row) for row in rows]

    def keep(self, device: ManagedDevice) -> None:
        """Add a device, or replace all that is known of it."""
        keep(self._connection, MANAGED_DEVICES, **_values(device))

    def keep_contract(self, udi: Udi, contract: str) -> None:
        """Note the number of the service contract of a device, if it is there."""
        which = MANAGED_DEVICES.c.udi == str(udi)
        self._connection.execute(update(MANAGED_DEVICES).where(which).values(contract=contract))

    def drop(self, udis: Iterable[Udi]) -> int:
        """Delete devices, also out of their groups; returns the number of those that were there."""
        statement = delete(MANAGED_DEVICES).where(MANAGED_DEVICES.c.udi == bindparam("wanted"))
        dropped = 0
        for udi in udis:
            drop_list(self._connection, Listed.DEVICE, str(udi))
            dropped += self._connection.execute(statement, {"wanted": str(udi)}).rowcount
        return dropped

    def join(self, group: str, udis: Iterable[Udi]) -> None:
        """Put devices into a group, which exists."""
        keep_new(self._connection, MEMBERS, [{"group": group, "udi": str(udi)} for udi in udis])

    def leave(self, group: str, udis: Iterable[Udi]) -> None:
        """Take devices out of a group."""
        which = (MEMBERS.c.group == group) & (MEMBERS.c.udi == bindparam("wanted"))
        for udi in udis:
            self._connection.execute(delete(MEMBERS).where(which), {"wanted": str(udi)})

    def groups_of(self, udi: Udi) -> list[str]:
        """List the groups of a device by name."""
        seen = self._sight.named(Listed.GROUP, MEMBERS.c.group)
        statement = select(MEMBERS.c.group).where(MEMBERS.c.udi == str(udi), *seen).order_by(MEMBERS.c.group)
        return list(self._connection.execute(statement).scalars())

    def sizes(self) -> dict[str, int]:
        """Count the devices of each group that has one, in one look, for the list of groups stands on many pages."""
        seen = [*self._sight.devices(MEMBERS.c.udi), *self._sight.named(Listed.GROUP, MEMBERS.c.group)]
        statement = select(MEMBERS.c.group, func.count().label("many")).where(*seen).group_by(MEMBERS.c.group)
        return {row.group: row.many for row in self._connection.execute(statement)}

    def memberships(self, udis: Sequence[Udi] | None = None) -> dict[Udi, list[str]]:
        """Return the groups of each device that is in one, by name; of some devices, or of all."""
        statement = select(MEMBERS.c.udi, MEMBERS.c.group).order_by(MEMBERS.c.group)
        if udis is not None:
            statement = statement.where(MEMBERS.c.udi.in_([str(udi) for udi in udis]))
        found: dict[Udi, list[str]] = {}
        for row in self._connection.execute(statement):
            found.setdefault(parse_udi(row.udi), []).append(row.group)
        return found

    def count(self, chosen: DeviceFilter, *, pids: Sequence[str] | None = None) -> int:
        """Count the devices of a choice; with `pids`, those of these products that were not replaced."""
        conditions = [*self._chosen(chosen), *_of_products(pids)]
        statement = select(func.count()).select_from(MANAGED_DEVICES).where(*conditions)
        return self._connection.execute(statement).scalar_one()

    def choose(
        self,
        chosen: DeviceFilter,
        *,
        pids: Sequence[str] | None = None,
        offset: int = 0,
        limit: int | None = None,
        sort: str = "udi",
    ) -> Sequence[ManagedDevice]:
        """List the devices of a choice by a column of `SORTS` and by UDI; a minus before its name turns it round.

        `pids`: those of these products that were not replaced; None for all.
        """
        column = MANAGED_DEVICES.c[SORTS[sort.removeprefix("-")]]
        order = (column.desc() if sort.startswith("-") else column.asc(), MANAGED_DEVICES.c.udi)
        conditions = [*self._chosen(chosen), *_of_products(pids)]
        statement = select(MANAGED_DEVICES).where(*conditions).order_by(*order)
        rows = self._connection.execute(statement.offset(offset).limit(limit))
        return [self._shown(_device(row)) for row in rows]

    def udis(self, chosen: DeviceFilter) -> list[Udi]:
        """List the UDIs of a choice in order."""
        statement = select(MANAGED_DEVICES.c.udi).where(*self._chosen(chosen)).order_by(MANAGED_DEVICES.c.udi)
        return [parse_udi(udi) for udi in self._connection.execute(statement).scalars()]

    def replaced(self) -> set[Udi]:
        """Return the devices that failed and whose licenses another one has, be that seen or not."""
        statement = select(MANAGED_DEVICES.c.udi).where(MANAGED_DEVICES.c.replaced_by.is_not(None), *self._seen)
        return {parse_udi(udi) for udi in self._connection.execute(statement).scalars()}

    def licenses(self) -> Iterator[tuple[InstalledLicense, ...]]:
        """Yield the licenses of each device that was read; nothing else of it is looked into."""
        statement = select(MANAGED_DEVICES.c.reading).where(MANAGED_DEVICES.c.reading.is_not(None), *self._seen)
        for text in self._connection.execute(statement).scalars():
            yield _LICENSES.decode(text).licenses

    def counts(self) -> DeviceCounts:
        """Count the devices that need a person."""
        columns = MANAGED_DEVICES.c
        row = self._connection.execute(
            select(
                func.count(case((and_(columns.fault.is_not(None), columns.successor.is_(None)), 1))),
                func.count(columns.successor),
                func.count(case((columns.level != columns.next_level, 1))),
                func.min(columns.seen),
            ).where(*self._seen)
        ).one()
        return DeviceCounts(*row)

    def levels(self) -> dict[str, int]:
        """Count the devices that work by their level; the empty name is of those that were never read."""
        there = [MANAGED_DEVICES.c.replaced_by.is_(None), *self._seen]
        statement = select(MANAGED_DEVICES.c.level, func.count().label("many")).where(*there)
        statement = statement.group_by(MANAGED_DEVICES.c.level)
        return {row.level: row.many for row in self._connection.execute(statement.order_by(MANAGED_DEVICES.c.level))}

    @property
    def _seen(self) -> list[ColumnElement[bool]]:
        return self._sight.devices(_UDI)

    def _chosen(self, chosen: DeviceFilter) -> list[ColumnElement[bool]]:
        return [*_conditions(chosen), *self._seen]

    def _shown(self, device: ManagedDevice) -> ManagedDevice:
        """A device as the viewer may see it: another one at its address may be none of theirs."""
        if not self._sight.limited or not (device.detail or device.successor or device.replaced_by):
            return device
        successor, replaced_by = (
            udi if self._sight.clear([str(udi or "")]) else None for udi in (device.successor, device.replaced_by)
        )
        detail = self._sight.veiled(device.detail)
        return replace(device, detail=detail, successor=successor, replaced_by=replaced_by)

    def forget_credentials(self, name: str) -> None:
        """Forget that a credential set worked, for it is gone."""
        which = MANAGED_DEVICES.c.credentials == name
        self._connection.execute(update(MANAGED_DEVICES).where(which).values(credentials=""))


def _conditions(chosen: DeviceFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.group:
        found.append(MANAGED_DEVICES.c.udi.in_(select(MEMBERS.c.udi).where(MEMBERS.c.group == chosen.group)))
    if chosen.text:
        columns = (MANAGED_DEVICES.c.udi, MANAGED_DEVICES.c.hostname, func.coalesce(MANAGED_DEVICES.c.host, ""))
        found.append(or_(*(column.icontains(chosen.text, autoescape=True) for column in columns)))
    if chosen.level:
        found.append(MANAGED_DEVICES.c.level == chosen.level)
    if chosen.faulty:
        found.append(or_(MANAGED_DEVICES.c.fault.is_not(None), MANAGED_DEVICES.c.successor.is_not(None)))
    if chosen.pending:
        found.append(MANAGED_DEVICES.c.level != MANAGED_DEVICES.c.next_level)
    return found


def _of_products(pids: Sequence[str] | None) -> list[ColumnElement[bool]]:
    if pids is None:
        return []
    columns = MANAGED_DEVICES.c
    named = (columns.udi.startswith(f"{pid}:", autoescape=True) for pid in pids)
    return [columns.replaced_by.is_(None), or_(false(), *named)]


def _values(device: ManagedDevice) -> dict[str, Any]:
    reading = device.reading
    return {
        "udi": str(device.udi),
        "added": device.added,
        "host": None if device.address is None else device.address.host,
        "port": None if device.address is None else device.address.port,
        "transport": None if device.transport is None else str(device.transport),
        "credentials": device.credentials,
        "tried": device.tried,
        "seen": device.seen,
        "fault": None if device.fault is None else device.fault.value,
        "detail": device.detail,
        "successor": None if device.successor is None else str(device.successor),
        "hostname": "" if reading is None else reading.hostname,
        "level": "" if reading is None else reading.level,
        "next_level": "" if reading is None else reading.next_level,
        "reading": None if reading is None else msgspec.json.encode(reading).decode(),
        "replaced_by": None if device.replaced_by is None else str(device.replaced_by),
        "contract": device.contract,
    }


def _device(row: Row[*tuple[Any, ...]]) -> ManagedDevice:
    return ManagedDevice(
        udi=parse_udi(row.udi),
        added=row.added,
        address=None if row.host is None else DeviceAddress(row.host, row.port),
        transport=None if row.transport is None else parse_transport(row.transport),
        credentials=row.credentials,
        tried=row.tried,
        seen=row.seen,
        fault=None if row.fault is None else DeviceFault(row.fault),
        detail=row.detail,
        successor=None if row.successor is None else parse_udi(row.successor),
        reading=None if row.reading is None else msgspec.json.decode(row.reading, type=DeviceReading),
        replaced_by=None if row.replaced_by is None else parse_udi(row.replaced_by),
        contract=row.contract or "",
    )
