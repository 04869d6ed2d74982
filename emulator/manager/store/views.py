"""Saved views of the list of devices, within one transaction."""

from sqlalchemy import Connection, delete, insert, select

from emulator.manager.entities import SavedView
from emulator.manager.store.page_tables import VIEWS


class ViewRecords:
    """Views by their users."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, user: str) -> list[SavedView]:
        """List the views of a user by name."""
        statement = select(VIEWS).where(VIEWS.c.user == user).order_by(VIEWS.c.name)
        return [SavedView(row.name, row.query) for row in self._connection.execute(statement)]

    def keep(self, user: str, view: SavedView) -> None:
        """Add a view of a user, or replace the one of its name."""
        self.drop(user, view.name)
        self._connection.execute(insert(VIEWS), {"user": user, "name": view.name, "query": view.query})

    def drop(self, user: str, name: str) -> bool:
        """Delete a view of a user; tells whether there was one."""
        which = (VIEWS.c.user == user) & (VIEWS.c.name == name)
        return self._connection.execute(delete(VIEWS).where(which)).rowcount > 0
