"""Input before a log-in is bounded for each address and for all; whoever comes in has it given back."""

import contextlib

import pytest

from emulator.transports.connections.intake import TooMuch
from emulator.transports.connections.log_in_limits import (
    A_SECOND,
    ALL_A_SECOND,
    ALL_AT_ONCE,
    AT_ONCE,
    INPUT_OVERHEAD,
    LogInLimits,
)

SECONDS = 200


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def flood(limits: LogInLimits, address: str) -> int:
    """Guess until it is refused; the bytes that were taken."""
    taken = 0
    with contextlib.suppress(TooMuch):
        while True:
            limits.attempt(address).take(16)
            taken += 16 + INPUT_OVERHEAD
    return taken


@pytest.mark.parametrize(
    ("addresses", "most"), [(1, AT_ONCE + A_SECOND * SECONDS), (300, ALL_AT_ONCE + ALL_A_SECOND * SECONDS)]
)
def test_guesses_without_end_are_held_to_the_limit(addresses: int, most: int) -> None:
    clock, taken = Clock(), 0
    limits = LogInLimits(clock)
    for second in range(SECONDS):
        taken += sum(flood(limits, f"127.0.0.{number}") for number in range(second % 7, addresses, 7 % addresses or 1))
        clock.seconds += 1
    assert most / 2 < taken <= most


def test_clients_that_come_in_are_never_refused() -> None:
    limits = LogInLimits(Clock())
    for _ in range(10_000):
        attempt = limits.attempt("127.0.0.1")
        attempt.take(5, 3)
        attempt.take(5)
        attempt.succeed()


def test_a_flood_of_others_leaves_an_address_that_came_in_before() -> None:
    limits = LogInLimits(Clock())
    limits.attempt("127.0.0.1").succeed()
    for number in range(300):
        flood(limits, f"127.1.0.{number}")
    with pytest.raises(TooMuch):
        limits.attempt("127.2.0.1").take(1)
    limits.attempt("127.0.0.1").take(1)


def test_a_refused_input_counts_for_nobody() -> None:
    limits = LogInLimits(Clock())
    flood(limits, "127.0.0.1")
    for _ in range(100):
        with pytest.raises(TooMuch):
            limits.attempt("127.0.0.1").take(ALL_AT_ONCE // 50)
    limits.attempt("127.0.0.2").take(AT_ONCE - INPUT_OVERHEAD)
