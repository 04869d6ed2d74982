"""An operation of the portal carried out once more, as a journal remembers it: without limits and sessions."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from emulator.backend.refusals import PortalError
from emulator.backend.service import LicensingService
from emulator.kernel.time import Instant
from emulator.transports.portal.operation import Operation, PortalRequest, Taking, at_once
from emulator.transports.portal.operations.table import SUBJECTS
from emulator.transports.portal.settings import PortalSettings
from emulator.transports.web.caller import Caller
from emulator.transports.web.guard.attempts import LogInAttempts, Lookups
from emulator.transports.web.guard.sessions import Sessions
from emulator.transports.web.problems import Problem


class ReplayedPortal:
    """The portal of a world that is played again, without log-ins."""

    def __init__(
        self, service: LicensingService, now: Callable[[], Instant], calendar: Callable[[Instant], datetime]
    ) -> None:
        settings = PortalSettings(clock=lambda: 0.0)
        self.service, self.now, self.calendar = service, now, calendar
        self.taking: Taking = at_once
        self.sessions = Sessions(settings.clock)
        self.log_ins = LogInAttempts(settings.log_ins, settings.clock)
        self.lookups = Lookups(settings.lookups, settings.lookups_at, settings.clock)

    def instant(self, moment: datetime, /) -> Instant:
        """The instant of a moment of the simulated calendar."""
        return (moment.astimezone(UTC) - self.calendar(0)) // timedelta(milliseconds=1)

    def ask(self, operation: str, account: str, inputs: Mapping[str, Any], entropy: bytes) -> None:
        """Carry out an operation by its name, for an account; one that was refused is refused again.

        Raises:
            ValueError: there is no such operation, or these are not its inputs.
        """
        found: Operation[Any, Any] | None = next(
            (each for subject in SUBJECTS.values() for each in subject if each.name == operation), None
        )
        if found is None:
            raise ValueError(f"the portal has no operation {operation}")
        request = PortalRequest(self, Caller(account, "journal"))
        request.entropy = entropy
        with suppress(PortalError, Problem):
            found.act(request, msgspec.convert(inputs, found.input, strict=False))
