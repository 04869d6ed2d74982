"""`lock`: nothing but its password opens a line again."""

from tests.driver import ConsoleDriver


def test_a_break_does_not_open_a_locked_line(console: ConsoleDriver) -> None:
    console.type("configure terminal", "line con 0", "lockable", "end", "lock", "one", "one")
    console.sees("Locked")
    console.line.terminal.interrupt()
    console.type("show clock").sees_nothing_of("UTC")
    console.type("one", "show clock").sees("UTC")


def test_passwords_that_differ_lock_nothing(console: ConsoleDriver) -> None:
    console.type("configure terminal", "line con 0", "lockable", "end", "lock", "one", "two")
    console.sees("% Passwords do not match")
    console.type("show clock").sees("UTC")


def test_a_line_is_locked_only_where_its_configuration_lets_it(console: ConsoleDriver) -> None:
    console.type("lock").sees("% Lock command is not enabled on this line")
    console.type("show clock").sees("UTC")
