"""Context of a use case: the records, the ways to devices, the clock, and the user who acts."""

from collections.abc import Awaitable, Callable, Iterable

from emulator.kernel.errors import UnknownName
from emulator.manager.entities import CredentialSet, TrailEntry
from emulator.manager.errors import NotAllowed
from emulator.manager.ports import DeviceConnector, FanOut
from emulator.manager.roles import ManagerAction, ManagerRole, actions_of
from emulator.manager.store.database import ManagerDatabase
from emulator.manager.store.records import ManagerRecords

LOCAL_USER = "local"
"""Name of the user who works on the manager's host and can read its files: an Admin without an entry."""


class ManagerContext:
    """Use cases run with one, for one user."""

    def __init__(
        self,
        database: ManagerDatabase,
        connect: DeviceConnector,
        fan_out: FanOut,
        now: Callable[[], int],
        pause: Callable[[float], Awaitable[None]],
        user: str = LOCAL_USER,
    ) -> None:
        """Act for a user.

        Args:
            database: the records.
            connect: opens sessions at devices.
            fan_out: runs an action for many devices.
            now: the clock, in milliseconds since 1970.
            pause: waits so many seconds.
            user: a name of the manager's users, or the local one.

        Raises:
            UnknownName: there is no such user.
        """
        self.database, self.connect, self.fan_out = database, connect, fan_out
        self.now, self.pause, self.user = now, pause, user
        self.role = self._find_role()
        self.database = database.seen_by(None if self.role is ManagerRole.ADMIN else user)

    def acting_as(self, user: str) -> "ManagerContext":
        """Return the same for another user.

        Raises:
            UnknownName: there is no such user.
        """
        return ManagerContext(self.database, self.connect, self.fan_out, self.now, self.pause, user)

    def _find_role(self) -> ManagerRole:
        if self.user == LOCAL_USER:
            return ManagerRole.ADMIN
        with self.database.reading() as records:
            if (role := records.role_of(self.user)) is None:
                raise UnknownName("user", self.user, [LOCAL_USER, *(each.name for each in records.users())])
            return role

    def require(self, action: ManagerAction) -> None:
        """Make sure that the user may do something; an attempt that is refused is in the audit trail.

        Raises:
            NotAllowed: the role does not allow it.
        """
        if action in actions_of(self.role):
            return
        with self.database.writing() as records:
            self.record(records, str(action), "", f"refused: the role is {self.role}")
        raise NotAllowed(self.user, self.role, action)

    def record(self, records: ManagerRecords, act: str, subject: str, outcome: str) -> None:
        """Add to the audit trail, in the transaction of what was done."""
        records.add_to_trail(TrailEntry(self.now(), self.user, act, subject, outcome))

    def credential_sets(self, names: Iterable[str]) -> list[CredentialSet]:
        """Return credential sets by name, in that order; without names all of them.

        Raises:
            UnknownName: there is no such set.
        """
        wanted = list(dict.fromkeys(names))
        with self.database.reading() as records:
            known = [name for name, _ in records.credential_users()]
            for name in wanted:
                if name not in known:
                    raise UnknownName("credential set", name, known)
            return records.credentials(wanted or None)
