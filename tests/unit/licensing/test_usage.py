"""The usage clock: when it warns, what it counts, what a power cut leaves (B.4 and B.5 of the behaviour notes)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.events import Event
from emulator.kernel.time import DAY, MINUTE, SECOND, WEEK
from emulator.licensing.events import LicenseExpired, LicenseExpiring
from emulator.licensing.usage import SAVE_EVERY, UsageClock, notice_points
from tests.unit.licensing.lines import BUILT_IN, PERIOD, line

SINCE = 12_345


def clock(used: int = 0, told: int | None = None) -> UsageClock:
    return UsageClock("R1", BUILT_IN[0], used, SINCE, told)


def used_days(events: list[Event], base: int = 0) -> list[float]:
    return [(event.at - SINCE + base) / DAY for event in events]


def test_a_sixty_day_license_warns_on_these_days_of_use() -> None:
    assert [point // DAY for point in notice_points(PERIOD)] == [32, 39, 46, 53, 54, 55, 56, 57, 58, 59, 60]


def test_a_short_license_warns_only_while_it_lasts() -> None:
    assert [point // DAY for point in notice_points(5 * DAY)] == [1, 2, 3, 4, 5]


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


def test_a_permanent_license_has_no_clock() -> None:
    with pytest.raises(ValueError, match="is not metered"):
        UsageClock("R1", line(), 0, 0, None)
