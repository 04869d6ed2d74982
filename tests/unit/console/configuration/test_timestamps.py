"""Stamps of messages: the options of `service timestamps`, in any order, and none."""

import re

import pytest

from tests.driver import ConsoleDriver, world_of

LINE = "%SYS-5-CONFIG_I: Configured from console by console"


@pytest.fixture
def console() -> ConsoleDriver:
    return ConsoleDriver(world_of()).boot()


def stamps(console: ConsoleDriver) -> list[str]:
    return [line for line in console.type("show running-config").shown.splitlines() if "timestamps" in line]


@pytest.mark.parametrize(
    ("typed", "kept", "form"),
    [
        ("service timestamps log datetime", "datetime", r"\*Mar  1 00:01:\d\d: "),
        ("service timestamps log datetime msec", "datetime msec", r"\*Mar  1 00:01:\d\d\.\d{3}: "),
        ("service timestamps log datetime year", "datetime year", r"\*Mar  1 2002 00:01:\d\d: "),
        (
            "service timestamps log date show local ms",
            "datetime msec localtime show-timezone",
            r"\*Mar  1 00:01:\d\d\.\d{3} UTC: ",
        ),
        ("service timestamps log datetime msec msec", "datetime msec", r"\*Mar  1 00:01:\d\d\.\d{3}: "),
        ("service timestamps log uptime", "uptime", r"00:01:\d\d: "),
    ],
)
def test_a_message_is_stamped_as_asked(console: ConsoleDriver, typed: str, kept: str, form: str) -> None:
    console.pass_time(60_000)
    console.type("configure terminal", typed, "end")
    assert stamps(console)[1] == f"service timestamps log {kept}"
    last = console.type("show logging").shown.splitlines()[-1]
    assert last.endswith(LINE)
    assert re.fullmatch(form, last.removesuffix(LINE))


@pytest.mark.parametrize("typed", ["no service timestamps", "no service timestamps log uptime"])
def test_a_message_without_a_stamp_begins_with_its_facility(console: ConsoleDriver, typed: str) -> None:
    console.type("configure terminal", typed, "end", "show logging")
    assert console.shown.splitlines()[-1] == LINE
    assert "no service timestamps log uptime" in stamps(console)


def test_the_uptime_of_a_message_does_not_follow_the_clock(console: ConsoleDriver) -> None:
    console.pass_time(60_000)
    console.type("configure terminal", "service timestamps log uptime", "end")
    console.type("clock set 10:00:00 1 may 2010", "configure terminal", "end", "show logging")
    assert all(re.match(r"00:0[01]:\d\d: ", line) for line in console.shown.splitlines() if LINE in line)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("logging console 3", "logging console errors"),
        ("logging monitor 4", "logging monitor warnings"),
        ("logging trap 7", "logging trap debugging"),
        ("logging history 5", "logging history notifications"),
        ("logging buffered 2", "logging buffered critical"),
        ("logging buffered 8192 6", "logging buffered 8192 informational"),
    ],
)
def test_a_severity_is_typed_by_number_and_kept_by_name(console: ConsoleDriver, typed: str, kept: str) -> None:
    console.type("configure terminal", typed, "end")
    assert kept in console.type("show running-config").shown.splitlines()


def test_there_is_no_severity_above_seven(console: ConsoleDriver) -> None:
    console.type("configure terminal", "logging console 8").sees("% Invalid input detected at '^' marker.")
