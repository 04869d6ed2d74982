"""The needs of every request to the manager: its limits, who asks, and the context of that user."""

from collections.abc import Callable, Mapping, Sequence

from starlette.requests import HTTPConnection, Request

from emulator.kernel.errors import EmulatorError, UnknownName
from emulator.manager.context import ManagerContext
from emulator.manager.roles import ManagerAction, ManagerRole
from emulator.transports.connections.intake import Intakes
from emulator.transports.manager_web.asking import problem_of
from emulator.transports.manager_web.ports import ServedManager
from emulator.transports.manager_web.settings import ManagerSettings
from emulator.transports.web.caller import Caller
from emulator.transports.web.drafts import Drafts, DraftStore
from emulator.transports.web.drawing import Drawing
from emulator.transports.web.guard.attempts import LogInAttempts, network_of
from emulator.transports.web.guard.rate_limits import Tries
from emulator.transports.web.guard.sessions import BrowserSession, Sessions
from emulator.transports.web.guard.shares import Budget
from emulator.transports.web.page import Page
from emulator.transports.web.problems import NotLoggedIn, Problem, TooOften
from emulator.transports.web.route import MenuGroup

NewPage = Callable[["ManagerFace", Request, BrowserSession], Page]
"""Maker of the page of a request."""


class ManagerFace:
    """The web face of one manager; implements `PasswordFace`."""

    name = "license manager"
    for_operators = "This page is for an Admin of the manager."

    def __init__(
        self,
        served: ServedManager,
        settings: ManagerSettings,
        new_page: NewPage,
        menu: tuple[MenuGroup, ...],
        needed: Mapping[str, ManagerAction],
        drawing: Drawing,
        drafts: DraftStore | None = None,
    ) -> None:
        """Get ready.

        Args:
            served: the manager.
            settings: limits and clocks.
            new_page: makes the page of a request.
            menu: of the pages.
            needed: actions that a user must be allowed to see pages, by their addresses.
            drawing: their templates.
            drafts: keeps forms that were left over a restart; None: they end with the server.
        """
        self.served, self._new_page, self.menu, self.drawing = served, new_page, menu, drawing
        self.needed = needed
        self.secure = settings.secure
        self.cookie = f"{'__Host-' if settings.secure else ''}isrtwin-manager"
        self.sessions, self.drafts = Sessions(settings.clock, mark_of=served.log_in_mark), Drafts(drafts)
        self.log_ins = LogInAttempts(settings.log_ins, settings.clock)
        self.most_bytes = settings.most_bytes
        self.intakes = Intakes(settings.clock)
        self.bodies = Budget(settings.bodies, settings.bodies_of_all)
        self.log_in_forms = Budget(settings.log_in_forms, settings.log_in_forms_of_all)
        self.tokens = Tries(settings.tokens, settings.clock)

    def warnings(self) -> Sequence[str]:
        """Sentences for the head of every page: none."""
        return ()

    def page(self, request: Request, session: BrowserSession) -> Page:
        """The page of a request."""
        return self._new_page(self, request, session)

    def problem_of(self, error: Exception) -> Problem | None:
        """Problem for a refusal of the manager."""
        return problem_of(error) if isinstance(error, EmulatorError) else None

    def client(self, request: HTTPConnection) -> str:
        """The network address that a request comes from."""
        return request.client.host if request.client else "unknown"

    def caller(self, account: str, client: str) -> Caller | None:
        """Caller for a user of this name; None for one who was deleted."""
        try:
            role = self.served.context(account).role
        except UnknownName:
            return None
        return Caller(account, client, operator=role is ManagerRole.ADMIN)

    def account_of(self, user: str, password: str) -> str | None:
        """Name of the user whose password this is; None if it is not."""
        return user if self.served.is_password(user, password) else None

    def token_user(self, secret: str, client: str) -> str:
        """Return the user of a token. Wrong ones are counted for the address that shows them, and hinder no right one.

        Raises:
            NotLoggedIn, TooOften: it is that of no user.
        """
        user = self.served.user_of(secret)
        if user is not None:
            return user
        if seconds := self.tokens.take([network_of(client)]):
            raise TooOften(seconds)
        raise NotLoggedIn("This token is not known, or it was revoked.")

    def context(self, user: str) -> ManagerContext:
        """The use cases for a user.

        Raises:
            NotLoggedIn: there is no such user any more.
        """
        try:
            return self.served.context(user)
        except UnknownName as error:
            raise NotLoggedIn("This user was deleted.") from error
