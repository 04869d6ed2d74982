"""A part of a configuration, printed or to be typed: found in a log and in a page, and typed into the twin."""

from pathlib import Path

import pytest

from emulator.captures.reading.commands import Kind, command_of
from emulator.captures.reading.screens import screens_of
from emulator.captures.reading.terminal import lines_of
from emulator.console.render.files.running_config import configuration_text
from tests.unit.twins.recordings import CAPTURES, imported, printed, told, twin_of

VERSION = (CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt").read_text(encoding="utf-8")
RUNNING = (CAPTURES / "show-running-config.c881.15.5-3-M8.txt").read_text(encoding="utf-8")
WHOLE = sorted(CAPTURES.glob("show-running-config.c8[8x][1x]*.txt"))
SOME = """Building configuration...

Current configuration : 92 bytes
!
interface FastEthernet4
 ip address 10.1.1.1 255.255.255.0
 duplex auto
 speed auto
end

"""
LINES = "interface FastEthernet4\n ip address 10.1.1.1 255.255.255.0\n"
TOLD = "assumed: a part of the configuration was captured, not the whole; its lines are typed into one that is made"


def kinds_of(log: str, file: str = "x") -> list[Kind]:
    screens, _ = screens_of(file, lines_of(log.encode()))
    return [each.kind for each in screens]


def running(log: str) -> list[str]:
    world, _ = twin_of(log)
    return configuration_text(world.router("R1")).splitlines()


@pytest.mark.parametrize(
    "typed",
    ["show running-config interface FastEthernet 4", "sh run int fa4", "show run all", "show start all",
     "show run | section interface", "sh run | s int", "show run | begin interface", "show run int fa4 | begin duplex"],
)  # fmt: skip
def test_a_command_for_some_of_the_configuration_shows_a_part(typed: str) -> None:
    assert command_of(typed) == (Kind.PART, None)


@pytest.mark.parametrize("file", ["x", "show-running-config.txt"])
@pytest.mark.parametrize(
    "log",
    [SOME, SOME[SOME.index("interface") :], f"R1#sh run int fa4\n{SOME}R1#\n", f"R1(config)#do sh run\n{SOME}R1#\n"],
)
def test_a_part_alone_makes_a_router_with_its_lines(log: str, file: str) -> None:
    assert kinds_of(log, file) == [Kind.PART]
    world, twin = twin_of(log)
    assert twin.udi.startswith("CISCO881-K9:")
    assert any(f"{note.place.partition(':')[0]}: {TOLD}" in str(note) or TOLD in str(note) for note in twin.notes)
    assert " ip address 10.1.1.1 255.255.255.0" in printed(world, "show running-config interface FastEthernet4")


def test_parts_that_were_printed_one_after_the_other_come_together() -> None:
    other = SOME.replace("FastEthernet4", "Vlan1").replace("10.1.1.1", "10.2.2.2")
    shown = running(f"R1#sh run int fa4\n{SOME}R1#sh run int vl1\n{other}R1#\n")
    assert shown.count(" ip address 10.1.1.1 255.255.255.0") == shown.count(" ip address 10.2.2.2 255.255.255.0") == 1


def test_a_part_beside_other_screens_is_of_their_router() -> None:
    _, report = imported(f"pynet-rtr2#show version\n{VERSION}pynet-rtr2#show run int fa4\n{SOME}pynet-rtr2#\n")
    (twin,) = report.twins
    assert [(each.command, each.differing) for each in twin.printed] == [("show version", 0)]
    assert any(TOLD in str(note) for note in twin.notes)


def test_the_whole_configuration_counts_more_than_a_part() -> None:
    assert kinds_of(VERSION + SOME + RUNNING + SOME) == [Kind.VERSION, Kind.PART, Kind.RUNNING_CONFIG, Kind.PART]
    _, twin = twin_of(RUNNING, SOME.replace("10.1.1.1", "10.77.77.77"))
    assert [each.differing for each in twin.printed] == [0]
    assert "capture2.txt:1: not read: a part of the configuration; the whole one counts" in [str(n) for n in twin.notes]


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_a_configuration_that_lost_its_head_and_version_gives_its_sections(path: Path) -> None:
    """Configurations without prompts: one without the line `version` is a part, with the same interfaces."""
    lost = ("version ", "! ", "Building ", "Current ")
    part = "\n".join(
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith(lost)
    )
    assert kinds_of(part) == [Kind.PART]
    shown = running(part)
    unread = {note.rpartition("router: ")[2] for note in told(imported(part)[1]) if "not a line of this" in note}
    wanted = [
        line
        for line in part.splitlines()
        if line.startswith(("interface ", " ip address ", "ip route ", "access-list ")) and line.strip() not in unread
    ]
    assert [line for line in wanted if line.rstrip() not in shown] == []


@pytest.mark.parametrize(
    "page",
    [
        "# A page\n\nSome text: it tells of\n\n```\nshell command --with x\n```\n\n```\n{}```\n\nAnd more.\n",
        "---\nlayout: post\n---\nWith a [link](x).\n\n    {}\n",
        "Paste this:\n<pre class=\"x\">!\n{}!</pre>\n",
        "{{% codeblock %}}\n{}{{% endcodeblock %}}\n* end of it\n",
        "conf t\n!\n{}end\nwrite memory\n",
    ],
    ids=["fences", "indented", "pre", "template", "procedure"],
)  # fmt: skip
def test_lines_to_be_typed_are_found_in_a_page(page: str) -> None:
    """Configurations as pages, templates and guides write them (C: public ones of routers of these families)."""
    assert " ip address 10.1.1.1 255.255.255.0" in running(page.format(LINES))


def test_commands_among_lines_to_be_typed_are_not_told() -> None:
    _, report = imported(f"enable\nconf t\ndo show version\n{LINES}do wr\nend\nwr mem\nexit\n")
    assert [each for each in told(report) if "not read" in each] == []


def test_the_text_around_is_told_once_and_lines_that_are_none_each() -> None:
    page = f"A guide.\nIt has two lines.\nhostname branch\nfrobnicate the router\n{LINES}"
    _, report = imported(page)
    assert [each for each in told(report) if "not read" in each] == [
        "capture1.txt:1: not read: A guide. (text around a configuration, and 1 more line)",
        "capture1.txt:4: not read: not a line of this router: frobnicate the router",
    ]
    assert report.made[0].host == "branch"


def test_a_banner_keeps_its_words_in_a_part() -> None:
    shown = running(f"banner motd ^C\nNo Entry!\n* staff only\n^C\n{LINES}")
    at = shown.index("banner motd ^C")
    assert shown[at : at + 4] == ["banner motd ^C", "No Entry!", "* staff only", "^C"]


def test_lines_of_another_system_are_refused() -> None:
    _, report = imported("interface ge\n unit 0\n family inet\n address 10.1.1.1\nhostname x\n")
    assert not report.made
    assert any(
        "most of these lines configure no router of these families, capture1.txt:1: 'interface ge' is the first" in each
        for each in told(report)
    )


def test_a_name_that_is_none_is_not_the_routers() -> None:
    _, twin = twin_of(f"hostname {{{{item.hostname}}}}\n{LINES}")
    assert twin.host == ""
