"""Schedules by which a license that is running out says so; types share them (`types.TYPES`).

C (CISCO-LICENSE-MGMT-MIB): metered: 4, 3 and 2 weeks ahead, daily in the last week, at expiry, and every week after;
subscription: weekly for 8 weeks, daily in the last week, hourly on the last day, and daily after the end;
EvalRightToUse: 10 and 5 days before the transition, and at it. I: the last hour's warning of a subscription is the
one an hour ahead; day 53 of a 60-day evaluation is the first of its last week.
"""

import msgspec

from emulator.kernel.time import DAY, HOUR, WEEK, Duration


class Schedule(msgspec.Struct, frozen=True):
    """The times of warnings before the end, and how often after it the license is reported again (None: never)."""

    ahead: tuple[Duration, ...]
    again: Duration | None


_LAST_WEEK = tuple(days * DAY for days in range(7, 0, -1))

METERED = Schedule((4 * WEEK, 3 * WEEK, 2 * WEEK, *_LAST_WEEK), again=WEEK)
TRANSITION = Schedule((10 * DAY, 5 * DAY), again=None)
SUBSCRIBED = Schedule(
    (*(weeks * WEEK for weeks in range(8, 1, -1)), *_LAST_WEEK, *(hours * HOUR for hours in range(23, 0, -1))),
    again=DAY,
)


class Notices:
    """The notices of one license, counted in time left: positive ahead of the end, 0 at it, negative after."""

    __slots__ = ("_again", "_ahead")

    def __init__(self, schedule: Schedule, period: Duration | None = None) -> None:
        """Set up notices by a schedule; a warning that would come before the `period` began is not given."""
        self._ahead = tuple(ahead for ahead in schedule.ahead if period is None or ahead < period)
        self._again = schedule.again

    def following(self, left: Duration) -> Duration | None:
        """Next notice strictly after the moment with so much time left; None if there is none any more."""
        for point in self._ahead:
            if point < left:
                return point
        if left > 0:
            return 0
        if self._again is None:
            return None
        return -((-left) // self._again + 1) * self._again

    def bracket(self, left: Duration) -> Duration | None:
        """Latest warning already due with so much time left: a boot inside the window repeats it, once."""
        if left <= 0:
            return None if self._again is None else 0
        passed = [point for point in self._ahead if point >= left]
        return passed[-1] if passed else None
