"""Policies, within one transaction."""

import msgspec
from sqlalchemy import Connection, delete, select

from emulator.manager.store.devices import LicensePolicy
from emulator.manager.store.page_tables import POLICIES
from emulator.manager.store.rows import keep
from emulator.manager.store.sight import Sight


class PolicyRecords:
    """Policies by their names."""

    def __init__(self, connection: Connection, sight: Sight) -> None:
        self._connection, self._sight = connection, sight

    def all(self) -> list[LicensePolicy]:
        """List the policies by name; one for a group that is not seen is left out."""
        rows = self._connection.execute(select(POLICIES.c.content).order_by(POLICIES.c.name)).scalars()
        found = (msgspec.json.decode(content, type=LicensePolicy) for content in rows)
        return [each for each in found if self._sight.sees_group(each.filter.group)]

    def lock(self) -> None:
        """Have the policies alone until the end of the transaction; SQLite has one writer anyhow."""
        self._connection.execute(select(POLICIES.c.name).order_by(POLICIES.c.name).with_for_update()).all()

    def keep(self, policy: LicensePolicy) -> None:
        """Add a policy, or replace the one of its name."""
        keep(self._connection, POLICIES, name=policy.name, content=msgspec.json.encode(policy).decode())

    def drop(self, name: str) -> None:
        """Delete a policy."""
        self._connection.execute(delete(POLICIES).where(POLICIES.c.name == name))
