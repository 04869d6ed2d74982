"""Notices, counted in time left: which comes next, and which a boot repeats (B.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.time import DAY, HOUR, WEEK
from emulator.licensing.schedule import Notices, Schedule
from emulator.licensing.types import TYPES, LicenseType

METERED = [LicenseType.EVALUATION, LicenseType.EXTENSION, LicenseType.GRACE_PERIOD]


def schedule_of(kind: LicenseType) -> Schedule:
    ending = TYPES[kind].ending
    assert ending is not None
    return ending.schedule


def notices(kind: LicenseType, period: int | None, begin: int, end: int) -> list[int]:
    """Every notice after so much left, down to so much left."""
    table, found = Notices(schedule_of(kind), period), []
    left: int | None = begin
    while left is not None and (left := table.following(left)) is not None and left >= end:
        found.append(left)
    return found


@pytest.mark.parametrize("kind", METERED)
def test_sixty_days_of_use_warn_on_these_days(kind: LicenseType) -> None:
    days = [60 - left // DAY for left in notices(kind, 60 * DAY, 60 * DAY, -21 * DAY)]
    assert days == [32, 39, 46, 53, 54, 55, 56, 57, 58, 59, 60, 67, 74, 81]


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (28, [21, 14, 7, 6, 5, 4, 3, 2, 1, 0]),
        (14, [7, 6, 5, 4, 3, 2, 1, 0]),
        (10, [7, 6, 5, 4, 3, 2, 1, 0]),
        (7, [6, 5, 4, 3, 2, 1, 0]),
        (3, [2, 1, 0]),
        (1, [0]),
    ],
)
def test_a_short_period_warns_only_while_it_lasts(period: int, days: list[int]) -> None:
    assert [left // DAY for left in notices(LicenseType.EXTENSION, period * DAY, period * DAY, 0)] == days


def test_an_evaluation_that_becomes_a_right_warns_twice_and_tells_of_it_once() -> None:
    kind = LicenseType.EVAL_RIGHT_TO_USE
    assert notices(kind, 60 * DAY, 60 * DAY, -(10**15)) == [10 * DAY, 5 * DAY, 0]
    for past in (0, 1, DAY, 400 * DAY):
        assert Notices(schedule_of(kind), 60 * DAY).following(-past) is None
        assert Notices(schedule_of(kind), 60 * DAY).bracket(-past) is None


def test_a_subscription_weekly_then_daily_then_hourly_then_daily_after_it() -> None:
    found = notices(LicenseType.SUBSCRIPTION, None, 400 * DAY, -3 * DAY)
    assert found == [
        *(weeks * WEEK for weeks in range(8, 1, -1)),
        *(days * DAY for days in range(7, 0, -1)),
        *(hours * HOUR for hours in range(23, 0, -1)),
        0, -DAY, -2 * DAY, -3 * DAY,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "bracket"),
    [
        (60 * DAY, None),
        (28 * DAY + 1, None),
        (28 * DAY, 28 * DAY),
        (28 * DAY - 1, 28 * DAY),
        (21 * DAY, 21 * DAY),
        (8 * DAY, 14 * DAY),
        (7 * DAY, 7 * DAY),
        (1, DAY),
        (0, 0),
        (-1, 0),
        (-8 * DAY, 0),
    ],
)
def test_a_boot_repeats_the_latest_warning_that_was_due(left: int, bracket: int | None) -> None:
    assert Notices(schedule_of(LicenseType.EVALUATION), 60 * DAY).bracket(left) == bracket


def test_a_warning_ahead_of_the_period_is_not_repeated_either() -> None:
    table = Notices(schedule_of(LicenseType.EXTENSION), 10 * DAY)
    assert [table.bracket(days * DAY) for days in (10, 8, 7)] == [None, None, 7 * DAY]


kinds = st.sampled_from(sorted(kind for kind, rule in TYPES.items() if rule.ending is not None))
lefts = st.integers(-200 * DAY, 100 * DAY) | st.integers(-30, 100).map(lambda days: days * DAY)


@given(kinds, lefts, st.none() | st.integers(1, 100 * DAY))
def test_the_next_notice_lies_strictly_later_and_none_is_passed_over(
    kind: LicenseType, left: int, period: int | None
) -> None:
    table = Notices(schedule_of(kind), period)
    following = table.following(left)
    if following is None:
        assert not left > 0
        assert schedule_of(kind).again is None
        return
    assert following < left
    assert table.following(following + 1) == following, "nothing lies between"
    assert period is None or following < period


@given(kinds, lefts, st.none() | st.integers(1, 100 * DAY))
def test_the_bracket_is_the_last_notice_given_so_far(kind: LicenseType, left: int, period: int | None) -> None:
    table = Notices(schedule_of(kind), period)
    bracket = table.bracket(left)
    if bracket is not None and left > 0:
        assert bracket >= left
        following = table.following(bracket)
        assert following is not None
        assert following < left
