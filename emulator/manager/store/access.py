"""Folders of PAKs and access lists, within one transaction."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select, update

from emulator.manager.access_entities import Listed, PakFolder, UserAccessList
from emulator.manager.store.access_tables import ACCESS_LISTS, ACCESS_USERS, FOLDER_PAKS, FOLDERS
from emulator.manager.store.rows import keep_new
from emulator.manager.store.sight import Sight


class AccessRecords:
    """Folders and access lists."""

    def __init__(self, connection: Connection, sight: Sight) -> None:
        self._connection, self._sight = connection, sight

    # --- folders of PAKs -----------------------------------------------------------------------------------------

    def folders(self) -> list[PakFolder]:
        """List the folders by name, each with the PAKs in it that are seen."""
        seen = self._sight.named(Listed.FOLDER, FOLDERS.c.name)
        names = self._connection.execute(select(FOLDERS.c.name).where(*seen).order_by(FOLDERS.c.name)).scalars()
        found: dict[str, list[str]] = {name: [] for name in names}
        paks = select(FOLDER_PAKS).where(*self._sight.paks(FOLDER_PAKS.c.pak)).order_by(FOLDER_PAKS.c.pak)
        for row in self._connection.execute(paks):
            if row.folder in found:
                found[row.folder].append(row.pak)
        return [PakFolder(name, tuple(codes)) for name, codes in found.items()]

    def keep_folder(self, name: str) -> None:
        """Add a folder, unless it is there."""
        keep_new(self._connection, FOLDERS, [{"name": name}])

    def rename_folder(self, name: str, new: str) -> None:
        """Give a folder a name that no other one has; its PAKs and its list go with it."""
        self.keep_folder(new)
        self.rename_list(Listed.FOLDER, name, new)
        self._connection.execute(update(FOLDER_PAKS).where(FOLDER_PAKS.c.folder == name).values(folder=new))
        self.drop_folder(name)

    def drop_folder(self, name: str) -> None:
        """Delete a folder with its list; its PAKs stay."""
        drop_list(self._connection, Listed.FOLDER, name)
        self._connection.execute(delete(FOLDERS).where(FOLDERS.c.name == name))

    def put(self, folder: str, paks: Iterable[str]) -> None:
        """Put PAKs of the inventory into a folder."""
        keep_new(self._connection, FOLDER_PAKS, [{"folder": folder, "pak": pak} for pak in paks])

    def take_out(self, folder: str, paks: Iterable[str]) -> None:
        """Take PAKs out of a folder."""
        which = (FOLDER_PAKS.c.folder == folder) & FOLDER_PAKS.c.pak.in_(list(paks))
        self._connection.execute(delete(FOLDER_PAKS).where(which))

    # --- access lists --------------------------------------------------------------------------------------------

    def lists(self) -> list[UserAccessList]:
        """List the access lists by kind and name, with nothing left out."""
        found: dict[tuple[str, str], list[str]] = {}
        for row in self._connection.execute(
            select(ACCESS_LISTS).order_by(ACCESS_LISTS.c.about, ACCESS_LISTS.c.subject)
        ):
            found[row.about, row.subject] = []
        for row in self._connection.execute(select(ACCESS_USERS).order_by(ACCESS_USERS.c.user)):
            found[row.about, row.subject].append(row.user)
        return [UserAccessList(Listed(about), subject, tuple(users)) for (about, subject), users in found.items()]

    def is_listed(self, about: Listed, subject: str) -> bool:
        """Tell whether something has an access list."""
        return self._list(about, subject) is not None

    def keep_list(self, wanted: UserAccessList) -> None:
        """Give something an access list, in place of the one that it had."""
        self.drop_list(wanted.about, wanted.subject)
        subject = {"about": wanted.about.value, "subject": wanted.subject}
        self._connection.execute(insert(ACCESS_LISTS), subject)
        keep_new(self._connection, ACCESS_USERS, [{**subject, "user": user} for user in wanted.users])

    def rename_list(self, about: Listed, subject: str, new: str) -> None:
        """Have the list of something go with its new name, if it has one."""
        users = self._list(about, subject)
        if users is not None:
            self.keep_list(UserAccessList(about, new, users))
            self.drop_list(about, subject)

    def drop_list(self, about: Listed, subject: str) -> bool:
        """Take the access list of something away; tells whether it had one."""
        return drop_list(self._connection, about, subject)

    def _list(self, about: Listed, subject: str) -> tuple[str, ...] | None:
        found = (each for each in self.lists() if (each.about, each.subject) == (about, subject))
        return next((each.users for each in found), None)


def drop_list(connection: Connection, about: Listed, subject: str) -> bool:
    """Take the access list of something away, in a transaction; tells whether it had one."""
    which = (ACCESS_LISTS.c.about == about.value) & (ACCESS_LISTS.c.subject == subject)
    return connection.execute(delete(ACCESS_LISTS).where(which)).rowcount > 0
