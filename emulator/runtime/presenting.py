"""A replay for people: played step by step, and kept as an asciicast, a page or a picture."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from emulator.kernel.errors import Refused
from emulator.scenarios.model import Scenario
from emulator.scenarios.recording.recorder import Recorder
from emulator.scenarios.recording.recording import SessionRecording
from emulator.scenarios.runner import Runner
from emulator.scenarios.stepping import AskLine, Stepper


class Wanted(msgspec.Struct, frozen=True):
    """Files to make of a session; None for one that is not wanted."""

    cast: Path | None = None
    html: Path | None = None
    svg: Path | None = None

    def __bool__(self) -> bool:
        return any((self.cast, self.html, self.svg))


class Presentation:
    """Recording, and stepping by hand, of the replay of one scenario.

    Args:
        wanted: the files to write at its end.
        ask: where a person types who holds it up before every step; None plays it through.
        tell: where they read.
    """

    def __init__(self, wanted: Wanted, ask: AskLine | None, tell: Callable[[str], object]) -> None:
        self._wanted, self._ask, self._tell = wanted, ask, tell
        self._recorder: Recorder | None = None
        self._stepper: Stepper | None = None

    @property
    def by_hand(self) -> bool:
        """Tell whether a person typed something that is not in the scenario."""
        return self._stepper is not None and self._stepper.by_hand

    def watch(self, runner: Runner, scenario: Scenario) -> None:
        """Watch a replay that is about to begin."""
        if self._wanted:
            self._recorder = Recorder(scenario, runner.world)
            runner.watchers.append(self._recorder)
        if self._ask is not None:
            self._stepper = Stepper(runner, self._ask, self._tell)
            runner.watchers.append(self._stepper)

    def write(self) -> None:
        """Write what was asked for.

        Raises:
            Refused: a file cannot be written.
        """
        if self._recorder is not None:
            write(self._recorder.finished(), self._wanted)


def write(recording: SessionRecording, wanted: Wanted) -> None:
    """Write a recording in every form that is wanted.

    Raises:
        Refused: a file cannot be written.
    """
    from emulator.scenarios.recording.cast import as_cast
    from emulator.scenarios.recording.page import as_page
    from emulator.scenarios.recording.picture import as_picture

    forms: tuple[tuple[Path | None, Callable[[SessionRecording], str]], ...] = (
        (wanted.cast, as_cast),
        (wanted.html, as_page),
        (wanted.svg, as_picture),
    )
    for path, form in forms:
        if path is not None:
            write_file(path, form(recording))


def write_file(path: Path, text: str) -> None:
    """Write a file that a person asked for.

    Raises:
        Refused: it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from error
