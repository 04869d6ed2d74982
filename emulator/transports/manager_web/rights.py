"""Rights of pages: the action that a user must be allowed to see a page or to send its form.

The use cases refuse as well; here it is asked before a form is looked at, so that who may not is told that alone, and
the menu leaves out what its reader may not open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

from emulator.manager.roles import ManagerAction
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.web.route import PageHandler, PageRoute

if TYPE_CHECKING:
    from emulator.transports.manager_web.page import ManagerPage


@dataclass(frozen=True)
class Needing:
    """Handler of a page for those alone whose role allows an action; a refusal is in the audit trail."""

    action: ManagerAction
    handler: PageHandler

    def __call__(self, page: "ManagerPage") -> Response:
        with refused_beside(""):
            page.context.require(self.action)
        return self.handler(page)


def needed_actions(pages: Sequence[PageRoute]) -> Mapping[str, ManagerAction]:
    """Return the actions that pages need to be seen, by their addresses; those that every user sees are left out."""
    return {page.path: page.show.action for page in pages if isinstance(page.show, Needing)}
