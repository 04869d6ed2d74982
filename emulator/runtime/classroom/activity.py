"""The activity of a learner at the lines of a lab, for the teacher's wall: the last command, and being stuck.

I: ours. A learner is stuck who meets the same refusal three times without another answer in between, or who has earned
nothing and come to no other task for ten minutes of use.
"""

import re

MANY = 3
"""Times the same refusal is met by a learner who is stuck."""

LONG = 600.0
"""Seconds without progress after which a learner is stuck."""

LONGEST_COMMAND = 60
"""Characters of a command that are told."""

_COMMAND = re.compile(r"(?:[\w.()-]+[#>])(?P<typed>(?:\S.*)?)")
"""A row with a prompt of a router or of the bench, and what was typed right behind it; `Device#   PID` is a heading."""

_REFUSAL = re.compile(r"% ?(?![A-Z0-9_]+-\d-)\S.*")
"""A row in which a line refuses something; a system message has a severity between hyphens."""


class Activity:
    """The activity of one learner in one lab."""

    def __init__(self, now: float) -> None:
        self.command = ""
        """Last command that was typed."""
        self._refusal, self._count = "", 0
        self._progress: tuple[int, int] | None = None
        self._progressed = now

    def printed(self, router: str, text: str) -> None:
        """Take note of rows that a line has printed.

        Args:
            router: its name, or `bench`.
            text: the rows.
        """
        for row in text.splitlines():
            if found := _COMMAND.fullmatch(row.rstrip()):
                self._typed(router, found["typed"].strip())
            elif _REFUSAL.fullmatch(row.strip()):
                self._refused(row.strip())

    def _typed(self, router: str, command: str) -> None:
        if command:
            self.command = f"{router}: {command[:LONGEST_COMMAND]}"

    def _refused(self, refusal: str) -> None:
        key = f"{self.command.partition(': ')[2].partition(' ')[0]} {refusal}"
        self._count = self._count + 1 if key == self._refusal else 1
        self._refusal = key

    def judged(self, points: int, current: int, now: float) -> None:
        """Take note of the points and of the present task, at an instant in seconds."""
        if self._progress != (points, current):
            self._progress, self._progressed = (points, current), now
            self._refusal, self._count = "", 0

    def goes_on(self, now: float) -> None:
        """Count no time as without progress, as in an exam, where it is not told how far the learner is."""
        self._progressed = now

    def stuck(self, now: float) -> str:
        """The reason for which the learner is stuck at an instant in seconds; empty for one who is not."""
        if self._count >= MANY:
            return f"same refusal {self._count} times"
        idle = now - self._progressed
        return f"{int(idle // 60)} min without progress" if idle >= LONG else ""
