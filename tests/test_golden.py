"""Every golden screen, byte for byte; how to refresh them is told in `tests/screens.py`."""

import re
from functools import partial

import pytest

from emulator.console.arguments.types import TYPES
from emulator.grammar import Command
from emulator.grammar.notation import Flat, expand
from emulator.world.build import console_grammar
from tests.screens import GOLDEN, play, screens


@pytest.mark.parametrize("name", screens())
def test_the_screen_is_as_it_was(name: str) -> None:
    file = GOLDEN / f"{name}.txt"
    assert file.is_file(), f"it is not there yet; python -m tests.screens {name} writes it"
    assert play(name) == file.read_text(encoding="utf-8")


def test_every_command_that_prints_has_a_golden_screen() -> None:
    named = {command.output for command in console_grammar().commands if command.output}
    assert named - set(screens()) == set()


def test_every_golden_file_is_of_a_screen() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(screens())


# --- a screen is of the commands that name it -------------------------------------------------------------------------


def module_of(command: Command) -> str:
    """The module of a command's handler."""
    run = command.run
    while isinstance(run, partial):
        run = run.func
    return run.__module__


def form_of(line: Flat) -> str:
    """A pattern of what is typed for a line, whole words at least for its keywords."""
    return r"\s+".join(r"\S.*?" if token.type is not None else re.escape(token.label.lower()) for token in line)


def shows(screen: str, command: Command) -> bool:
    """Tell whether the command is typed on the screen."""
    typed = [line.partition("#")[2] or line.partition(">")[2] for line in screen.lower().splitlines()]
    forms = [form_of(line) for line in expand(command.line, TYPES)]
    return any(re.match(rf"{form}(\s|$)", line.strip()) for line in filter(None, typed) for form in forms)


def test_a_screen_shows_a_command_of_each_file_that_names_it() -> None:
    named: dict[tuple[str, str], list[Command]] = {}
    for command in console_grammar().commands:
        if command.output:
            named.setdefault((module_of(command), command.output), []).append(command)
    wrong = [
        place for place, commands in named.items()
        if not any(shows((GOLDEN / f"{place[1]}.txt").read_text(encoding="utf-8"), each) for each in commands)
    ]  # fmt: skip
    assert wrong == []
    assert len(named) > 100, "they are found"


def test_a_screen_of_another_command_would_be_found() -> None:
    clock = next(each for each in console_grammar().commands if each.output == "show_clock")
    assert shows((GOLDEN / "show_clock.txt").read_text(encoding="utf-8"), clock)
    assert not shows((GOLDEN / "show_version.txt").read_text(encoding="utf-8"), clock)
