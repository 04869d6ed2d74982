"""The usage clock of one metered license in use, and the warnings that it gives.

C (CISCO-LICENSE-MGMT-MIB): usage is counted on the system clock, not the calendar; warnings come 4, 3 and 2 weeks
ahead and then daily in the last week, at expiry, and every week after. I: a boot inside the warning window repeats
the warning of the current bracket. The clock is a timed object: it waits for nothing, it says when it next has
something to say. Used time is arithmetic: what was saved plus how long the license has been in use since.
"""

from emulator.kernel.events import Event
from emulator.kernel.time import DAY, MINUTE, WEEK, Duration, Instant
from emulator.licensing.events import LicenseExpired, LicenseExpiring
from emulator.licensing.lines import LicenseLine

WARNINGS_AHEAD: tuple[Duration, ...] = (4 * WEEK, 3 * WEEK, 2 * WEEK, *(days * DAY for days in range(7, 0, -1)))
"""How long before expiry a warning is given."""

NAG_EVERY: Duration = WEEK
"""How often an expired license that is still in use is named."""

SAVE_EVERY: Duration = 5 * MINUTE
"""A power cut forgets the use since the last multiple of this; an orderly reload forgets nothing (I)."""


def notice_points(period: Duration) -> tuple[Duration, ...]:
    """The used times at which a license of this period warns, the expiry itself being the last."""
    return (*(period - ahead for ahead in WARNINGS_AHEAD if ahead < period), period)


class UsageClock:
    """The clock of a license from the moment it came into use until the router stops."""

    __slots__ = ("_base", "_next", "_points", "_router", "_since", "_told", "line", "period")

    def __init__(self, router: str, line: LicenseLine, used: Duration, since: Instant, told: Instant | None) -> None:
        """Go on counting.

        Args:
            router: the name that the events carry.
            line: a metered license.
            used: milliseconds of use already behind it when this use began.
            since: when this use began.
            told: up to when notices were given in this use already, for a saved world that goes on; None at a boot.
        """
        if line.period is None:
            raise ValueError(f"license {line.id} is not metered")
        self.line, self.period = line, line.period
        self._router, self._base, self._since, self._told = router, used, since, told
        self._points = notice_points(line.period)
        self._next: Duration | None = self._first_notice()

    @property
    def since(self) -> Instant:
        """When this use began."""
        return self._since

    def used(self, now: Instant) -> Duration:
        """Milliseconds of use up to now."""
        return self._base + now - self._since

    def saved(self, now: Instant) -> Duration:
        """What a power cut at `now` leaves of the used time."""
        return self._base + (now - self._since) // SAVE_EVERY * SAVE_EVERY

    def next_deadline(self) -> Instant | None:
        """When the next notice is due."""
        return self._since + max(self._next - self._base, 0) if self._next is not None else None

    def advance(self, now: Instant) -> list[Event]:
        """Every notice that has come due up to `now`, each with its own instant."""
        events: list[Event] = []
        while self._next is not None and (at := self._since + max(self._next - self._base, 0)) <= now:
            events.append(self._notice(at, self.used(at)))
            self._next = self._after(self._next)
        return events

    def _notice(self, at: Instant, used: Duration) -> Event:
        feature, version = self.line.feature, self.line.version
        if used >= self.period:
            return LicenseExpired(
                at=at, router=self._router, feature=feature, version=version, ago=used - self.period,
                license_id=self.line.id,
            )  # fmt: skip
        return LicenseExpiring(at=at, router=self._router, feature=feature, version=version, left=self.period - used)

    def _first_notice(self) -> Duration | None:
        """At a boot the bracket that the clock stands in, once; else the first point after what has been told."""
        if self._told is not None:
            return self._after(self.used(self._told))
        behind = [point for point in self._points if point <= self._base]
        return behind[-1] if behind else self._after(self._base)

    def _after(self, used: Duration) -> Duration:
        for point in self._points:
            if point > used:
                return point
        weeks = (used - self.period) // NAG_EVERY + 1
        return self.period + weeks * NAG_EVERY
