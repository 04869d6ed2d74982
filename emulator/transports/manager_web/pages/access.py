"""Folders of PAKs, and access lists."""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from emulator.manager.access_entities import Listed, PakFolder, UserAccessList
from emulator.manager.api.access import (
    DELETE_ACCESS_LIST,
    DELETE_FOLDER,
    KEEP_ACCESS_LIST,
    KEEP_FOLDER,
    LIST_ACCESS_LISTS,
    LIST_FOLDERS,
    PUT_INTO_FOLDER,
    RENAME_FOLDER,
    TAKE_OUT_OF_FOLDER,
)
from emulator.manager.api.call import PartOf
from emulator.manager.roles import ManagerAction
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput, NotThere
from emulator.transports.web.route import MenuEntry, PageRoute

KINDS = {Listed.DEVICE: "Device", Listed.GROUP: "Group", Listed.PAK: "PAK", Listed.FOLDER: "Folder"}


class FoldersFacts(msgspec.Struct, frozen=True):
    """The folders with their PAKs."""

    folders: PartOf[PakFolder]


class AccessFacts(msgspec.Struct, frozen=True):
    """The access lists that the user may change, and the kinds of things that may get one."""

    lists: PartOf[UserAccessList]
    kinds: Sequence[tuple[str, str]]


FOLDERS_PAGE = Template("folders.html", FoldersFacts)
ACCESS_PAGE = Template("access.html", AccessFacts)


def _folders(page: ManagerPage) -> Response:
    return page.draw(FOLDERS_PAGE, folders=page.do(LIST_FOLDERS))


def _change_folder(page: ManagerPage) -> Response:
    if not (name := page.value("name")):
        raise BadInput("Type a name for the folder.", "name")
    paks = tuple(dict.fromkeys(page.value("paks").split()))
    match page.value("act"):
        case "delete":
            with refused_beside("name"):
                page.do(DELETE_FOLDER)
            page.tell(f"Folder {name} deleted; its PAKs stay.")
        case "rename":
            with refused_beside("new"):
                page.do(RENAME_FOLDER, new=page.value("new"))
            page.tell(f"Folder {name} is {page.value('new')} now.")
        case "take":
            with refused_beside("paks"):
                page.do(TAKE_OUT_OF_FOLDER, paks=paks)
            page.tell(f"{', '.join(paks)} taken out of {name}.")
        case "keep":
            with refused_beside("name"):
                page.do(KEEP_FOLDER)
            with refused_beside("paks"):
                page.do(PUT_INTO_FOLDER, paks=paks)
            told = f", with {', '.join(paks)} in it" if paks else ""
            page.tell(f"Folder {name} saved{told}.")
        case _:
            raise NotThere("There is no such act.")
    return page.lead("/folders")


def _access(page: ManagerPage) -> Response:
    may = page.may("MANAGE_ACCESS")
    kinds = [(str(each), title) for each, title in KINDS.items() if may or each in {Listed.PAK, Listed.FOLDER}]
    return page.draw(ACCESS_PAGE, lists=page.do(LIST_ACCESS_LISTS), kinds=kinds)


def _change_access(page: ManagerPage) -> Response:
    subject = page.value("subject")
    if not subject:
        raise BadInput("Type what the list is about.", "subject")
    if page.value("act") == "delete":
        with refused_beside("subject"):
            page.do(DELETE_ACCESS_LIST)
        page.tell(f"{subject} has no access list any more; every user sees it.")
        return page.lead("/access")
    users = tuple(dict.fromkeys(page.value("users").split()))
    with refused_beside("users" if users else "subject"):
        page.do(KEEP_ACCESS_LIST, users=users)
    page.tell(f"{subject} is seen by {', '.join(users) or 'nobody'} and by Admins.")
    return page.lead("/access")


PAKS = ManagerAction.MANAGE_PAKS

PAGES = (
    PageRoute("/folders", _folders, Needing(PAKS, _change_folder), menu=MenuEntry("Folders", 42, "Licenses")),
    PageRoute(
        "/access",
        Needing(PAKS, _access),
        Needing(PAKS, _change_access),
        menu=MenuEntry("Access lists", 115, "Settings"),
    ),
)
