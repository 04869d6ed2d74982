"""PAKs and license files of the manager, and the back end that they come from."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, func, literal, select, true, update

from emulator.licensing.udi import Udi, parse_udi
from emulator.manager.access_entities import Listed
from emulator.manager.entities import KnownPak, ObtainedLicense
from emulator.manager.store.access import drop_list
from emulator.manager.store.rows import keep
from emulator.manager.store.sight import Sight
from emulator.manager.store.tables import OBTAINED, PAK_INVENTORY

_DEPLOYED = (
    update(OBTAINED)
    .where(
        OBTAINED.c.udi == bindparam("wanted"),
        OBTAINED.c.feature == bindparam("installed"),
        OBTAINED.c.deployed.is_(None),
    )
    .values(deployed=bindparam("at"))
)


class ObtainedRecords:
    """PAKs and licenses, within one transaction."""

    def __init__(self, connection: Connection, sight: Sight) -> None:
        self._connection, self._sight = connection, sight

    def paks(self) -> list[KnownPak]:
        """List the PAKs by code."""
        seen = self._sight.paks(PAK_INVENTORY.c.code)
        rows = self._connection.execute(select(PAK_INVENTORY).where(*seen).order_by(PAK_INVENTORY.c.code))
        return list(map(_pak, rows))

    def keep_pak(self, pak: KnownPak) -> None:
        """Add a PAK, or replace what is known of it."""
        keep(
            self._connection, PAK_INVENTORY, code=pak.code, sku=pak.sku, feature=pak.feature, quantity=pak.quantity,
            left=pak.left, refreshed=pak.refreshed, families=msgspec.json.encode(pak.families).decode(),
        )  # fmt: skip

    def drop_pak(self, code: str) -> bool:
        """Delete a PAK; tells whether there was one. Licenses that it paid for stay."""
        which = [PAK_INVENTORY.c.code == code, *self._sight.paks(PAK_INVENTORY.c.code)]
        if not self._connection.execute(delete(PAK_INVENTORY).where(*which)).rowcount:
            return False
        drop_list(self._connection, Listed.PAK, code)
        return True

    def is_seen(self, code: str) -> bool:
        """Tell whether a PAK may be used by the viewer; one that is not in the inventory may."""
        return bool(self._connection.execute(select(true()).where(*self._sight.paks(literal(code)))).scalar())

    def keep_license(self, license_: ObtainedLicense) -> None:
        """Add a license, or replace what is known of it."""
        keep(
            self._connection, OBTAINED, id=license_.id, udi=str(license_.udi), pak=license_.pak,
            feature=license_.feature, file=license_.file, content=license_.content, obtained=license_.obtained,
            deployed=license_.deployed,
        )  # fmt: skip

    def drop_license(self, license_id: str) -> None:
        """Delete a license that its device gave up."""
        self._connection.execute(delete(OBTAINED).where(OBTAINED.c.id == license_id))

    def deployed(self, udi: Udi, feature: str, at: int) -> None:
        """Note that the license of a feature was seen on its device, unless it was before."""
        self._connection.execute(_DEPLOYED, {"wanted": str(udi), "installed": feature, "at": at})

    def licenses_of(self, udis: Iterable[Udi]) -> list[ObtainedLicense]:
        """List the licenses of devices, oldest first."""
        found: list[ObtainedLicense] = []
        for udi in udis:
            which = [OBTAINED.c.udi == str(udi), *self._sight.devices(OBTAINED.c.udi)]
            statement = select(OBTAINED).where(*which).order_by(OBTAINED.c.obtained, OBTAINED.c.id)
            found += map(self._license, self._connection.execute(statement))
        return found

    def choose(
        self, *, pak: str = "", udi: str = "", undeployed: bool = False, offset: int = 0, limit: int | None = None
    ) -> tuple[Sequence[ObtainedLicense], int]:
        """Return a part of the licenses, by device, and the number of all; every condition given holds."""
        which = [
            *([OBTAINED.c.pak == pak, *self._sight.paks(OBTAINED.c.pak)] if pak else []),
            *([OBTAINED.c.udi == udi] if udi else []),
            *([OBTAINED.c.deployed.is_(None)] if undeployed else []),
            *self._sight.devices(OBTAINED.c.udi),
        ]
        total: int = self._connection.execute(select(func.count()).select_from(OBTAINED).where(*which)).scalar_one()
        statement = select(OBTAINED).where(*which).order_by(OBTAINED.c.udi, OBTAINED.c.id).offset(offset).limit(limit)
        return [self._license(row) for row in self._connection.execute(statement)], total

    def undeployed(self) -> Sequence[ObtainedLicense]:
        """List the licenses that are not on their devices, by device."""
        return self.choose(undeployed=True)[0]

    def _license(self, row: Row[*tuple[Any, ...]]) -> ObtainedLicense:
        """A license; the PAK that paid for it is left empty for who does not see that PAK."""
        pak = row.pak if self._sight.clear([row.pak]) else ""
        udi = parse_udi(row.udi)
        return ObtainedLicense(row.id, udi, pak, row.feature, row.file, row.content, row.obtained, row.deployed)


def _pak(row: Row[*tuple[Any, ...]]) -> KnownPak:
    families = msgspec.json.decode(row.families or "[]", type=tuple[str, ...])
    return KnownPak(row.code, row.sku, row.feature, row.quantity, row.left, row.refreshed, families)
