"""Lines for the bench that come in the middle of a step, or after it.

Each is done with hands of its own, for the bench may be letting time pass. One that is refused fails the step that has
it, and so does one that had not come when the scenario was over.
"""

from collections.abc import Callable

from emulator.bench.line import BenchLine
from emulator.scenarios.stations import Stations
from emulator.world.world import World


class Interjection:
    """A line that is to come.

    Attributes:
        step: the number of the step that has it.
        line: what is typed at the bench.
        after: how long after that step began, as it is written.
        came: the answer of the bench.
    """

    def __init__(self, step: int, line: str, after: str) -> None:
        self.step, self.line, self.after = step, line, after
        self.came = ""
        self.bench: BenchLine | None = None
        """Bench at which it was typed; None before it comes."""

    @property
    def refused(self) -> bool:
        """Tell whether it came, and the bench refused it."""
        return self.bench is not None and self.bench.failed


class Interjections:
    """The lines that are to come in one scenario, or have come.

    Args:
        world: that they come in.
        stations: gives each a bench.
        typed: told of a line that comes, with the prompt before it.
        said: told of what the bench answers.
    """

    def __init__(
        self, world: World, stations: Stations, typed: Callable[[str, str], object], said: Callable[[str], object]
    ) -> None:
        self._world, self._stations, self._typed, self._said = world, stations, typed, said
        self._all: list[Interjection] = []

    def expect(self, coming: Interjection, duration: int) -> None:
        """Have a line come, so many milliseconds from now."""
        self._all.append(coming)
        self._world.clock.after(duration, lambda: self._come(coming))

    @property
    def refused(self) -> Interjection | None:
        """The first line that the bench refused."""
        return next((each for each in self._all if each.refused), None)

    @property
    def missing(self) -> Interjection | None:
        """The first line that has not come yet."""
        return next((each for each in self._all if each.bench is None), None)

    def _come(self, coming: Interjection) -> None:
        bench = coming.bench = self._stations.another_bench()

        def heard(text: str) -> None:
            coming.came += text
            self._said(text)

        bench.output = heard
        self._typed(bench.prompt.text, coming.line)
        bench.submit(coming.line)
        self._stations.attach()
