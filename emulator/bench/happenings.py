"""Events that happened while time passed, as the bench lists it: by router, a few lines and then a count.

A person at the bench is at no console, so the messages of the routers would pass unseen.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from emulator.kernel.events import Event
from emulator.kernel.time import Instant, clock_line
from emulator.router.syslog_messages import message_of
from emulator.world.mail_delivery import MailArrived
from emulator.world.world import World

SHOWN = 10
"""Lines that are listed unless all are asked for."""

MAIL = "mail"


class Happenings:
    """Hears messages and letters.

    Attributes:
        count: how many there were.
    """

    def __init__(self, world: World, *, everything: bool) -> None:
        self.count = 0
        self._world, self._everything = world, everything
        self._counts: Counter[str] = Counter()
        self._heard: defaultdict[str, list[tuple[Instant, str]]] = defaultdict(list)

    def hear(self, event: Event) -> None:
        """Take note of an event that is told to people; of each router only as many as may be listed."""
        name, text = self._told(event)
        if text:
            self.count += 1
            self._counts[name] += 1
            if self._everything or len(self._heard[name]) < SHOWN:
                self._heard[name].append((event.at, text.partition("\n")[0]))

    def _told(self, event: Event) -> tuple[str, str]:
        if isinstance(event, MailArrived):
            return MAIL, f"{event.number}: {event.subject}"
        router = self._world.routers.get(event.router)
        if router is None or router.state.running is None:
            return "", ""
        return router.name, message_of(event, router.state.udi) or ""

    def lines(self) -> Iterator[str]:
        """A heading for each router, its messages, and how many are left out."""
        most = self.count if self._everything else SHOWN
        listed, unlisted = 0, []
        for name in sorted(self._heard):
            rows = self._heard[name][: most - listed]
            if len(rows) < self._counts[name]:
                unlisted.append(name)
            if rows:
                yield name
            for at, text in rows:
                yield f"    {clock_line(self._world.calendar(at))}  {text}"
            listed += len(rows)
        if listed < self.count:
            whose = unlisted[0] if len(unlisted) == 1 else f"{len(unlisted)} routers"
            yield f"and {self.count - listed} more of {whose}; --all lists them"


@contextmanager
def happenings(world: World, *, everything: bool) -> Iterator[Happenings]:
    """Collect what happens in a world within the context."""
    found = Happenings(world, everything=everything)
    world.listeners.append(found.hear)
    try:
        yield found
    finally:
        world.listeners.remove(found.hear)
