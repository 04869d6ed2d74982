"""What a running portal has: the service behind it, its time, its sessions, its limits and what is under way."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from starlette.requests import Request

from emulator.backend.entities import Account, Role
from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.backend.service import LicensingService
from emulator.kernel.time import Instant
from emulator.transports.portal.guard.attempts import LogInAttempts, Lookups
from emulator.transports.portal.guard.key_turns import KeyTurns
from emulator.transports.portal.guard.rate_limits import Tries
from emulator.transports.portal.guard.sessions import Sessions
from emulator.transports.portal.guard.shares import Budget
from emulator.transports.portal.jobs import Jobs, RegisterPart
from emulator.transports.portal.operation import Caller, Taking
from emulator.transports.portal.problems import refused
from emulator.transports.portal.settings import PortalSettings


class MenuLink(msgspec.Struct, frozen=True):
    """One entry of the menu; some are for operators only."""

    address: str
    title: str
    operator: bool = False


class Portal:
    """One portal of one back end."""

    def __init__(
        self,
        service: LicensingService,
        now: Callable[[], Instant],
        calendar: Callable[[Instant], datetime],
        settings: PortalSettings,
        register: RegisterPart,
        warnings: Callable[[], Sequence[str]],
        menu: Sequence[MenuLink],
        taking: Taking,
    ) -> None:
        self.warnings, self.menu, self.taking = warnings, menu, taking
        self.service, self.now, self.calendar, self.settings = service, now, calendar, settings
        self.sessions = Sessions(settings.clock)
        self.log_ins = LogInAttempts(settings.log_ins, settings.clock)
        self.tokens = Tries(settings.log_ins, settings.clock)
        self.lookups = Lookups(settings.lookups, settings.lookups_at, settings.clock)
        self.jobs = Jobs(register, settings.clock)
        self.key_turns = KeyTurns()
        self.most_bytes = settings.most_bytes
        self.bodies = Budget(settings.bodies, settings.bodies_of_all)
        self.log_in_forms = Budget(settings.log_in_forms, settings.log_in_forms_of_all)
        self.cookie = "__Host-isrtwin" if settings.secure else "isrtwin"

    def client(self, request: Request) -> str:
        """The network address that a request comes from."""
        return request.client.host if request.client else "unknown"

    def caller(self, account: str, client: str) -> Caller | None:
        """Caller for the account of a name, as it is now; None for an account that no longer exists."""
        try:
            return self.caller_of(self.service.accounts.get(account), client)
        except PortalError as error:
            if error.refusal is PortalRefusal.UNKNOWN_ACCOUNT:
                return None
            raise refused(error) from error

    def caller_of(self, account: Account, client: str) -> Caller:
        """Caller for an account that was just looked up."""
        return Caller(account.name, client, operator=account.role is Role.OPERATOR)

    def instant(self, moment: datetime) -> Instant:
        """The instant of a moment of the simulated calendar."""
        return (moment.astimezone(UTC) - self.calendar(0)) // timedelta(milliseconds=1)
