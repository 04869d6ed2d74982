"""Every broken link of an explanation names the lines that mend it, whatever is broken; and it agrees with `status`."""

from collections.abc import Iterator

import pytest

from emulator.hardware.board import BoardPhase
from emulator.world.explanation.explain import explain
from emulator.world.explanation.paths import PATHS
from emulator.world.fork import fork
from emulator.world.reload_preview import preview_reload
from emulator.world.world import World
from tests.driver import BenchDriver, ConsoleDriver, world_of
from tests.unit.world.explanation.broken_states import (
    BASE,
    BROKEN,
    LEVEL,
    Follower,
    evaluation_ended,
    explained,
    unmended,
)


@pytest.fixture(scope="module")
def booted() -> World:
    world = world_of("R1", "R2")
    ConsoleDriver(world).boot()
    return world


@pytest.fixture
def world(booted: World) -> Iterator[World]:
    copy = fork(booted)
    yield copy
    copy.close()


@pytest.mark.parametrize("state", BROKEN)
def test_each_broken_link_is_mended_by_the_steps_that_it_names(world: World, state: str) -> None:
    BROKEN[state](world)
    assert [each for subject in (LEVEL, *PATHS) for each in unmended(world, subject)] == []
    router = world.router("R1")
    if router.state.board.phase is not BoardPhase.RUNNING:
        return
    following = preview_reload(world, "R1").next_level
    for level in (BASE, LEVEL):
        found = explain(world, "R1", level)
        assert found.holds == (router.running.level in {level, LEVEL}), level
        assert not found.holds or found.settled == (following in {level, LEVEL}), level


def test_a_level_that_the_next_start_takes_away_is_said_to_end(world: World) -> None:
    evaluation_ended(world)
    bench = BenchDriver(world)
    assert "R1 advipservices: yes, but only until the next start\n" in bench.do("explain R1 advipservices")
    assert "    next: bench>order L-880-AIS=\n" in bench.do("explain R1 advipservices")
    assert "a reload now brings advsecurity in place of advipservices" in bench.do("status R1")
    Follower(world).follow(lambda: explained(world, LEVEL))
    assert "R1 advipservices: yes\n" in bench.do("explain R1 advipservices")
    assert "a reload now brings" not in bench.do("status R1")
