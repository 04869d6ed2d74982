"""Input from outside is bounded, so that no client fills the disk with its history."""

import contextlib

import pytest

from emulator.transports.connections import intake
from emulator.transports.connections.intake import AT_ONCE, Intake, Intakes, TooMuch

SECONDS = 1_000


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.parametrize("size", [0, 1, 7, 100])
def test_whoever_sends_for_ever_is_held_to_the_limit(size: int) -> None:
    clock, taken = Clock(), 0
    limit = Intake(100, 10, clock)
    for _ in range(SECONDS):
        for _number in range(20):
            with contextlib.suppress(TooMuch):
                limit.take(size)
                taken += size
        clock.seconds += 1
    assert taken <= 100 + 10 * SECONDS
    assert taken >= min(20 * size, 10 - size) * (SECONDS - 11)


def test_there_is_room_after_so_many_seconds_and_not_before() -> None:
    clock = Clock()
    limit = Intake(100, 10, clock)
    limit.take(95)
    with pytest.raises(TooMuch, match="try again in 4 seconds") as refused:
        limit.take(40)
    clock.seconds += refused.value.seconds - 1
    with pytest.raises(TooMuch):
        limit.take(40)
    clock.seconds += 1
    limit.take(40)


def test_a_flood_of_one_sender_leaves_the_limits_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_SENDERS", 3)
    limits = Intakes(Clock())
    limits.take("ann", AT_ONCE)
    for other in ("bob", "eve"):
        limits.take(other, AT_ONCE)
    with pytest.raises(TooMuch):
        limits.take("ann", 1)
    limits.take("joe", 1)
    assert list(limits._of) == ["eve", "ann", "joe"]
