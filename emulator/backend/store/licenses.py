"""License lines, and the registrations that paid for them: those that came to their device that way are debits."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, literal_column, or_, select, union_all, update

from emulator.backend.entities import IssuedLicense, IssuedState, Origin
from emulator.backend.store.rows import chunks, insert_rows, page, udi_of
from emulator.backend.store.tables import LICENSES
from emulator.kernel.time import Instant
from emulator.licensing.lines import LicenseLine
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi

_HELD = select(LICENSES).where(LICENSES.c.udi == bindparam("wanted")).order_by(LICENSES.c.number)
_STANDS = (
    LICENSES.c.state == IssuedState.CURRENT,
    or_(LICENSES.c.ends.is_(None), LICENSES.c.ends > bindparam("today")),
)
_CURRENT = _HELD.where(*_STANDS)
_COUNT_ONE = select(func.count()).select_from(LICENSES).where(LICENSES.c.udi == bindparam("wanted"), *_STANDS)
_COUNTS = (
    select(LICENSES.c.udi, func.count())
    .where(LICENSES.c.udi.in_(bindparam("wanted", expanding=True)), *_STANDS)
    .group_by(LICENSES.c.udi)
)
_LICENSED = select(LICENSES.c.udi).where(
    LICENSES.c.udi.in_(bindparam("wanted", expanding=True)),
    LICENSES.c.feature == bindparam("feature"),
    LICENSES.c.type == literal_column(f"'{LicenseType.PERMANENT.value}'"),
    LICENSES.c.count.is_(None),
    *_STANDS,
)
_BY_ID = select(LICENSES).where(LICENSES.c.id.in_(bindparam("wanted", expanding=True)))
_ONE = select(LICENSES).where(LICENSES.c.id == bindparam("wanted"))
_FILE = (
    select(LICENSES)
    .where(LICENSES.c.udi == bindparam("udi"), LICENSES.c.created == bindparam("created"))
    .order_by(LICENSES.c.number)
)
_MOVE = update(LICENSES).where(LICENSES.c.id == bindparam("wanted")).values(state=bindparam("left_as"))
_ROOT_MOVES = (
    select(LICENSES.c.root, func.count())
    .where(
        LICENSES.c.root.in_(bindparam("wanted", expanding=True)),
        LICENSES.c.origin == literal_column(f"'{Origin.REHOST.value}'"),
        LICENSES.c.at > bindparam("since"),
    )
    .group_by(LICENSES.c.root)
)
_PAID = [
    select(LICENSES.c.udi, LICENSES.c.id, LICENSES.c.number).where(
        LICENSES.c.origin == literal_column(f"'{origin.value}'"),
        LICENSES.c.pak == bindparam("pak"),
        LICENSES.c.udi.in_(bindparam("wanted", expanding=True)),
    )
    for origin in (Origin.REGISTRATION, Origin.CORRECTION)
]
_REGISTERED = union_all(*_PAID).order_by("number")
"""Licenses that devices have out of a PAK, by its registration or by the correction of one; the latest comes last."""


class LicenseRecords:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, first: int, licenses: Iterable[IssuedLicense]) -> None:
        """Record new licenses, which are numbered from `first` on."""
        rows = [_row(number, license_) for number, license_ in enumerate(licenses, first)]
        insert_rows(self._connection, LICENSES, rows)

    def held(self, udi: Udi) -> list[IssuedLicense]:
        """List every license that a device was ever issued, in order of issue."""
        return [_license(row) for row in self._connection.execute(_HELD, {"wanted": str(udi)})]

    def current(self, udi: Udi, today: int) -> list[IssuedLicense]:
        """List the licenses of a device that stand; `today` is in milliseconds since 1970."""
        return [_license(row) for row in self._connection.execute(_CURRENT, {"wanted": str(udi), "today": today})]

    def count_current(self, udis: Sequence[Udi], today: int) -> dict[Udi, int]:
        """Count the licenses that stand for each device that has any."""
        if len(udis) == 1:
            number = self._connection.execute(_COUNT_ONE, {"wanted": str(udis[0]), "today": today}).scalar_one()
            return {udis[0]: number}
        counts: dict[Udi, int] = {}
        for some in chunks([str(udi) for udi in udis]):
            rows = self._connection.execute(_COUNTS, {"wanted": some, "today": today})
            counts.update((udi_of(udi), number) for udi, number in rows)
        return counts

    def licensed(self, udis: Sequence[Udi], feature: str, today: int) -> set[Udi]:
        """Find the devices that have a permanent license for a feature that is not counted."""
        found: set[Udi] = set()
        for some in chunks([str(udi) for udi in udis]):
            rows = self._connection.execute(_LICENSED, {"wanted": some, "feature": feature, "today": today})
            found.update(udi_of(udi) for (udi,) in rows)
        return found

    def find(self, id_: str) -> IssuedLicense | None:
        row = self._connection.execute(_ONE, {"wanted": id_}).one_or_none()
        return None if row is None else _license(row)

    def by_id(self, ids: Sequence[str]) -> dict[str, IssuedLicense]:
        """Return licenses by their ids, in the order asked for."""
        found: dict[str, IssuedLicense] = {}
        for some in chunks(ids):
            found.update((row.id, _license(row)) for row in self._connection.execute(_BY_ID, {"wanted": some}))
        return {id_: found[id_] for id_ in ids}

    def in_file(self, udi: Udi, created: str) -> list[IssuedLicense]:
        """List the licenses that were issued to a device in one file."""
        return [_license(row) for row in self._connection.execute(_FILE, {"udi": str(udi), "created": created})]

    def move(self, ids: Iterable[str], left_as: IssuedState) -> None:
        """End these licenses."""
        self._connection.execute(_MOVE, [{"wanted": id_, "left_as": left_as} for id_ in ids])

    def rehosts(self, roots: Sequence[str], since: Instant) -> dict[str, int]:
        """Count, for each of these licenses, the rehosts of its successors after an instant."""
        rows = self._connection.execute(_ROOT_MOVES, {"wanted": list(roots), "since": since})
        return {row.root: row[1] for row in rows}

    # --- registrations -----------------------------------------------------------------------------------------

    def registered(self, pak: str, udis: Sequence[Udi]) -> dict[Udi, str]:
        """Return the latest license that each of these devices has out of a PAK, where it has one."""
        found: dict[Udi, str] = {}
        for some in chunks([str(udi) for udi in udis]):
            rows = self._connection.execute(_REGISTERED, {"pak": pak, "wanted": some})
            found.update((udi_of(row.udi), row.id) for row in rows)
        return found

    def of_pak(self, pak: str, offset: int, limit: int) -> tuple[list[IssuedLicense], int]:
        """Return a part of the licenses that a PAK paid for, latest first, and the number of all."""
        filters = [LICENSES.c.origin == Origin.REGISTRATION, LICENSES.c.pak == pak]
        rows, total = page(self._connection, select(LICENSES), filters, (LICENSES.c.number.desc(),), offset, limit)
        return [_license(row) for row in rows], total


def _row(number: int, license_: IssuedLicense) -> tuple[object, ...]:
    line = license_.line
    return (
        number, line.id, str(line.udi), line.feature, line.version, line.type.value, line.period, line.exclusive,
        line.count, line.ends, license_.source, license_.created, license_.at, license_.origin.value, license_.root,
        license_.sku, license_.pak, license_.predecessor, license_.state.value,
    )  # fmt: skip


def _license(row: Row[*tuple[Any, ...]]) -> IssuedLicense:
    (_, id_, udi, feature, version, type_, period, exclusive, count, ends,
     source, created, at, origin, root, sku, pak, predecessor, state) = row  # fmt: skip
    line = LicenseLine(id_, feature, LicenseType(type_), udi_of(udi), period, exclusive, version, count, ends)
    return IssuedLicense(line, source, created, at, Origin(origin), root, sku, pak, predecessor, IssuedState(state))
