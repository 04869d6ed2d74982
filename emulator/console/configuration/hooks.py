"""What else happens when a line of the configuration is typed or taken back, by the name that its row gives."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emulator.console.session import Session


def _links(session: "Session") -> None:
    session.router.links.follow()


def _passwords(session: "Session") -> None:
    from emulator.console.hiding import hide_passwords

    hide_passwords(session.router)


HOOKS: dict[str, Callable[["Session"], None]] = {"links": _links, "passwords": _passwords}
