"""A replay step by step: before each step it says what comes, and the person may type at any console or at the bench.

What is typed by hand is part of the session from then on, so a transcript that was recorded without it no longer fits.
"""

from collections.abc import Callable

from emulator.kernel.errors import EmulatorError
from emulator.kernel.time import clock_line
from emulator.scenarios.model import Step, as_lines
from emulator.scenarios.runner import Runner
from emulator.scenarios.stations import NoPrompt
from emulator.scenarios.transcript import BENCH

HELP = """\
RETURN        play the next step
R1 LINE       type a line at the console of R1, or of any other place: `R1 show license`, `bench status R1`
R1            stay there: every line is typed there; a line that is only a dot leaves
go            play the rest without stopping
quit          end here
"""

GO, QUIT, HELP_KEY, LEAVE = "go", "quit", "?", "."

AskLine = Callable[[str], str | None]
"""Shows a prompt and takes a line; None is the end of the input."""


class Stopped(EmulatorError):
    """The person ended the replay; nothing failed."""


class Stepper:
    """Holds a replay up before every step.

    Args:
        runner: what is played.
        ask: where the person types.
        tell: where they read.

    Attributes:
        by_hand: something was typed that is not in the scenario.
    """

    def __init__(self, runner: Runner, ask: AskLine, tell: Callable[[str], object]) -> None:
        self._runner, self._ask, self._tell = runner, ask, tell
        self._going = False
        self.by_hand = False
        tell(f"? helps, RETURN plays the next step; places: {', '.join(self._places())}\n")

    def step(self, number: int, step: Step) -> None:
        """Wait before a step.

        Raises:
            Stopped: the person ends it.
        """
        while not self._going:
            world = self._runner.world
            self._tell(f"\n[{clock_line(world.calendar(world.now))}] next, step {number}: {_told(step)}\n")
            line = self._ask("step> ")
            if line is None or line.strip() == QUIT:
                raise Stopped(f"ended before step {number}")
            if not line.strip():
                return
            self._take(line.strip())

    def said(self, place: str, text: str, typed: str) -> None:
        """Text appears in the transcript that is shown anyway."""

    def _take(self, line: str) -> None:
        place, _, text = line.partition(" ")
        if line == GO:
            self._going = True
        elif line == HELP_KEY:
            self._tell(HELP)
        elif place not in self._places():
            self._tell(f"there is no place '{place}'; there are {', '.join(self._places())}\n")
        elif text:
            self._type(place, text)
        else:
            self._stay(place)

    def _stay(self, place: str) -> None:
        self._tell(f"every line is typed at {place} now; a line that is only a dot leaves\n")
        while (line := self._ask(f"step, at {place}> ")) is not None and line != LEAVE:
            self._type(place, line)

    def _type(self, place: str, text: str) -> None:
        self.by_hand = True
        try:
            self._runner.by_hand(place, text)
        except NoPrompt as closed:
            self._tell(f"nothing can be typed there now: {closed}\n")
        except EmulatorError as error:
            self._tell(f"{error}\n")

    def _places(self) -> list[str]:
        return [BENCH, *self._runner.places]


def _told(step: Step) -> str:
    """Return what a step will do, in one line."""
    if step.console is not None:
        act = f"{step.console}: {' / '.join(line or 'RETURN' for line in as_lines(step.type or ()))}"
    elif step.bench_line is not None:
        act = f"{BENCH}: {step.bench_line}"
    elif step.check is not None:
        act = f"check: {', '.join(as_lines(step.check))}"
    elif step.until is not None:
        act = f"wait until {step.until}"
    elif step.answer is not None:
        act = ", ".join(f"answer {question}: {text}" for question, text in step.answer.items())
    elif step.connect is not None:
        act = f"{step.connect.client} connects to {step.connect.router}"
    else:
        act = f"{step.disconnect} goes away" if step.disconnect else ""
    return " - ".join(filter(None, [(step.note or "").strip(), act]))
