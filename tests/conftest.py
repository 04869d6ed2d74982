"""The few fixtures of the domain: a world with one 881, its router and console after a boot, the bench, the clock."""

import pytest
from hypothesis import settings

from emulator.router.device import Router
from emulator.sim.clock import SimClock
from emulator.world.world import World
from tests.driver import BenchDriver, ConsoleDriver, world_of

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
"""How long a machine takes says nothing of a rule; `python -m tests.benchmarks` measures."""


@pytest.fixture
def world() -> World:
    """R1, a CISCO881-K9 out of its box, without power."""
    return world_of("R1")


@pytest.fixture
def clock(world: World) -> SimClock:
    return world.clock


@pytest.fixture
def bench(world: World) -> BenchDriver:
    return BenchDriver(world)


@pytest.fixture
def console(world: World) -> ConsoleDriver:
    """Con 0 of R1, booted, at the privileged prompt, without paging."""
    return ConsoleDriver(world).boot()


@pytest.fixture
def router(console: ConsoleDriver) -> Router:
    """R1, booted."""
    return console.router
