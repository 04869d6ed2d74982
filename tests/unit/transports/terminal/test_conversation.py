"""Keys and prompts of the local terminal."""

import asyncio
from collections.abc import Callable

import pytest

from emulator.kernel.errors import Refused
from emulator.kernel.time import SECOND
from emulator.transports.terminal.live_clock import LiveTime
from tests.unit.transports.terminal.terminals import Person, Terminal


@pytest.fixture
def terminal() -> Terminal:
    return Terminal().boot()


def test_question_mark_prints_help_and_keeps_the_line(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("sh?")
        await person.sees("sh?\nshow")
        await person.sees("Router#sh")
        await person.types("ow clock\r")
        await person.sees("show clock\n")
        await person.sees("Router#")

    terminal.play("R1", script)
    assert terminal.line.history[-1] == "show clock"


def test_question_mark_after_ctrl_v_is_a_character(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("a\x16?b\r")
        await person.sees("a?b\n")
        await person.sees("Router#")

    terminal.play("R1", script)
    assert terminal.line.history[-1] == "a?b"


def test_tab_repeats_the_line_completed(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("conf\tt\r")
        await person.sees("Router#configure ")
        await person.sees("Router(config)#")

    terminal.play("R1", script)


def test_tab_without_an_answer_keeps_the_line(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("zz\t")
        await person.sees("\nRouter#zz")

    assert "\a" in terminal.play("R1", script)


def test_ctrl_z_leaves_configuration_and_carries_the_line_out(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("conf t\r")
        await person.sees("(config)#")
        await person.types("hostname edge\x1a")
        await person.sees("hostname edge^Z\n")
        await person.sees("edge#")
        await person.sees("\n*Mar  1 ")
        await person.sees("%SYS-5-CONFIG_I")

    terminal.play("R1", script)


def test_ctrl_z_waits_for_what_the_command_asks(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("conf t\r")
        await person.sees("(config)#")
        await person.types("license boot module c880-data level advipservices\x1a")
        await person.sees("[yes/no]: ")
        await person.types("yes\r")
        await person.sees("Router#")
        await person.sees("%SYS-5-CONFIG_I")

    terminal.play("R1", script)


def test_ctrl_c_drops_the_line_and_leaves_configuration(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("wrong\x03")
        await person.sees("\nRouter#")
        await person.types("conf t\r")
        await person.sees("(config)#")
        await person.types("hostname edge\x03")
        await person.sees("Router#")

    terminal.play("R1", script)
    assert "wrong" not in terminal.line.history


def test_more_takes_one_key_and_vanishes(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("show version\r")
        await person.sees(" --More-- ")
        await person.types("\r")
        assert len((await person.sees(" --More-- ")).strip().splitlines()) <= 2
        await person.types(" ")
        await person.sees(" --More-- ")
        await person.types("q")
        await person.sees("Router#")

    terminal.play("R1", script)
    assert terminal.line.history[-1] == "show version"


def test_confirm_takes_one_key(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("reload\r")
        await person.sees("[confirm]")
        await person.types("n")
        await person.sees("Router#")
        await person.types("reload\r")
        await person.sees("[confirm]")
        await person.types("\r")
        await person.sees("System Bootstrap")
        await person.sees("[yes/no]: ")

    terminal.play("R1", script)


def test_a_password_is_not_shown(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("conf t\renable secret s3cret\x1a")
        await person.sees("Router#")
        await person.sees("CONFIG_I")
        await person.types("disable\r")
        await person.sees("Router>")
        await person.types("enable\r")
        await person.sees("Password: ")
        await person.types("s3cret\r")
        assert "s3" not in await person.sees("Router#")

    terminal.play("R1", script)


def test_history_walks_through_the_lines_of_this_place(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("show clock\r")
        await person.sees("\nRouter#")
        await person.types("show privilege\r")
        await person.sees("\nRouter#")
        await person.types("half\x1b[A\x10\x10")
        await person.types("\x0e\x0e\x0e\x01[\x05]\r")
        await person.sees("Translating")

    terminal.play("R1", script)
    assert terminal.line.history[-1] == "[half]"


def test_deleting_keys(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("one two\x17\x02\x18x\x01\x0bshow clock\r")
        await person.sees("2002")

    terminal.play("R1", script)
    assert terminal.line.history[-1] == "show clock"


@pytest.mark.parametrize("key", ["\x15", "\x18", "\x0b", "\x17"], ids=["ctrl-u", "ctrl-x", "ctrl-k", "ctrl-w"])
def test_what_was_deleted_comes_back(terminal, key):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("old\x17clock")
        await person.types(("\x01" if key == "\x0b" else "") + key + "show \x19\r")
        await person.sees("2002")

    terminal.play("R1", script)
    assert terminal.line.history[-1] == "show clock"


def test_pasted_lines_are_typed_one_by_one(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("\x1b[200~conf t\nhostname edge\nend\n\x1b[201~")
        await person.sees("edge#")

    terminal.play("R1", script)


def test_ctrl_r_shows_the_line_again(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("show\x12")
        await person.sees("\nRouter#show")

    terminal.play("R1", script)


def test_the_way_to_the_bench_and_back(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("\x1ex")
        await person.sees("Ctrl-D ends.\nbench>")
        assert not terminal.line.terminal.connected
        await person.types("console R1\r")
        await person.sees("Router#")
        await person.leaves()

    terminal.play("R1", script)


def test_a_boot_is_left_and_found_again():
    terminal = Terminal(pace="3")

    async def script(person: Person):
        await person.sees("bench>")
        await person.types("power R1 on\rconsole R1\r")
        await person.sees("System Bootstrap")
        await person.types("lost\r\x03\x1ex")
        await person.sees("bench>")
        await person.types("advance 10m\r")
        await person.sees("09:10")
        await person.types("console R1\r")
        await person.sees("[yes/no]: ")

    terminal.play(None, script)
    assert terminal.line.phase.value == "dialog"


def test_ctrl_c_breaks_a_command_off():
    terminal = Terminal(pace="1").boot()

    async def script(person: Person):
        await person.sees("Router#")
        await person.types("nosuchhost\r")
        await person.sees("Translating")
        await person.types("\x03")
        await person.sees("Router#")

    began = terminal.world.now
    terminal.play("R1", script)
    assert terminal.world.now - began < 2_000


def test_a_message_stands_in_the_middle_of_the_line_being_typed():
    terminal = Terminal(pace="60").boot()

    async def script(person: Person):
        await person.sees("Router#")
        await person.types("sho")
        seen = await person.sees("%SYS-5-RESTART")
        assert "Router#sho\n*Mar" in seen
        await person.sees("cold start\n")
        await person.types("w privilege\r")
        assert "Router" not in (await person.sees("Current privilege level is 15")).replace("host Router", "")
        await person.sees("Router#")

    terminal.play("R1", script)
    assert terminal.line.history[-1] == "show privilege"


def test_a_synchronous_console_shows_the_line_behind_a_message_again():
    terminal = Terminal(pace="60").boot()
    for line in ("configure terminal", "line con 0", "logging synchronous", "end"):
        terminal.line.terminal.submit(line)
        terminal.world.clock.settle()

    async def script(person: Person):
        await person.sees("Router#")
        await person.types("sho")
        assert "Router#sho\n*Mar" in await person.sees("%LINEPROTO")
        await person.sees("\nRouter#sho")

    terminal.play("R1", script)


def test_a_long_line_shifts():
    terminal = Terminal().boot()

    async def script(person: Person):
        await person.sees("Router#")
        await person.types("x" * 72)
        await person.sees("x" * 70)
        assert "$" not in await person.sees("x")
        await person.types("yz")
        await person.sees("$")
        await person.types("\r")
        await person.sees("Translating")

    terminal.play("R1", script)
    assert terminal.line.history[-1] == "x" * 72 + "yz"


def test_help_stops_at_the_end_of_the_screen():
    terminal = Terminal().boot()

    async def script(person: Person):
        await person.sees("Router#")
        await person.types("show ?")
        assert (await person.sees(" --More-- ")).count("\n") == 24
        await person.types(" ")
        await person.sees(" --More-- ")
        await person.types("q")
        assert "More" not in await person.sees("Router#show")
        await person.types("?\x03privilege\r")
        await person.sees("Current privilege level is 15")

    terminal.play("R1", script)
    assert terminal.line.history[-1] == "show privilege"


def test_a_message_stands_above_the_line_where_that_is_wanted():
    terminal = Terminal(pace="60", redraws=True, plain=False).boot()

    async def script(person: Person):
        await person.sees("Router#")
        await person.types("sho")
        seen = await person.sees("%SYS-5-RESTART")
        assert seen.rpartition("\n")[2].startswith("*Mar")
        await person.sees("\nRouter#sho")
        await person.sees("   redraw")
        await person.types("w clock\r")
        await person.sees("2002")

    terminal.play("R1", script)
    assert terminal.line.history[-1] == "show clock"


def test_what_is_logged_while_one_is_at_the_bench_is_shown_there_and_on_return():
    terminal = Terminal(pace="60").boot()
    terminal.world.clock.run_to(terminal.world.now + 30 * SECOND)

    async def script(person: Person):
        await person.sees("Router#")
        await person.types("\x1ex")
        await person.sees("bench>")
        await person.types("cable R1 FastEthernet0 out\r")
        await person.sees("R1: %LINK-3-UPDOWN: Interface FastEthernet0, changed state to down")
        await person.sees("bench>")
        await person.types("console R1\r")
        back = await person.sees("%LINK-3-UPDOWN: Interface FastEthernet0, changed state to down")
        assert back.rpartition("\n")[2].startswith("*Mar  1 00:0")
        await person.sees("Router#")
        await person.leaves()

    terminal.play("R1", script)


def test_messages_at_the_bench_are_switched_off():
    terminal = Terminal(pace="60").boot()
    terminal.world.clock.run_to(terminal.world.now + 30 * SECOND)

    async def script(person: Person):
        await person.sees("Router#")
        await person.types("\x1exmessages off\r")
        await person.sees("bench>messages off")
        await person.types("cable R1 FastEthernet0 out\r")
        await person.types("console R1\r")
        seen = await person.sees("%LINK-3-UPDOWN: Interface FastEthernet0, changed state to down")
        assert "R1: %LINK-3-UPDOWN: Interface FastEthernet0, changed state to down" not in seen
        await person.leaves()

    terminal.play("R1", script)


def test_a_pulled_plug_takes_the_prompt_away():
    terminal = Terminal(pace="60").boot()
    router = terminal.world.router("R1")
    terminal.world.clock.after(20_000, router.power_off)
    terminal.world.clock.after(40_000, router.power_on)

    async def script(person: Person):
        await person.sees("Router#")
        await person.types("half a li")
        await person.sees("System Bootstrap")
        await person.sees("[yes/no]: ")
        await person.types("no\r")
        await person.sees("RETURN")

    terminal.play("R1", script)


def test_a_dark_console_hears_only_the_way_out():
    terminal = Terminal()

    async def script(person: Person):
        await person.sees("no power")
        await person.types("abc\r\x1ex")
        await person.sees("bench>")

    assert "abc" not in terminal.play("R1", script)


def test_every_input_is_saved_before_the_next_prompt(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        assert terminal.saves == 0
        for count in (1, 2):
            await person.types("show clock\r")
            await person.sees("\nRouter#")
            assert terminal.saves == count

    terminal.play("R1", script)


def test_the_pace_is_changed_at_the_bench(terminal):
    async def script(person: Person):
        await person.sees("bench>")
        await person.types("pace warp9\r")
        await person.sees("% 'warp9' is not a pace")
        await person.types("pace 600\r")
        await person.sees("bench>")
        await person.types("\r")
        await person.sees("bench>")

    terminal.play(None, script)


def test_the_line_below_the_prompt():
    terminal = Terminal(plain=False).boot()

    async def script(person: Person):
        await person.sees("Mon 2010-03-01")
        await person.sees("max   R1 advsecurity (Permanent)")

    terminal.play("R1", script)


def test_an_idle_prompt_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal(pace="1").boot()
    ticks: list[int] = []
    idle = LiveTime.idle

    async def counted(self: LiveTime, holds: Callable[[], bool], tick: Callable[[], None]) -> None:
        def told() -> None:
            tick()
            ticks.append(1)

        await idle(self, holds, told)

    monkeypatch.setattr(LiveTime, "idle", counted)

    async def script(person: Person) -> None:
        await person.sees("Router#")
        await _ticks(3)
        before = person.sent
        await _ticks(5)
        assert person.sent == before

    async def _ticks(more: int) -> None:
        wanted = len(ticks) + more
        async with asyncio.timeout(20):
            while len(ticks) < wanted:
                await asyncio.sleep(0.005)

    terminal.play("R1", script)


def test_ctrl_d_ends_at_the_bench_only(terminal):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types("\x04show clock\r")
        await person.sees("show clock\n")
        await person.sees("Router#")
        await person.leaves()

    terminal.play("R1", script)


def test_a_save_that_fails_is_told_once_and_tried_again(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[bool] = []

    def save() -> None:
        tries.append(len(tries) >= 2)
        if not tries[-1]:
            raise Refused("the world cannot be saved to world.json: No space left on device")

    monkeypatch.setattr(terminal, "_save", save)

    async def script(person: Person) -> None:
        await person.sees("Router#")
        await person.types("show clock\r")
        await person.sees(
            "% the world cannot be saved to world.json: No space left on device\n"
            "% What is done now may be lost; saving is tried again.\n"
        )
        await person.sees("Router#")
        for _ in range(2):
            await person.types("show privilege\r")
            await person.sees("Current privilege level is 15")
            await person.sees("Router#")

    shown = terminal.play("R1", script)
    assert shown.count("cannot be saved") == 1
    assert shown.count("% The world is saved again.") == 1


REPORTS = [
    "\x1b[0m", "\x1b[31;1m", "\x1b[M   ", "\x1b[<1m", "\x1b[;M", "\x1b[1;2;3M",
    "\x1b[<9999999999999999999;1;1M", "\x1b[1;1R", "\x1b[<0;1;1m",
]  # fmt: skip
"""Control sequences that a terminal may send, or that stand in a text that is pasted."""


@pytest.mark.parametrize("report", REPORTS, ids=ascii)
def test_a_colour_in_a_pasted_line_is_nothing(terminal, report):
    async def script(person: Person):
        await person.sees("Router#")
        await person.types(f"show {report}clock{report}\r")
        await person.sees("show clock\n")
        await person.sees("Router#")
        await person.types("write erase\r")
        await person.sees("[confirm]")
        await person.types(report)
        await person.types("\r")
        await person.sees("Router#")

    terminal.play("R1", script)


def test_a_colour_at_a_closed_line_is_nothing():
    async def script(person: Person):
        await person.sees("bench>")
        await person.types("console R1\r")
        await person.sees("R1")
        await person.types("".join(REPORTS))
        await person.leaves()

    Terminal().play(None, script)


def test_escape_and_digits_repeat_nothing(terminal):
    """IOS has no such key; the number would be read whole, however long it is."""

    async def script(person: Person):
        await person.sees("Router#")
        await person.types("\x1b9" * 5000 + "show clock\x1b-\r")
        await person.sees("show clock\n")
        await person.sees("Router#")

    terminal.play("R1", script)
    assert terminal.line.history[-1] == "show clock"
