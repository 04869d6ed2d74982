"""Paging, history, messages between lines, interruption."""

import pytest

from emulator.console.line.phases import LinePhase, PromptKind
from emulator.kernel.time import SECOND
from tests.driver import ConsoleDriver

MORE = " --More-- "


def page(console: ConsoleDriver) -> list[str]:
    return console.shown.splitlines()


def test_a_long_output_stops_before_the_last_line(console: ConsoleDriver) -> None:
    console.type("show version")
    whole = page(console)
    console.type("terminal length 24", "show version")
    assert console.prompt == MORE
    assert page(console) == whole[:23]
    console.type(" ")
    assert page(console) == whole[23:46]
    console.type("\n")
    assert page(console) == whole[46:47]
    console.type(" ")
    assert page(console) == whole[47:]
    assert console.prompt == "Router#"


@pytest.mark.parametrize("key", ["q", "x", "\x1b"])
def test_another_key_ends_the_output(console: ConsoleDriver, key: str) -> None:
    console.type("terminal length 24", "show version", key)
    console.sees_exactly("")
    assert console.prompt == "Router#"


def test_an_output_that_fits_does_not_stop(console: ConsoleDriver) -> None:
    console.type("show license")
    lines = len(page(console))
    console.type(f"terminal length {lines + 1}", "show license")
    assert console.prompt == "Router#"
    console.type(f"terminal length {lines}", "show license")
    assert console.prompt == MORE


@pytest.mark.parametrize("length", [1, 2])
def test_a_tiny_screen_still_gets_to_the_end(console: ConsoleDriver, length: int) -> None:
    console.type("show license")
    lines = len(page(console))
    console.type(f"terminal length {length}", "show license")
    for _ in range(lines + 1):
        if console.prompt == MORE:
            console.type(" ")
    assert console.prompt == "Router#"


def test_a_do_line_is_paged_once(console: ConsoleDriver) -> None:
    console.type("show version")
    whole = page(console)
    console.type("terminal length 24", "configure terminal", "do show version")
    assert page(console) == whole[:23]
    console.type(" ", " ")
    assert page(console) == whole[46:]


def test_the_length_of_a_new_session_is_24_again(console: ConsoleDriver) -> None:
    console.type("terminal length 0", "exit", "")
    assert console.line.exec.length == 24
    console.type("terminal length 7", "terminal no length")
    assert console.line.exec.length == 24


def test_history(console: ConsoleDriver) -> None:
    console.line.exec.forget_typed()
    console.type("show clock", "", "configure terminal", "end", "show history")
    console.sees_exactly("  show clock\n  configure terminal\n  show history\n")


def test_configuration_has_a_history_of_its_own(console: ConsoleDriver) -> None:
    console.line.exec.forget_typed()
    console.type("configure terminal", "interface Vlan1", "shutdown", "do show history")
    console.sees_exactly("  interface Vlan1\n  shutdown\n  do show history\n")
    assert list(console.line.history) == ["interface Vlan1", "shutdown", "do show history"]
    console.type("end")
    assert list(console.line.history) == ["configure terminal"]


def test_both_histories_have_the_size_and_are_forgotten(console: ConsoleDriver) -> None:
    console.type("terminal history size 2", "configure terminal", "hostname A", "hostname B", "hostname C")
    assert list(console.line.history) == ["hostname B", "hostname C"]
    console.type("end", "terminal no history", "configure terminal", "hostname D")
    assert list(console.line.history) == []


def test_a_long_host_name_is_cut_in_the_prompts_of_configuration_mode(console: ConsoleDriver) -> None:
    console.type("configure terminal", f"hostname {'a' * 20}")
    assert console.prompt == f"{'a' * 20}(config)#"
    console.type(f"hostname {'a' * 20}bc")
    assert console.prompt == f"{'a' * 20}(config)#"
    console.type("do show running-config | include hostname").sees_exactly(f"hostname {'a' * 20}bc\n")
    console.type("nonsense here").sees(f"{' ' * 29}^\n")
    console.type("end")
    assert console.prompt == f"{'a' * 20}bc#"


def test_the_console_monitors_by_itself(console: ConsoleDriver) -> None:
    console.type("terminal monitor").sees_exactly("% Console already monitors\n")
    console.type("terminal no monitor").sees_exactly("")
    console.type("configure terminal", "end").sees("%SYS-5-CONFIG_I")


def test_history_keeps_the_last_twenty(console: ConsoleDriver) -> None:
    console.type(*(f"terminal length {number}" for number in range(25)), "terminal length 0")
    assert len(console.line.history) == 20


def test_history_does_not_outlive_the_router_s_memory(console: ConsoleDriver) -> None:
    console.type("show clock")
    console.reload()
    assert "show clock" not in console.line.history


def test_a_message_comes_after_the_output_it_fell_into(console: ConsoleDriver) -> None:
    console.type("configure terminal", "end")
    console.sees("*Mar  1 00:00:", ": %SYS-5-CONFIG_I: Configured from console by console\n")


def test_messages_can_be_turned_off(console: ConsoleDriver) -> None:
    console.line.terminal.shows_messages = False
    console.type("configure terminal", "end")
    console.sees_exactly("")


def test_interruption_ends_what_goes_on(console: ConsoleDriver) -> None:
    console.type("terminal length 24", "show version")
    console.line.terminal.interrupt()
    assert console.prompt == "Router#"
    console.type("show privilege")
    console.sees_exactly("Current privilege level is 15\n")


@pytest.mark.parametrize(
    ("command", "end"),
    [
        ("ping 192.0.2.77 repeat 9", "\n...\nSuccess rate is 0 percent (0/3)\n"),
        ("traceroute 192.0.2.77", "\n  1  *  * \n"),
    ],
)
def test_a_probe_that_is_broken_off_tells_how_far_it_came(console: ConsoleDriver, command: str, end: str) -> None:
    console.line.terminal.submit(command)
    console.pass_time(7 * SECOND)
    console.line.terminal.interrupt()
    assert console.shown.endswith(end)
    assert console.prompt == "Router#"


def test_interruption_of_nothing_does_nothing(console: ConsoleDriver) -> None:
    console.shown = ""
    console.line.terminal.interrupt()
    console.sees_exactly("")


def test_exit_frees_the_line_for_the_next(console: ConsoleDriver) -> None:
    console.type("exit")
    console.sees_exactly("\n" * 32 + "Router con0 is now available\n\n\n\n\n\nPress RETURN to get started.\n\n\n")
    assert (console.line.phase, console.line.prompt.kind) == (LinePhase.CLOSED, PromptKind.RETURN)
    console.type("")
    assert console.prompt == "Router>"


def test_a_power_cut_in_the_middle_of_a_question_leaves_a_dark_line(console: ConsoleDriver) -> None:
    console.type("reload")
    assert console.line.prompt.kind is PromptKind.KEY
    console.router.power_off()
    assert (console.line.phase, console.line.prompt.kind) == (LinePhase.DARK, PromptKind.NONE)
    console.type("y")
    console.sees_exactly("")
    console.boot()
    assert console.prompt == "Router#"


def test_messages_held_during_a_boot_come_after_the_prompt_to_press_return(console: ConsoleDriver) -> None:
    console.type("write", "reload", "")
    boot, _, rest = console.shown.partition("Press RETURN to get started!\n\n\n")
    assert "%IOS_LICENSE_IMAGE_APPLICATION" not in boot
    assert rest.startswith("*Mar  1 00:00:02.175: %IOS_LICENSE_IMAGE_APPLICATION-6-LICENSE_LEVEL: ")


def test_the_setup_dialogue_wants_yes_or_no(world) -> None:
    console = ConsoleDriver(world)
    console.router.power_on()
    world.clock.settle()
    console.type("", "maybe")
    console.sees_exactly("% Please answer 'yes' or 'no'.\n")
    console.type("no")
    console.sees("Press RETURN to get started!")
