"""Messages of routers with an unattended console: shown at the bench when they come, and at the console on return."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable
from functools import partial

from emulator.console.render.system.messages import stamped
from emulator.kernel.events import Event
from emulator.router.syslog_messages import message_of
from emulator.world.world import World

KEPT = 10
"""Messages of a router that are shown on return to its console; `show logging` has the others."""


class UnseenMessages:
    """Messages that the routers log while a person is elsewhere.

    Args:
        at_bench: takes a line for a person at the bench.
        attended: tells whether a terminal is at a router's console.
    """

    def __init__(self, world: World, at_bench: Callable[[str], object], attended: Callable[[str], bool]) -> None:
        self._world, self._at_bench, self._attended = world, at_bench, attended
        self._kept: defaultdict[str, deque[str]] = defaultdict(partial(deque, maxlen=KEPT))
        self._counts: Counter[str] = Counter()

    def hear(self, event: Event) -> None:
        """Take the message of an event that no terminal shows."""
        router = self._world.routers.get(event.router)
        if router is None or router.state.running is None or self._attended(router.name):
            return
        message = message_of(event, router.state.udi)
        if message is not None:
            self._kept[router.name].append(stamped(router, event.at, message))
            self._counts[router.name] += 1
            self._at_bench(f"{router.name}: {message.partition(chr(10))[0]}\n")

    def take(self, name: str) -> str:
        """The messages that a console has not shown yet, each on a line; they are not shown again."""
        kept, count = self._kept.pop(name, deque[str]()), self._counts.pop(name, 0)
        left = count - len(kept)
        before = f"({left} earlier messages; show logging lists what the buffer has)\n" if left else ""
        return before + "".join(f"{text}\n" for text in kept)
