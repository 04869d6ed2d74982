"""Ports of the web face to the manager: a context for each user."""

from typing import Protocol

from emulator.manager.context import ManagerContext


class ServedManager(Protocol):
    """A manager; its methods are called by many threads."""

    def user_of(self, token: str, /) -> str | None:
        """Return whose token this is, or None."""

    def is_password(self, user: str, password: str, /) -> bool:
        """Tell whether a password is that of a user."""

    def log_in_mark(self, user: str, /) -> str:
        """Return a mark of the password of a user, another one after each change; empty where there is none."""

    def context(self, user: str, /) -> ManagerContext:
        """The use cases for a user.

        Raises:
            UnknownName: there is no such user any more.
        """
