"""Sight of a user: the conditions by which rows are left out that access lists keep from this user.

I: a device, group, PAK or folder that has an access list is seen by the users on it. A device that is on any list, its
own or that of one of its groups, is seen by those on one of these; a PAK likewise with its folders. What is not seen is
answered as what is not there. Admins, and users whom no list leaves out, see everything.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, except_, exists, or_, select, union
from sqlalchemy.sql import CompoundSelect

from emulator.licensing.udi import UDI_FORM
from emulator.manager.access_entities import Listed
from emulator.manager.job_records import ABOUT_ADDRESSES, ABOUT_PAKS
from emulator.manager.store.access_tables import ACCESS_LISTS, ACCESS_USERS, FOLDER_PAKS
from emulator.manager.store.tables import GROUPS, JOB_ITEMS, JOBS, MANAGED_DEVICES, MEMBERS

UNSEEN = "(not shown to you)"
"""Words in the place of a name that a user does not see."""

_A_UDI = re.compile(rf"(?<![\w./+-]){UDI_FORM}(?![\w])")

RowConditions = list[ColumnElement[bool]]


class Sight:
    """Sight of one user, within one transaction."""

    def __init__(self, connection: Connection, viewer: str | None) -> None:
        """Look for a user; None sees everything."""
        self._connection, self._viewer = connection, viewer

    @cached_property
    def limited(self) -> bool:
        """True where some list leaves the user out."""
        if self._viewer is None:
            return False
        mine = select(ACCESS_USERS.c.user).where(
            ACCESS_USERS.c.about == ACCESS_LISTS.c.about,
            ACCESS_USERS.c.subject == ACCESS_LISTS.c.subject,
            ACCESS_USERS.c.user == self._viewer,
        )
        others = select(ACCESS_LISTS.c.about).where(~mine.exists())
        return bool(self._connection.execute(select(others.exists())).scalar())

    def devices(self, udi: ColumnElement[str]) -> RowConditions:
        """Return the conditions on the UDI of a row; a device that was deleted is for those who see everything."""
        if not self.limited:
            return []
        seen = udi.not_in(_hidden(_listed_devices(), _listed_devices(self._viewer)))
        if udi is MANAGED_DEVICES.c.udi or udi is MEMBERS.c.udi:  # no member of a group is a deleted one
            return [seen]
        return [and_(udi.in_(select(MANAGED_DEVICES.c.udi)), seen)]

    def paks(self, code: ColumnElement[str]) -> RowConditions:
        """Return the conditions on the code of a PAK, which need not be in the inventory."""
        if not self.limited:
            return []
        return [code.not_in(_hidden(_listed_paks(), _listed_paks(self._viewer)))]

    def named(self, about: Listed, name: ColumnElement[str]) -> RowConditions:
        """Return the conditions on the name of a group or folder."""
        if not self.limited:
            return []
        return [name.not_in(except_(_lists(about), _lists(about, self._viewer)))]

    def jobs(self) -> RowConditions:
        """Return the conditions on jobs: the user's own, and those of others that are about nothing unseen."""
        if not self.limited:
            return []
        unseen = select(JOB_ITEMS.c.job).where(JOB_ITEMS.c.job == JOBS.c.id, ~and_(*self.items()))
        return [or_(JOBS.c.by == self._viewer, and_(JOBS.c.total.is_not(None), ~exists(unseen)))]

    def items(self) -> RowConditions:
        """Return the conditions on items of jobs, for a statement that is about `JOBS` as well."""
        if not self.limited:
            return []
        paks = and_(JOBS.c.kind.in_(ABOUT_PAKS), *self.paks(JOB_ITEMS.c.subject))
        devices = and_(JOBS.c.kind.not_in(ABOUT_PAKS | ABOUT_ADDRESSES), *self.devices(JOB_ITEMS.c.subject))
        return [or_(paks, devices)]

    def is_own(self, user: str) -> bool:
        """Tell whether what a user made is shown though it names what may not be seen."""
        return not self.limited or user == self._viewer

    def sees_group(self, name: str) -> bool:
        """Tell whether a group is seen; one that is not there is."""
        return name not in self._unseen_groups

    def clear(self, cells: Sequence[str]) -> bool:
        """Tell whether texts name nothing that is not seen."""
        return not self.limited or all(self.veiled(cell) == cell for cell in cells)

    def veiled(self, text: str) -> str:
        """Return a text with other words in the place of devices, PAKs and groups that are not seen."""
        if not self.limited or not text:
            return text
        text = _A_UDI.sub(lambda found: found[0] if found[0] in self._seen_devices else UNSEEN, text)
        for pattern in self._unseen_names:
            text = pattern.sub(UNSEEN, text)
        return text

    @cached_property
    def _seen_devices(self) -> frozenset[str]:
        column = MANAGED_DEVICES.c.udi
        return frozenset(self._connection.execute(select(column).where(*self.devices(column))).scalars())

    @cached_property
    def _unseen_groups(self) -> frozenset[str]:
        conditions = self.named(Listed.GROUP, GROUPS.c.name)
        if not conditions:
            return frozenset()
        return frozenset(self._connection.execute(select(GROUPS.c.name).where(~and_(*conditions))).scalars())

    @cached_property
    def _unseen_names(self) -> list[re.Pattern[str]]:
        """Patterns of unseen PAKs, and of unseen groups where a sentence names one."""
        all_paks, mine = (self._connection.execute(_listed_paks(user)).scalars() for user in (None, self._viewer))
        paks = sorted({*all_paks} - {*mine})
        found = [rf"\b(?:{'|'.join(map(re.escape, paks))})\b"] if paks else []
        if self._unseen_groups:  # a group may be called by any word, so it is looked for where a sentence names one
            names = "|".join(map(re.escape, sorted(self._unseen_groups)))
            found.append(rf"(?:(?<=joined )|(?<=left )|(?<=group ))(?:{names})(?=$|[ ,;])")
        return [re.compile(each) for each in found]


def _lists(about: Listed, user: str | None = None) -> Select[Any]:
    """The subjects of a kind that have lists, or on whose lists a user is."""
    if user is None:
        return select(ACCESS_LISTS.c.subject).where(ACCESS_LISTS.c.about == about.value)
    which = (ACCESS_USERS.c.about == about.value) & (ACCESS_USERS.c.user == user)
    return select(ACCESS_USERS.c.subject).where(which)


def _hidden(listed: "CompoundSelect[Any]", allowed: "CompoundSelect[Any]") -> "CompoundSelect[Any]":
    """Names on lists that are on none of the user's: one small set, which is quicker than to ask for each row."""
    return except_(listed.subquery().select(), allowed.subquery().select())


def _listed_devices(user: str | None = None) -> "CompoundSelect[Any]":
    in_groups = select(MEMBERS.c.udi).where(MEMBERS.c.group.in_(_lists(Listed.GROUP, user)))
    return union(_lists(Listed.DEVICE, user), in_groups)


def _listed_paks(user: str | None = None) -> "CompoundSelect[Any]":
    in_folders = select(FOLDER_PAKS.c.pak).where(FOLDER_PAKS.c.folder.in_(_lists(Listed.FOLDER, user)))
    return union(_lists(Listed.PAK, user), in_folders)
