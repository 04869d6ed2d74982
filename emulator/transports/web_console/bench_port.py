"""The bench as a line that a page types at."""

from collections.abc import Callable

from emulator.bench.line import BenchLine
from emulator.sim.pacing import Rates

ONLY_WHERE_HELD = "% This can be done only at the bench of the terminal that holds the world.\n"


class BenchPort:
    """The bench of one page; a `TerminalPort`. It has no size, no break and no `--More--`."""

    skips_time = True

    def __init__(self, line: BenchLine, set_rates: Callable[[Rates], None], console_at: str) -> None:
        """Sit down at a bench.

        Args:
            line: that is typed at.
            set_rates: sets the pace of time.
            console_at: where the console of a router is found, `{name}` standing for its name.
        """
        self.line, self._set_rates, self._console_at = line, set_rates, console_at

    @property
    def open(self) -> bool:
        """Tell whether the person is still at the bench."""
        return not self.line.bench.left

    def resize(self, rows: int, columns: int) -> None:
        """Ignore the size of the page."""

    def send_break(self) -> None:
        """Ignore a break signal."""

    def unpaged(self) -> None:
        """Do nothing, as nothing stops at `--More--` here."""

    def listen(self, show: Callable[[str], None], tell: Callable[[str], None], ended: Callable[[], None]) -> None:
        """Show from now on what the bench prints."""
        del ended
        self.line.output, self.line.messages = show, tell

    def leave(self) -> None:
        """Let go of the bench; a verb that is under way is broken off."""
        self.line.interrupt()
        self.line.output = self.line.messages = None

    def follow(self) -> str:
        """Carry out what verbs have asked of the page, and return what is to be said of it."""
        bench = self.line.bench
        pace, bench.pace = bench.pace, None
        if pace is not None:
            self._set_rates(pace)
        name, bench.console = bench.console, None
        travel, bench.travel = bench.travel, None
        if travel is not None:
            return ONLY_WHERE_HELD
        return f"The console of {name} is {self._console_at.format(name=name)}\n" if name is not None else ""
