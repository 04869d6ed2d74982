"""Folders of PAKs, and access lists: who sees a device, a group, a PAK or a folder, and may act on it.

C: devices, groups and PAKs have access lists of users; those of devices and groups are an Admin's to change, those of
PAKs also an InventoryMgr's and a PAKMgr's. I: folders have lists like groups; what they do is told in `store.sight`.
Who changes what a listed group or folder holds changes who sees it, and needs the same permission as for the list.
"""

from collections.abc import Iterable, Sequence

from emulator.kernel.errors import UnknownName, printable
from emulator.manager.access_entities import Listed, PakFolder, UserAccessList
from emulator.manager.context import ManagerContext
from emulator.manager.errors import NotKnown
from emulator.manager.names import check_free, check_name
from emulator.manager.roles import ManagerAction, actions_of
from emulator.manager.store.devices import DeviceFilter
from emulator.manager.store.records import ManagerRecords

NEEDED = {
    Listed.DEVICE: ManagerAction.MANAGE_ACCESS,
    Listed.GROUP: ManagerAction.MANAGE_ACCESS,
    Listed.PAK: ManagerAction.MANAGE_PAKS,
    Listed.FOLDER: ManagerAction.MANAGE_PAKS,
}
"""Actions that a user must be allowed to read and change lists of each kind (C)."""


def list_access(context: ManagerContext) -> list[UserAccessList]:
    """List the access lists of what the user sees and whose lists the user may change.

    Raises:
        NotAllowed: the user may change no lists.
    """
    context.require(ManagerAction.MANAGE_PAKS)
    mine = actions_of(context.role)
    with context.database.reading() as records:
        seen = {about: set(_subjects(records, about)) for about in Listed if NEEDED[about] in mine}
        return [each for each in records.access.lists() if each.subject in seen.get(each.about, ())]


def keep_access(context: ManagerContext, wanted: UserAccessList) -> None:
    """Give something an access list, in place of the one that it had; an empty one leaves it to Admins.

    Raises:
        NotAllowed: the user may not change lists of this kind.
        NotKnown, UnknownName: there is no such user or thing.
    """
    context.require(NEEDED[wanted.about])
    with context.database.writing() as records:
        _check_subject(records, wanted.about, wanted.subject)
        for user in wanted.users:
            if records.role_of(user) is None:
                raise NotKnown(f"there is no user '{printable(user)}'")
        records.access.keep_list(wanted)
        context.record(
            records, "access", wanted.subject, f"{wanted.about}: {', '.join(wanted.users) or 'Admins alone'}"
        )


def delete_access(context: ManagerContext, about: Listed, subject: str) -> None:
    """Take the access list of something away, so that every user sees it.

    Raises:
        NotAllowed: the user may not change lists of this kind.
        UnknownName: there is no such thing, or it has no list.
    """
    context.require(NEEDED[about])
    with context.database.writing() as records:
        _check_subject(records, about, subject)
        if not records.access.drop_list(about, subject):
            known = [each.subject for each in records.access.lists() if each.about is about]
            raise UnknownName(f"access list of a {about}", subject, set(known) & set(_subjects(records, about)))
        context.record(records, "access", subject, f"{about}: no list any more")


def require_members(context: ManagerContext, about: Listed, subject: str) -> None:
    """Make sure that a user may change what a group or folder holds, which is who sees it where it has a list.

    Raises:
        NotAllowed: it has a list, which the user may not change.
    """
    with context.database.reading() as records:
        listed = subject in _subjects(records, about) and records.access.is_listed(about, subject)
    if listed:
        context.require(NEEDED[about])


# --- folders -----------------------------------------------------------------------------------------------------


def list_folders(context: ManagerContext) -> list[PakFolder]:
    """List the folders by name, with the PAKs in them.

    Raises:
        NotAllowed: the user may not read PAKs.
    """
    context.require(ManagerAction.READ_PAKS)
    with context.database.reading() as records:
        return records.access.folders()


def keep_folder(context: ManagerContext, name: str) -> None:
    """Add a folder of PAKs, unless it is there.

    Raises:
        NotAllowed: the user may not manage PAKs.
        Refused: the name is malformed.
    """
    context.require(ManagerAction.MANAGE_PAKS)
    with context.database.writing() as records:
        _check_free(records, name)
        records.access.keep_folder(name)
        context.record(records, "folder", name, "kept")


def rename_folder(context: ManagerContext, name: str, new: str) -> None:
    """Give a folder another name.

    Raises:
        NotAllowed: the user may not manage PAKs.
        Refused: the new name is malformed, or that of another folder.
        UnknownName: there is no such folder.
    """
    context.require(ManagerAction.MANAGE_PAKS)
    with context.database.writing() as records:
        _check_subject(records, Listed.FOLDER, name)
        check_name("folder", new)
        check_free("folder", new, (), _subjects(records.whole, Listed.FOLDER))
        records.access.rename_folder(name, new)
        context.record(records, "folder", name, f"is {new} now")


def delete_folder(context: ManagerContext, name: str) -> None:
    """Delete a folder; its PAKs stay.

    Raises:
        NotAllowed: the user may not manage PAKs.
        UnknownName: there is no such folder.
    """
    context.require(ManagerAction.MANAGE_PAKS)
    with context.database.writing() as records:
        _check_subject(records, Listed.FOLDER, name)
        records.access.drop_folder(name)
        context.record(records, "folder", name, "deleted")


def change_folder(context: ManagerContext, name: str, paks: Iterable[str], *, put: bool) -> None:
    """Put PAKs of the inventory into a folder, or take them out of it.

    Raises:
        NotAllowed: the user may not manage PAKs.
        UnknownName: there is no such folder or PAK.
    """
    context.require(ManagerAction.MANAGE_PAKS)
    wanted = list(dict.fromkeys(paks))
    with context.database.writing() as records:
        for about, subject in ((Listed.FOLDER, name), *((Listed.PAK, code) for code in wanted)):
            _check_subject(records, about, subject)
        (records.access.put if put else records.access.take_out)(name, wanted)
        for code in wanted:
            context.record(records, "folder", code, f"{'put into' if put else 'taken out of'} {name}")


def _check_free(records: ManagerRecords, name: str) -> None:
    check_name("folder", name)
    seen, taken = (_subjects(each, Listed.FOLDER) for each in (records, records.whole))
    check_free("folder", name, seen, taken)


def _check_subject(records: ManagerRecords, about: Listed, subject: str) -> None:
    known = _subjects(records, about)
    if subject not in known:
        raise UnknownName("PAK" if about is Listed.PAK else str(about), subject, known)


def _subjects(records: ManagerRecords, about: Listed) -> Sequence[str]:
    """The names of what the viewer sees of a kind."""
    match about:
        case Listed.DEVICE:
            return list(map(str, records.devices.udis(DeviceFilter())))
        case Listed.GROUP:
            return [each.name for each in records.groups()]
        case Listed.PAK:
            return [each.code for each in records.licenses.paks()]
        case Listed.FOLDER:
            return [each.name for each in records.access.folders()]
