"""Captures that a page or a mail shows indented."""

import pytest

from emulator.captures.reading.terminal import CapturedLine, lines_of, without_margin
from tests.driver import ConsoleDriver, world_of
from tests.unit.twins.recordings import CAPTURES, COMMANDS, imported, log_of, printed, told, twin_of

RUNNING = (CAPTURES / "show-running-config.c881.15.5-3-M8.txt").read_text(encoding="utf-8")
VERSION = (CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt").read_text(encoding="utf-8")
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


# --- pages and scripts ---------------------------------------------------------------------------------------------

FENCES = ("```", "```console", "~~~", "  ```", "````text")
RULES = ("=" * 53, "#" * 20, "*" * 10, "~" * 30, "_" * 12)


@pytest.mark.parametrize("fence", FENCES)
@pytest.mark.parametrize("prompt", ["", "pynet-rtr2#show version\n"])
def test_a_piece_of_code_in_a_page_ends_at_its_fence(fence: str, prompt: str) -> None:
    close = fence.rstrip("abcdefghijklmnopqrstuvwxyz")
    text = f"\n\nThen *save* it:\n\n{close}\nsave()\n"
    page = f"# Upgrade\n\nThis is how it looks:\n\n{fence}\n{prompt}{VERSION}{close}{text}"
    world, report = imported(page)
    assert [each.differing for each in report.twins[0].printed] == [0]
    assert not [each for each in told(report) if "not read" in each]
    assert printed(world, "show version") == VERSION


@pytest.mark.parametrize("rule", RULES)
def test_outputs_between_lines_that_a_script_draws_are_cut_there(rule: str) -> None:
    other = VERSION.replace("pynet-rtr2", "branch").replace("FTX1829800Q", "FTX1405YDC7")
    head = f"\n\n{rule}\nExecuting command <show version>\n{rule}\n"
    _, report = imported(f"{head}{VERSION}{head}{other}{head}Arista vEOS\nHardware version:\n")
    assert [(twin.host, [each.differing for each in twin.printed]) for twin in report.twins] == [
        ("pynet-rtr2", [0]),
        ("branch", [0]),
    ]
    assert not [each for each in told(report) if "not read" in each]


@pytest.mark.parametrize("line", [*FENCES, *RULES])
def test_such_lines_in_a_banner_are_of_the_configuration(line: str) -> None:
    banner = f"banner motd ^C\n{line}\nKeep out\n{line}\n^C\n"
    text = RUNNING[RUNNING.index("version ") :].replace("line con 0\n", f"{banner}line con 0\n", 1)
    for log in (text, f"pynet-rtr1#show running-config\n{text}"):
        _, report = imported(log)
        (screen,) = report.twins[0].printed
        assert (screen.differing, screen.bytes) == (0, len(text))


@pytest.mark.parametrize("fence", FENCES)
def test_a_configuration_that_a_page_cuts_short_ends_at_the_fence(fence: str) -> None:
    short = RUNNING[RUNNING.index("version ") : RUNNING.index("line con 0\n")]
    _, report = imported(
        f"{fence}\n{short}{fence.rstrip('abcdefghijklmnopqrstuvwxyz')}\n\nThat is all.\n\nsave()\n{VERSION}"
    )
    assert [(each.command, each.bytes - len(short), each.differing) for each in report.twins[0].printed] == [
        ("show running-config", 0, 0)
    ]


@pytest.mark.parametrize("tags", ["<pre>{}</pre>", "<html><body><pre class='x'>{}</pre>", "<pre><code>{}</code></pre>"])
def test_a_page_of_the_web_is_read_without_its_tags(tags: str) -> None:
    marked = VERSION.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace("Cisco", "<b>Cisco</b>")
    _, report = imported("<h1>Upgrade</h1>\n" + tags.format(f"\n{marked}") + "\n")
    assert [each.differing for each in report.twins[0].printed if each.command == "show version"] == [0]


def test_what_stands_between_angle_brackets_of_a_router_is_kept() -> None:
    text = RUNNING[RUNNING.index("version ") :].replace("hostname ", "banner motd ^C\n<no access>\n^C\nhostname ", 1)
    assert [each.differing for each in imported(text)[1].twins[0].printed] == [0]
