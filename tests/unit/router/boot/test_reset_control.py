"""Ways in which a router leaves what it runs: breaks, crashes, ROMMON's `cont`, and a flash that is not recognised."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.hardware.board import BoardPhase, ResetCause
from emulator.hardware.events import BootHalted, LinkChanged
from emulator.kernel.time import DAY, HOUR, MINUTE, SECOND
from emulator.router.boot.image_search import BootFault
from emulator.router.device import Router
from emulator.router.state import FlashHealth, SavedConfiguration
from emulator.world.world import World
from tests.driver import world_of
from tests.unit.router.lab import EVALUATION, Lab
from tests.unit.router.records import recorded, restored, saved

HEEDING = 0x2002
"""Like 0x2102, but a break is heeded at any time."""

BOOTING = 45 * SECOND
"""Time after power on at which the boot has not ended."""


def router_of(world: World) -> Router:
    return world.routers["R1"]


def phase(world: World) -> BoardPhase:
    return router_of(world).state.board.phase


def running(register: int = HEEDING) -> World:
    world = world_of()
    router_of(world).state.config_register = register
    router_of(world).power_on()
    world.clock.run_to(2 * MINUTE)
    return world


# --- a break while the router boots -----------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.integers(0, BOOTING), st.sampled_from([0x2102, HEEDING]))
def test_a_break_stops_a_boot_early_or_where_the_register_lets_it(instant: int, register: int) -> None:
    world = world_of()
    router = router_of(world)
    router.state.config_register = register
    router.power_on()
    world.clock.run_to(instant)
    heeded = instant <= 5 * SECOND or register == HEEDING
    assert router.reset_control.send_break() is heeded
    world.clock.run_to(3 * MINUTE)
    assert phase(world) is (BoardPhase.ROMMON if heeded else BoardPhase.RUNNING)
    assert router.state.running is None or not heeded
    if heeded:
        router.reset_control.reset_rommon()
        world.clock.run_to(world.now + 3 * MINUTE)
        assert phase(world) is BoardPhase.RUNNING
        assert router.state.reset.cause is ResetCause.POWER_ON, "IOS has not been up in between"


def test_a_break_during_the_self_test_counts_once_rommon_is_up() -> None:
    world = world_of()
    events = recorded(world)
    router_of(world).power_on()
    world.clock.run_to(SECOND)
    router_of(world).reset_control.send_break()
    copy = restored(saved(world))
    copy.clock.run_to(MINUTE)
    assert phase(copy) is BoardPhase.ROMMON
    world.clock.run_to(MINUTE)
    assert events[-1] == BootHalted(at=4 * SECOND, router="R1", reason=BootFault.BREAK, file="")


def test_a_break_of_an_earlier_boot_is_forgotten() -> None:
    world = world_of()
    router = router_of(world)
    router.power_on()
    world.clock.run_to(SECOND)
    router.reset_control.send_break()
    router.power_off()
    router.power_on()
    world.clock.run_to(2 * MINUTE)
    assert phase(world) is BoardPhase.RUNNING


def test_without_power_nothing_heeds_a_break() -> None:
    assert not router_of(world_of()).reset_control.send_break()


# --- a break while IOS runs -------------------------------------------------------------------------------------


def test_bit_8_has_ios_ignore_a_break() -> None:
    world = running(0x2102)
    before = saved(world)
    assert not router_of(world).reset_control.send_break()
    world.clock.settle()
    assert saved(world) == before


def test_ios_that_was_stopped_goes_on_as_if_no_time_had_passed() -> None:
    world = running()
    router = router_of(world)
    router.set_calendar(1_300_000_000_000)
    uptime, wall = router.uptime(), router.wall_time()
    assert router.reset_control.send_break()
    assert phase(world) is BoardPhase.ROMMON
    assert router.state.running is None
    world.clock.run_to(world.now + DAY)
    copy = restored(saved(world))
    for each in (world, copy):
        assert router_of(each).reset_control.go_on()
        assert phase(each) is BoardPhase.RUNNING
        assert (router_of(each).uptime(), router_of(each).wall_time()) == (uptime, wall)
        assert router_of(each).state.monitor is None


def test_a_license_is_not_used_while_ios_stands_still() -> None:
    lab = Lab().evaluate()
    router = lab.router
    router.state.config_register = HEEDING
    lab.used_for(2 * DAY)
    router.reset_control.send_break()
    lab.pass_time(100 * DAY)
    assert router.reset_control.go_on()
    assert lab.used() == 2 * DAY
    lab.used_for(2 * DAY + HOUR)
    assert lab.used() == 2 * DAY + HOUR
    assert lab.router.running.license_id == EVALUATION


@pytest.mark.parametrize("way", ["reset", "power cut", "boot"])
def test_what_was_used_before_a_break_stays_used_when_ios_is_lost(way: str) -> None:
    lab = Lab().evaluate()
    router = lab.router
    router.state.config_register = HEEDING
    lab.used_for(2 * DAY)
    router.reset_control.send_break()
    lab.pass_time(10 * DAY)
    if way == "reset":
        router.reset_control.reset_rommon()
    elif way == "boot":
        router.reset_control.load(None)
    else:
        router.power_off()
        router.power_on()
    lab.settle()
    used = lab.used() - (lab.now - router.running.booted)
    assert 2 * DAY - 5 * MINUTE <= used <= 2 * DAY


def test_chores_wait_for_ios_to_go_on() -> None:
    world = running()
    router, events = router_of(world), recorded(world)
    router.plug("FastEthernet1", cable=True)
    router.reset_control.send_break()
    world.clock.run_to(world.now + HOUR)
    assert not [event for event in events if isinstance(event, LinkChanged)]
    router.reset_control.go_on()
    world.clock.run_to(world.now + MINUTE)
    assert [(event.interface, event.up) for event in events if isinstance(event, LinkChanged)] == [
        ("FastEthernet1", True)
    ]


def test_a_cable_pulled_while_ios_stood_still_is_noticed_when_it_goes_on() -> None:
    world = running()
    world.clock.run_to(world.now + MINUTE)
    router, events = router_of(world), recorded(world)
    router.reset_control.send_break()
    router.plug("FastEthernet0", cable=False)
    world.clock.run_to(world.now + HOUR)
    router.reset_control.go_on()
    world.clock.run_to(world.now + MINUTE)
    assert [(event.interface, event.up) for event in events if isinstance(event, LinkChanged)] == [
        ("FastEthernet0", False)
    ]


def test_only_a_stopped_ios_can_go_on() -> None:
    world = world_of()
    router_of(world).state.config_register = 0x2100
    router_of(world).power_on()
    world.clock.run_to(MINUTE)
    assert phase(world) is BoardPhase.ROMMON
    assert not router_of(world).reset_control.go_on()
    assert phase(world) is BoardPhase.ROMMON


def test_a_reset_out_of_a_break_is_told_as_an_abort() -> None:
    world = running()
    router = router_of(world)
    router.reset_control.send_break()
    pc = router.monitor.pc
    router.reset_control.reset_rommon()
    world.clock.run_to(world.now + 3 * MINUTE)
    assert router.state.reset.detail == f"abort at PC 0x{pc:08X}"


# --- crashes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cause", "begins"),
    [
        (ResetCause.SIGTRAP, "error - a SIGTRAP exception, PC 0x80"),
        (ResetCause.BUS_ERROR, "bus error at PC 0x80"),
        (ResetCause.FORCED_CRASH, "error - a Software forced crash, PC 0x80"),
    ],
)
def test_a_crash_restarts_the_router_which_remembers_why(cause: ResetCause, begins: str) -> None:
    world = running()
    router = router_of(world)
    router.set_calendar(1_300_000_000_000)
    wall = router.wall_time()
    router.reset_control.crash(cause)
    copy = restored(saved(world))
    for each in (world, copy):
        each.clock.run_to(each.now + 3 * MINUTE)
        assert phase(each) is BoardPhase.RUNNING
        record = router_of(each).state.reset
        assert record.cause is cause
        assert record.at == wall
        assert record.detail.startswith(begins)
        assert f"{record.pc:08X}" in record.detail


def test_what_was_not_saved_is_lost_in_a_crash() -> None:
    world = running()
    router = router_of(world)
    router.save_startup("hostname kept\n")
    router.configuration.lines["hostname"] = "hostname lost"
    router.reset_control.crash(ResetCause.SIGTRAP)
    world.clock.run_to(world.now + 3 * MINUTE)
    assert router.hostname == "kept"


# --- the register and the flash ---------------------------------------------------------------------------------


def test_a_new_register_waits_for_the_next_start_and_then_stays() -> None:
    world = running(0x2102)
    router = router_of(world)
    router.state.startup = SavedConfiguration("hostname kept\n", router.wall_time())
    router.set_register(0x2142)
    assert (router.state.config_register, router.next_register) == (0x2102, 0x2142)
    router.reload()
    world.clock.run_to(world.now + 3 * MINUTE)
    assert (router.state.config_register, router.state.pending_register) == (0x2142, None)
    assert router.hostname == "Router"
    assert not router.running.dialog_answered
    assert router.state.startup is not None
    router.set_register(0x2102)
    router.power_off()
    router = router_of(restored(saved(world)))
    world = restored(saved(world))
    router_of(world).power_on()
    world.clock.run_to(world.now + 3 * MINUTE)
    assert router_of(world).hostname == "kept"


def test_the_present_register_is_no_change() -> None:
    router = router_of(running(0x2102))
    router.set_register(0x2142)
    router.set_register(0x2102)
    assert router.state.pending_register is None


def test_a_tired_flash_fails_one_start() -> None:
    world = running(0x2102)
    router = router_of(world)
    router.tire_flash()
    assert phase(world) is BoardPhase.RUNNING
    router.reload()
    world.clock.run_to(world.now + 3 * MINUTE)
    assert phase(world) is BoardPhase.ROMMON
    assert router.state.flash_health is FlashHealth.UNRECOGNISED
    router.reset_control.reset_rommon()
    world.clock.run_to(world.now + 3 * MINUTE)
    assert phase(world) is BoardPhase.RUNNING
    assert router.state.flash_health is FlashHealth.GOOD
