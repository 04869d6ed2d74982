"""Parts of a running portal: the service behind it, its time, its sessions, its limits and what is under way."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from starlette.requests import HTTPConnection, Request

from emulator.backend.entities import Account, Role
from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.backend.service import LicensingService
from emulator.kernel.time import Instant
from emulator.transports.connections.intake import Intakes
from emulator.transports.portal.jobs import Jobs, RegisterPart
from emulator.transports.portal.key_turns import KeyTurns
from emulator.transports.portal.lab_media import LabMedia, NoLabMedia
from emulator.transports.portal.operation import Taking
from emulator.transports.portal.problems import refused
from emulator.transports.portal.settings import PortalSettings
from emulator.transports.web.caller import Caller
from emulator.transports.web.consoles import Consoles
from emulator.transports.web.drafts import Drafts, DraftStore
from emulator.transports.web.drawing import Drawing
from emulator.transports.web.guard.attempts import LogInAttempts, Lookups
from emulator.transports.web.guard.rate_limits import Tries
from emulator.transports.web.guard.sessions import BrowserSession, Sessions, SharedSessions
from emulator.transports.web.guard.shares import Budget
from emulator.transports.web.page import Page
from emulator.transports.web.problems import Problem
from emulator.transports.web.route import MenuGroup

NAME = "license portal"


class PortalWeb(msgspec.Struct, frozen=True):
    """The pages of the portal: their templates, the menu that they make, and what makes the page of a request."""

    drawing: Drawing
    menu: tuple[MenuGroup, ...]
    page: "Callable[[Portal, Request, BrowserSession], Page]"


class LabAround(msgspec.Struct, frozen=True):
    """The lab around a portal: the lines of its routers, and the media on which they find files."""

    consoles: Consoles
    media: LabMedia


class SurroundingLab(msgspec.Struct, frozen=True):
    """The page of a learner's lab, in which a portal stands.

    Attributes:
        log_ins: of the class; those whom it lets through to the portal are logged in there.
        account: of the portal, in whose name the learner acts, as the bench does.
        closed: addresses of pages that this lab does not open.
    """

    log_ins: SharedSessions
    account: str
    closed: frozenset[str]


class Portal:
    """One portal of one back end."""

    for_operators = "This is for operators only."

    def __init__(
        self,
        service: LicensingService,
        now: Callable[[], Instant],
        calendar: Callable[[Instant], datetime],
        settings: PortalSettings,
        register: RegisterPart,
        warnings: Callable[[], Sequence[str]],
        taking: Taking,
        web: PortalWeb,
        lab: LabAround,
        drafts: DraftStore | None = None,
        around_lab: SurroundingLab | None = None,
    ) -> None:
        self.around_lab = around_lab
        self.name, self.menu, self.drawing = NAME, web.menu, web.drawing
        self._new_page, self._warnings, self.taking = web.page, warnings, taking
        self.consoles, self.media = lab.consoles, lab.media
        self.has_lab = not isinstance(lab.media, NoLabMedia)
        self.service, self.now, self.calendar, self.settings = service, now, calendar, settings
        self.sessions = around_lab.log_ins.sessions if around_lab else Sessions(settings.clock)
        self.drafts = Drafts(drafts)
        self.log_ins = LogInAttempts(settings.log_ins, settings.clock)
        self.tokens = Tries(settings.log_ins, settings.clock)
        self.lookups = Lookups(settings.lookups, settings.lookups_at, settings.clock)
        self.jobs = Jobs(register, settings.clock)
        self.key_turns = KeyTurns()
        self.most_bytes = settings.most_bytes
        self.intakes = Intakes(settings.clock)
        self.bodies = Budget(settings.bodies, settings.bodies_of_all)
        self.log_in_forms = Budget(settings.log_in_forms, settings.log_in_forms_of_all)
        self.secure = settings.secure
        self.cookie = "__Host-isrtwin" if settings.secure else "isrtwin"
        if around_lab:
            self.cookie = around_lab.log_ins.cookie

    def warnings(self) -> Sequence[str]:
        """Sentences for the head of every page."""
        return self._warnings()

    def page(self, request: Request, session: BrowserSession) -> Page:
        """The page of a request."""
        return self._new_page(self, request, session)

    def problem_of(self, error: Exception) -> Problem | None:
        """Problem for a refusal of the back end."""
        return refused(error) if isinstance(error, PortalError) else None

    def client(self, request: HTTPConnection) -> str:
        """The network address that a request comes from."""
        return request.client.host if request.client else "unknown"

    def caller(self, account: str, client: str) -> Caller | None:
        """Caller for the account of a name, as it is now; None for an account that no longer exists."""
        account = self.around_lab.account if self.around_lab else account
        try:
            return self.caller_of(self.service.accounts.get(account), client)
        except PortalError as error:
            if error.refusal is PortalRefusal.UNKNOWN_ACCOUNT:
                return None
            raise refused(error) from error

    def account_of(self, user: str, password: str) -> str | None:
        """Name of the account that a password opens; None if it opens none."""
        account = self.service.accounts.log_in(user, password)
        return None if account is None else account.name

    def caller_of(self, account: Account, client: str) -> Caller:
        """Caller for an account that was just looked up."""
        return Caller(account.name, client, operator=account.role is Role.OPERATOR)

    def instant(self, moment: datetime) -> Instant:
        """The instant of a moment of the simulated calendar."""
        return (moment.astimezone(UTC) - self.calendar(0)) // timedelta(milliseconds=1)
