"""Every golden screen, byte for byte; how to refresh them is told in `tests/screens.py`."""

import pytest

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
