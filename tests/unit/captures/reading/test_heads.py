"""The bounds of a captured configuration: a head of which something was lost, blanks above, text below its `end`."""

import pytest

from emulator.captures.reading.commands import Kind
from emulator.captures.reading.screens import screens_of
from emulator.captures.reading.terminal import lines_of
from emulator.twins.proving.compare import differing_bytes, with_head_of
from tests.driver import ConsoleDriver, world_of
from tests.unit.twins.recordings import CAPTURES, imported, log_of, told, twin_of

RUNNING = (CAPTURES / "show-running-config.c881.15.5-3-M8.txt").read_text(encoding="utf-8")
BUILDING = "Building configuration...\n"
COUNT = "Current configuration : 5789 bytes\n"
BODY = RUNNING.removeprefix(f"{BUILDING}\n{COUNT}")
LOST = "the head of the configuration has lost '{}'; the router prints it"
BLANKS = "the head of the configuration has other blank lines; the router prints its own"
UNDATED = "!\n" + BODY[BODY.index("version ") :]


def warnings(text: str) -> list[str]:
    """Warnings of an import; nothing may be printed otherwise."""
    _, twin = twin_of(text)
    assert [each.differing for each in twin.printed] == [0]
    return [note.text for note in twin.notes if note.matter == "warning"]


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        (RUNNING, []),
        (f"{COUNT}{BODY}", [LOST.format(BUILDING.strip())]),
        (f"{BUILDING}\n{BODY}", [LOST.format(COUNT.strip())]),
        (f"{BUILDING}{COUNT}{BODY}", [BLANKS]),
        (f"{BUILDING}\n\n{COUNT}{BODY}", [BLANKS]),
        (BODY, ["the head of the configuration was lost; the router prints one"]),
        (BODY[BODY.index("version ") :], ["the head of the configuration was lost; the router prints one"]),
        (f" \n{RUNNING}", []),
        (f"\n\n{RUNNING} \n", []),
    ],
)
def test_what_a_head_has_lost_is_told_and_does_not_count(text: str, warned: list[str]) -> None:
    assert warnings(text) == warned


def test_the_comments_of_a_lost_head_are_still_facts() -> None:
    world, _ = twin_of(BODY)
    assert world.router("R1").running.configured_by == "pyclass"


@pytest.mark.parametrize("head", [COUNT, f"{BUILDING}\n{COUNT}"])
def test_a_count_of_bytes_that_is_not_the_routers_differs(head: str) -> None:
    _, twin = twin_of(head.replace("5789", "5788") + BODY)
    assert [each.differing for each in twin.printed] == [1]


def test_a_line_that_no_head_has_differs() -> None:
    _, twin = twin_of(RUNNING.replace(COUNT, f"Something else\n{COUNT}"))
    assert [each.differing for each in twin.printed] == [len("Something else\n")]


def test_a_lost_separator_is_told() -> None:
    printed, lost = with_head_of(
        "Building configuration...\nversion 15.4\n", "Building configuration...\n!\nversion 15.4\n"
    )
    assert printed == "Building configuration...\nversion 15.4\n"
    assert lost == LOST.format("!")


def test_blanks_above_and_below_any_screen_are_not_of_the_router() -> None:
    clock = "10:00:00.123 UTC Mon Jun 17 2013\n"
    log = f"pynet-rtr1#show running-config\n{RUNNING}pynet-rtr1#show clock\n \n\n{clock} \npynet-rtr1#\n"
    assert warnings_of_all(log) == []


def warnings_of_all(log: str) -> list[str]:
    _, twin = twin_of(log)
    assert [each.differing for each in twin.printed] == [0, 0]
    return [note.text for note in twin.notes if note.matter == "warning"]


@pytest.mark.parametrize(
    ("below", "left"),
    [
        ("```\n", "'```', below the end of the configuration"),
        ("\n```\n\nIt works.\n", "'```' and 1 more line, below the end of the configuration"),
        ("Thanks\nto\nall\n", "'Thanks' and 2 more lines, below the end of the configuration"),
    ],
)
def test_text_below_the_end_is_left_over(below: str, left: str) -> None:
    text = RUNNING.rstrip("\n") + "\n"
    _, report = imported(text + below)
    (twin,) = report.twins
    assert [each.differing for each in twin.printed] == [0]
    assert twin.printed[0].bytes - len(text) in {0, 1}  # a blank line below the end is of the router
    number = text.count("\n") + 1 + (len(below) - len(below.lstrip("\n")))
    assert [str(note) for note in report.notes] == [f"capture1.txt:{number}: not read: {left}"]


@pytest.mark.parametrize("below", ["write memory", "wr", "copy run start\n\nreload", "exit\nexit"])
def test_commands_that_save_what_was_pasted_are_not_left_over(below: str) -> None:
    text = f"{RUNNING.rstrip()}\n{below}\n"
    assert imported(text)[1].notes == []
    (note,) = imported(f"{text}It works.\n")[1].notes
    line = text.count("\n") + 1
    assert str(note) == f"capture1.txt:{line}: not read: 'It works.', below the end of the configuration"


def test_text_below_the_end_in_a_log_is_left_over() -> None:
    log = f"pynet-rtr1#sh run\n{RUNNING.rstrip()}\nOK\npynet-rtr1#\n"
    _, report = imported(log)
    assert [each.differing for each in report.twins[0].printed] == [0]
    assert len(report.notes) == 1


def test_the_configurations_of_two_routers_in_one_file_are_two() -> None:
    other = UNDATED.replace("pynet-rtr1", "branch").replace("sn FTX", "sn FTY")
    kinds = [each.kind for each in screens_of("x", lines_of((RUNNING + other).encode()))[0]]
    assert kinds == [Kind.RUNNING_CONFIG] * 2
    _, report = imported(RUNNING + other)
    assert [twin.host for twin in report.twins] == ["pynet-rtr1", "branch"]
    assert [each.differing for twin in report.twins for each in twin.printed] == [0, 0]


def test_a_saved_configuration_without_a_prompt_is_one_screen() -> None:
    console = ConsoleDriver(world_of("R1")).boot()
    console.type("write")
    saved = log_of(console, ("show startup-config",)).partition("\n")[2].rpartition("\n")[0]
    _, twin = twin_of(saved)
    assert [(each.command, each.differing) for each in twin.printed] == [("show startup-config", 0)]


def test_the_bytes_that_differ_are_counted_from_both_sides() -> None:
    assert differing_bytes("a\nbc\n \n", "a\nbd\nef\n") == 1 + len("ef\n")
    assert "printed otherwise" not in " ".join(told(imported(RUNNING)[1]))
