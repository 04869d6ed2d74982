"""Activation of one router over weeks: evaluation, expiry, power cuts, grace."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.events import Event
from emulator.kernel.time import DAY, MINUTE, SECOND, WEEK
from emulator.licensing.events import NextLevelChosen
from emulator.licensing.expiry import LicenseExpired, LicenseExpiring
from emulator.router.device import Router
from emulator.world.world import World
from tests.driver import ConsoleDriver, world_of
from tests.unit.router.records import recorded, restored, saved

BUILT_IN = "built-in/advipservices"


@pytest.fixture
def evaluating(console: ConsoleDriver) -> ConsoleDriver:
    """R1, running advipservices under its built-in evaluation."""
    console.type("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "write")
    return console.reload()


def used(router: Router) -> int:
    return router.activation.inventory.consumed().used.get(BUILT_IN, 0)


def told(events: list[Event], since: int) -> list[int]:
    """Days of use at which the license had something to say."""
    return [(event.at - since) // DAY for event in events if isinstance(event, LicenseExpiring | LicenseExpired)]


def test_acceptance_costs_nothing_before_the_reload(console: ConsoleDriver) -> None:
    console.type("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "write")
    console.pass_time(30 * DAY)
    assert used(console.router) == 0
    assert console.router.running.level == "advsecurity"


def test_the_evaluation_brings_the_level_up_and_counts(evaluating: ConsoleDriver) -> None:
    router = evaluating.router
    assert router.running.level == "advipservices"
    begin = router.running.booted
    evaluating.world.clock.run_to(begin + 3 * DAY)
    assert used(router) == 3 * DAY


def test_warnings_expiry_and_weekly_reminders(evaluating: ConsoleDriver) -> None:
    router, events = evaluating.router, recorded(evaluating.world)
    begin = router.running.booted
    evaluating.world.clock.run_to(begin + 75 * DAY)
    assert told(events, begin) == [32, 39, 46, 53, 54, 55, 56, 57, 58, 59, 60, 67, 74]
    assert router.running.level == "advipservices", "a running level is not taken down"
    assert router.activation.inventory.next_level().level == "advsecurity"
    [chosen] = [event for event in events if isinstance(event, NextLevelChosen)]
    assert (chosen.at, chosen.level) == (begin + 60 * DAY, "advsecurity")


def test_after_expiry_a_reload_loses_the_level_for_good(evaluating: ConsoleDriver) -> None:
    evaluating.pass_time(61 * DAY)
    evaluating.reload()
    assert evaluating.router.running.level == "advsecurity"
    evaluating.type("configure terminal", "license boot module c880-data level advipservices", "end", "write")
    evaluating.reload()
    assert evaluating.router.running.level == "advsecurity"


def test_powered_off_time_is_free(evaluating: ConsoleDriver) -> None:
    router, world = evaluating.router, evaluating.world
    evaluating.pass_time(10 * DAY)
    before = used(router)
    router.power_off()
    world.clock.run_to(world.now + 100 * DAY)
    assert before - used(router) < 5 * MINUTE
    assert used(router) <= before


def test_an_orderly_reload_forgets_nothing(evaluating: ConsoleDriver) -> None:
    evaluating.pass_time(10 * DAY + 123_456)
    before = used(evaluating.router)
    evaluating.router.reload()
    assert used(evaluating.router) == before


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 3 * DAY))
def test_a_power_cut_forgets_less_than_five_minutes(passed: int) -> None:
    world = evaluating_world()
    router = world.routers["R1"]
    world.clock.run_to(world.now + passed)
    before = used(router)
    router.power_off()
    assert 0 <= before - used(router) < 5 * MINUTE


def test_writing_and_erasing_nothing_resets_the_counter(evaluating: ConsoleDriver) -> None:
    evaluating.pass_time(5 * DAY)
    evaluating.router.state.startup = None
    evaluating.type("reload", "")
    evaluating.log_in()
    assert evaluating.router.running.level == "advsecurity"
    assert used(evaluating.router) > 4 * DAY
    assert evaluating.router.activation.inventory.needs_eula("advipservices") is None, "the agreement stays accepted"


def test_a_boot_in_the_warning_window_repeats_one_warning(evaluating: ConsoleDriver) -> None:
    evaluating.pass_time(47 * DAY)
    events = recorded(evaluating.world)
    evaluating.reload()
    assert len([event for event in events if isinstance(event, LicenseExpiring)]) == 1


def test_a_world_saved_in_the_instant_of_a_repeated_warning_does_not_repeat_it(evaluating: ConsoleDriver) -> None:
    evaluating.pass_time(47 * DAY)
    evaluating.reload()
    world = evaluating.world
    events = recorded(world)
    evaluating.router.reload()
    while not any(isinstance(event, LicenseExpiring) for event in events):
        world.clock.env.step()
    world.clock.settle()
    copy = restored(saved(world))
    later = recorded(copy)
    copy.clock.run_to(copy.now + MINUTE)
    assert not any(isinstance(event, LicenseExpiring) for event in later)


def evaluating_world() -> World:
    """Make what the fixture makes, anew for every example."""
    console = ConsoleDriver(world_of()).boot()
    console.type("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "write")
    return console.reload().world


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1, 8 * DAY), max_size=20))
def test_one_advance_gives_the_same_record_as_many(steps: list[int]) -> None:
    records = []
    for stops in (steps, []):
        world = evaluating_world()
        events = recorded(world)
        begin = world.now
        for stop in stops:
            world.clock.run_to(world.now + stop)
        world.clock.run_to(begin + 170 * DAY)
        records.append(events)
    assert records[0] == records[1]
    assert len(records[0]) > 20


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 80 * DAY))
def test_a_saved_world_goes_on_with_the_same_record(instant: int) -> None:
    world = evaluating_world()
    events = recorded(world)
    world.clock.run_to(world.now + instant)
    copy = restored(saved(world))
    seen, later = len(events), recorded(copy)
    for each in (world, copy):
        each.clock.run_to(instant + 100 * DAY)
    assert later == events[seen:]
    assert saved(copy) == saved(world)


def test_expiry_is_noted_once_in_the_history(evaluating: ConsoleDriver) -> None:
    evaluating.pass_time(60 * DAY + 2 * WEEK)
    history = evaluating.router.activation.inventory.licenses.history
    assert [record.kind for record in history if record.license_id == BUILT_IN] == ["eula accepted", "expired"]


def test_a_power_cut_after_expiry_does_not_give_use_back(evaluating: ConsoleDriver) -> None:
    begin = evaluating.router.running.booted
    evaluating.world.clock.run_to(begin + 60 * DAY + SECOND)
    evaluating.router.power_off()
    assert used(evaluating.router) >= 60 * DAY
