"""A save that fails ends nothing: it is told, shown, and tried again."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from emulator.kernel.errors import Refused
from emulator.runtime.autosave import LONGEST_PAUSE, SAVED_EVERY, SHORTEST_PAUSE, Saver
from emulator.runtime.held_world import UNSAVED, HeldWorld, hold
from emulator.world.directory import FILE, WorldDirectory
from emulator.world.recipe import RouterRecipe


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def held(tmp_path: Path) -> Iterator[HeldWorld]:
    with WorldDirectory(tmp_path / "world") as directory:
        held = hold(directory, fresh=False, first=RouterRecipe())
        yield held
        held.world.close()


def blocked(tmp_path: Path) -> Path:
    """Put a thing where the world is written to, as a disk that takes nothing would."""
    scratch = tmp_path / "world" / FILE
    scratch = scratch.with_name(f".{scratch.name}.tmp")
    scratch.mkdir()
    return scratch


def test_a_save_that_fails_is_tried_again_less_and_less_often(
    held: HeldWorld, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    saver = Saver(held, clock)
    scratch = blocked(tmp_path)
    tries = []
    for _ in range(1_000):
        before = len(caplog.records)
        saver.tick()
        if len(caplog.records) > before:
            tries.append(clock.seconds)
        clock.seconds += 0.125
    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert tries[0] == SAVED_EVERY
    assert pauses == [SHORTEST_PAUSE, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]
    assert held.warnings() == (UNSAVED,)
    assert "cannot be saved" in caplog.text
    assert "it is tried again" in caplog.text

    scratch.rmdir()
    clock.seconds += LONGEST_PAUSE
    saver.tick()
    assert held.warnings() == ()
    assert "the world is saved again" in caplog.text
    written = (tmp_path / "world" / FILE).stat().st_ino
    clock.seconds += SAVED_EVERY + 1
    saver.tick()
    assert (tmp_path / "world" / FILE).stat().st_ino != written, "it goes on as before"


def test_what_is_to_be_acknowledged_is_refused(held: HeldWorld, tmp_path: Path) -> None:
    blocked(tmp_path)
    with pytest.raises(Refused, match=r"cannot be saved to .*: Is a directory"):
        held.save()
    assert held.unsaved
