"""ROMMON's environment and its memory of what was typed."""

from emulator.router.boot import rommon
from emulator.router.state import RommonState
from emulator.world.world import World
from tests.driver import world_of
from tests.unit.router.records import restored, saved


def fresh() -> RommonState:
    return rommon.new_monitor(None)


def in_rommon() -> World:
    world = world_of()
    world.routers["R1"].state.config_register = 0x2100
    world.routers["R1"].power_on()
    world.clock.run_to(60_000)
    return world


def test_the_prompt_counts_the_lines() -> None:
    here = fresh()
    assert rommon.prompt(here) == "rommon 1 > "
    rommon.note(here, "set")
    assert rommon.prompt(here) == "rommon 2 > "


def test_the_prompt_is_a_variable() -> None:
    here = fresh()
    here.environment.variables["PS1"] = "boot(!): "
    assert rommon.prompt(here) == "boot(1): "
    del here.environment.variables["PS1"]
    assert rommon.prompt(here) == "rommon 1 > "


def test_an_alias_stands_for_the_first_word_alone() -> None:
    here = fresh()
    assert rommon.expanded(here, "b flash:b") == "boot flash:b"
    assert rommon.expanded(here, "  i ") == "reset"
    assert rommon.expanded(here, "boot b") == "boot b"
    assert rommon.expanded(here, "") == ""


def test_what_is_synced_outlives_a_reset_and_a_power_cut_and_what_is_not_does_not() -> None:
    world = in_rommon()
    router = world.routers["R1"]
    router.monitor.environment.variables["KEPT"] = "1"
    router.monitor.environment.aliases["v"] = "set"
    rommon.sync(router.state, router.monitor)
    router.monitor.environment.variables["LOST"] = "1"
    copy = restored(saved(world)).routers["R1"]
    assert copy.monitor.environment.variables["LOST"] == "1", "a saved world keeps ROMMON's memory"
    router.reset_control.reset_rommon()
    world.clock.run_to(world.now + 60_000)
    router.power_off()
    router.power_on()
    world.clock.run_to(world.now + 60_000)
    environment = router.monitor.environment
    assert environment.variables["KEPT"] == "1"
    assert "LOST" not in environment.variables
    assert environment.aliases["v"] == "set"


def test_the_history_is_short_and_numbered() -> None:
    here = fresh()
    for number in range(30):
        rommon.note(here, f"line {number}")
    assert len(here.history) == rommon.HISTORY
    rommon.note(here, "repeat")
    assert rommon.recalled(here, None) == "line 29"
    assert rommon.recalled(here, "30") == "line 29"
    assert rommon.recalled(here, "line 2") == "line 29"
    assert rommon.recalled(here, "line 28") == "line 28"
    assert rommon.recalled(here, "1") is None
    assert rommon.recalled(here, "nothing") is None


def test_a_repeat_is_never_repeated() -> None:
    here = fresh()
    for line in ("set", "repeat", "r", "repeat 2"):
        rommon.note(here, line)
    assert rommon.recalled(here, None) == "set"
    assert rommon.recalled(here, "r") is None
