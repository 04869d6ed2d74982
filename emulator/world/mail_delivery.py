"""The post: letters that are on their way and arrive at their instant. A timed object; electronic mail arrives at once.

The letters themselves lie in the outbox of the back end, in the transaction of the act that sent them; the post only
remembers which are still to come. So a process that dies between the act and the saving of the world loses none.
While the records are away letters are announced late: they are asked for again, less and less often.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from emulator.backend.mail import Mail
from emulator.backend.refusals import PortalError
from emulator.kernel.events import Event
from emulator.kernel.time import HOUR, SECOND, Instant

if TYPE_CHECKING:
    from emulator.backend.service import LicensingService


FIRST_PAUSE, LONGEST_PAUSE = 5 * SECOND, HOUR
"""Simulated milliseconds until the records are asked again, at first and at most."""


class MailArrived(Event, frozen=True, kw_only=True):
    """A letter or an e-mail arrived; `router` is empty, since it comes to the bench."""

    number: int
    subject: str


class Post:
    """The mail of a world: hands out letters as they arrive.

    Args:
        backend: returns the back end whose outbox it reads; called when letters are looked at.
        now: the clock.
        under_way: arrival, number and subject of the letters that are still to come.
    """

    def __init__(
        self,
        backend: "Callable[[], LicensingService]",
        now: Callable[[], Instant],
        under_way: Iterable[tuple[Instant, int, str]],
    ) -> None:
        self._backend, self._now = backend, now
        self._under_way = sorted(under_way)
        self._pause = 0
        self._again: Instant | None = None
        """When the records are asked again that were away."""

    def arrived(self) -> list[Mail]:
        """List the letters in the mailbox, by arrival."""
        return self._backend().outbox.letters(self._now())

    def subjects(self) -> list[tuple[Instant, str]]:
        """List arrival and subject of the letters in the mailbox, unopened."""
        return [(due, subject) for _, due, subject in self._backend().outbox.headings(self._now())]

    def expected(self) -> list[tuple[Instant, str]]:
        """Arrival and subject of the letters that are still to come."""
        return [(due, subject) for due, _, subject in self._under_way]

    def count(self) -> int:
        """Count the letters in the mailbox."""
        return self._backend().outbox.count_letters(self._now())

    def letter(self, place: int) -> Mail | None:
        """Return the letter at a place of the mailbox, from 1; None where there is none."""
        found = self._backend().outbox.letters(self._now(), offset=place - 1, limit=1) if place > 0 else []
        return found[0] if found else None

    def sent(self, letters: Sequence[Mail]) -> list[MailArrived]:
        """Take letters that the back end has just sent; returns the events of those that arrive at once."""
        for letter in letters:
            insort(self._under_way, (letter.due, letter.number, letter.subject))
        return self._announce(self._now())

    def next_deadline(self) -> Instant | None:
        """Instant of the next letter, or None."""
        if not self._under_way:
            return None
        due = self._under_way[0][0]
        return due if self._again is None else max(due, self._again)

    def advance(self, now: Instant) -> Sequence[Event]:
        """List the events of the letters that have just arrived."""
        return self._announce(now)

    def _announce(self, now: Instant) -> list[MailArrived]:
        """List the events of letters that are due, with their mailbox places; none while the records are away."""
        come = [each for each in self._under_way if each[0] <= now]
        if not come or (self._again is not None and now < self._again):
            return []
        try:
            first = self.count() - len(come) + 1
        except PortalError as error:
            if error.retry_after is None:
                raise
            self._pause = min(2 * self._pause, LONGEST_PAUSE) or FIRST_PAUSE
            self._again = now + self._pause
            return []
        late, self._again, self._pause = self._again is not None, None, 0
        del self._under_way[: len(come)]
        return [
            MailArrived(at=now if late else due, router="", number=number, subject=subject)
            for number, (due, _, subject) in enumerate(come, first)
        ]
