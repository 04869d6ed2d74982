"""The usage clock: when it warns, what it counts, what a power cut leaves (B.4 and B.5 of the behaviour notes)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.events import Event
from emulator.kernel.time import DAY, MINUTE, SECOND, WEEK
from emulator.licensing.expiry import (
    LicenseExpired,
    LicenseExpiring,
    RightToUseAhead,
    RightToUseBegan,
    SubscriptionEnded,
    SubscriptionEnding,
)
from emulator.licensing.lines import LicenseLine
from emulator.licensing.types import LicenseType
from emulator.licensing.usage import SAVE_EVERY, UsageClock
from tests.unit.licensing.lines import BUILT_IN, PERIOD, line

SINCE = 12_345


def clock(used: int = 0, told: int | None = None, what: LicenseLine = BUILT_IN[0], more: int = 0) -> UsageClock:
    """The clock of a license of sixty days; `more` is what its followers have left."""
    return UsageClock("R1", what, used, SINCE, told, left=PERIOD - used + more)


def used_days(events: list[Event], base: int = 0) -> list[float]:
    return [(event.at - SINCE + base) / DAY for event in events]


def test_after_expiry_it_is_named_every_week() -> None:
    events = clock().advance(SINCE + 81 * DAY)
    assert used_days(events) == [32, 39, 46, 53, 54, 55, 56, 57, 58, 59, 60, 67, 74, 81]
    assert all(isinstance(event, LicenseExpiring) for event in events[:10])
    assert all(isinstance(event, LicenseExpired) for event in events[10:])


def test_each_notice_says_what_is_left_or_how_long_ago() -> None:
    events = clock().advance(SINCE + 67 * DAY)
    assert [event.left for event in events if isinstance(event, LicenseExpiring)] == [
        4 * WEEK, 3 * WEEK, 2 * WEEK, *(days * DAY for days in range(7, 0, -1))
    ]  # fmt: skip
    assert [event.ago for event in events if isinstance(event, LicenseExpired)] == [0, WEEK]


def test_it_says_when_it_next_has_something_to_say() -> None:
    waiting = clock()
    assert waiting.next_deadline() == SINCE + 32 * DAY
    assert waiting.advance(SINCE + 32 * DAY - 1) == []
    assert len(waiting.advance(SINCE + 32 * DAY)) == 1
    assert waiting.next_deadline() == SINCE + 39 * DAY


@pytest.mark.parametrize(
    ("used", "told"),
    [(32 * DAY - 1, []), (32 * DAY, [32]), (38 * DAY, [38]), (45 * DAY, [45]), (53 * DAY + 1, [53]), (59 * DAY, [59])],
)
def test_a_boot_inside_the_warning_window_repeats_one_bracket(used: int, told: list[int]) -> None:
    events = clock(used).advance(SINCE)
    assert [int(day) for day in used_days(events, base=used)] == told


def test_after_the_repeated_bracket_the_schedule_goes_on() -> None:
    events = clock(38 * DAY).advance(SINCE + 8 * DAY)
    assert used_days(events, base=38 * DAY) == [38, 39, 46]


def test_a_saved_world_goes_on_without_repeating() -> None:
    whole = clock().advance(SINCE + 45 * DAY)
    first = clock().advance(SINCE + 33 * DAY)
    resumed = clock(told=SINCE + 33 * DAY)
    assert first + resumed.advance(SINCE + 45 * DAY) == whole


def test_a_world_saved_in_the_instant_of_the_boot_does_not_repeat_the_bracket() -> None:
    booted = clock(38 * DAY)
    assert len(booted.advance(SINCE)) == 1
    resumed = clock(38 * DAY, told=SINCE)
    assert resumed.advance(SINCE) == []
    assert resumed.next_deadline() == SINCE + DAY


@given(
    st.integers(0, 58 * DAY),
    st.lists(st.integers(1, 20 * DAY), max_size=200),
    st.integers(0, 70 * DAY),
)
def test_one_step_gives_the_same_record_as_many(base: int, steps: list[int], first: int) -> None:
    end = SINCE + first + sum(steps)
    whole = clock(base).advance(end)
    stepped, now = clock(base), SINCE + first
    events = stepped.advance(now)
    for step in steps:
        now += step
        events += stepped.advance(now)
    assert events == whole


def test_thousands_of_steps_give_the_same_record() -> None:
    whole = clock().advance(SINCE + 100 * DAY)
    stepped, now, step = clock(), SINCE, 1
    events: list[Event] = []
    while now < SINCE + 100 * DAY:
        step = step * 16_807 % 2_147_483_647
        now = min(now + step % (90 * MINUTE), SINCE + 100 * DAY)
        events += stepped.advance(now)
    assert events == whole


@given(st.integers(0, 70 * DAY), st.integers(0, 70 * DAY))
def test_used_time_never_falls(base: int, passed: int) -> None:
    counting = clock(base)
    assert counting.used(SINCE) == base
    assert counting.used(SINCE + passed) == base + passed
    assert base <= counting.saved(SINCE + passed) <= counting.used(SINCE + passed)


@given(st.integers(0, 59 * DAY), st.integers(0, 10 * DAY))
def test_a_power_cut_loses_less_than_five_minutes(base: int, passed: int) -> None:
    counting = clock(base)
    lost = counting.used(SINCE + passed) - counting.saved(SINCE + passed)
    assert 0 <= lost < 5 * MINUTE
    assert lost == passed % SAVE_EVERY


def test_exactly_five_minutes_are_saved() -> None:
    assert clock().saved(SINCE + 5 * MINUTE - 1) == 0
    assert clock().saved(SINCE + 5 * MINUTE) == 5 * MINUTE
    assert clock().saved(SINCE + 9 * MINUTE + 59 * SECOND) == 5 * MINUTE


RIGHT = line(LicenseType.EVAL_RIGHT_TO_USE)


def test_an_evaluation_that_becomes_a_right_tells_of_it_once() -> None:
    events = clock(what=RIGHT).advance(SINCE + 400 * DAY)
    assert all(isinstance(event, RightToUseAhead) for event in events[:2])
    assert all(isinstance(event, RightToUseBegan) for event in events[2:])
    assert used_days(events) == [50, 55, 60]


@pytest.mark.parametrize("used", [PERIOD, PERIOD + 1, 3 * PERIOD])
def test_a_later_boot_with_a_right_to_use_says_nothing(used: int) -> None:
    waiting = clock(used, what=RIGHT)
    assert waiting.next_deadline() is None
    assert waiting.advance(SINCE + 400 * DAY) == []


@pytest.mark.parametrize(
    ("left", "first"), [(3 * WEEK, SubscriptionEnding), (DAY, SubscriptionEnding), (0, SubscriptionEnded),
                        (-5 * DAY, SubscriptionEnded)],
)  # fmt: skip
def test_a_subscription_tells_at_a_boot_where_it_stands(left: int, first: type[Event]) -> None:
    subscription = line(LicenseType.SUBSCRIPTION, ends=1)
    [event] = UsageClock("R1", subscription, 0, SINCE, None, left=left).advance(SINCE)
    assert type(event) is first
    assert getattr(event, "left", 0) == max(left, 0)
    assert getattr(event, "ago", 0) == max(-left, 0)


def test_followers_put_the_warnings_off() -> None:
    events = clock(more=30 * DAY).advance(SINCE + 97 * DAY)
    assert used_days(events) == [day + 30 for day in (32, 39, 46, 53, 54, 55, 56, 57, 58, 59, 60, 67)]


def test_two_short_licenses_warn_by_their_sum() -> None:
    extension = line(LicenseType.EXTENSION, period=10 * DAY)
    stacked = UsageClock("R1", extension, 0, SINCE, None, left=15 * DAY)
    assert used_days(stacked.advance(SINCE + 15 * DAY)) == [1, 8, 9, 10, 11, 12, 13, 14, 15]
    later = UsageClock("R1", extension, 2 * DAY, SINCE, None, left=13 * DAY)
    assert used_days(later.advance(SINCE), base=2 * DAY) == [2], "the boot repeats the two weeks' warning"


def test_a_notice_that_has_not_had_its_turn_is_not_taken_as_told() -> None:
    waiting = clock()
    due = SINCE + 32 * DAY
    assert waiting.told(due - 1) == due - 1
    assert waiting.told(due) == due - 1
    assert clock(told=waiting.told(due)).next_deadline() == due
    waiting.advance(due)
    assert waiting.told(due) == due


kinds = st.sampled_from([BUILT_IN[0], RIGHT, line(LicenseType.EXTENSION)])


@given(kinds, st.integers(0, 90 * DAY), st.integers(0, 30 * DAY), st.integers(0, 90 * DAY))
def test_restored_at_any_instant_the_later_notices_are_the_same(
    what: LicenseLine, used: int, more: int, instant: int
) -> None:
    end = SINCE + 200 * DAY
    whole = clock(used, what=what, more=more)
    before = whole.advance(SINCE + instant)
    resumed = clock(used, told=SINCE + instant, what=what, more=more)
    assert resumed.next_deadline() == whole.next_deadline()
    assert before + resumed.advance(end) == clock(used, what=what, more=more).advance(end)
