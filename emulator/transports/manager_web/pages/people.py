"""Users with their roles, passwords and tokens, and the audit trail."""

from collections.abc import Sequence
from urllib.parse import quote

import msgspec
from starlette.responses import Response

from emulator.manager.api.call import PartOf
from emulator.manager.api.people import (
    DELETE_USER,
    KEEP_PASSWORD,
    KEEP_USER,
    LIST_USERS,
    NEW_TOKEN,
    READ_TRAIL,
    REVOKE_TOKEN,
    TrailView,
    UserView,
)
from emulator.manager.moments import moment
from emulator.manager.roles import ManagerAction, ManagerRole
from emulator.manager.tokens import list_tokens
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import Template, pair
from emulator.transports.web.problems import BadInput, NotThere
from emulator.transports.web.route import MenuEntry, PageRoute

ROLES = tuple(pair(str(role)) for role in ManagerRole)

TRAIL_SHOWN = 200
"""Entries of the audit trail that its page shows."""


class UsersFacts(msgspec.Struct, frozen=True):
    """The users, and the roles to choose from."""

    users: PartOf[UserView]
    roles: tuple[tuple[str, str], ...]


class UserFacts(msgspec.Struct, frozen=True):
    """A user, the tokens with the moments at which they were made, the roles, and the secret of a new token."""

    user: UserView
    tokens: Sequence[tuple[str, str]]
    roles: tuple[tuple[str, str], ...]
    secret: str


class TrailFacts(msgspec.Struct, frozen=True):
    """Entries of the audit trail, the latest first."""

    entries: Sequence[TrailView]


USERS_PAGE = Template("users.html", UsersFacts)
USER_PAGE = Template("user.html", UserFacts)
TRAIL_PAGE = Template("trail.html", TrailFacts)


def _users(page: ManagerPage) -> Response:
    return page.draw(USERS_PAGE, users=page.do(LIST_USERS), roles=ROLES)


def _add(page: ManagerPage) -> Response:
    name = page.value("name")
    if not name:
        raise BadInput("Type a user name.", "name")
    if any(each.name == name for each in page.do(LIST_USERS).rows):
        raise BadInput(f"{name} is a user already; open the page of this user to change the role.", "name")
    with refused_beside("name"):
        page.do(KEEP_USER)
    page.tell(f"{name} added. Set a password, or create a token for programs.")
    return page.lead(f"/users/{quote(name)}")


def _user(page: ManagerPage) -> Response:
    return _draw_user(page, "")


def _draw_user(page: ManagerPage, secret: str) -> Response:
    user = _found(page)
    tokens = [(name, moment(made)) for name, made in list_tokens(page.context, user.name)]
    return page.draw(USER_PAGE, user=user, tokens=tokens, roles=ROLES, secret=secret)


def _found(page: ManagerPage) -> UserView:
    """The user whom the address names."""
    name = str(page.request.path_params["name"])
    for user in page.do(LIST_USERS).rows:
        if user.name == name:
            return user
    raise NotThere(f"There is no user {name}.")


def _change(page: ManagerPage) -> Response:
    name = _found(page).name
    address = f"/users/{quote(name)}"
    match page.value("act"):
        case "role":
            page.do(KEEP_USER, name=name)
            page.tell(f"{name} is {page.value('role')} now.")
        case "password":
            _set_password(page, name)
        case "token":
            if not page.value("token"):
                raise BadInput("Type what the token is for.", "token")
            with refused_beside("token"):
                secret = page.do(NEW_TOKEN, name=name).secret
            return _draw_user(page, secret)
        case "revoke":
            with refused_beside(""):
                page.do(REVOKE_TOKEN, name=name)
            page.tell(f"Token {page.value('token')} revoked.")
        case "delete":
            if name == page.context.user:
                raise BadInput("You cannot delete yourself; another Admin can.")
            page.do(DELETE_USER, name=name)
            page.manager.sessions.end_all_of(name)
            page.tell(f"{name} deleted.")
            address = "/users"
        case _:
            raise NotThere("There is no such act.")
    return page.lead(address)


def _set_password(page: ManagerPage, name: str) -> None:
    """Set a password; every session of the user ends, but for the one that does it."""
    if page.secret("password") != page.secret("repeated"):
        raise BadInput("The new password was not repeated as it is.", "repeated")
    with refused_beside("password"):
        page.do(KEEP_PASSWORD, name=name, password=page.secret("password"))
    page.manager.sessions.end_all_of(name)
    if name == page.context.user:
        page.session = page.manager.sessions.begin(name)
    page.tell(f"Password of {name} saved.")


def _trail(page: ManagerPage) -> Response:
    return page.draw(TRAIL_PAGE, entries=page.do(READ_TRAIL, limit=TRAIL_SHOWN).rows[::-1])


USERS, TRAIL = ManagerAction.MANAGE_USERS, ManagerAction.READ_TRAIL

PAGES = (
    PageRoute("/users", Needing(USERS, _users), Needing(USERS, _add), menu=MenuEntry("Users", 110, "Settings")),
    PageRoute("/users/{name:path}", Needing(USERS, _user), Needing(USERS, _change)),
    PageRoute("/trail", Needing(TRAIL, _trail), menu=MenuEntry("Audit trail", 140, "Settings")),
)
