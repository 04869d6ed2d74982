"""Parts that an import passes over, and that it tells each by file and line: unread commands, filtered output."""

import pytest

from emulator.captures.reading.commands import Kind
from emulator.captures.reading.screens import screens_of
from emulator.captures.reading.terminal import lines_of
from emulator.twins.proving.compare import has_lost_blanks
from tests.unit.twins.recordings import CAPTURES, imported, told, twin_of

VERSION = (CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt").read_text(encoding="utf-8")
UNSET = "".join(line for line in VERSION.splitlines(keepends=True) if not line.startswith("System restarted at"))
RUNNING = (CAPTURES / "show-running-config.c881.15.5-3-M8.txt").read_text(encoding="utf-8")


def leftovers(log: str, file: str = "x") -> tuple[list[Kind], list[tuple[int, str]]]:
    screens, left = screens_of(file, lines_of(log.encode()))
    return [each.kind for each in screens], [(each.line, each.what) for each in left]


@pytest.mark.parametrize("typed", ["show run | include interface", "show run | s ip | i nat", "show invent | b PID"])
def test_a_filter_that_takes_lines_out_of_their_sections_is_told(typed: str) -> None:
    kinds, left = leftovers(f"R1#show version\n{VERSION}R1#{typed}\n{RUNNING}R1#\n")
    assert kinds == [Kind.VERSION]
    assert [what.split(" was passed over")[0] for _, what in left] == [f"'{typed}'"]


def test_commands_that_are_not_read_are_told_by_file_and_line() -> None:
    _, report = imported(
        "pynet-rtr2>enable\nPassword: \npynet-rtr2#terminal length 0\n"
        f"pynet-rtr2#show version\n{VERSION}pynet-rtr2#show ip route\nGateway of last resort is not set\n"
        "pynet-rtr2#conf t\nEnter configuration commands, one per line.  End with CNTL/Z.\n"
        "pynet-rtr2(config)#hostname R9\n% Incomplete\npynet-rtr2(config)#end\n"
        "pynet-rtr2#show frobnicate\nhello\npynet-rtr2#show nothing\npynet-rtr2#show nowhere\n                ^\n"
        "% Invalid input detected at '^' marker.\n\npynet-rtr2#show ?\n  aaa  Show AAA values\npynet-rtr2#exit\n"
    )
    at = VERSION.count("\n") + 5
    assert [str(note) for note in report.notes] == [
        f"capture1.txt:{at}: not read: show ip route",
        f"capture1.txt:{at + 7}: not read: show frobnicate",
    ]


@pytest.mark.parametrize(
    ("captured", "lost"),
    [
        ("a b c\n", True),
        ("  a  b c\n", False),
        ("a  b    c   \n", True),
        (" a b  c\n", False),
        ("a\tb c\n", False),
        ("a b d\n", False),
    ],
)
def test_blanks_are_lost_only_where_the_capture_has_no_more(captured: str, lost: bool) -> None:
    assert has_lost_blanks(captured, "a  b    c\n") is lost


def test_a_directory_with_other_columns_is_not_the_same() -> None:
    listing = """Directory of flash:/

    3  -rw-        1234  Mar  1 2002 00:01:02 +00:00  foo.cfg

128237568 bytes total (85590015 bytes free)
"""
    _, twin = twin_of(VERSION, listing)
    assert [each.differing > 0 for each in twin.printed] == [False, True]
    _, twin = twin_of(VERSION, listing.replace("  Mar  1", "   Mar 1"))
    assert [each.differing for each in twin.printed] == [0, 0]


PACIFIC = "clock timezone PST -8 0\nclock summer-time PDT recurring\n"


def zoned(lines: str) -> str:
    assert PACIFIC in RUNNING
    return RUNNING.replace(PACIFIC, lines)


def test_the_zone_of_the_configuration_counts_where_no_screen_tells_the_time() -> None:
    world, report = imported(zoned("clock timezone NZST 12 0\n"))
    shown = world.router("R1").wall_time()
    assert (shown.zone, shown.zone_minutes) == ("NZST", 720)
    assert (
        "assumed: no screen tells the time; the clock starts at the last change of the configuration,"
        " 04:40:41 NZST Thu Oct 11 2018"
    ) in told(report)


def test_a_configuration_without_a_date_leaves_the_clock_unset() -> None:
    undated = "".join(line for line in RUNNING.splitlines(keepends=True) if not line.startswith(("! L", "! N")))
    _, report = imported(undated.replace(PACIFIC, "clock timezone NZST 12 0\n"))
    assert "assumed: no screen tells the time; the clock is not set and shows 12:00:00 NZST Fri Mar 1 2002" in told(
        report
    )


def test_without_a_zone_the_time_that_is_assumed_is_told_too() -> None:
    _, report = imported(UNSET)
    (note,) = [each for each in told(report) if "no screen tells the time" in each]
    assert " UTC " in note
    assert not any("tells the time" in each for each in told(imported(VERSION)[1]))


@pytest.mark.parametrize(
    ("configured", "clock", "zone"),
    [
        ("clock timezone CET 1 0\nclock summer-time CEST recurring\n", "CEST", ("CET", 60, "CEST")),
        ("clock timezone CET 1 0\n", "PDT", ("PDT", -420, "")),
    ],
)
def test_a_zone_that_was_seen_outweighs_the_configuration(
    configured: str, clock: str, zone: tuple[str, int, str]
) -> None:
    world, twin = twin_of(zoned(configured), f"14:00:00.000 {clock} Mon Jul 7 2014\n")
    calendar = world.router("R1").running.calendar
    assert (calendar.zone, calendar.zone_minutes, calendar.summer) == zone
    assert [each.differing for each in twin.printed if each.command == "show clock"] == [0]


SAVED = "Building configuration...\n[OK]\n"


@pytest.mark.parametrize(
    "typed", ["write", "wr", "write mem", "wr memory", "copy run start", "copy running-config startup-config"]
)
def test_saving_is_of_the_session(typed: str) -> None:
    shown = f"Destination filename [startup-config]? \n{SAVED}" if typed.startswith("copy") else SAVED
    kinds, left = leftovers(f"R1#show version\n{VERSION}R1#{typed}\n{shown}R1#\n")
    assert (kinds, left) == ([Kind.VERSION], [])


@pytest.mark.parametrize("typed", ["copy run flash:x", "write erase", "copy run tftp:", "writ network"])
def test_other_copies_are_told(typed: str) -> None:
    assert leftovers(f"R1#show version\n{VERSION}R1#{typed}\n{SAVED}R1#\n")[1] == [(VERSION.count("\n") + 2, typed)]


def test_a_log_without_any_use_says_what_it_has() -> None:
    log = "R1>enable\nPassword: \nR1#configure terminal\nR1(config)#no logging console\nR1(config)#end\n"
    log += f"R1#wr\n{SAVED}R1#\n"
    assert leftovers(log) == (
        [],
        [(1, "the log has 'enable', 'configure terminal', 'wr': no output that tells of a router")],
    )
    assert leftovers("R1#\nR1#\n")[1] == [(1, "the log has prompts only: no output that tells of a router")]
    many = "".join(f"R1#terminal width {number}\n" for number in range(100, 120))
    assert leftovers(many)[1][0][1].endswith("'terminal width 111', …: no output that tells of a router")


def test_one_serial_number_under_two_names_is_told_with_both() -> None:
    other = VERSION.replace("pynet-rtr2 uptime", "branch uptime")
    _, report = imported(VERSION, other)
    assert [(twin.host, bool(twin.router)) for twin in report.twins] == [("pynet-rtr2", True), ("branch", False)]
    assert (
        "refused: branch (capture2.txt:48) has the serial number FTX1829800Q, and so has pynet-rtr2 (capture1.txt:48)"
    ) in told(report)
