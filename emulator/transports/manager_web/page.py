"""A page of the manager: what is shown and done there are calls of the manager, for the user who is logged in."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.requests import Request

from emulator.manager.api.call import ManagerCall
from emulator.manager.context import ManagerContext
from emulator.manager.roles import ManagerAction, actions_of
from emulator.transports.manager_web.asking import carry_out
from emulator.transports.manager_web.face import ManagerFace
from emulator.transports.manager_web.states import device_state, job_state
from emulator.transports.web.drawing import Drawing, udis
from emulator.transports.web.guard.sessions import BrowserSession
from emulator.transports.web.log_in import PasswordPage
from emulator.transports.web.problems import BadInput, NotThere
from emulator.transports.web.route import MenuGroup

if TYPE_CHECKING:
    from markupsafe import Markup

Answer = TypeVar("Answer")

TEMPLATES = Path(__file__).parent / "templates"

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

MOST_ROWS = 1_000
"""Rows that a call gives at one time."""


class ManagerPage(PasswordPage):
    """One request for a page of the manager."""

    def __init__(self, face: ManagerFace, request: Request, session: BrowserSession) -> None:
        super().__init__(face, request, session)
        self.manager = face
        self._context: ManagerContext | None = None

    @property
    def context(self) -> ManagerContext:
        """The use cases, for who is logged in."""
        assert self.caller is not None, "the frame lets nobody in without a log-in"
        if self._context is None:
            self._context = self.manager.context(self.caller.account)
        return self._context

    @property
    def now(self) -> datetime:
        """The moment, by the clock of the manager's host."""
        return datetime.fromtimestamp(self.context.now() // 1000, UTC)

    @property
    def query_text(self) -> str:
        """The query of the address."""
        return self.request.url.query

    @property
    def menu(self) -> tuple[MenuGroup, ...]:
        """The menu without what the user's role does not allow."""
        if self.caller is None:
            return super().menu
        groups, allowed, needed = super().menu, actions_of(self.context.role), self.manager.needed
        seen = (
            MenuGroup(group.title, tuple(link for link in group.links if needed.get(link.address) in {None, *allowed}))
            for group in groups
        )
        return tuple(group for group in seen if group.links)

    def may(self, action: str) -> bool:
        """Tell whether the user's role allows an action, by the name that `ManagerAction` gives it."""
        return ManagerAction[action] in actions_of(self.context.role)

    def do(self, call: ManagerCall[Any, Answer], **given: object) -> Answer:
        """Carry out a call with these inputs and, for those not given, with what was typed.

        Raises:
            Problem: an input cannot be used, or the manager refuses.
        """
        typed = ((name, self.value(name)) for name in call.input.__struct_fields__)
        inputs: dict[str, object] = {name: text for name, text in typed if text}
        try:
            return carry_out(call, self.context, inputs | given, strict=False)
        except BadInput as problem:
            if problem.field in self.request.path_params:
                raise NotThere(problem.message) from problem
            raise


def cell(text: str) -> "str | Markup":
    """A cell of a report as people read it: a moment without its seconds, a UDI whole, and a dash for nothing."""
    return f"{text[:10]} {text[11:16]}" if _MOMENT.fullmatch(text) else udis(text) if text else "–"


@cache
def manager_drawing() -> Drawing:
    """The templates of the manager."""
    return Drawing(TEMPLATES, ManagerPage, {"device_state": device_state, "job_state": job_state, "cell": cell})
