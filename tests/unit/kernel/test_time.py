import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.time import DAY, HOUR, MINUTE, SECOND, WEEK, format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("59d12h", 59 * DAY + 12 * HOUR),
        ("90m", 90 * MINUTE),
        ("30s", 30 * SECOND),
        ("1w2d", WEEK + 2 * DAY),
        ("250ms", 250),
        ("1m1ms", MINUTE + 1),
        ("0s", 0),
    ],
)
def test_durations_are_read(text: str, duration: int) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize("text", ["", "12", "d", "1y", "1d ", "-1d", "1.5h", "1d,2h", "x1d"])
def test_rubbish_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration; write for example 59d12h, 90m or 30s"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("duration", "text"), [(0, "0s"), (59 * DAY + 12 * HOUR, "59d12h"), (WEEK, "7d"), (61_001, "1m1s1ms")]
)
def test_durations_are_written_largest_unit_first(duration: int, text: str) -> None:
    assert format_duration(duration) == text


@given(st.integers(0, 10 * 365 * DAY))
def test_what_is_written_is_read_as_the_same(duration: int) -> None:
    assert parse_duration(format_duration(duration)) == duration
