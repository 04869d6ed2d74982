"""Records of one transaction, by what they are."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, select, update

from emulator.keys.secret_box import SecretBox
from emulator.manager.access_entities import Listed
from emulator.manager.entities import (
    BackEndAccess,
    CredentialSet,
    DeviceGroup,
    ManagerUser,
    TrailEntry,
)
from emulator.manager.roles import ManagerRole
from emulator.manager.store.access import AccessRecords
from emulator.manager.store.device_keys import DeviceKeyRecords
from emulator.manager.store.devices import ManagedDeviceRecords
from emulator.manager.store.exchange import ExchangeRecords
from emulator.manager.store.jobs import JobRecords
from emulator.manager.store.licenses import ObtainedRecords
from emulator.manager.store.page_tables import PASSWORDS, VIEWS
from emulator.manager.store.policies import PolicyRecords
from emulator.manager.store.rehosts import RehostRecords
from emulator.manager.store.reports import ReportRecords
from emulator.manager.store.rows import keep
from emulator.manager.store.sight import Sight
from emulator.manager.store.tables import BACK_END, CREDENTIALS, GROUPS, MEMBERS, TOKENS, TRAIL, USERS
from emulator.manager.store.views import ViewRecords
from emulator.manager.transport_order import parse_transports


class ManagerRecords:
    """Users, credentials, groups, devices, licenses and the audit trail, within one transaction."""

    def __init__(self, connection: Connection, box: SecretBox, viewer: str | None = None) -> None:
        """Read and change records; what access lists keep from the viewer is left out, and None sees everything."""
        self._connection, self._box = connection, box
        self.sight = Sight(connection, viewer)
        self.devices = ManagedDeviceRecords(connection, self.sight)
        self.licenses = ObtainedRecords(connection, self.sight)
        self.reports = ReportRecords(connection, self.sight)
        self.exchange = ExchangeRecords(connection, box)
        self.jobs = JobRecords(connection, self.sight)
        self.rehosts = RehostRecords(connection, self.sight)
        self.views = ViewRecords(connection)
        self.keys = DeviceKeyRecords(connection, self.sight)
        self.policies = PolicyRecords(connection, self.sight)
        self.access = AccessRecords(connection, self.sight)

    @property
    def whole(self) -> "ManagerRecords":
        """Records with nothing left out, for what does not depend on who asks: a debit, a way to a device, a name."""
        return ManagerRecords(self._connection, self._box)

    # --- users ---------------------------------------------------------------------------------------------------

    def users(self) -> list[ManagerUser]:
        """List the users by name."""
        rows = self._connection.execute(select(USERS).order_by(USERS.c.name))
        return [ManagerUser(row.name, ManagerRole(row.role)) for row in rows]

    def role_of(self, user: str) -> ManagerRole | None:
        """Return the role of a user, or None for one that is not known."""
        role = self._connection.execute(select(USERS.c.role).where(USERS.c.name == user)).scalar()
        return None if role is None else ManagerRole(role)

    def keep_user(self, user: ManagerUser) -> None:
        """Add a user, or give one another role."""
        keep(self._connection, USERS, name=user.name, role=user.role.value)

    def drop_user(self, name: str) -> bool:
        """Delete a user with the password and the views; tells whether there was one."""
        self._drop(PASSWORDS, PASSWORDS.c.user == name)
        self._drop(VIEWS, VIEWS.c.user == name)
        return self._drop(USERS, USERS.c.name == name)

    def keep_password(self, user: str, salt: bytes, hashed: bytes) -> None:
        """Keep the hash of a user's password in place of the last one."""
        keep(self._connection, PASSWORDS, user=user, salt=salt, hash=hashed)

    def password(self, user: str) -> tuple[bytes, bytes] | None:
        """Return the salt and the hash of a user's password; None where the user has none."""
        row = self._connection.execute(select(PASSWORDS).where(PASSWORDS.c.user == user)).one_or_none()
        return None if row is None else (row.salt, row.hash)

    def keep_token(self, digest: str, user: str, name: str, made: int) -> None:
        """Add a token of a user, by its digest."""
        keep(self._connection, TOKENS, digest=digest, user=user, name=name, made=made)

    def token_user(self, digest: str) -> str | None:
        """Return whose token it is, or None."""
        return self._connection.execute(select(TOKENS.c.user).where(TOKENS.c.digest == digest)).scalar()

    def tokens(self, user: str) -> list[tuple[str, int]]:
        """List the tokens of a user by name, each with the instant at which it was made."""
        statement = select(TOKENS.c.name, TOKENS.c.made).where(TOKENS.c.user == user).order_by(TOKENS.c.name)
        return [(row.name, row.made) for row in self._connection.execute(statement)]

    def drop_tokens(self, user: str, name: str | None = None) -> bool:
        """Delete a token of a user by its name, or all of them; tells whether there was one."""
        which = TOKENS.c.user == user
        return self._drop(TOKENS, which if name is None else which & (TOKENS.c.name == name))

    # --- credentials ---------------------------------------------------------------------------------------------

    def credentials(self, names: Iterable[str] | None = None) -> list[CredentialSet]:
        """Return credential sets: those of some names that are there, in that order; without names all, by name.

        Raises:
            CannotOpen: one was sealed with another key.
        """
        rows = {row.name: row for row in self._connection.execute(select(CREDENTIALS).order_by(CREDENTIALS.c.name))}
        wanted = rows if names is None else [name for name in names if name in rows]
        return [
            CredentialSet(
                name,
                rows[name].user,
                self._box.open(rows[name].password, f"password of {name}"),
                self._box.open(rows[name].enable, f"enable password of {name}"),
            )
            for name in wanted
        ]

    def credential_users(self) -> list[tuple[str, str]]:
        """List the names of the credential sets, each with its user; no secret is opened."""
        rows = self._connection.execute(select(CREDENTIALS.c.name, CREDENTIALS.c.user).order_by(CREDENTIALS.c.name))
        return [(row.name, row.user) for row in rows]

    def keep_credentials(self, credentials: CredentialSet) -> None:
        """Add a credential set, or replace the one of its name."""
        name = credentials.name
        keep(
            self._connection,
            CREDENTIALS,
            name=name,
            user=credentials.user,
            password=self._box.seal(credentials.password, f"password of {name}"),
            enable=self._box.seal(credentials.enable, f"enable password of {name}"),
        )

    def drop_credentials(self, name: str) -> bool:
        """Delete a credential set; tells whether there was one."""
        return self._drop(CREDENTIALS, CREDENTIALS.c.name == name)

    # --- license portal ----------------------------------------------------------------------------------------

    def back_end(self) -> BackEndAccess | None:
        """Return the license portal, or None before one was chosen.

        Raises:
            CannotOpen: the token was sealed with another key.
        """
        row = self._connection.execute(select(BACK_END)).one_or_none()
        if row is None:
            return None
        return BackEndAccess(row.url, self._box.open(row.token, f"token of {row.url}"), row.authority)

    def keep_back_end(self, access: BackEndAccess) -> None:
        """Choose the license portal."""
        token = self._box.seal(access.token, f"token of {access.url}")
        keep(self._connection, BACK_END, name="portal", url=access.url, authority=access.authority, token=token)

    # --- groups --------------------------------------------------------------------------------------------------

    def groups(self) -> list[DeviceGroup]:
        """List the groups by name."""
        return [
            DeviceGroup(
                row.name,
                msgspec.json.decode(row.credentials, type=tuple[str, ...]),
                parse_transports(msgspec.json.decode(row.transports, type=tuple[str, ...])),
            )
            for row in self._connection.execute(
                select(GROUPS).where(*self.sight.named(Listed.GROUP, GROUPS.c.name)).order_by(GROUPS.c.name)
            )
        ]

    def keep_group(self, group: DeviceGroup) -> None:
        """Add a group, or replace what is tried at its devices."""
        keep(
            self._connection,
            GROUPS,
            name=group.name,
            credentials=msgspec.json.encode(group.credentials).decode(),
            transports=msgspec.json.encode(list(map(str, group.transports))).decode(),
        )

    def rename_group(self, name: str, new: str) -> None:
        """Give a group a name that no other one has; its devices, its list and the policies for it go with it."""
        [group] = [each for each in self.groups() if each.name == name]
        self.keep_group(msgspec.structs.replace(group, name=new))
        self._connection.execute(update(MEMBERS).where(MEMBERS.c.group == name).values(group=new))
        self.access.rename_list(Listed.GROUP, name, new)
        for policy in self.whole.policies.all():
            if policy.filter.group == name:
                chosen = msgspec.structs.replace(policy.filter, group=new)
                self.policies.keep(msgspec.structs.replace(policy, filter=chosen))
        self.drop_group(name)

    def drop_group(self, name: str) -> bool:
        """Delete a group; its devices stay. Tells whether there was one."""
        self.access.drop_list(Listed.GROUP, name)
        return self._drop(GROUPS, GROUPS.c.name == name)

    # --- audit trail ---------------------------------------------------------------------------------------------

    def add_to_trail(self, entry: TrailEntry) -> None:
        """Add an entry; the database numbers it."""
        self._connection.execute(
            TRAIL.insert(),
            {"at": entry.at, "by": entry.by, "act": entry.act, "subject": entry.subject, "outcome": entry.outcome},
        )

    def trail(self, *, limit: int, text: str = "") -> Sequence[TrailEntry]:
        """List the latest entries with a text in their subject or outcome, oldest first."""
        statement = select(TRAIL).order_by(TRAIL.c.number.desc()).limit(limit)
        if text:
            in_subject = TRAIL.c.subject.icontains(text, autoescape=True)
            statement = statement.where(in_subject | TRAIL.c.outcome.icontains(text, autoescape=True))
        rows = self._connection.execute(statement).all()
        return [TrailEntry(row.at, row.by, row.act, row.subject, row.outcome) for row in reversed(rows)]

    def history(self, subject: str, *, offset: int, limit: int) -> tuple[Sequence[TrailEntry], int]:
        """Return a part of the entries about a device, the latest first, and the number of all of them."""
        which = and_(TRAIL.c.subject == subject, *self.sight.devices(TRAIL.c.subject))
        total: int = self._connection.execute(select(func.count()).select_from(TRAIL).where(which)).scalar_one()
        statement = select(TRAIL).where(which).order_by(TRAIL.c.number.desc()).offset(offset).limit(limit)
        rows, veiled = self._connection.execute(statement), self.sight.veiled
        return [TrailEntry(row.at, row.by, row.act, row.subject, veiled(row.outcome)) for row in rows], total

    # --- what they share -----------------------------------------------------------------------------------------

    def _drop(self, table: Table, which: ColumnElement[bool]) -> bool:
        return self._connection.execute(delete(table).where(which)).rowcount > 0
