"""Devices and their service contracts."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, or_, select, update

from emulator.backend.entities import Device, IssuedState, ServiceContract
from emulator.backend.store.rows import chunks, containing, insert_new, mark, page, sorted_by, udi_of, words, words_of
from emulator.backend.store.tables import CONTRACTS, DEVICES, LICENSES
from emulator.backend.views import DeviceRow, Listing
from emulator.kernel.time import Instant
from emulator.licensing.udi import Udi

_FIND = select(DEVICES).where(DEVICES.c.udi == bindparam("wanted"))
_FIND_LOCKED = _FIND.with_for_update()
_FIND_MANY = select(DEVICES).where(DEVICES.c.udi.in_(bindparam("wanted", expanding=True))).order_by(DEVICES.c.udi)
_FIND_MANY_LOCKED = _FIND_MANY.with_for_update()
_MAKE = (
    update(DEVICES)
    .where(DEVICES.c.udi == bindparam("wanted"))
    .values(made=bindparam("made"), features=bindparam("features"))
)
_FILED = "UPDATE devices SET last_file = ?, owner = ? WHERE udi = ?"
_CLAIM = update(DEVICES).where(DEVICES.c.udi == bindparam("wanted")).values(owner=bindparam("owner"))
_CONTRACT = select(CONTRACTS).where(CONTRACTS.c.udi == bindparam("wanted"))
_ADD_CONTRACT = CONTRACTS.insert()


class DeviceRecords:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, udi: Udi, *, locked: bool = False) -> Device | None:
        """Return a known device, or None; `locked` until the transaction ends, where the database has locks of rows."""
        row = self._connection.execute(_FIND_LOCKED if locked else _FIND, {"wanted": str(udi)}).one_or_none()
        return None if row is None else _device(row)

    def hear_of(self, udis: Iterable[Udi]) -> dict[Udi, Device]:
        """Lock devices, recorded if they are new, in an order that all transactions keep to."""
        wanted = {str(udi): udi for udi in udis}
        if len(wanted) == 1:
            [udi] = wanted.values()
            if known := self.find(udi, locked=True):
                return {udi: known}
        found: dict[Udi, Device] = {}
        for some in chunks(sorted(wanted)):
            rows = self._connection.execute(_FIND_MANY_LOCKED, {"wanted": some}).all()
            if len(rows) < len(some):
                there = {row.udi for row in rows}
                new = [name for name in some if name not in there]
                if insert_new(self._connection, DEVICES, [(name, None, "[]", None, None) for name in new]) == len(new):
                    found.update((wanted[name], Device(wanted[name], fresh=True)) for name in new)
                else:  # another transaction has just heard of one of them
                    rows = self._connection.execute(_FIND_MANY_LOCKED, {"wanted": some}).all()
            found.update((wanted[row.udi], _device(row)) for row in rows)
        return found

    def known(self, udis: Iterable[Udi]) -> dict[Udi, Device]:
        """Return those of some devices that are on record, locked in the order of `hear_of`."""
        rows = self._connection.execute(_FIND_MANY_LOCKED, {"wanted": sorted(map(str, udis))}).all()
        return {device.udi: device for device in map(_device, rows)}

    def make(self, udi: Udi, at: Instant, features: Sequence[str], contract: str) -> None:
        """Record that a known device leaves the factory, with its service contract."""
        self._connection.execute(_MAKE, {"wanted": str(udi), "made": at, "features": words(features)})
        self._connection.execute(_ADD_CONTRACT, {"number": contract, "udi": str(udi), "since": at})

    def filed(self, devices: Iterable[tuple[Udi, str, str | None]]) -> None:
        """Record the date of each device's last file, and its owner."""
        rows = [(last, owner, str(udi)) for udi, last, owner in devices]
        self._connection.exec_driver_sql(_FILED.replace("?", mark(self._connection.dialect)), rows)

    def claim(self, udis: Iterable[Udi], owner: str) -> None:
        """Record the owner of these devices."""
        self._connection.execute(_CLAIM, [{"wanted": str(udi), "owner": owner} for udi in udis])

    def contract(self, udi: Udi) -> ServiceContract | None:
        row = self._connection.execute(_CONTRACT, {"wanted": str(udi)}).one_or_none()
        return None if row is None else ServiceContract(row.number, udi, row.since)

    def page(
        self, *, owner: str | None, pid: str, text: str, today: int, offset: int, limit: int, sort: str = ""
    ) -> Listing[DeviceRow]:
        """List devices by UDI unless sorted, of one owner, one product, or with a text in their UDI or owner."""
        stands = and_(
            LICENSES.c.udi == DEVICES.c.udi,
            LICENSES.c.state == IssuedState.CURRENT,
            or_(LICENSES.c.ends.is_(None), LICENSES.c.ends > today),
        )
        held = select(func.count()).select_from(LICENSES).where(stands).scalar_subquery()
        filters = containing(text, DEVICES.c.udi, func.coalesce(DEVICES.c.owner, ""))
        if owner is not None:
            filters.append(DEVICES.c.owner == owner)
        if pid:
            filters.append(DEVICES.c.udi.startswith(f"{pid}:", autoescape=True))
        statement = select(DEVICES.c.udi, DEVICES.c.made, DEVICES.c.owner, held)
        owner_of = func.coalesce(DEVICES.c.owner, "")
        columns = {"udi": DEVICES.c.udi, "licenses": held, "made": DEVICES.c.made, "owner": owner_of}
        order = sorted_by(sort, columns, (DEVICES.c.udi,))
        rows, total = page(self._connection, statement, filters, order, offset, limit)
        return Listing(
            tuple(DeviceRow(udi_of(udi), made, owner_, count) for udi, made, owner_, count in rows), total, offset
        )


def _device(row: Row[*tuple[Any, ...]]) -> Device:
    udi, made, features, owner, last_file = row
    return Device(udi_of(udi), made, words_of(features), owner, last_file)
