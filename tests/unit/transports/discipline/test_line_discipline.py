"""Input of a client at a network line, and what it is sent: echo, editing, help, paging, messages, pastes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.console.line.phases import Prompt, PromptKind
from emulator.transports.discipline.editor import LONGEST
from tests.unit.transports.discipline.fake_line import COMMAND, CONFIGURATION, Typist

MORE = Prompt(" --More-- ", PromptKind.KEY, erase=True)
PASSWORD = Prompt("Password: ", PromptKind.QUESTION, hidden=True)


def typist_at(prompt: Prompt = COMMAND) -> Typist:
    typist = Typist()
    typist.line.prompt = prompt
    typist.type("")
    return typist


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\r\0"])
def test_every_end_of_a_line_is_one_return(end):
    typist = typist_at()
    typist.type(f"show clock{end}show users{end}")
    assert typist.line.submitted == ["show clock", "show users"]


@pytest.mark.parametrize(("first", "second"), [("\r", "\n"), ("\r", "\0")])
def test_the_halves_of_an_end_may_come_apart(first, second):
    typist = typist_at()
    typist.type(f"show clock{first}")
    typist.type(second)
    typist.type("show users\r")
    assert typist.line.submitted == ["show clock", "show users"]


def test_two_line_feeds_are_two_returns():
    typist = typist_at()
    typist.type("\n\n\r\r")
    assert typist.line.submitted == ["", "", "", ""]


def test_the_router_echoes_and_shows_the_prompt():
    typist = typist_at()
    assert typist.sent == "R1#"
    assert typist.type("show") == "show"
    assert typist.type(" clock\r") == " clock\r\nR1#"


def test_a_password_is_not_echoed():
    typist = typist_at(PASSWORD)
    typist.line.answer = lambda _: setattr(typist.line, "prompt", COMMAND)
    assert typist.type("secret\x7ft\r") == "\r\nR1#"
    assert typist.line.submitted == ["secret"[:-1] + "t"]


@pytest.mark.parametrize("pieces", [("sho\x1ex",), ("\x1e", "x"), ("\x1eX",), ("\x1e\x18",), ("\x1eq\x1e", "x")])
@pytest.mark.parametrize("kind", [PromptKind.QUESTION, PromptKind.KEY])
def test_ctrl_circumflex_and_x_leave_what_is_connected_to(kind, pieces):
    pieces = ("\x1ex",) if kind is PromptKind.KEY and pieces[0].startswith("sho") else pieces
    typist = typist_at(Prompt("R2#", kind, escapes=True))
    typist.line.answer = lambda _: setattr(typist.line, "prompt", COMMAND)
    assert "".join(map(typist.type, pieces)).endswith("\r\nR1#")
    assert typist.line.submitted == ["\x1e"]


@pytest.mark.parametrize("pieces", [("show\x1ex",), ("\x1e", "x"), ("\x1eq\x1e", "X"), ("\x03\x1e", "\x18")])
def test_ctrl_circumflex_and_x_leave_a_router_that_is_busy(pieces):
    typist = typist_at(Prompt("R2#", PromptKind.COMMAND, escapes=True))
    line = typist.line
    line.busy, line.remote, line.breakable = True, True, False

    def leave(_: str) -> None:
        line.busy, line.remote, line.prompt = False, False, COMMAND

    line.answer = leave
    assert "".join(map(typist.type, pieces)).startswith("\r\nR1#")
    assert line.submitted == ["\x1e"]
    assert line.interrupts == pieces[0].count("\x03")


def test_ctrl_circumflex_twice_breaks_off_what_the_other_router_does():
    typist = typist_at(Prompt("R2#", PromptKind.COMMAND, escapes=True))
    typist.line.busy, typist.line.remote = True, True
    typist.type("\x1e\x1e")
    assert (typist.line.interrupts, typist.line.submitted) == (1, [])


def test_ctrl_circumflex_means_nothing_where_nothing_is_connected_to():
    typist = typist_at()
    typist.type("\x1ex\r")
    assert typist.line.submitted == ["x"]


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("shwo\x7f\x7fow", "show"),
        ("shwo\b\bow", "show"),
        ("how\x01s", "show"),
        ("sow\x02\x02h", "show"),
        ("sow\x1b[D\x1b[Dh", "show"),
        ("sow\x1bOD\x1bODh\x1bOC\x1bOC!", "show!"),
        ("sxhow\x01\x06\x04", "show"),
        ("show clock\x01\x1bf\x0b", "show"),
        ("show clock\x1bb\x15", "clock"),
        ("junk\x18show", "show"),
        ("show clock\x17users", "show users"),
        ("hsow\x01\x06\x06\x14", "show"),
        ("show clock\x17\x19", "show clock"),
        ("show xx clock\x01\x1bf\x1bd", "show clock"),
        ("sh\x1b[200zow", "show"),
        ("sh\x16?ow", "sh?ow"),
        ("s\0h\x1b\x1b[Aow", "show"),
        ("show\x05 x\x01\x05\x7f\x7f", "show"),
    ],
)
def test_keys_that_edit(keys, line):
    typist = typist_at()
    typist.type(keys)
    assert typist.screen[-1].rstrip() == f"R1#{line}"
    typist.type("\r")
    assert typist.line.submitted[-1] == line


@given(st.text(alphabet="ab \x01\x02\x04\x05\x06\x08\x0b\x14\x15\x17\x19\x7f", max_size=40))
def test_the_screen_shows_what_the_line_is(keys):
    typist = typist_at()
    typist.type(keys)
    shown = typist.screen[-1].rstrip()
    typist.type("\x05\r")
    assert shown == f"R1#{typist.line.submitted[-1]}".rstrip()


def test_the_lines_before_come_back():
    typist = typist_at()
    typist.type("show clock\rshow users\r")
    typist.type("new\x1b[A\x10\x1b[B\x0e")
    assert typist.screen[-1].rstrip() == "R1#new"
    typist.type("\x1b[A\x1b[A\x1b[A\r")
    assert typist.line.submitted[-1] == "show clock"
    assert "\a" in typist.sent


def test_help_is_shown_below_and_the_line_goes_on():
    typist = typist_at()
    typist.type("show ?")
    assert typist.screen[-4:] == ["R1#show ?", "  help for <show >", "", "R1#show "]
    typist.type("clock\r")
    assert typist.line.submitted == ["show clock"]


def test_tab_completes_on_a_line_of_its_own():
    typist = typist_at()
    typist.type("sh\t")
    assert typist.screen[-2:] == ["R1#sh", "R1#show "]
    assert "\a" in typist.type("xyz\t")
    typist.type("\r")
    assert typist.line.submitted == ["show xyz"]


def test_a_line_can_be_shown_again():
    typist = typist_at()
    typist.type("show\x02\x12")
    assert typist.screen[-2:] == ["R1#show", "R1#show"]
    typist.type("o\r")
    assert typist.line.submitted == ["shoow"]


def test_more_is_wiped_once_a_key_is_pressed():
    typist = typist_at(MORE)
    typist.line.answer = lambda _: setattr(typist.line, "prompt", COMMAND)
    assert typist.type(" ") == "\b" * 10 + " " * 10 + "\b" * 10 + "R1#"
    assert typist.line.submitted == [" "]


def test_return_at_more_is_a_key():
    typist = typist_at(MORE)
    typist.line.answer = lambda _: setattr(typist.line, "prompt", COMMAND)
    typist.type("\r\nshow\r\n")
    assert typist.line.submitted == ["", "show"]


def test_control_z_keeps_the_line_and_ends_configuration():
    typist = typist_at(CONFIGURATION)
    assert typist.type("hostname R2\x1a") == "hostname R2^Z\r\nR1#"
    assert typist.line.submitted == ["hostname R2"]


def test_control_z_ends_a_text_of_several_lines():
    typist = typist_at(Prompt("", PromptKind.QUESTION, ends=True))
    typist.line.answer = lambda _: setattr(typist.line, "prompt", COMMAND)
    assert typist.type("hello\x1a") == "hello^Z\r\nR1#"
    assert typist.line.submitted == ["hello\x1a"]


def test_control_c_leaves_configuration_and_forgets_the_line():
    typist = typist_at(CONFIGURATION)
    assert typist.type("hostname R2\x03") == "hostname R2^C\r\nR1#"
    assert typist.line.submitted == []


def test_control_c_leaves_a_question():
    typist = typist_at(PASSWORD)
    assert typist.type("abc\x03") == "\r\nR1#"
    assert typist.line.interrupts == 1


@pytest.mark.parametrize("key", ["\x03", "\x1e"])
def test_a_break_key_is_heard_while_a_command_runs(key):
    typist = typist_at()
    typist.line.answer = lambda _: setattr(typist.line, "busy", True)
    typist.type("ping 192.0.2.9\r")
    typist.line.answer = lambda _: None
    typist.type(f"show clock\r{key}")
    assert typist.line.interrupts == 1
    assert typist.line.submitted == ["ping 192.0.2.9", "show clock"]


def test_what_is_typed_while_a_command_runs_waits_unseen():
    typist = typist_at()
    typist.line.answer = lambda _: setattr(typist.line, "busy", True)
    typist.type("ping 192.0.2.9\r")
    assert typist.type("show clock\r") == ""
    typist.line.busy, typist.line.answer = False, lambda _: None
    assert typist.type("") == "R1#show clock\r\nR1#"


def test_a_booting_router_loses_what_is_typed():
    typist = typist_at()
    typist.line.busy = typist.line.deaf = True
    typist.type("lost\r")
    typist.line.busy = typist.line.deaf = False
    typist.type("show\r")
    assert typist.line.submitted == ["show"]


def test_a_message_breaks_into_the_line():
    typist = typist_at()
    typist.type("sho")
    typist.line.print("%SYS-5-CONFIG_I: Configured\n")
    typist.type("w\r")
    assert typist.screen[:3] == ["R1#sho", "%SYS-5-CONFIG_I: Configured", "w"]
    assert typist.line.submitted == ["show"]


def test_a_synchronous_line_shows_prompt_and_line_again():
    typist = typist_at()
    typist.line.synchronous = True
    typist.type("shw\x02")
    typist.line.print("%SYS-5-CONFIG_I: Configured\n")
    typist.type("o")
    assert typist.screen == ["R1#shw", "%SYS-5-CONFIG_I: Configured", "R1#show"]


def at_the_end_of_a_command(typist: Typist, *messages: str) -> None:
    """A command during which messages came."""

    def done(_: str) -> None:
        for message in messages:
            typist.line.tell(message)

    typist.line.answer = done


def test_a_message_of_a_command_stands_behind_the_prompt():
    typist = typist_at()
    at_the_end_of_a_command(typist, "%SYS-5-CONFIG_I: Configured\n", "%LINK-5-CHANGED: Interface\n")
    assert typist.type("end\r") == "end\r\nR1#\r\n%SYS-5-CONFIG_I: Configured\r\n%LINK-5-CHANGED: Interface\r\n"
    typist.line.answer = lambda _: None
    assert typist.type("show\r") == "show\r\nR1#"


def test_the_prompt_goes_out_before_the_message_does():
    typist = typist_at()
    sent: list[str] = []
    typist.discipline._shown._send = sent.append
    at_the_end_of_a_command(typist, "%SYS-5-CONFIG_I: Configured\n")
    typist.type("end\r")
    assert sent == ["end\r\nR1#", "\r\n%SYS-5-CONFIG_I: Configured\r\n"]


def test_a_synchronous_line_shows_the_prompt_behind_that_message_again():
    typist = typist_at()
    typist.line.synchronous = True
    at_the_end_of_a_command(typist, "%SYS-5-CONFIG_I: Configured\n")
    assert typist.type("end\r") == "end\r\nR1#\r\n%SYS-5-CONFIG_I: Configured\r\nR1#"


def test_a_message_during_a_command_begins_a_line():
    typist = typist_at()
    typist.line.answer = lambda _: setattr(typist.line, "busy", True)
    typist.type("ping\r")
    typist.line.print(".")
    typist.line.tell("%LINK-3-UPDOWN: Interface\n")
    typist.line.print("!")
    typist.type("")
    assert typist.screen == ["R1#ping", ".", "%LINK-3-UPDOWN: Interface", "!"]


def test_help_stops_at_the_end_of_the_screen():
    typist = typist_at()
    typist.line.rows = 5
    typist.line.helped = "".join(f"  word{n}  Help\n" for n in range(9)) + "\n"
    assert typist.type("show ?").endswith("  word3  Help\r\n --More-- ")
    assert typist.type("\r").endswith("  word4  Help\r\n --More-- ")
    assert typist.type(" ").endswith("  word8  Help\r\n --More-- ")
    assert typist.type(" ").endswith("\r\nR1#show ")
    assert typist.type("clock\r") == "clock\r\nR1#"
    assert typist.line.submitted == ["show clock"]


@pytest.mark.parametrize("key", ["q", "\x03"])
def test_help_is_left_and_the_line_goes_on(key):
    typist = typist_at(CONFIGURATION)
    typist.line.rows = 5
    typist.line.helped = "  word  Help\n" * 9
    typist.type(f"ip\x02?{key}")
    assert typist.screen[-1].rstrip() == "R1(config)#ip"
    typist.type("x\r")
    assert typist.line.submitted == ["ixp"]
    assert typist.line.interrupts == 0


def test_help_is_searched():
    typist = typist_at()
    typist.line.rows = 4
    typist.line.helped = "".join(f"  word{n}  Help\n" for n in range(9))
    typist.type("show ?/word7\r")
    assert [row.rstrip() for row in typist.screen[-3:]] == ["  word7  Help", "  word8  Help", "R1#show"]


def test_the_same_line_is_typed_whatever_is_seen_of_it():
    narrow, wide = typist_at(), typist_at()
    narrow.line.columns = 30
    narrow.type("\r")
    wide.type("\r")
    keys = "access-list 101 permit tcp 192.0.2.0 0.0.0.255 any eq 25\x01no \x05\x17\x17log\r"
    narrow.type(keys)
    wide.type(keys)
    assert narrow.line.submitted == wide.line.submitted


def test_a_long_line_shifts_by_ten_columns():
    """C: the example of the guide to the command line, at a screen whose margin is where its margin is."""
    typist = typist_at(CONFIGURATION)
    typist.line.columns = len(CONFIGURATION.text) + 61
    typist.type("\r")
    typist.line.prompt = CONFIGURATION
    whole = "access-list 101 permit tcp 172.16.2.5 255.255.255.0 172.16.1.20 255.255.255.0 eq 45"
    rows = {60: whole[:60], 61: "$ 101 permit tcp 172.16.2.5 255.255.255.0 172.16.1.", 71: "$t tcp 172.16.2.5"}
    for length, row in rows.items():
        typist.type("\x15" + whole[:length])
        assert typist.screen[-1].startswith(f"R1(config)#{row}"), length
    typist.type("\x15" + whole + "\x01")
    assert typist.screen[-1].rstrip() == f"R1(config)#{whole[:60]}$"


@given(
    st.text(alphabet="abcdefgh \x01\x02\x04\x05\x06\x08\x0b\x12\x14\x15\x17\x19\x7f", max_size=80),
    st.integers(25, 40),
)
def test_what_is_in_sight_of_a_long_line(keys, columns):
    typist = typist_at()
    typist.line.columns = columns
    typist.type("\r")
    typist.type(keys)
    editor, shown = typist.discipline._editor, typist.screen[-1]
    window, room = editor._window, columns - len("R1#")
    begin, end = window.first, window.first + room
    assert begin <= editor.cursor < end
    expected = list(editor.text[begin:end])
    if len(editor.text) > end:
        expected[-1] = "$"
    if begin and expected:
        expected[0] = "$"
    assert shown.rstrip() == f"R1#{''.join(expected)}".rstrip()
    assert len(shown) <= columns


def test_a_line_that_is_too_long_rings_and_stays():
    typist = typist_at()
    typist.type("x" * (LONGEST + 3))
    assert typist.sent.count("\a") == 3
    typist.type("\r")
    assert typist.line.submitted == ["x" * LONGEST]


def test_a_paste_of_two_thousand_lines_loses_nothing():
    typist = typist_at()
    lines = [f"ip host h{number} 192.0.2.{number % 250}" for number in range(2000)]
    typist.type("\n".join(lines) + "\n")
    assert typist.line.submitted == lines
    assert [row for row in typist.screen if row] == [f"R1#{line}" for line in lines] + ["R1#"]


@given(st.text(max_size=60), st.lists(st.integers(0, 60), max_size=4))
def test_whatever_comes_in_any_pieces_the_same_lines_are_typed(text, cuts):
    whole, pieces = typist_at(), typist_at()
    whole.type(text)
    at = 0
    for cut in sorted({*cuts, len(text)}):
        pieces.type(text[at:cut])
        at = max(at, cut)
    assert pieces.line.submitted == whole.line.submitted
    assert pieces.sent == whole.sent
