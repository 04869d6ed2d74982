"""A router from power on to IOS: times, faults, power cuts, and worlds saved on the way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.hardware.board import BoardPhase, ResetCause
from emulator.hardware.events import BootFinished, BootHalted, StageEntered
from emulator.kernel.time import DAY, MINUTE, SECOND
from emulator.router.device import Router
from emulator.router.events import ReloadRequested
from emulator.router.state import SavedConfiguration
from emulator.world.build import open_world
from emulator.world.world import World
from tests.driver import ConsoleDriver, world_of
from tests.unit.router.records import recorded, restored, saved

IMAGE = "c880data-universalk9-mz.150-1.M4.bin"
COLD_BOOT = 52 * SECOND
TOPPED = {"factory": ("advsecurity", "advipservices")}


def phase(world: World) -> BoardPhase:
    return world.routers["R1"].state.board.phase


def cause(world: World) -> ResetCause:
    return world.routers["R1"].state.reset.cause


def boot(world: World) -> Router:
    router = world.routers["R1"]
    router.power_on()
    world.clock.run_to(world.now + 2 * MINUTE)
    return router


def test_from_reload_to_the_ios_clock_it_takes_33_seconds(world: World) -> None:
    router = boot(world)
    begin = world.now
    router.reload()
    world.clock.run_to(begin + 2 * MINUTE)
    assert router.running.booted - begin == pytest.approx(33 * SECOND, abs=SECOND)


def test_a_larger_image_takes_longer() -> None:
    world = world_of(image="c880data-universalk9-mz.154-2.T1.bin")
    router = boot(world)
    begin = world.now
    router.reload()
    world.clock.run_to(begin + 2 * MINUTE)
    assert router.running.booted - begin > 40 * SECOND


def test_a_configuration_makes_the_boot_longer(world: World) -> None:
    router = boot(world)
    lengths = []
    for text in ("!\n", "!\n" * 1000):
        router.state.startup = SavedConfiguration(text, router.wall_time())
        events, begin = recorded(world), world.now
        router.reload()
        world.clock.run_to(begin + 2 * MINUTE)
        lengths.append(next(event.at for event in events if isinstance(event, BootFinished)) - begin)
    assert lengths[1] - lengths[0] == 999 * 5


def test_power_on_and_reload_are_remembered(world: World) -> None:
    router = boot(world)
    assert (cause(world), router.state.reset.at) == (ResetCause.POWER_ON, None)
    router.reload()
    world.clock.run_to(world.now + 2 * MINUTE)
    assert cause(world) is ResetCause.RELOAD
    router.power_off()
    router.power_on()
    world.clock.run_to(world.now + 2 * MINUTE)
    assert cause(world) is ResetCause.POWER_ON


def test_an_unset_calendar_starts_at_the_first_of_march(world: World) -> None:
    router = boot(world)
    moment = router.wall_time().local
    assert (moment.month, moment.day) == (3, 1)
    assert not router.running.calendar.is_set


def test_without_an_image_rommon_stops(world: World) -> None:
    router = world.routers["R1"]
    router.state.flash.delete(IMAGE)
    events = recorded(world)
    boot(world)
    assert isinstance(events[-1], BootHalted)
    assert (events[-1].reason, events[-1].file) == ("no image", "")
    assert phase(world) is BoardPhase.ROMMON


def test_a_file_that_is_no_image_stops_rommon(world: World) -> None:
    router = world.routers["R1"]
    router.state.flash.delete(IMAGE)
    router.state.flash.write("holiday.bin", b"photo", 0)
    events = recorded(world)
    boot(world)
    assert isinstance(events[-1], BootHalted)
    assert (events[-1].reason, events[-1].file) == ("bad magic", "holiday.bin")


@pytest.mark.parametrize("name", [IMAGE, "renamed.bin"])
def test_an_image_damaged_while_it_is_loaded_stops_rommon(world: World, name: str) -> None:
    router = world.routers["R1"]
    [image] = router.state.flash.files
    image.name = name
    router.power_on()
    world.clock.run_to(5 * SECOND)
    image.content = image.content[:-5]
    world.clock.run_to(2 * MINUTE)
    assert phase(world) is BoardPhase.ROMMON


def test_an_image_for_another_family_stops_rommon() -> None:
    world = world_of(pid="CISCO861-K9", image=IMAGE)
    events = recorded(world)
    boot(world)
    assert isinstance(events[-1], BootHalted)
    assert events[-1].reason == "wrong platform"


@pytest.mark.heavy
@settings(max_examples=40, deadline=None)
@given(st.integers(0, COLD_BOOT + 10 * SECOND), st.integers(0, 5 * SECOND))
def test_power_cut_at_any_instant_of_a_boot_and_it_boots_again(cut: int, off: int) -> None:
    world = world_of(**TOPPED)
    router = world.routers["R1"]
    router.power_on()
    world.clock.run_to(cut)
    before = router.activation.inventory.licenses
    router.power_off()
    world.clock.run_to(cut + off)
    assert phase(world) is BoardPhase.OFF
    assert router.state.running is None
    assert router.activation.inventory.licenses == before
    boot(world)
    assert phase(world) is BoardPhase.RUNNING
    assert router.running.level == "advipservices"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, COLD_BOOT + 12 * SECOND))
def test_a_world_saved_at_any_instant_of_a_boot_goes_on_the_same(instant: int) -> None:
    world = world_of(**TOPPED)
    events = recorded(world)
    world.routers["R1"].power_on()
    world.clock.run_to(instant)
    copy = restored(saved(world))
    seen = len(events)
    later = recorded(copy)
    for each in (world, copy):
        each.clock.run_to(5 * MINUTE)
    assert later == events[seen:]
    assert saved(copy) == saved(world)


def test_a_world_saved_before_its_clock_was_stepped_goes_on_the_same() -> None:
    world = world_of()
    world.clock.run_to(7 * SECOND)
    world.routers["R1"].power_on()
    copy = restored(saved(world))
    events, later = recorded(world), recorded(copy)
    for each in (world, copy):
        each.clock.run_to(5 * MINUTE)
    assert sum(isinstance(event, StageEntered) for event in later) == 7
    assert later == events


def test_saving_twice_gives_the_same_bytes(world: World) -> None:
    boot(world)
    assert saved(restored(saved(world))) == saved(world)


def test_a_saved_boot_goes_on_without_an_image_that_no_catalogue_knows(world: World) -> None:
    """Worlds may have been saved with an image that this version does not have any more."""
    router = world.routers["R1"]
    router.power_on()
    world.clock.run_to(SECOND)
    [image] = router.state.flash.files
    import hashlib

    body = f"file other.bin\nsize {image.size}\n".encode()
    image.content = b"isrtwin universal image\n" + body + b"sha256 " + hashlib.sha256(body).hexdigest().encode() + b"\n"
    copy = open_world(restored(saved(world)).state)
    copy.clock.run_to(2 * MINUTE)
    assert copy.routers["R1"].state.board.phase is BoardPhase.ROMMON


def test_a_router_that_does_not_run_has_nothing_in_memory(world: World) -> None:
    with pytest.raises(RuntimeError, match="R1 is not running"):
        _ = world.routers["R1"].running


def test_unrelated_power_does_not_touch_another_router() -> None:
    world = world_of("R1", "R2")
    boot(world)
    world.routers["R2"].power_on()
    world.clock.run_to(world.now + 5 * SECOND)
    world.routers["R2"].power_off()
    assert phase(world) is BoardPhase.RUNNING


def test_the_reload_is_told_before_it_happens(console: ConsoleDriver) -> None:
    events = recorded(console.world)
    console.type("reload", "")
    assert events[0] == ReloadRequested(at=events[0].at, router="R1", by="console")
    assert events[1].at - events[0].at == SECOND


def test_a_day_passes_without_events(world: World) -> None:
    boot(world)
    events = recorded(world)
    world.clock.run_to(world.now + 400 * DAY)
    assert events == []
