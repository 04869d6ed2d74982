"""Rehosts of the manager, within one transaction."""

from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, select

from emulator.licensing.udi import Udi, parse_udi
from emulator.manager.entities import Rehost, RehostStep
from emulator.manager.store.sight import Sight
from emulator.manager.store.tables import REHOSTS


class RehostRecords:
    """Rehosts by their devices."""

    def __init__(self, connection: Connection, sight: Sight) -> None:
        self._connection, self._sight = connection, sight

    def find(self, source: Udi, target: Udi) -> Rehost | None:
        """Return the rehost from one device to another, or None."""
        which = (REHOSTS.c.source == str(source)) & (REHOSTS.c.target == str(target))
        row = self._connection.execute(select(REHOSTS).where(which)).one_or_none()
        return None if row is None else _rehost(row)

    def choose(self) -> list[Rehost]:
        """List the rehosts between devices that are seen, the latest change first."""
        order = (REHOSTS.c.changed.desc(), REHOSTS.c.source, REHOSTS.c.target)
        seen = [*self._sight.devices(REHOSTS.c.source), *self._sight.devices(REHOSTS.c.target)]
        return [_rehost(row) for row in self._connection.execute(select(REHOSTS).where(*seen).order_by(*order))]

    def keep(self, rehost: Rehost) -> None:
        """Add a rehost, or replace what is known of it."""
        source, target = str(rehost.source), str(rehost.target)
        which = (REHOSTS.c.source == source) & (REHOSTS.c.target == target)
        self._connection.execute(delete(REHOSTS).where(which))
        self._connection.execute(
            REHOSTS.insert(),
            {
                "source": source, "target": target, "begun": rehost.begun, "changed": rehost.changed,
                "step": rehost.step.value, "permission": rehost.permission, "ticket": rehost.ticket,
                "file": rehost.file, "content": rehost.content,
                "paks": msgspec.json.encode(rehost.paks).decode(),
            },
        )  # fmt: skip


def _rehost(row: Row[*tuple[Any, ...]]) -> Rehost:
    return Rehost(
        parse_udi(row.source), parse_udi(row.target), row.begun, row.changed, RehostStep(row.step), row.permission,
        row.ticket, row.file, row.content, msgspec.json.decode(row.paks or "[]", type=tuple[tuple[str, str], ...]),
    )  # fmt: skip
