"""The time of a learner in a lab: real or simulated, with a limit in an exam, and with pauses in practice.

Real time of a practice is the time at the lab; that of an exam runs from its start, wherever the learner is.
"""

from typing import Literal

import msgspec

from emulator.kernel.time import MINUTE, SECOND, Duration, format_duration

Clock = Literal["real", "simulated"]


class LabTimer(msgspec.Struct, forbid_unknown_fields=True):
    """The time that a learner takes.

    Attributes:
        clock: which time counts.
        limit: milliseconds after which an exam is over; 0 for none.
        began: when the lab began, in seconds since 1970.
        sat: milliseconds of real time at the lab, pauses left out.
        paused: the learner has stopped the time.
        pauses: begin and end of every pause, in milliseconds of simulated time; the end of one that goes on is None.
        handed_in: milliseconds that were taken when an exam was handed in; None before that.
    """

    began: float
    clock: Clock = "real"
    limit: Duration = 0
    sat: Duration = 0
    paused: bool = False
    pauses: list[tuple[Duration, Duration | None]] = []
    handed_in: Duration | None = None

    def pause(self, simulated: Duration, *, paused: bool) -> None:
        """Stop the time, or let it go on, at a simulated time."""
        if paused and not self.paused:
            self.pauses.append((simulated, None))
        elif self.paused and not paused:
            begin, _ = self.pauses.pop() if self.pauses else (simulated, None)
            self.pauses.append((begin, simulated))
        self.paused = paused

    def put_back(self, simulated: Duration) -> None:
        """Forget the pauses after a simulated time to which the world was put back."""
        self.pauses = [(begin, end and min(end, simulated)) for begin, end in self.pauses if begin < simulated]
        if self.paused and not any(end is None for _, end in self.pauses):
            self.pauses.append((simulated, None))

    def without_pauses(self, simulated: Duration) -> Duration:
        """Part of a simulated time that was spent at the lab."""
        return simulated - sum((simulated if end is None else end) - begin for begin, end in self.pauses)


class TimeTaken(msgspec.Struct, frozen=True):
    """The time that was taken, out of a limit (0 for none), in milliseconds."""

    taken: Duration
    limit: Duration
    paused: bool = False
    handed_in: bool = False

    @property
    def over(self) -> bool:
        """Tell whether the limit has passed, or the exam was handed in."""
        return self.handed_in or (bool(self.limit) and self.taken >= self.limit)

    @property
    def text(self) -> str:
        """The time in words: `12m`, `33m left`, `time is up`, `handed in after 12m`, `paused at 12m`."""
        if self.handed_in:
            return f"handed in after {_whole(self.taken)}"
        if self.over:
            return "time is up"
        if self.limit:
            return f"{_whole(self.limit - self.taken)} left"
        return f"{'paused at ' if self.paused else ''}{_whole(self.taken)}"


def _whole(duration: Duration) -> str:
    """A duration in whole minutes, below one in whole seconds."""
    unit = MINUTE if duration >= MINUTE else SECOND
    return format_duration(duration // unit * unit)


def time_taken(timer: LabTimer, *, exam: bool, now: float, simulated: Duration) -> TimeTaken:
    """The time that was taken up to now.

    Args:
        timer: with the real time at the lab up to now.
        exam: real time runs from the start.
        now: seconds since 1970.
        simulated: milliseconds that have passed in the learner's world.
    """
    if timer.handed_in is not None:
        return TimeTaken(timer.handed_in, timer.limit, handed_in=True)
    real = int((now - timer.began) * 1000) if exam else timer.sat
    taken = timer.without_pauses(simulated) if timer.clock == "simulated" else max(real, 0)
    return TimeTaken(taken, timer.limit, timer.paused)
