"""Two things that are broken at once: every link of an explanation still names the lines that mend it."""

from itertools import permutations
from random import Random

import pytest

from emulator.world.explanation.paths import PATHS
from emulator.world.fork import fork
from tests.driver import ConsoleDriver, world_of
from tests.unit.world.explanation.broken_states import BASE, BROKEN, LEVEL, unmended

pytestmark = pytest.mark.heavy

PAIRS = 80


def test_what_is_broken_twice_is_mended_by_the_steps_that_are_named() -> None:
    booted = world_of("R1", "R2")
    ConsoleDriver(booted).boot()
    tried = 0
    for pair in Random(1).sample([*permutations(BROKEN, 2)], PAIRS):
        world = fork(booted)
        try:
            for state in pair:
                BROKEN[state](world)
        except AssertionError:
            continue
        tried += 1
        assert [each for subject in (LEVEL, BASE, *PATHS) for each in unmended(world, subject)] == [], pair
        world.close()
    assert tried > PAIRS // 2
