"""Saved views: filters and orders of the list of devices, each under a name, of the user who keeps it."""

from emulator.kernel.errors import Refused, UnknownName, printable
from emulator.manager.context import ManagerContext
from emulator.manager.entities import SavedView
from emulator.manager.roles import ManagerAction

MOST_VIEWS = 50
"""Views of one user."""

LONGEST_VIEW_NAME = 64
"""Longest name of a view, in characters."""


def keep_view(context: ManagerContext, view: SavedView) -> None:
    """Keep a view for the acting user; one of the same name is replaced.

    Raises:
        NotAllowed: the user may not read devices.
        Refused: the name is malformed, or there are too many views.
    """
    context.require(ManagerAction.READ_DEVICES)
    if not view.name or len(view.name) > LONGEST_VIEW_NAME or not view.name.isprintable():
        raise Refused(f"a view has a name of 1 to {LONGEST_VIEW_NAME} characters, not '{printable(view.name)}'")
    with context.database.writing() as records:
        names = {each.name for each in records.views.of(context.user)}
        if view.name not in names and len(names) >= MOST_VIEWS:
            raise Refused(f"you have {MOST_VIEWS} views already; delete one first")
        records.views.keep(context.user, view)


def list_views(context: ManagerContext) -> list[SavedView]:
    """List the views of the acting user by name.

    Raises:
        NotAllowed: the user may not read devices.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        return records.views.of(context.user)


def delete_view(context: ManagerContext, name: str) -> None:
    """Delete a view of the acting user.

    Raises:
        NotAllowed: the user may not read devices.
        UnknownName: the user has no such view.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.writing() as records:
        if not records.views.drop(context.user, name):
            raise UnknownName("view", name, (each.name for each in records.views.of(context.user)))
