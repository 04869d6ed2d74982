"""The post: mail that is on its way and arrives at its instant. A timed object; electronic mail arrives at once."""

from collections.abc import Callable, Sequence

from emulator.backend.mail import Mail
from emulator.kernel.events import Event
from emulator.kernel.time import Instant


class MailArrived(Event, frozen=True, kw_only=True):
    """A letter or an electronic mail came in; `router` is empty, for it comes to the bench."""

    number: int
    subject: str


class Post:
    """Hands out letters as they arrive; `letters` is the world's list, in the order of sending."""

    def __init__(self, letters: list[Mail], now: Callable[[], Instant]) -> None:
        self._letters, self._now = letters, now

    def arrived(self) -> list[Mail]:
        """What lies in the mailbox, by arrival."""
        here = [letter for letter in self._letters if letter.due <= self._now()]
        return sorted(here, key=lambda letter: letter.due)

    def arrival(self, letter: Mail) -> MailArrived:
        """The event of a letter that has come: its number is its place in the mailbox."""
        number = next(number for number, other in enumerate(self.arrived(), 1) if other is letter)
        return MailArrived(at=letter.due, router="", number=number, subject=letter.subject)

    def next_deadline(self) -> Instant | None:
        """When the next letter comes."""
        return min((letter.due for letter in self._letters if letter.due > self._now()), default=None)

    def advance(self, now: Instant) -> Sequence[Event]:
        """The letters that have come just now."""
        return [self.arrival(letter) for letter in self.arrived() if letter.due == now]
