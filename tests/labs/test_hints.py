"""Hints lead on from wherever a learner stands: to full marks, or to the act that ruled out the solution."""

import os
from random import Random

import pytest

from emulator.labs.hints import way_on
from emulator.labs.loader import lab_names
from emulator.labs.playing import LearnerWorld
from tests.labs.walks import followed, opened, wander

FEW = 2

MANY = int(os.environ.get("ISRTWIN_TEST_HINTS", "3"))
"""States of each lab in the heavy test; `ISRTWIN_TEST_HINTS=50` tries as many, which takes hours."""


def walk(name: str, number: int) -> str:
    dice = Random(f"{name}/{number}")
    with opened(name, number + 1) as lab, LearnerWorld(lab.world, lab.record).forked() as there:
        start = LearnerWorld(lab.world, lab.record)
        assert way_on(lab.lab, lab.lab.tasks[0], start) is not None
        return followed(lab, there, wander(lab, there, dice))


@pytest.mark.parametrize("number", range(FEW))
@pytest.mark.parametrize("name", ["first-boot", "from-order-to-level", "call-home"])
def test_a_few_states_of_the_short_labs(name: str, number: int) -> None:
    assert walk(name, number) in {"done", "closed"}


@pytest.mark.heavy
@pytest.mark.parametrize("name", lab_names())
def test_many_states_of_every_lab(name: str) -> None:
    ends = [walk(name, number) for number in range(MANY)]
    assert set(ends) <= {"done", "closed"}
    assert "done" in ends or MANY < 10
