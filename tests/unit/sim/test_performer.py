"""Effects performed: said, asked, waited for, requested; and dropped at every point."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.effects import Abandoned, Ask, AskKey, Handler, Request, Say, Wait
from emulator.sim.clock import SimClock
from emulator.sim.performer import Performance
from emulator.sim.timekeeper import Timekeeper


class Stage:
    """A screen that records what it is told."""

    def __init__(self) -> None:
        self.clock = SimClock()
        self.keeper = Timekeeper(self.clock, lambda _: None)
        self.number = 0
        self.record: list[str] = []
        self.on_say: Callable[[], None] = lambda: None

    def perform(self, handler: Handler) -> Performance:
        self.number += 1
        return Performance(self.clock, self.keeper, ("R1", f"performance {self.number}"), handler, self)

    def answer(self, performance: Performance, text: str) -> None:
        performance.answer(text)
        self.clock.settle()

    def say(self, text: str) -> None:
        self.record.append(text)
        self.on_say()

    def pause(self) -> None:
        self.record.append("(pause)")

    def finished(self) -> None:
        self.record.append("(finished)")


@pytest.fixture
def stage() -> Stage:
    return Stage()


def asked(performance: Performance) -> Ask | AskKey | None:
    return performance.question


def play(record: list[str]) -> Handler:
    """A bit of everything; `record` notes that it was closed in order."""
    try:
        yield Say("one")
        name = yield Ask("name? ")
        yield Say(f"name {name}")
        key = yield AskKey("[confirm]")
        yield Say(f"key {key!r}")
        yield Wait(100)
        yield Say("waited")
        answer = yield Request(lambda: 42, 50)
        yield Say(f"answer {answer}")
    finally:
        record.append("(closed)")


def test_a_whole_play(stage: Stage) -> None:
    performance = stage.perform(play(stage.record))
    assert stage.record == []
    stage.clock.settle()
    assert asked(performance) == Ask("name? ")
    stage.answer(performance, "R1")
    assert asked(performance) == AskKey("[confirm]")
    stage.answer(performance, "\n")
    assert asked(performance) is None
    stage.clock.run_to(99)
    assert stage.record[-1] == "(pause)"
    stage.clock.run_to(200)
    assert stage.record == [
        "one", "(pause)", "name R1", "(pause)", "key '\\n'", "(pause)", "waited", "(pause)", "answer 42", "(closed)",
        "(finished)",
    ]  # fmt: skip
    assert performance.over


def test_the_request_is_made_after_its_latency(stage: Stage) -> None:
    made: list[int] = []

    def asking() -> Handler:
        yield Request(lambda: made.append(stage.clock.now), 50)

    stage.perform(asking())
    stage.clock.run_to(49)
    assert made == []
    stage.clock.run_to(50)
    assert made == [50]


def test_an_answer_to_nothing_is_a_mistake(stage: Stage) -> None:
    performance = stage.perform(play([]))
    with pytest.raises(RuntimeError, match="nothing was asked"):
        performance.answer("x")


@pytest.mark.parametrize("steps", range(6))
def test_dropped_at_every_point_nothing_follows(stage: Stage, steps: int) -> None:
    performance = stage.perform(play(stage.record))
    acts: list[Callable[[], None]] = [
        stage.clock.settle,
        lambda: stage.answer(performance, "R1"),
        lambda: stage.answer(performance, "y"),
        lambda: stage.clock.run_to(50),
        lambda: stage.clock.run_to(120),
    ]
    for act in acts[:steps]:
        act()
    before = list(stage.record)
    performance.drop()
    performance.drop()
    assert performance.question is None
    stage.clock.run_to(1000)
    assert stage.record == before + (["(closed)"] if steps else [])


def test_a_request_that_was_under_way_is_not_made_after_a_drop(stage: Stage) -> None:
    made: list[str] = []

    def asking() -> Handler:
        yield Request(lambda: made.append("made"), 50)

    performance = stage.perform(asking())
    stage.clock.run_to(20)
    performance.drop()
    stage.clock.run_to(100)
    assert made == []


def test_an_answer_given_before_the_drop_has_no_effect(stage: Stage) -> None:
    performance = stage.perform(play(stage.record))
    stage.clock.settle()
    performance.answer("R1")
    performance.drop()
    stage.clock.settle()
    assert stage.record == ["one", "(pause)", "(closed)"]


def test_dropped_from_within_its_own_step_it_ends_with_that_step(stage: Stage) -> None:
    def suicidal() -> Handler:
        yield Say("one")
        performance.drop()
        stage.record.append("step goes on")
        yield Say("two")
        yield Say("three")

    performance = stage.perform(suicidal())
    stage.clock.run_to(10)
    assert stage.record == ["one", "step goes on"]


def test_dropped_in_the_last_step_it_is_not_finished(stage: Stage) -> None:
    def suicidal() -> Handler:
        yield Say("one")
        performance.drop()

    performance = stage.perform(suicidal())
    stage.clock.settle()
    assert stage.record == ["one"]


def test_dropped_while_it_speaks_it_says_no_more(stage: Stage) -> None:
    performance = stage.perform(play(stage.record))
    stage.on_say = performance.drop
    stage.clock.run_to(10)
    assert stage.record == ["one", "(closed)"]


def test_an_abandoned_performance_ends_without_a_word(stage: Stage) -> None:
    def doomed() -> Handler:
        try:
            yield Say("one")
            raise Abandoned
        finally:
            stage.record.append("(closed)")

    performance = stage.perform(doomed())
    stage.clock.run_to(10)
    assert stage.record == ["one", "(closed)"]
    assert performance.over


def test_dropped_and_abandoned_in_one_step_it_ends_once(stage: Stage) -> None:
    def doomed() -> Handler:
        try:
            yield Say("one")
            performance.drop()
            raise Abandoned
        finally:
            stage.record.append("(closed)")

    performance = stage.perform(doomed())
    stage.clock.run_to(10)
    assert stage.record == ["one", "(closed)"]
    assert performance.over
    performance.drop()


def test_another_error_is_not_hidden(stage: Stage) -> None:
    def broken() -> Handler:
        yield Say("one")
        raise RuntimeError("a mistake")

    stage.perform(broken())
    with pytest.raises(RuntimeError, match="a mistake"):
        stage.clock.run_to(10)


def test_one_performance_may_drop_another(stage: Stage) -> None:
    victim = stage.perform(play(stage.record))

    def killer() -> Handler:
        victim.drop()
        yield Say("done")

    stage.perform(killer())
    stage.clock.settle()
    assert stage.record == ["one", "(pause)", "(closed)", "done", "(finished)"]


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8), st.integers(0, 400))
def test_of_waits_only_those_before_the_drop_pass(waits: list[int], drop_at: int) -> None:
    stage = Stage()

    def waiting() -> Handler:
        for number, wait in enumerate(waits):
            yield Wait(wait)
            yield Say(str(number))

    performance = stage.perform(waiting())
    stage.clock.run_to(drop_at)
    performance.drop()
    stage.clock.run_to(1000)
    said = [text for text in stage.record if text.isdigit()]
    expected = [str(number) for number in range(len(waits)) if sum(waits[: number + 1]) <= drop_at]
    assert said == expected
