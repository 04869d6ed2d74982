"""Hints lead on from wherever a learner stands: to full marks, or to the act that ruled out the solution."""

from pathlib import Path
from random import Random

import pytest

from emulator.labs.hints import way_on
from emulator.labs.shipped import lab_names
from tests.labs.walks import walking
from tests.sizes import trials

MANY = trials(3, full=50)
"""States of each lab in the heavy test; the full number takes half an hour of CPU time."""


def end_of_walk(name: str, number: int, folder: Path) -> str:
    folder.mkdir()
    with walking(name, number + 1, folder) as walker:
        assert way_on(walker.lab, walker.lab.tasks[0], walker.here) is not None
        walker.wander(Random(f"{name}/{number}"))
        return walker.follow()


def is_good(end: str) -> bool:
    return end == "done" or end.startswith("closed by ")


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["first-boot", "from-order-to-level"])
def test_a_state_of_the_short_labs(name: str, tmp_path: Path) -> None:
    end = end_of_walk(name, 0, tmp_path / "walk")
    assert is_good(end), end


@pytest.mark.heavy
@pytest.mark.timeout(200 * MANY)
@pytest.mark.parametrize("name", lab_names())
def test_many_states_of_every_lab(name: str, tmp_path: Path) -> None:
    ends = []
    for number in range(MANY):
        ends.append(end_of_walk(name, number, tmp_path / str(number)))
        print(f"{name} {number}: {ends[-1]}", flush=True)
    assert [end for end in ends if not is_good(end)] == []
    assert "done" in ends or MANY < 10
