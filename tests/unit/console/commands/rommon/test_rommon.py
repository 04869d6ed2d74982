"""ROMMON at the console, beside the captures that there are."""

from collections.abc import Callable

import pytest

from emulator.console.line.phases import LinePhase, PromptKind
from emulator.hardware.board import BoardPhase
from emulator.kernel.time import MINUTE, SECOND
from emulator.world.world import World
from tests.driver import BenchDriver, ConsoleDriver, world_of
from tests.unit.router.records import restored, saved

IMAGE = "c880data-universalk9-mz.150-1.M4.bin"

FREE_HELP = """
alias               set and display aliases command
boot                boot up an external process
confreg             configuration register utility
cont                continue executing a downloaded image
context             display the context of a loaded image
cookie              display contents of cookie PROM in hex
dev                 list the device table
dir                 List files in directories-dir <directory>
dis                 display instruction stream
frame               print out a selected stack frame
help                monitor builtin command help
history             monitor command history
iomemset            set IO memory percent
meminfo             main memory information
repeat              repeat a monitor command
reset               system reset
rommon-pref         Select ROMMON
set                 display the monitor variables
showmon             display currently selected ROM monitor
stack               produce a stack trace
sync                write monitor environment to NVRAM
sysret              print out info from last system return
tftpdnld            tftp image download
  usage: tftpdnld [-hru]
"""
"""The beginning of the list on a VG204XM."""

SHOWMON = """ReadOnly ROMMON version is:
System Bootstrap, Version 12.4(22r)YB5, RELEASE SOFTWARE (fc1)
Technical Support: http://www.cisco.com/techsupport
Copyright (c) 2009 by cisco Systems, Inc.
No upgrade ROMMON version present
ReadOnly ROMMON currently running
ReadOnly ROMMON is selected for next boot
"""
MEMINFO = """Main memory size: 256 MB.
Available main memory starts at 0x80018000, size 262048 KB
IO (packet) memory size: 10 percent of main memory
NVRAM size: 256 KB
"""
SYSRET = "System Return Info:\ncount: 1, reason: reset\npc:0x0, error address: 0x0\nStack Trace:\n" + (
    "FP: 0x00000000, PC: 0x00000000\n" * 8
)


def rommon(**facts: object) -> ConsoleDriver:
    """Con 0 of a router that stays in ROMMON."""
    world = world_of(**facts)
    console = ConsoleDriver(world)
    console.router.state.config_register = 0x2100
    console.router.power_on()
    world.clock.settle()
    console.wait()
    assert console.prompt == "rommon 1 > "
    return console


def test_help_lists_the_commands_as_captured() -> None:
    console = rommon()
    for typed in ("?", "help"):
        console.type(typed)
        assert console.shown.startswith(FREE_HELP)
        assert console.shown.endswith(
            "\n     -u: upgrade the rommon, system will reboot once upgrade is complete\n\n"
            "unalias             unset a monitor variable\nunset               unset a monitor variable\n"
            "xmodem              x/ymodem image download\n"
        )
    assert console.session.help("") == console.shown
    assert console.prompt == "rommon 4 > ", "the key is a line too"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("showmon", SHOWMON),
        ("meminfo", MEMINFO),
        ("sysret", SYSRET),
        ("confreg 0x2102", "\nYou must reset or power cycle for new config to take effect\n\n"),
        ("dev", "Devices in device table:\n        id  name\n    flash:  internal compact flash\n"),
        ("IP_ADDRESS=192.168.0.10", ""),
        ("sync", ""),
        ("hello", 'monitor: command "hello" not found\n'),
        ("license clear advipservices", 'monitor: command "license" not found\n'),
        ("s", 'monitor: command "s" not found\n'),
        ("showm", 'monitor: command "showm" not found\n'),
        ("SHOWMON", 'monitor: command "SHOWMON" not found\n'),
        ("uns", 'monitor: command "uns" not found\n'),
        ("showmon x", "usage: showmon\n"),
        ("confreg 0x12345", "usage: confreg [value]\n"),
        ("unset", "usage: unset <variable name>\n"),
        ("dir nowhere:", 'dir: cannot open device "nowhere:"\n'),
        ("cont", "kernel context state is invalid, can not proceed\n"),
        ("frame 0", "kernel context state is invalid, can not proceed\n"),
        ("repeat", "repeat: no such command in the history\n"),
    ],
)
def test_an_answer_is_as_it_was_captured_or_recalled(typed: str, shown: str) -> None:
    rommon().type(typed).sees_exactly(shown)


def test_a_flash_that_is_not_recognised_answers_as_captured() -> None:
    world = world_of()
    console = ConsoleDriver(world)
    BenchDriver(world).succeeds("fault R1 flash")
    console.router.power_on()
    world.clock.settle()
    console.wait()
    assert console.screen.endswith('initialized\nThe device is not recognizable.\nboot: cannot open "flash:"\n')
    console.type("dir flash:").sees_exactly('The device is not recognizable.\ndir: cannot open device "flash:"\n')
    console.type("tftpdnld -h")
    console.type("reset")
    assert console.router.state.board.phase is BoardPhase.RUNNING


def test_a_stick_is_a_device_while_it_is_there() -> None:
    console = rommon()
    bench = BenchDriver(console.world)
    bench.succeeds("usb insert R1")
    console.type("dev").sees("\nusbflash0:  usbflash0\n")
    console.type("dir usbflash0:").sees_exactly("No files in directory\n")
    bench.succeeds("usb remove R1")
    console.type("dev").sees_nothing_of("usbflash0")


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [("A=1", "A", "1"), ('P="a b "', "P", "a b "), ("E=", "E", ""), ("X=a=b", "X", "a=b"), ("PS1=> ", "PS1", ">")],
)
def test_a_variable_is_set_by_an_assignment(typed: str, name: str, value: str) -> None:
    console = rommon().type(typed)
    assert console.router.monitor.environment.variables[name] == value


@pytest.mark.parametrize("typed", ["1A=2", "=x", "X B=1", "a-b=1"])
def test_what_is_no_name_sets_nothing(typed: str) -> None:
    console = rommon()
    before = dict(console.router.monitor.environment.variables)
    console.type(typed).sees("not found")
    assert console.router.monitor.environment.variables == before


def test_variables_aliases_and_history_are_listed() -> None:
    console = rommon()
    console.type("A=1", "alias v=set", "v").sees_exactly("PS1=rommon ! > \nA=1\n")
    console.type("unset A", "unalias v", "set").sees_exactly("PS1=rommon ! > \n")
    console.type("v").sees('command "v" not found')
    console.type("h").sees("1       A=1\n", "7       v\n", "8       h\n")
    console.type("r 6").sees_exactly("set\nPS1=rommon ! > \n")


def test_confreg_asks_bit_by_bit() -> None:
    console = rommon()
    console.type("confreg")
    console.sees("(Virtual Configuration Register: 0x2100)\n", "boot: the ROM Monitor\n")
    console.type("y", "", "", "", "", "y", "y", "y", "7", "y", "2")
    console.sees(
        "(Virtual Configuration Register: 0x3862)\nenabled are:\nbreak/abort has effect\nignore system config info\n"
        "load rom after netboot fails\nconsole baud: 115200\n"
    )
    console.type("n").sees_exactly("\nYou must reset or power cycle for new config to take effect\n\n")
    assert console.router.state.pending_register == 0x3862


def test_confreg_left_at_every_question_changes_nothing() -> None:
    console = rommon()
    console.type("confreg", "y", *[""] * 8, "").sees_nothing_of("You must reset")
    assert console.router.state.pending_register is None
    assert console.prompt == "rommon 2 > "


@pytest.mark.parametrize("answer", ["16", "x", "999999", "-1"])
def test_a_boot_field_that_makes_no_sense_keeps_the_old_one(answer: str) -> None:
    console = rommon()
    console.type("confreg", "y", *[""] * 7, "y", answer, "")
    assert console.router.next_register == 0x2100


def test_boot_without_an_image_name_takes_the_first_in_flash_and_counts_on() -> None:
    console = rommon()
    console.type("boot flash:nope").sees_exactly('open: file "nope" not found\nboot: cannot open "flash:nope"\n')
    assert console.prompt == "rommon 2 > "
    console.type("boot tftp:x").sees_exactly('boot: cannot open "tftp:x"\n')
    console.type("b")
    assert console.line.prompt.text.startswith("Would you like")


def test_the_register_of_the_next_start_shows_and_is_taken_over(console: ConsoleDriver) -> None:
    console.type("configure terminal", "config-register 0x0", "end")
    console.type("show version | include Configuration register").sees_exactly(
        "Configuration register is 0x2102 (will be 0x0 at next reload)\n"
    )
    console.type("reload").type("no", "")
    assert console.prompt == "rommon 1 > "
    console.type("confreg 0x2102", "reset")
    console.log_in()
    console.type("show version | include Configuration register").sees_exactly("Configuration register is 0x2102\n")


@pytest.mark.parametrize("typed", ["config-register 0x10000", "config-register 65536", "config-register 0x"])
def test_a_register_that_is_none_is_refused(console: ConsoleDriver, typed: str) -> None:
    console.type("configure terminal", typed).sees("% Invalid input detected at '^' marker.")
    assert console.router.state.pending_register is None


def test_the_register_is_no_line_of_the_configuration(console: ConsoleDriver) -> None:
    console.type("configure terminal", "config-register 0x2142", "end")
    console.type("show running-config").sees_nothing_of("config-register", "0x2142")


def broken(console: ConsoleDriver, *typed: str) -> ConsoleDriver:
    """Stop a running IOS at what was typed."""
    console.router.state.config_register = 0x2002
    for text in typed:
        console.line.terminal.submit(text)
        console.world.clock.settle()
    BenchDriver(console.world).succeeds("break R1")
    return console


def test_a_break_keeps_the_session_for_cont(console: ConsoleDriver) -> None:
    broken(console, "configure terminal", "hostname lab")
    assert console.prompt == "rommon 1 > "
    console.type("cont")
    assert console.prompt == "lab(config)#"
    assert console.line.exec.privilege == 15
    console.type("do show history").sees("  hostname lab\n")
    console.sees_nothing_of("cont\n")


def test_a_break_ends_what_ran(console: ConsoleDriver) -> None:
    broken(console, f"copy flash:{IMAGE} flash:x.bin", "")
    console.pass_time(5 * SECOND)
    console.router.reset_control.go_on()
    console.world.clock.settle()
    assert console.prompt == "Router#"
    copied = console.router.state.flash.find("x.bin")
    assert copied is None or copied.size < 28_311_552


@pytest.mark.parametrize("setup", [lambda c: c.type("exit"), lambda c: None])
def test_a_closed_line_is_closed_after_cont(console: ConsoleDriver, setup: Callable[[ConsoleDriver], object]) -> None:
    setup(console)
    phase = console.line.phase
    broken(console)
    console.type("cont")
    assert console.line.phase is phase


def test_the_dialog_is_asked_again_after_cont() -> None:
    world = world_of()
    console = ConsoleDriver(world)
    console.router.power_on()
    world.clock.settle()
    console.wait()
    broken(console).type("cont")
    assert console.line.prompt.text.startswith("Would you like")


def test_a_world_saved_in_rommon_comes_back_in_rommon(console: ConsoleDriver) -> None:
    broken(console).type("A=1", "set")
    copy = ConsoleDriver(restored(saved(console.world)))
    assert copy.prompt == "rommon 3 > "
    copy.type("set").sees("A=1\n")
    copy.type("cont")
    assert copy.line.phase is LinePhase.CLOSED
    assert copy.line.prompt.kind is PromptKind.RETURN


def test_a_break_at_boot_lands_in_rommon(world: World) -> None:
    console, bench = ConsoleDriver(world), BenchDriver(world)
    console.router.power_on()
    bench.succeeds("break R1")
    console.wait()
    assert console.screen.endswith(
        'Readonly ROMMON initialized\n\nmonitor: command "boot" aborted due to user interrupt\n'
    )
    assert console.prompt == "rommon 1 > "


def test_a_break_that_nobody_heeds_is_told_at_the_bench(console: ConsoleDriver) -> None:
    bench = BenchDriver(console.world)
    assert bench.succeeds("break R1") == "R1 does not heed a break now\n"
    assert console.prompt == "Router#"


@pytest.mark.parametrize(
    ("act", "returned"),
    [
        ("fault R1 crash", "error - a SIGTRAP exception, PC 0x"),
        ("fault R1 crash bus-error", "bus error at PC 0x"),
        ("fault R1 crash forced", "error - a Software forced crash, PC 0x"),
    ],
)
def test_a_crash_is_told_by_the_next_show_version(console: ConsoleDriver, act: str, returned: str) -> None:
    console.type("write", "clock set 10:00:00 1 february 2011")
    console.screen = ""
    BenchDriver(console.world).succeeds(act)
    console.log_in()
    assert "*** System received a" in console.screen.partition("System Bootstrap")[0]
    console.type("show version")
    console.sees(f"System returned to ROM by {returned}", " at 10:00:00 UTC Tue Feb 1 2011\n")
    console.sees("Last reload type: Normal Reload\n", f"Last reload reason: {returned}")


@pytest.mark.parametrize("act", ["fault R1 crash", "fault R1 crash forced"])
def test_only_a_running_ios_crashes(act: str) -> None:
    console = rommon()
    assert "R1 is not running" in BenchDriver(console.world).is_refused(act)


def test_a_power_cycle_out_of_a_break(console: ConsoleDriver) -> None:
    broken(console)
    BenchDriver(console.world).succeeds("power R1 cycle")
    console.wait()
    console.pass_time(MINUTE)
    assert console.router.state.board.phase is BoardPhase.RUNNING


def test_a_register_without_its_base_is_decimal_in_ios(console: ConsoleDriver) -> None:
    console.type("configure terminal", "config-register 2102", "end")
    console.type("show version | include Configuration register")
    console.sees_exactly("Configuration register is 0x2102 (will be 0x836 at next reload)\n")


def test_a_register_without_its_base_is_hexadecimal_in_rommon() -> None:
    console = rommon()
    console.type("confreg 2142").sees("You must reset or power cycle")
    assert console.router.next_register == 0x2142
