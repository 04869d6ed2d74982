"""The clock of a license that runs out, and the notices that it gives.

C (CISCO-LICENSE-MGMT-MIB): a metered license counts time of use on the system clock, not the calendar. I: a boot
inside the warning window repeats the warning of the current bracket, and the period of several metered licenses of
one feature is cumulative for the warnings. The clock is a timed object: it waits for nothing, it says when it next
has something to say. Time left is arithmetic: what there was when this use began, less how long that is ago.
"""

from emulator.kernel.events import Event
from emulator.kernel.time import MINUTE, Duration, Instant
from emulator.licensing.lines import LicenseLine
from emulator.licensing.schedule import Notices

SAVE_EVERY: Duration = 5 * MINUTE
"""Interval at which use is saved, in milliseconds: a power cut forgets the use since its last multiple (I)."""


class UsageClock:
    """The clock of a license from the moment it came into use until the router stops."""

    __slots__ = ("_base", "_ending", "_left", "_next", "_notices", "_router", "_since", "line")

    def __init__(
        self,
        router: str,
        line: LicenseLine,
        used: Duration,
        since: Instant,
        told: Instant | None,
        *,
        left: Duration,
    ) -> None:
        """Start counting from a known use.

        Args:
            router: the name that the events carry.
            line: a license that runs out.
            used: milliseconds of use already behind it when this use began.
            since: when this use began.
            told: instant up to which notices were already given in this use, for a saved world; None at a boot.
            left: time left at `since`, other licenses of the feature that will follow included.
        """
        self.line = line
        self._router, self._base, self._since, self._left = router, used, since, left
        assert line.rule.ending is not None, f"a license of type {line.type} never runs out"
        self._ending = line.rule.ending
        self._notices = Notices(self._ending.schedule, None if line.period is None else used + left)
        self._next: Duration | None
        if told is None:
            bracket = self._notices.bracket(left)
            self._next = self._notices.following(left) if bracket is None else bracket
        else:
            self._next = self._notices.following(left - (told - since))

    @property
    def since(self) -> Instant:
        """Instant at which this use began."""
        return self._since

    def used(self, now: Instant) -> Duration:
        """Milliseconds of use up to `now`."""
        return self._base + now - self._since

    def saved(self, now: Instant) -> Duration:
        """Milliseconds of use that survive a power cut at `now`."""
        return self._base + (now - self._since) // SAVE_EVERY * SAVE_EVERY

    def left(self, now: Instant) -> Duration:
        """Milliseconds left; negative once it has run out."""
        return self._left - (now - self._since)

    def told(self, now: Instant) -> Instant:
        """Instant up to which notices were given: one that is due by `now` may not have had its turn yet."""
        due = self.next_deadline()
        return now if due is None or due > now else due - 1

    def next_deadline(self) -> Instant | None:
        """Instant of the next notice, or None."""
        return None if self._next is None else self._due(self._next)

    def advance(self, now: Instant) -> list[Event]:
        """List the notices that have come due up to `now`, each with its own instant."""
        events: list[Event] = []
        while self._next is not None and (at := self._due(self._next)) <= now:
            left = self.left(at)
            events.append(self._notice(at, left))
            self._next = self._notices.following(min(left, self._next))
        return events

    def _due(self, notice: Duration) -> Instant:
        """Instant of a notice; one that was due before this use began is given at its beginning."""
        return self._since + max(self._left - notice, 0)

    def _notice(self, at: Instant, left: Duration) -> Event:
        facts = {"feature": self.line.feature, "version": self.line.version, "license_id": self.line.id}
        if left > 0:
            return self._ending.warned(at=at, router=self._router, left=left, **facts)
        return self._ending.ended(at=at, router=self._router, ago=-left, **facts)
