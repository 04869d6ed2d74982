from emulator.sim.clock import SimClock
from emulator.sim.pacing import Pace
from emulator.sim.seeding import draw


def test_an_instant_is_over_when_everything_of_it_has_happened() -> None:
    clock, done = SimClock(), []
    clock.after(10, lambda: done.append(clock.now))
    clock.after(10, lambda: clock.after(0, lambda: done.append(-clock.now)))
    clock.after(11, lambda: done.append(clock.now))
    clock.run_to(10)
    assert done == [10, -10]
    assert clock.now == 10


def test_time_comes_to_the_instant_even_if_nothing_happens() -> None:
    clock = SimClock(5)
    clock.run_to(1000)
    assert clock.now == 1000


def test_an_instant_that_is_past_changes_nothing() -> None:
    clock = SimClock(50)
    clock.run_to(20)
    assert clock.now == 50


def test_settling_lets_no_time_pass() -> None:
    clock, done = SimClock(), []
    clock.after(0, lambda: done.append("now"))
    clock.after(1, lambda: done.append("later"))
    clock.settle()
    assert (done, clock.now) == (["now"], 0)


def test_running_while_busy_stops_at_the_end_of_the_instant() -> None:
    clock = SimClock()
    done: list[str] = []
    clock.after(7, lambda: done.append("a"))
    clock.after(7, lambda: done.append("b"))
    clock.after(8, lambda: done.append("c"))
    clock.run_while(lambda: not done)
    assert (done, clock.now) == (["a", "b"], 7)


def test_running_ends_when_nothing_is_to_come() -> None:
    clock = SimClock()
    clock.run_while(lambda: True)
    assert clock.now == 0


def test_a_pace_loses_nothing_to_rounding() -> None:
    pace = Pace(1 / 3)
    assert sum(pace.elapsed(0.001) for _ in range(30_000)) in {9_999, 10_000}


def test_what_is_drawn_follows_from_seed_and_purpose() -> None:
    assert draw(1, "R1", "serial").random() == draw(1, "R1", "serial").random()
    assert draw(1, "R1", "serial").random() != draw(1, "R1", "mac").random()
    assert draw(1, "R1", "serial").random() != draw(2, "R1", "serial").random()
