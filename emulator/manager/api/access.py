"""Calls about folders of PAKs, and access lists."""

from typing import Annotated

import msgspec

from emulator.manager import access
from emulator.manager.access_entities import Listed, PakFolder, UserAccessList
from emulator.manager.api.call import CallInput, Changed, ManagerCall, Nothing, PartOf, ShortName
from emulator.manager.context import ManagerContext

SubjectName = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class NameFolder(CallInput, frozen=True):
    name: ShortName


class RenameFolder(CallInput, frozen=True):
    """`new`: the name that the folder gets."""

    name: ShortName
    new: ShortName


class ChangeFolder(CallInput, frozen=True):
    name: ShortName
    paks: Annotated[tuple[ShortName, ...], msgspec.Meta(max_length=30_000)]


class KeepAccess(CallInput, frozen=True, kw_only=True):
    """`subject`: a device as PID:SN, the name of a group or folder, or the code of a PAK; no user: Admins alone."""

    about: Listed
    subject: SubjectName
    users: Annotated[tuple[ShortName, ...], msgspec.Meta(max_length=1_000)] = ()


class NameAccess(CallInput, frozen=True):
    about: Listed
    subject: SubjectName


def _folders(context: ManagerContext, _: Nothing) -> PartOf[PakFolder]:
    found = tuple(access.list_folders(context))
    return PartOf(found, len(found))


def _keep_folder(context: ManagerContext, asked: NameFolder) -> Changed:
    access.keep_folder(context, asked.name)
    return Changed(1)


def _rename_folder(context: ManagerContext, asked: RenameFolder) -> Changed:
    access.rename_folder(context, asked.name, asked.new)
    return Changed(1)


def _delete_folder(context: ManagerContext, asked: NameFolder) -> Changed:
    access.delete_folder(context, asked.name)
    return Changed(1)


def _put(context: ManagerContext, asked: ChangeFolder) -> Changed:
    access.change_folder(context, asked.name, asked.paks, put=True)
    return Changed(len(asked.paks))


def _take_out(context: ManagerContext, asked: ChangeFolder) -> Changed:
    access.change_folder(context, asked.name, asked.paks, put=False)
    return Changed(len(asked.paks))


def _lists(context: ManagerContext, _: Nothing) -> PartOf[UserAccessList]:
    found = tuple(access.list_access(context))
    return PartOf(found, len(found))


def _keep(context: ManagerContext, asked: KeepAccess) -> Changed:
    access.keep_access(context, UserAccessList(asked.about, asked.subject, tuple(dict.fromkeys(asked.users))))
    return Changed(1)


def _delete(context: ManagerContext, asked: NameAccess) -> Changed:
    access.delete_access(context, asked.about, asked.subject)
    return Changed(1)


LIST_FOLDERS = ManagerCall("list_folders", "GET", "/folders", "Folders of PAKs", Nothing, PartOf[PakFolder], _folders)
KEEP_FOLDER = ManagerCall(
    "keep_folder", "POST", "/folders", "Add a folder, unless it is there", NameFolder, Changed, _keep_folder
)
RENAME_FOLDER = ManagerCall(
    "rename_folder", "POST", "/folders/{name}/name", "Give a folder another name", RenameFolder, Changed, _rename_folder
)
DELETE_FOLDER = ManagerCall(
    "delete_folder", "DELETE", "/folders/{name}", "Delete a folder; its PAKs stay", NameFolder, Changed, _delete_folder
)
PUT_INTO_FOLDER = ManagerCall(
    "put_into_folder", "POST", "/folders/{name}/paks", "Put PAKs into a folder", ChangeFolder, Changed, _put
)
TAKE_OUT_OF_FOLDER = ManagerCall(
    "take_out_of_folder", "POST", "/folders/{name}/removals", "Take PAKs out of a folder", ChangeFolder, Changed,
    _take_out,
)  # fmt: skip
LIST_ACCESS_LISTS = ManagerCall(
    "list_access_lists", "GET", "/access-lists", "Access lists that the user may change", Nothing,
    PartOf[UserAccessList], _lists,
)  # fmt: skip
KEEP_ACCESS_LIST = ManagerCall(
    "keep_access_list", "POST", "/access-lists", "Give something an access list, in place of the one that it had",
    KeepAccess, Changed, _keep,
)  # fmt: skip
DELETE_ACCESS_LIST = ManagerCall(
    "delete_access_list", "DELETE", "/access-lists/{about}/{subject}", "Take an access list away: every user sees it",
    NameAccess, Changed, _delete,
)  # fmt: skip

CALLS = (
    LIST_FOLDERS, KEEP_FOLDER, RENAME_FOLDER, DELETE_FOLDER, PUT_INTO_FOLDER, TAKE_OUT_OF_FOLDER, LIST_ACCESS_LISTS,
    KEEP_ACCESS_LIST, DELETE_ACCESS_LIST,
)  # fmt: skip
