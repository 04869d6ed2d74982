"""Clients that stand at `Username:` hold up a fast world for a while and not for ever."""

from emulator.transports.discipline.log_in_time import AT_ONCE, SHARE, LogInTime


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def slowed(time: LogInTime, clock: Clock, seconds: int) -> int:
    """Seconds, of so many, in which time runs slower."""
    held = 0
    for _ in range(seconds):
        held += time.slows
        clock.seconds += 1
    return held


def test_a_client_that_stays_holds_up_the_world_for_two_minutes():
    clock = Clock()
    time = LogInTime(clock)
    time.begin("anybody")
    assert slowed(time, clock, 10_000) == AT_ONCE


def test_clients_that_come_again_and_again_hold_it_up_for_a_small_part_of_the_time():
    clock, held = Clock(), 0
    time = LogInTime(clock)
    for number in range(1_000):
        time.begin(number)
        held += slowed(time, clock, 25)
        time.end(number, came_in=False)
        clock.seconds += 5
    assert held <= AT_ONCE + SHARE * 5_000 + 1_000


def test_whoever_comes_in_has_the_time_given_back():
    clock = Clock()
    time = LogInTime(clock)
    for number in range(100):
        time.begin(number)
        assert slowed(time, clock, 25) == 25
        time.end(number, came_in=True)


def test_a_client_is_given_its_time_back_beside_one_that_stays():
    clock = Clock()
    time = LogInTime(clock)
    time.begin("stays")
    assert slowed(time, clock, 1_000) == AT_ONCE
    time.begin("comes in")
    clock.seconds += 20
    time.end("comes in", came_in=True)
    assert slowed(time, clock, 100) == 20
