"""The clocks of a running router's licenses: the level's, those of counted features with users, and subscriptions.

The first two count use and are saved; a subscription looks at the router's calendar and runs only while that is set.
All are one timed object, so that a router is one entry with the timekeeper.
"""

from collections.abc import Iterable

from emulator.kernel.events import Event
from emulator.kernel.time import Duration, Instant
from emulator.licensing.lines import LicenseLine
from emulator.licensing.usage import UsageClock


class Metering:
    """The clocks of a router's licenses. The level's is None while no metered license is in use."""

    __slots__ = ("counted", "level", "subscriptions")

    level: "LevelClock | None"
    counted: tuple[UsageClock, ...]
    subscriptions: tuple[UsageClock, ...]

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget every clock, as IOS does not run any more."""
        self.level, self.counted, self.subscriptions = None, (), ()

    def uses(self) -> Iterable[UsageClock]:
        """Clocks that count use."""
        if self.level is not None:
            yield self.level.clock
        yield from self.counted

    def clocks(self) -> Iterable[UsageClock]:
        """Clocks that run."""
        yield from self.uses()
        yield from self.subscriptions

    @property
    def _alone(self) -> bool:
        """Only the level's clock runs: the ordinary case, in which a fleet spends its time."""
        return not self.counted and not self.subscriptions

    def next_deadline(self) -> Instant | None:
        """Instant of the next notice, or at which the level's own license is used up; None without any."""
        level = self.level
        if level is not None and self._alone and level.own_left is None:
            return level.clock.next_deadline()
        deadlines = [clock.next_deadline() for clock in self.clocks()]
        if level is not None:
            deadlines.append(level.used_up_at())
        return min((deadline for deadline in deadlines if deadline is not None), default=None)

    def advance(self, now: Instant) -> list[Event]:
        """List every notice that has come due."""
        if self.level is not None and self._alone:
            return self.level.clock.advance(now)
        return [event for clock in self.clocks() for event in clock.advance(now)]


class LevelClock:
    """The clock of the license that the level uses, and whether others wait to follow it."""

    __slots__ = ("clock", "own_left")

    def __init__(self, clock: UsageClock, own_left: Duration, total_left: Duration) -> None:
        """Start a level's clock.

        `own_left` is the time that the license itself had left when this use began, `total_left` that with its
        followers, both in milliseconds.
        """
        self.clock = clock
        self.own_left: Duration | None = own_left if own_left < total_left else None

    @property
    def line(self) -> LicenseLine:
        return self.clock.line

    def used_up_at(self) -> Instant | None:
        """Instant at which another license has to follow; None where none waits."""
        return None if self.own_left is None else self.clock.since + max(self.own_left, 0)
