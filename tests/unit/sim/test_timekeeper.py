"""One keeper for all that waits: order, pokes, dismissals, enrolment while it serves."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.events import Event
from emulator.sim.clock import SimClock
from emulator.sim.timekeeper import Timekeeper


class Alarm:
    """Rings at given instants, and may do something when it rings."""

    def __init__(self, bell: "Bell", name: str, *instants: int) -> None:
        self.bell, self.name = bell, name
        self.instants = sorted(instants)
        self.then: Callable[[], object] = lambda: None

    @property
    def key(self) -> tuple[str, str]:
        return self.name, "alarm"

    def next_deadline(self) -> int | None:
        return self.instants[0] if self.instants else None

    def advance(self, now: int) -> list[Event]:
        events = [Event(at=each, router=self.name) for each in self.instants if each <= now]
        self.instants = [each for each in self.instants if each > now]
        self.bell.served.append((now, self.name))
        self.then()
        return events


class Bell:
    """A clock with its keeper, and the record of what rang."""

    def __init__(self) -> None:
        self.clock = SimClock()
        self.events: list[Event] = []
        self.served: list[tuple[int, str]] = []
        self.keeper = Timekeeper(self.clock, self.events.append)

    def enrol(self, name: str, *instants: int) -> Alarm:
        alarm = Alarm(self, name, *instants)
        self.keeper.enrol(alarm.key, alarm)
        return alarm

    @property
    def rang(self) -> list[tuple[int, str]]:
        return [(event.at, event.router) for event in self.events]


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.mark.parametrize("order", [("R1", "R2", "R3"), ("R3", "R1", "R2")])
def test_ties_go_by_key_whatever_the_order_of_enrolment(bell: Bell, order: tuple[str, ...]) -> None:
    for name in order:
        bell.enrol(name, 5)
    bell.clock.run_to(5)
    assert bell.rang == [(5, "R1"), (5, "R2"), (5, "R3")]


def test_each_is_served_at_its_instant(bell: Bell) -> None:
    bell.enrol("R1", 10, 30)
    bell.enrol("R2", 20)
    bell.clock.run_to(100)
    assert bell.served == [(10, "R1"), (20, "R2"), (30, "R1")]


def test_a_deadline_is_not_served_early(bell: Bell) -> None:
    bell.enrol("R1", 10)
    bell.clock.run_to(9)
    assert bell.rang == []
    assert bell.keeper.earliest("alarm") == 10
    bell.clock.run_to(10)
    assert bell.rang == [(10, "R1")]
    assert bell.keeper.earliest("alarm") is None


def test_a_poke_to_an_earlier_instant(bell: Bell) -> None:
    alarm = bell.enrol("R1", 50)
    alarm.instants = [20]
    bell.keeper.poke(alarm.key)
    assert bell.keeper.earliest("alarm") == 20
    bell.clock.run_to(100)
    assert bell.served == [(20, "R1")]


def test_a_poke_to_a_later_instant(bell: Bell) -> None:
    alarm = bell.enrol("R1", 20)
    alarm.instants = [50]
    bell.keeper.poke(alarm.key)
    assert bell.keeper.earliest("alarm") == 50
    bell.clock.run_to(100)
    assert bell.served == [(50, "R1")]


def test_a_poke_to_nothing(bell: Bell) -> None:
    alarm = bell.enrol("R1", 20)
    alarm.instants = []
    bell.keeper.poke(alarm.key)
    assert bell.keeper.earliest("alarm") is None
    bell.clock.run_to(100)
    assert bell.served == []


def test_a_poke_there_and_back_serves_once(bell: Bell) -> None:
    alarm = bell.enrol("R1", 20)
    for instant in (50, 20):
        alarm.instants = [instant]
        bell.keeper.poke(alarm.key)
    bell.clock.run_to(100)
    assert bell.served == [(20, "R1")]


def test_a_poke_to_a_past_instant_is_served_now(bell: Bell) -> None:
    bell.clock.run_to(30)
    bell.enrol("R1", 10)
    bell.clock.settle()
    assert bell.served == [(30, "R1")]
    assert bell.rang == [(10, "R1")]


def test_a_dismissed_object_is_not_served(bell: Bell) -> None:
    alarm = bell.enrol("R1", 20)
    bell.keeper.dismiss(alarm.key)
    bell.keeper.dismiss(alarm.key)
    bell.clock.run_to(100)
    assert bell.served == []


def test_one_enrolled_after_another_of_the_same_key_takes_its_place(bell: Bell) -> None:
    bell.enrol("R1", 20)
    bell.keeper.dismiss(("R1", "alarm"))
    second = bell.enrol("R1", 20)
    bell.clock.run_to(100)
    assert bell.served == [(20, "R1")]
    assert second.instants == []


def test_an_object_may_dismiss_itself_while_it_is_served(bell: Bell) -> None:
    alarm = bell.enrol("R1", 20, 30)
    alarm.then = lambda: bell.keeper.dismiss(alarm.key)
    bell.clock.run_to(100)
    assert bell.served == [(20, "R1")]


def test_one_may_be_enrolled_for_the_same_instant_while_another_is_served(bell: Bell) -> None:
    alarm = bell.enrol("R2", 20)
    alarm.then = lambda: bell.enrol("R1", 20)
    bell.clock.run_to(20)
    assert bell.served == [(20, "R2"), (20, "R1")]


def test_one_may_be_enrolled_for_later_while_another_is_served(bell: Bell) -> None:
    alarm = bell.enrol("R1", 20, 40)
    alarm.then = lambda: bell.enrol("R2", 30)
    bell.clock.run_to(35)
    assert bell.served == [(20, "R1"), (30, "R2")]


def test_one_served_object_may_poke_another(bell: Bell) -> None:
    other = bell.enrol("R2", 90)
    alarm = bell.enrol("R1", 20)

    def hurry() -> None:
        other.instants = [25]
        bell.keeper.poke(other.key)

    alarm.then = hurry
    bell.clock.run_to(100)
    assert bell.served == [(20, "R1"), (25, "R2")]


plans = st.dictionaries(st.sampled_from(["R1", "R2", "R3"]), st.lists(st.integers(0, 50), max_size=6))


@given(plans, st.lists(st.integers(0, 20), max_size=12))
def test_a_jump_gives_the_same_record_as_any_steps(plan: dict[str, list[int]], steps: list[int]) -> None:
    def record(stops: list[int]) -> list[tuple[int, str]]:
        bell = Bell()
        for name, instants in plan.items():
            bell.enrol(name, *instants)
        for stop in stops:
            bell.clock.run_to(bell.clock.now + stop)
        bell.clock.run_to(300)
        return bell.rang

    rang = record(steps)
    assert rang == record([])
    assert sorted({at for at, _ in rang}) == sorted({at for instants in plan.values() for at in instants})
