"""The post: letters that are on their way and arrive at their instant. A timed object; electronic mail arrives at once.

The letters themselves lie in the outbox of the back end, in the transaction of the act that sent them; the post only
remembers which are still to come. So a process that dies between the act and the saving of the world loses none.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from emulator.backend.mail import Mail
from emulator.kernel.events import Event
from emulator.kernel.time import Instant

if TYPE_CHECKING:
    from emulator.backend.service import LicensingService


class MailArrived(Event, frozen=True, kw_only=True):
    """A letter or an electronic mail came in; `router` is empty, for it comes to the bench."""

    number: int
    subject: str


class Post:
    """Hands out letters as they arrive.

    Args:
        backend: whose outbox it empties; asked for when letters are looked at.
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

    def arrived(self) -> list[Mail]:
        """What lies in the mailbox, by arrival."""
        return self._backend().outbox.letters(self._now())

    def subjects(self) -> list[tuple[Instant, str]]:
        """Arrival and subject of what lies there, unopened."""
        return [(due, subject) for _, due, subject in self._backend().outbox.headings(self._now())]

    def count(self) -> int:
        """How many letters lie there."""
        return self._backend().outbox.count_letters(self._now())

    def letter(self, place: int) -> Mail | None:
        """The letter at a place of the mailbox, from 1; None where there is none."""
        found = self._backend().outbox.letters(self._now(), offset=place - 1, limit=1) if place > 0 else []
        return found[0] if found else None

    def sent(self, letters: Sequence[Mail]) -> list[MailArrived]:
        """Take letters that the back end has sent just now; the value tells of those that are there at once."""
        now = self._now()
        at_once = [letter for letter in letters if letter.due <= now]
        for letter in letters:
            if letter.due > now:
                insort(self._under_way, (letter.due, letter.number, letter.subject))
        first = self.count() - len(at_once) + 1 if at_once else 0
        return [
            MailArrived(at=letter.due, router="", number=number, subject=letter.subject)
            for number, letter in enumerate(at_once, first)
        ]

    def next_deadline(self) -> Instant | None:
        """When the next letter comes."""
        return self._under_way[0][0] if self._under_way else None

    def advance(self, now: Instant) -> Sequence[Event]:
        """The letters that have come just now."""
        come = []
        while self._under_way and self._under_way[0][0] <= now:
            come.append(self._under_way.pop(0))
        first = self.count() - len(come) + 1 if come else 0
        return [
            MailArrived(at=due, router="", number=number, subject=subject)
            for number, (due, _, subject) in enumerate(come, first)
        ]
