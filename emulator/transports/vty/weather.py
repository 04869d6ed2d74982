"""Bad conditions between a router and its clients, on purpose, so that a person can prove that a program endures them.

A real router prints its messages into whatever is shown, is late with its prompt, sends an echo in pieces, has banners
that look like prompts, takes its time over a log-in, and is cut off. All of this follows from a seed, the router and
the number of the connection to it: what happens, and at which character of the output. The router itself is untouched.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Iterator

import msgspec

from emulator.kernel.errors import UnknownName
from emulator.sim.seeding import Dice, draw
from emulator.transports.discipline.sessions import TerminalCarrier

SPLIT, LATE, MESSAGE, DROP = "output in pieces", "late prompt", "log message", "connection dropped"
BANNER, SLOW = "misleading banner", "slow log-in"


class Conditions(msgspec.Struct, frozen=True):
    """The kind of weather.

    Attributes:
        apart: characters of output between two events, on average.
        weights: how often each kind of event comes.
        longest: seconds that a late prompt or a log-in may take.
        banner: probability of a misleading banner, and of a slow log-in.
    """

    apart: int
    weights: dict[str, int]
    longest: float
    banner: float


WEATHERS: dict[str, Conditions | None] = {
    "calm": None,
    "office": Conditions(2000, {SPLIT: 6, LATE: 3, MESSAGE: 2}, 1.0, 0.2),
    "storm": Conditions(300, {SPLIT: 6, LATE: 4, MESSAGE: 4, DROP: 1}, 4.0, 0.7),
}
"""Conditions of the network by name; None is a calm one."""

SHORT = 0.05
"""Seconds between two pieces of output."""

BANNER_TEXT = "\r\n*** R0# is being replaced by R0>: type yes or no, Password: as before ***\r\n\r\n"
MESSAGE_TEXT = "*Mar  1 00:00:00.000: %LINK-3-UPDOWN: Interface FastEthernet3, changed state to up\r\n"


class Weather:
    """The weather of a served world."""

    def __init__(self, name: str, seed: int, note: Callable[[str], object]) -> None:
        """Make the weather.

        Args:
            name: calm, office or storm.
            seed: what it follows from.
            note: told of every event, a line each.

        Raises:
            UnknownName: there is no such weather.
        """
        if name not in WEATHERS:
            raise UnknownName("weather", name, WEATHERS)
        self._conditions, self._seed, self._note = WEATHERS[name], seed, note
        self._numbers: dict[str, int] = defaultdict(int)

    def connection(self, router: str) -> "ConnectionWeather | None":
        """The weather of the next connection to a router; None where it is calm."""
        if self._conditions is None:
            return None
        number = self._numbers[router] = self._numbers[router] + 1
        source = draw(self._seed, router, str(number))
        return ConnectionWeather(
            self._conditions, source, lambda text: self._note(f"{router}, connection {number}: {text}")
        )


class ConnectionWeather:
    """Weather of one connection: whether it has a banner, how slow its log-in is, and the events in its output."""

    def __init__(self, conditions: Conditions, source: Dice, note: Callable[[str], object]) -> None:
        self._conditions, self._source, self.note = conditions, source, note
        self.banner = source.random() < conditions.banner
        slow = source.random() < conditions.banner
        self._login = source.uniform(0, conditions.longest) if slow else 0.0

    async def delay_login(self) -> None:
        """Take time over a log-in."""
        if self._login:
            self.note(f"{SLOW}, {self._login:.1f} s")
            await asyncio.sleep(self._login)

    def events(self) -> Iterator[tuple[int, str, float]]:
        """Every event: the character of output that it waits for, its kind, and the seconds that it takes."""
        conditions, at = self._conditions, 0
        kinds, weights = list(conditions.weights), list(conditions.weights.values())
        while True:
            at += 1 + int(self._source.expovariate(1 / conditions.apart))
            (kind,) = self._source.choices(kinds, weights)
            yield at, kind, self._source.uniform(0.2, 1) * (conditions.longest if kind == LATE else SHORT)

    def over(self, carrier: TerminalCarrier) -> "WeatheredCarrier":
        """The connection as the client finds it."""
        return WeatheredCarrier(carrier, self)


class WeatheredCarrier:
    """Sends what is shown at a line, with what the weather makes of it; implements `TerminalCarrier`."""

    def __init__(self, carrier: TerminalCarrier, weather: ConnectionWeather) -> None:
        self._carrier, self._weather = carrier, weather
        self._events = weather.events()
        self._next = next(self._events)
        self._position, self._dropped = 0, False
        self._queue: deque[tuple[float, Callable[[], None]]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        if weather.banner:
            weather.note(BANNER)
            self._send(BANNER_TEXT)

    # --- from the line -----------------------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Send text, as the weather lets it through."""
        while text and not self._dropped:
            at, kind, seconds = self._next
            cut = self._place(text, at - self._position, kind)
            if cut is None:
                break
            self._weather.note(f"character {self._position + cut}: {kind}")
            self._pass(text[:cut])
            text = text[cut:]
            self._happen(kind, seconds)
            self._next = next(self._events)
        self._pass(text)

    def close(self) -> None:
        """End the connection once all is sent."""
        if not self._dropped:
            self._later(0, self._carrier.close)

    def abort(self) -> None:
        """End it at once."""
        self._queue.clear()
        if self._timer is not None:
            self._timer.cancel()
        self._carrier.abort()

    def pause_reading(self) -> None:
        """Take nothing more from the client for now."""
        self._carrier.pause_reading()

    def resume_reading(self) -> None:
        """Take its input again."""
        self._carrier.resume_reading()

    # --- the weather -------------------------------------------------------------------------------------------

    @staticmethod
    def _place(text: str, earliest: int, kind: str) -> int | None:
        """Find where in a text an event takes place that may come from `earliest` on; None: not in this text."""
        if earliest > len(text):
            return None
        earliest = max(earliest, 0)
        if kind == MESSAGE:
            end = text.find("\n", earliest)
            return end + 1 if end >= 0 else None
        if kind == LATE:
            prompt = text.rfind("\n") + 1
            return prompt if earliest <= prompt < len(text) else None
        return earliest

    def _happen(self, kind: str, seconds: float) -> None:
        if kind == MESSAGE:
            self._send(MESSAGE_TEXT)
        elif kind == DROP:
            self._dropped = True
            self._later(0, self._carrier.abort)
        else:
            self._later(seconds, lambda: None)

    def _pass(self, text: str) -> None:
        if text and not self._dropped:
            self._position += len(text)
            self._send(text)

    def _send(self, text: str) -> None:
        self._later(0, lambda: self._carrier.write(text))

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        """Do something once all before it is done and `seconds` have passed."""
        self._queue.append((seconds, act))
        if self._timer is None:
            self._go_on()

    def _go_on(self) -> None:
        self._timer = None
        while self._queue:
            seconds, act = self._queue.popleft()
            if seconds:
                self._timer = asyncio.get_running_loop().call_later(seconds, self._go_on)
                return
            act()
