"""The forecast: a fork of the world, without its back end, run forward while its events are heard.

Nothing is worked out here: the routers of the fork say by themselves what they would say. Every notice after an end is
left out, for it tells nothing new.
"""

from collections.abc import Callable, Iterator

from emulator.kernel.errors import Refused
from emulator.kernel.events import Event
from emulator.kernel.time import YEAR, Duration, Instant
from emulator.licensing.events import NextLevelChosen
from emulator.licensing.expiry import EndEvent, WarningEvent
from emulator.world.forecast.coverage import covered
from emulator.world.forecast.view import Forecast, ForecastKind, ForecastRow
from emulator.world.fork import fork_alone, fork_routers
from emulator.world.world import World


def forecast(world: World, duration: Duration = YEAR) -> Forecast:
    """Say what becomes of the licenses of a world without further input.

    Args:
        duration: how far to look, in milliseconds; a world's calendar may end before.
    """
    end = min(world.now + duration, world.last_instant)
    rows: list[ForecastRow] = []
    for names in _batches(list(world.routers)):
        forked = fork_routers(world, names)
        heard = ForecastListener(forked)
        forked.clock.run_to(end)
        rows += heard.rows
    rows += [ForecastRow(due, "", ForecastKind.LETTER, subject) for due, subject in world.post.expected() if due <= end]
    rows.sort(key=lambda row: row.at)
    return Forecast(world.state.name, world.start, world.now, end, covered(world, rows))


AT_ONCE = 1000
"""Routers that a forecast looks at together."""

FARTHEST = 20 * YEAR
"""Time within which a kind of event is looked for: no license runs longer, and one that ran out is told of for ever."""


def first_of(world: World, router: str, wanted: Callable[[ForecastRow], bool]) -> ForecastRow:
    """The first row of a kind that a forecast without further input has for a router.

    Raises:
        Refused: nothing of that kind happens within `FARTHEST`.
        UnknownName: there is no such router.
    """
    forked = fork_alone(world, router)
    heard = ForecastListener(forked)
    farthest = min(forked.now + FARTHEST, forked.last_instant)
    while (due := forked.next_due()) is not None and due <= farthest:
        forked.clock.run_to(due)
        found = next((row for row in heard.rows if wanted(row)), None)
        if found is not None:
            return found
        heard.rows.clear()
    raise Refused(f"nothing of that kind happens to {router} as things are")


def next_of(world: World) -> tuple[Instant, str] | None:
    """Instant and words of the next letter or license notice; None where nothing is due."""
    due = world.first_due()
    if due is None:
        return None
    at, router = due
    if not router:
        return at, f"mail: {world.post.expected()[0][1]}"
    forked = fork_alone(world, router)
    heard = ForecastListener(forked)
    forked.clock.run_to(at)
    row = next((row for row in heard.rows if row.at == at), None)
    return at, f"{router}: {row.text if row is not None else 'a license that has run out is told of again'}"


def _batches(names: list[str]) -> Iterator[list[str]]:
    """Routers do not touch each other where nobody does anything, and a small fork is quicker to make and to drop."""
    yield from (names[place : place + AT_ONCE] for place in range(0, len(names), AT_ONCE))


class ForecastListener:
    """Hears the events of a fork, and keeps those that a forecast tells of."""

    def __init__(self, forked: World) -> None:
        self.rows: list[ForecastRow] = []
        self._world = forked
        self._next: dict[str, str] = {}
        """The level that a reload would bring, as last told of, where that is not the one that runs."""
        forked.listeners.append(self._hear)

    def _hear(self, event: Event) -> None:
        if isinstance(event, WarningEvent):
            self._keep(event, ForecastKind.WARNING, event.left)
        elif isinstance(event, EndEvent):
            if event.ago == 0:
                self._keep(event, ForecastKind.END)
        elif isinstance(event, NextLevelChosen):
            self._note_next(event)

    def _keep(self, event: WarningEvent | EndEvent, kind: ForecastKind, left: Duration | None = None) -> None:
        lines = [stored.line for stored in self._world.router(event.router).activation.inventory.all()]
        rule = next(line.rule for line in lines if line.id == event.license_id)
        if kind is ForecastKind.END and not rule.stops:
            kind = ForecastKind.TRANSITION
        lasting = (line.rule.title for line in lines if line.feature == event.feature and line.lasts)
        installed = next(lasting, "") if kind is ForecastKind.END else ""
        self.rows.append(
            ForecastRow(event.at, event.router, kind, event.feature, rule.title, left, installed=installed)
        )

    def _note_next(self, event: NextLevelChosen) -> None:
        running = self._world.router(event.router).state.running
        if running is None or running.level == event.level:
            self._next.pop(event.router, None)
        elif self._next.get(event.router) != event.level:
            self._next[event.router] = event.level
            self.rows.append(ForecastRow(event.at, event.router, ForecastKind.RELOAD, event.level))
