"""`show logging`, and where messages go."""

import pytest

from emulator.router.syslog import LogEntry, SystemLog, severity, threshold
from tests.driver import ConsoleDriver


def entry(at: int, text: str) -> LogEntry:
    return LogEntry(at, is_set=True, text=text)


def test_the_boot_is_in_the_buffer(console: ConsoleDriver) -> None:
    console.type("show logging")
    console.sees(
        "Log Buffer (4096 bytes):\n\n*Mar  1 00:00:02.175: %IOS_LICENSE_IMAGE_APPLICATION-6-LICENSE_LEVEL",
        "%SYS-5-RESTART: System restarted --\nCisco IOS Software",
    )
    count = console.router.running.log.buffered
    console.sees(f"    Buffer logging:  level debugging, {count} messages logged, xml disabled,\n")


def test_the_buffer_is_of_this_boot(console: ConsoleDriver) -> None:
    console.type("configure terminal", "hostname Early", "end").reload()
    assert not any("Configured from console" in entry.text for entry in console.router.running.log.entries)


def test_a_cleared_buffer_is_empty(console: ConsoleDriver) -> None:
    console.type("clear logging", "", "show logging")
    assert console.shown.endswith("Log Buffer (4096 bytes):\n\n")
    console.type("configure terminal", "end", "show logging").sees("1 messages logged", "Configured from console")


@pytest.mark.parametrize(
    ("line", "level"),
    [(None, 7), ("no logging console", -1), ("logging console", 7), ("logging console warnings", 4),
     ("logging console 2", 2)],
)  # fmt: skip
def test_levels(console: ConsoleDriver, line: str | None, level: int) -> None:
    configuration = console.router.configuration
    if line is not None:
        configuration.lines["logging console"] = line
    assert threshold(configuration, "console") == level


def test_the_console_shows_its_level_and_the_buffer_takes_all(console: ConsoleDriver) -> None:
    console.router.configuration.lines["logging console"] = "logging console errors"
    console.type("configure terminal", "end").sees_nothing_of("CONFIG_I")
    console.type("show logging").sees("Configured from console by console", "Console logging: level errors")


def test_no_buffer(console: ConsoleDriver) -> None:
    console.router.configuration.lines["logging buffered"] = "no logging buffered"
    console.type("configure terminal", "end", "show logging").sees("    Buffer logging: disabled\n")
    console.sees_nothing_of("Log Buffer")


def test_size_and_level_of_the_buffer(console: ConsoleDriver) -> None:
    console.router.configuration.lines["logging buffered"] = "logging buffered 10000 informational"
    console.type("show logging").sees("level informational", "Log Buffer (10000 bytes)")


def test_the_oldest_make_room(console: ConsoleDriver) -> None:
    log, configuration = SystemLog(), console.router.configuration
    for number in range(200):
        log.record(configuration, entry(number, f"%X-6-Y: message {number:04d} " + "." * 50))
    assert log.size <= 4096
    assert log.entries[-1].at == 199
    assert [entry.at for entry in log.entries] == list(range(200 - len(log.entries), 200))
    assert log.buffered == 200


def test_one_message_larger_than_the_buffer_is_kept(console: ConsoleDriver) -> None:
    log = SystemLog()
    log.record(console.router.configuration, entry(0, "%X-6-Y: " + "." * 5000))
    assert len(log.entries) == 1


@pytest.mark.parametrize(
    ("text", "level"),
    [("%SYS-5-CONFIG_I: x", 5), ("%IOS_LICENSE_IMAGE_APPLICATION-6-LICENSE_LEVEL: x", 6), ("LIC-EVENT: x", 7)],
)
def test_severity(text: str, level: int) -> None:
    assert severity(text) == level


def test_a_message_of_the_buffer_keeps_the_stamp_that_it_was_logged_with(console: ConsoleDriver) -> None:
    console.type("clear logging", "", "configure terminal", "end")
    console.type("configure terminal", "no service timestamps log", "end")
    console.type("configure terminal", "service timestamps log uptime", "end")
    console.type(
        "configure terminal", "service timestamps log datetime localtime show-timezone", "clock timezone PST -8"
    )
    console.type("end", "clock set 10:00:00 4 march 2012", "configure terminal", "clock timezone CET 1", "end")
    console.type("show logging")
    told = [line for line in console.shown.splitlines() if line.endswith("Configured from console by console")]
    beginnings = ("*Mar  1 00:00:", "%SYS-5-CONFIG_I", "00:00:", "*Feb 28 16:00:", "Mar  4 19:00:")
    assert [line[: len(begin)] for line, begin in zip(told, beginnings, strict=True)] == list(beginnings)
    assert " PST: " in told[3]
    assert " CET: " in told[4]
