"""Groups of devices with the credential sets that are tried there, and those sets, whose secrets stay unseen."""

import msgspec
from starlette.responses import Response

from emulator.manager.api.call import PartOf
from emulator.manager.api.devices import (
    DELETE_CREDENTIALS,
    DELETE_GROUP,
    KEEP_CREDENTIALS,
    KEEP_GROUP,
    LIST_CREDENTIALS,
    LIST_GROUPS,
    RENAME_GROUP,
    CredentialView,
    GroupView,
)
from emulator.manager.roles import ManagerAction
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput
from emulator.transports.web.route import MenuEntry, PageRoute


class GroupsFacts(msgspec.Struct, frozen=True):
    """The groups, and the names of the credential sets for who may see them."""

    groups: PartOf[GroupView]
    known: tuple[str, ...]


class CredentialsFacts(msgspec.Struct, frozen=True):
    """The credential sets without their passwords."""

    sets: PartOf[CredentialView]


GROUPS_PAGE = Template("groups.html", GroupsFacts)
CREDENTIALS_PAGE = Template("credentials.html", CredentialsFacts)


def _groups(page: ManagerPage) -> Response:
    known = page.do(LIST_CREDENTIALS).rows if page.may("MANAGE_CREDENTIALS") else ()
    return page.draw(GROUPS_PAGE, groups=page.do(LIST_GROUPS), known=tuple(each.name for each in known))


def _keep_group(page: ManagerPage) -> Response:
    name = _named(page, "Type a name for the group.")
    if page.value("act") == "delete":
        with refused_beside("name"):
            page.do(DELETE_GROUP)
        page.tell(f"Group {name} deleted; its devices stay.")
        return page.lead("/groups")
    if page.value("act") == "rename":
        with refused_beside("new"):
            page.do(RENAME_GROUP, new=page.value("new"))
        page.tell(f"Group {name} is {page.value('new')} now.")
        return page.lead("/groups")
    wanted = tuple(dict.fromkeys(page.value("credentials").split()))
    is_new = all(each.name != name for each in page.do(LIST_GROUPS).rows)
    with refused_beside("credentials" if wanted else "name"):
        page.do(KEEP_GROUP, credentials=wanted)
    page.tell(f"Group {name} {'added' if is_new else 'saved'}.")
    return page.lead("/groups")


def _credentials(page: ManagerPage) -> Response:
    return page.draw(CREDENTIALS_PAGE, sets=page.do(LIST_CREDENTIALS))


def _keep_credentials(page: ManagerPage) -> Response:
    name = _named(page, "Type a name for the credential set.")
    if page.value("act") == "delete":
        with refused_beside("name"):
            page.do(DELETE_CREDENTIALS)
        page.tell(f"Credential set {name} deleted, also from its groups.")
        return page.lead("/credentials")
    if not page.value("user"):
        raise BadInput("Type the user name at the devices.", "user")
    if not page.secret("password"):
        raise BadInput("Type the password; it is never shown, so a change needs it again.", "password")
    with refused_beside("name"):
        page.do(KEEP_CREDENTIALS, password=page.secret("password"), enable=page.secret("enable"))
    page.tell(f"Credential set {name} saved.")
    return page.lead("/credentials")


def _named(page: ManagerPage, told: str) -> str:
    if not (name := page.value("name")):
        raise BadInput(told, "name")
    return name


MANAGING_GROUPS, MANAGING_CREDENTIALS = ManagerAction.MANAGE_GROUPS, ManagerAction.MANAGE_CREDENTIALS

PAGES = (
    PageRoute("/groups", _groups, Needing(MANAGING_GROUPS, _keep_group), menu=MenuEntry("Groups", 22, "Devices")),
    PageRoute(
        "/credentials", Needing(MANAGING_CREDENTIALS, _credentials), Needing(MANAGING_CREDENTIALS, _keep_credentials),
        menu=MenuEntry("Credential sets", 120, "Settings"),
    ),
)  # fmt: skip
