"""Learners who are stuck: the same refusal three times, or long without progress; and the last command."""

import pytest

from emulator.runtime.classroom.activity import LONG, Activity

UNKNOWN = "          ^\n% Invalid input detected at '^' marker.\n\n"


@pytest.fixture
def activity() -> Activity:
    found = Activity(0.0)
    found.judged(0, 1, 0.0)
    return found


def refused(activity: Activity, command: str, refusal: str = UNKNOWN, router: str = "R1") -> None:
    activity.printed(router, f"{router}#{command}\n")
    activity.printed(router, refusal)


def test_the_same_refusal_three_times(activity: Activity) -> None:
    for _ in range(2):
        refused(activity, "shwo license")
    assert activity.stuck(1.0) == ""
    refused(activity, "shwo version")
    assert activity.stuck(1.0) == "same refusal 3 times"
    refused(activity, "shwo version")
    assert activity.stuck(1.0) == "same refusal 4 times"
    refused(activity, "shwo version", "% Incomplete command.\n")
    assert activity.stuck(1.0) == ""


def test_different_mistakes_are_no_reason(activity: Activity) -> None:
    for command in ("shwo", "pign", "shwo", "relod", "shwo"):
        refused(activity, command)
    assert activity.stuck(1.0) == ""


def test_progress_ends_it(activity: Activity) -> None:
    for _ in range(3):
        refused(activity, "license install x")
    activity.judged(0, 1, 2.0)
    assert activity.stuck(2.0)
    activity.judged(10, 1, 3.0)
    assert activity.stuck(3.0) == ""


@pytest.mark.parametrize("message", ["*Mar  1 00:00:09.123: %SYS-5-CONFIG_I: Configured\n", "%SYS-5-RESTART: x\n"])
def test_a_system_message_refuses_nothing(message: str, activity: Activity) -> None:
    for _ in range(4):
        refused(activity, "show clock", message)
    assert activity.stuck(1.0) == ""


def test_ten_minutes_without_progress(activity: Activity) -> None:
    assert activity.stuck(LONG - 1) == ""
    assert activity.stuck(LONG + 125) == "12 min without progress"
    activity.judged(0, 2, LONG)
    assert activity.stuck(LONG + 125) == ""


@pytest.mark.parametrize(
    ("router", "rows", "command"),
    [
        ("R1", "Router>enable\nRouter#show license\n", "R1: show license"),
        ("R1", "shop(config-if)#no shutdown\nshop(config-if)#\n", "R1: no shutdown"),
        ("bench", "bench>power R1 on\n", "bench: power R1 on"),
        ("R1", "Password: \nInterface  IP-Address\n", ""),
        ("R1", "R1#" + "x" * 100 + "\n", "R1: " + "x" * 60),
    ],
)
def test_the_last_command_is_what_was_typed_behind_a_prompt(
    router: str, rows: str, command: str, activity: Activity
) -> None:
    activity.printed(router, rows)
    assert activity.command == command


def test_the_heading_of_a_table_is_no_command(activity: Activity) -> None:
    activity.printed("R1", "plain#show license udi\nDevice#   PID                   SN              UDI\nplain#\n")
    assert activity.command == "R1: show license udi"
