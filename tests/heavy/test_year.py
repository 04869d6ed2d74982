"""A year of several routers in one step and in ten thousand: the same record, event by event."""

import random

import pytest

from emulator.kernel.time import DAY
from tests.heavy.lab import TOP, Lab, prepared
from tests.unit.router.records import saved

pytestmark = pytest.mark.heavy

STEPS = 10_000
YEAR = 365 * DAY


def counting() -> bytes:
    """R1 evaluates, R2 has a permanent license, R3 lives on the grace period of one that R2 was given."""
    lab = Lab(prepared("R1", "R2", "R3"))
    lab.boot_line("R1", TOP, yes=True, write=True)
    lab.reload("R1", save=False)
    lab.do("order L-880-AIS=")
    lab.register(0, "R3")
    lab.install("R3", lab.letters("License file")[-1])
    lab.reload("R3", save=False)
    lab.console("R3")
    lab.do("portal permission R3")
    lab.revoke("R3", lab.letters("Permission")[-1], yes=True)
    lab.rehost("R3", "R2")
    lab.install("R2", lab.letters("License file")[-1])
    lab.reload("R2", save=False)
    lab.do("order SL-880-AIS= quantity 3")
    for name in lab.names:
        lab.console(name)
        assert lab.router(name).running.level == TOP
    in_use = [lab.router(name).activation.inventory.in_use() for name in lab.names]
    assert [stored is not None and stored.line.rule.metered for stored in in_use] == [True, False, True]
    return saved(lab.world)


@pytest.mark.parametrize("draw", range(3))
def test_a_year_is_the_same_in_one_step_and_in_ten_thousand(draw: int) -> None:
    data = counting()
    whole, stepped = Lab(data), Lab(data)
    end = whole.world.now + YEAR
    whole.world.clock.run_to(end)
    for stop in sorted(random.Random(draw).choices(range(stepped.world.now, end), k=STEPS - 1)):
        stepped.world.clock.run_to(stop)
    stepped.world.clock.run_to(end)
    assert stepped.events == whole.events
    assert len(whole.events) > 100
    assert saved(stepped.world) == saved(whole.world)


def test_a_year_of_a_world_that_is_saved_at_every_step_is_the_same() -> None:
    data = counting()
    whole = Lab(data)
    end = whole.world.now + YEAR
    whole.world.clock.run_to(end)
    events = []
    for stop in [*sorted(random.Random(9).choices(range(end - YEAR, end), k=STEPS // 10)), end]:
        part = Lab(data)
        part.world.clock.run_to(stop)
        events += part.events
        data = saved(part.world)
    assert events == whole.events
    assert data == saved(whole.world)
