"""Calls about users, their tokens, and the audit trail."""

from typing import Annotated

import msgspec

from emulator.manager import inventory, passwords, saved_views, tokens
from emulator.manager.api.call import (
    CallInput,
    Changed,
    ManagerCall,
    MomentText,
    Nothing,
    PartOf,
    RowCount,
    SearchWord,
    ShortName,
)
from emulator.manager.context import ManagerContext
from emulator.manager.entities import ManagerUser, SavedView
from emulator.manager.moments import moment
from emulator.manager.roles import ManagerRole


class UserView(msgspec.Struct, frozen=True):
    """A user and the role."""

    name: str
    role: ManagerRole


class KeepUser(CallInput, frozen=True):
    """A user without a role becomes a ReportMgr."""

    name: ShortName
    role: ManagerRole = ManagerRole.REPORT


class NameUser(CallInput, frozen=True):
    name: ShortName


class KeepPassword(CallInput, frozen=True):
    name: ShortName
    password: Annotated[str, msgspec.Meta(max_length=200)]


class TokenOfUser(CallInput, frozen=True):
    """A token of a user, under a name that tells what it is for."""

    name: ShortName
    token: ShortName


class KeepView(CallInput, frozen=True):
    """`query`: that of the address of the list of devices, such as `level=advsecurity&sort=-seen`."""

    name: ShortName
    query: Annotated[str, msgspec.Meta(max_length=500)]


class NameView(CallInput, frozen=True):
    name: ShortName


class TokenSecret(msgspec.Struct, frozen=True):
    """The secret of a new token, which is told once."""

    secret: str


class ReadTrail(CallInput, frozen=True):
    """The latest entries, with a text in their subject or outcome."""

    text: SearchWord = ""
    limit: RowCount = 100


class TrailView(msgspec.Struct, frozen=True):
    """Entry of the audit trail: who did what to which subject, and how it ended."""

    at: MomentText
    by: str
    act: str
    subject: str
    outcome: str


def _who(context: ManagerContext, _: Nothing) -> UserView:
    return UserView(context.user, context.role)


def _users(context: ManagerContext, _: Nothing) -> PartOf[UserView]:
    found = tuple(UserView(each.name, each.role) for each in inventory.list_users(context))
    return PartOf(found, len(found))


def _keep(context: ManagerContext, asked: KeepUser) -> Changed:
    inventory.keep_user(context, ManagerUser(asked.name, asked.role))
    return Changed(1)


def _delete(context: ManagerContext, asked: NameUser) -> Changed:
    inventory.delete_user(context, asked.name)
    return Changed(1)


def _password(context: ManagerContext, asked: KeepPassword) -> Changed:
    passwords.keep_password(context, asked.name, asked.password)
    return Changed(1)


def _views(context: ManagerContext, _: Nothing) -> PartOf[SavedView]:
    found = tuple(saved_views.list_views(context))
    return PartOf(found, len(found))


def _keep_view(context: ManagerContext, asked: KeepView) -> Changed:
    saved_views.keep_view(context, SavedView(asked.name, asked.query))
    return Changed(1)


def _delete_view(context: ManagerContext, asked: NameView) -> Changed:
    saved_views.delete_view(context, asked.name)
    return Changed(1)


def _token(context: ManagerContext, asked: TokenOfUser) -> TokenSecret:
    return TokenSecret(tokens.new_token(context, asked.name, asked.token))


def _revoke(context: ManagerContext, asked: TokenOfUser) -> Changed:
    tokens.revoke_token(context, asked.name, asked.token)
    return Changed(1)


def _trail(context: ManagerContext, asked: ReadTrail) -> PartOf[TrailView]:
    found = tuple(
        TrailView(moment(each.at), each.by, each.act, each.subject, each.outcome)
        for each in inventory.read_trail(context, limit=asked.limit, text=asked.text)
    )
    return PartOf(found, len(found))


READ_SELF = ManagerCall("read_self", "GET", "/self", "The user of the token, and the role", Nothing, UserView, _who)
LIST_USERS = ManagerCall("list_users", "GET", "/users", "Users and their roles", Nothing, PartOf[UserView], _users)
KEEP_USER = ManagerCall("keep_user", "POST", "/users", "Add a user, or change the role", KeepUser, Changed, _keep)
DELETE_USER = ManagerCall(
    "delete_user", "DELETE", "/users/{name}", "Delete a user and the tokens", NameUser, Changed, _delete
)
KEEP_PASSWORD = ManagerCall(
    "keep_password", "POST", "/users/{name}/password", "Give a user a password for the pages", KeepPassword, Changed,
    _password,
)  # fmt: skip
LIST_VIEWS = ManagerCall(
    "list_views", "GET", "/views", "Saved views of the user of the token", Nothing, PartOf[SavedView], _views
)
KEEP_VIEW = ManagerCall(
    "keep_view", "POST", "/views", "Save a view of the list of devices, or replace it", KeepView, Changed, _keep_view
)
DELETE_VIEW = ManagerCall(
    "delete_view", "DELETE", "/views/{name}", "Delete a saved view", NameView, Changed, _delete_view
)
NEW_TOKEN = ManagerCall(
    "new_token", "POST", "/users/{name}/tokens", "Make a token of a user", TokenOfUser, TokenSecret, _token
)
REVOKE_TOKEN = ManagerCall(
    "revoke_token", "DELETE", "/users/{name}/tokens/{token}", "Revoke a token of a user", TokenOfUser, Changed, _revoke
)
READ_TRAIL = ManagerCall(
    "read_trail", "GET", "/trail", "The latest entries of the audit trail, oldest first", ReadTrail, PartOf[TrailView],
    _trail,
)  # fmt: skip

CALLS = (
    READ_SELF, LIST_USERS, KEEP_USER, DELETE_USER, KEEP_PASSWORD, NEW_TOKEN, REVOKE_TOKEN, READ_TRAIL, LIST_VIEWS,
    KEEP_VIEW, DELETE_VIEW,
)  # fmt: skip
