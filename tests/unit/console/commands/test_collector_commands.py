"""Every command of the usual collectors, at every family and level: an answer, or a refusal with a source."""

from functools import cache

import pytest

from emulator.grammar import Parsed
from tests.collectors import CommandGroup, groups
from tests.driver import ConsoleDriver, world_of

FAMILIES = (
    ("CISCO861-K9", ("advsecurity",)),
    ("CISCO881-K9", ("advsecurity",)),
    ("CISCO881-SEC-K9", ("advsecurity", "advipservices")),
    ("CISCO881W-GN-A-K9", ("advsecurity", "advipservices")),
    ("CISCO887VA-K9", ("advsecurity",)),
    ("C881SRST-K9", ("advipservices",)),
    ("IAD881F-K9", ("advsecurity",)),
    ("IAD881F-K9", ("advsecurity", "advipservices")),
)
MISSING_AT_MOST = 0
"""Commands without an answer or a sourced refusal; the number only falls."""

WAN = "FastEthernet4"
"""Port of most products at which the provider's line comes in; others have another there."""

DIALOGUES = ("configure ", "copy ", "setup", "tclsh", "exit", "clear line", "service-module wlan-ap 0 session", "ssh ")
"""Beginnings of lines that ask, leave or reach elsewhere; they are played in golden screens of their own."""


@cache
def console(pid: str, levels: tuple[str, ...]) -> ConsoleDriver:
    booted = ConsoleDriver(world_of("R1", pid=pid, factory=levels)).boot()
    if booted.router.has_feature("vrf"):
        booted.type("configure terminal", "ip vrf RED", "end")
    return booted


def exists(group: CommandGroup, at: ConsoleDriver) -> bool:
    match group.answer:
        case "always":
            return True
        case "feature":
            return at.router.has_feature(group.name)
        case "part":
            parts = (port.name for port in at.router.platform.interfaces)
            cards = (card.pid for card in at.router.platform.cards)
            return any(name.startswith(group.name) for name in (*parts, *cards, *at.router.platform.controllers))
        case _:
            return False


@pytest.mark.parametrize(("pid", "levels"), FAMILIES)
@pytest.mark.parametrize("group", groups(), ids=lambda group: f"{group.answer} {group.name}".strip())
def test_a_command_is_answered_or_refused(pid: str, levels: tuple[str, ...], group: CommandGroup) -> None:
    at = console(pid, levels)
    for each in group.commands:
        line = each.line.replace(WAN, at.router.platform.wan_interface)
        outcome = at.session.parse("exec", line)
        assert isinstance(outcome, Parsed) == exists(group, at), each.line


@pytest.mark.parametrize(("pid", "levels"), [FAMILIES[2], FAMILIES[3]])
def test_an_answer_is_printed(pid: str, levels: tuple[str, ...]) -> None:
    at = console(pid, levels)
    for group in groups():
        for each in group.commands if exists(group, at) else ():
            if not each.line.startswith(DIALOGUES):
                at.type(each.line)
                at.sees_nothing_of("% Invalid input", "% Incomplete command", "% Ambiguous command")
                assert at.prompt.endswith("#"), each.line


def test_a_refusal_has_a_source() -> None:
    refused = [group for group in groups() if group.answer == "refused"]
    assert refused
    assert [group.name for group in refused if not (group.reason and group.source and group.basis)] == []


def test_every_command_stands_once() -> None:
    lines = [each.line for group in groups() for each in group.commands]
    assert len(lines) == len(set(lines))


def test_what_is_missing_gets_less() -> None:
    assert sum(len(group.commands) for group in groups() if group.answer == "missing") <= MISSING_AT_MOST
