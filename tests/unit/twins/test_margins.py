"""Captures that a page or a mail shows indented."""

import pytest

from emulator.twins.reading.terminal import CapturedLine, lines_of, without_margin
from tests.driver import ConsoleDriver, world_of
from tests.unit.twins.recordings import CAPTURES, COMMANDS, imported, log_of, twin_of

RUNNING = (CAPTURES / "show-running-config.c881.15.5-3-M8.txt").read_text(encoding="utf-8")
BRIEF = (CAPTURES / "session.c881.netmiko.show-ip-interface-brief.txt").read_text(encoding="utf-8")


def indented(text: str, margin: str, *, blank: bool = True) -> str:
    """Every line with a margin; `blank`: blank lines too."""
    return "".join(margin + line if blank or line.strip() else line for line in text.splitlines(keepends=True))


@pytest.mark.parametrize("margin", [" ", "    ", "\t", "  \t "])
@pytest.mark.parametrize("blank", [True, False])
def test_a_margin_of_the_whole_file_is_taken_off(margin: str, blank: bool) -> None:
    _, twin = twin_of(indented(RUNNING, margin, blank=blank))
    assert [each.differing for each in twin.printed] == [0]
    assert not [note for note in twin.notes if note.matter == "warning"]


def test_a_whole_log_with_a_margin_comes_back() -> None:
    log = log_of(ConsoleDriver(world_of("R1")).boot())
    _, twin = twin_of(indented(log, "    "))
    assert [each.differing for each in twin.printed] == [0] * len(twin.printed)
    assert len(twin.printed) >= len(COMMANDS) - 2


@pytest.mark.parametrize("text", [RUNNING, BRIEF])
@pytest.mark.parametrize("margin", ["    ", "\t", "      "])
def test_what_a_page_shows_indented_is_read(text: str, margin: str) -> None:
    page = f"He wrote:\n\n{indented(text, margin)}\nAnd that\n    is all\n"
    _, report = imported(page)
    assert [each.differing for twin in report.twins for each in twin.printed] == [0]
    number = page[: page.index("And that")].count("\n") + 1
    if text is RUNNING:
        assert f"capture1.txt:{number}: not read: 'And that' and 1 more line, below the end of the configuration" in [
            str(note) for note in report.notes
        ]


def test_lines_of_a_screen_that_are_indented_stay_so() -> None:
    """A banner is no screen, though it looks like a log."""
    banner = "banner login ^C\n    cisco1# beware\n    of the dog\n^C\n"
    text = RUNNING[RUNNING.index("version ") :].replace("!\nline con 0", f"!\n{banner}!\nline con 0")
    assert "beware" in text
    _, twin = twin_of(text)
    assert [each.differing for each in twin.printed] == [0]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (["  a", "   b"], ["a", " b"]),
        (["  a", "\tb"], ["  a", "\tb"]),
        (["  a", "", " ", "  b"], ["a", "", "", "b"]),
        (["  a"], ["  a"]),
        (["  ", " "], ["  ", " "]),
        ([], []),
    ],
)
def test_a_margin_is_what_all_lines_have(rows: list[str], shown: list[str]) -> None:
    lines = [CapturedLine(number, row) for number, row in enumerate(rows, 7)]
    assert [line.text for line in without_margin(lines)] == shown
    assert [line.number for line in without_margin(lines)] == [line.number for line in lines]


def test_the_numbers_of_lines_are_those_of_the_file() -> None:
    assert lines_of(b"\n   a\n   b\n") == [CapturedLine(1, ""), CapturedLine(2, "a"), CapturedLine(3, "b")]
