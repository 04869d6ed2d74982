"""Guesses are counted for each client and each account, on a clock that the test winds."""

import pytest

from emulator.transports.web.guard.rate_limits import Rate, Tries


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tries(clock: Clock) -> Tries:
    return Tries(Rate(3, 10.0), clock)


def test_so_many_are_free_and_then_it_takes_time(tries: Tries, clock: Clock) -> None:
    assert [tries.take(["a"]) for _ in range(4)] == [0, 0, 0, 10]
    clock.seconds += 9.5
    assert tries.take(["a"]) == 1
    clock.seconds += 0.5
    assert [tries.take(["a"]), tries.take(["a"])] == [0, 10]


def test_a_refused_try_uses_nothing_up(tries: Tries, clock: Clock) -> None:
    for _ in range(3):
        tries.take(["a", "b"])
    assert tries.take(["a", "c"]) == 10
    clock.seconds += 10
    assert [tries.take(["c"]) for _ in range(4)] == [0, 0, 0, 10], "c had all its tries"


def test_the_emptiest_bucket_decides(tries: Tries) -> None:
    for _ in range(3):
        tries.failed(["client"])
    assert tries.wait(["account", "client"]) == 10
    assert tries.wait(["account"]) == 0


def test_a_try_that_went_well_is_given_back(tries: Tries) -> None:
    for _ in range(50):
        assert tries.take(["a"]) == 0
        tries.given_back(["a"])


def test_a_bucket_never_holds_more_than_its_tries(tries: Tries, clock: Clock) -> None:
    tries.failed(["a"])
    tries.given_back(["a"])
    tries.given_back(["a"])
    clock.seconds += 10_000
    assert [tries.take(["a"]) for _ in range(4)] == [0, 0, 0, 10]


def test_only_so_many_buckets_are_kept(clock: Clock) -> None:
    tries = Tries(Rate(1, 10.0), clock, most=2)
    for key in ("a", "b", "c"):
        tries.failed([key])
    assert [tries.wait([key]) for key in ("a", "b", "c")] == [0, 10, 10]
