"""Answers from outside: time stands still for whoever runs as fast as possible, and nothing is answered twice."""

import threading
from concurrent.futures import Future

import pytest

from emulator.kernel.effects import Handler, Request, Say, Wait
from emulator.kernel.time import DAY, SECOND
from emulator.sim.clock import SimClock
from emulator.sim.performer import Performance
from emulator.sim.timekeeper import Timekeeper


class Paper:
    """Console on which a performance shows itself."""

    def __init__(self) -> None:
        self.text = ""
        self.done = False

    def say(self, text: str) -> None:
        self.text += text

    def pause(self) -> None:
        """Hold nothing back."""

    def finished(self) -> None:
        self.done = True


class Stage:
    """A clock, and one handler on it that asks the outside."""

    def __init__(self) -> None:
        self.clock = SimClock()
        self.timekeeper = Timekeeper(self.clock, lambda _: None)
        self.paper = Paper()
        self.answers: list[Future[str]] = []
        self.closed_at: int | None = None

    def ask(self) -> "Future[str]":
        self.answers.append(Future())
        return self.answers[-1]

    def handler(self) -> Handler:
        try:
            answer = yield Request(self.ask, SECOND)
            yield Say(f"{answer} at {self.clock.now}")
        finally:
            self.closed_at = self.clock.now

    def perform(self, handler: Handler | None = None, key: str = "console") -> Performance:
        return Performance(self.clock, self.timekeeper, ("R1", key), handler or self.handler(), self.paper)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_time_stands_still_until_the_answer_is_there(stage: Stage) -> None:
    performance = stage.perform()
    stage.clock.after(DAY, lambda: pytest.fail("a day has passed"))

    def answer_later() -> None:
        while not stage.answers:
            pass
        threading.Timer(0.05, stage.answers[0].set_result, ["yes"]).start()

    threading.Thread(target=answer_later).start()
    stage.clock.run_while(lambda: not performance.over)
    assert (stage.paper.text, stage.clock.now) == ("yes at 1000", SECOND)


def test_an_answer_takes_effect_when_it_is_handed_over(stage: Stage) -> None:
    stage.perform()
    stage.clock.run_to(5 * SECOND)
    assert stage.clock.outside.out
    stage.answers[0].set_result("yes")
    assert stage.paper.text == ""
    stage.clock.settle()
    assert stage.paper.text == "yes at 5000"
    assert not stage.clock.outside.out
    assert stage.paper.done


def test_an_answer_that_is_there_at_once(stage: Stage) -> None:
    def handler() -> Handler:
        done: Future[str] = Future()
        done.set_result("yes")
        answer = yield Request(lambda: done, SECOND)
        yield Say(answer)

    stage.perform(handler())
    stage.clock.run_to(SECOND)
    stage.clock.settle()
    assert stage.paper.text == "yes"


def test_a_dropped_performance_waits_for_nothing(stage: Stage) -> None:
    performance = stage.perform()
    stage.clock.run_to(2 * SECOND)
    performance.drop()
    assert not stage.clock.outside.out
    assert stage.closed_at == 2 * SECOND
    assert stage.answers[0].cancelled()
    stage.clock.run_to(DAY)
    assert (stage.paper.text, stage.paper.done) == ("", False)


def test_an_answer_to_a_dropped_performance_is_passed_over(stage: Stage) -> None:
    performance = stage.perform()
    stage.clock.run_to(2 * SECOND)
    stage.answers[0].set_running_or_notify_cancel()
    performance.drop()
    stage.answers[0].set_result("late")
    stage.clock.run_to(DAY)
    assert stage.paper.text == ""


def test_a_failure_outside_is_raised_where_time_passes(stage: Stage) -> None:
    stage.perform()
    stage.clock.run_to(2 * SECOND)
    stage.answers[0].set_exception(ZeroDivisionError("a mistake"))
    with pytest.raises(ZeroDivisionError, match="a mistake"):
        stage.clock.settle()


def test_two_that_wait_are_answered_each_with_its_own(stage: Stage) -> None:
    stage.perform()
    stage.perform(stage.handler(), "vty 0")
    stage.clock.run_to(2 * SECOND)
    stage.answers[1].set_result("second")
    stage.clock.settle()
    stage.answers[0].set_result("first")
    stage.clock.settle()
    assert stage.paper.text == "second at 2000first at 2000"


def test_an_act_of_another_thread_is_done_in_the_thread_of_the_clock(stage: Stage) -> None:
    seen: list[str] = []
    act = lambda: seen.append(threading.current_thread().name)  # noqa: E731
    other = threading.Thread(target=stage.clock.outside.post, args=[act])
    other.start()
    other.join()
    assert seen == []
    stage.clock.settle()
    assert seen == [threading.current_thread().name]


def test_a_wait_after_an_answer_goes_on_from_there(stage: Stage) -> None:
    def handler() -> Handler:
        yield Request(stage.ask, SECOND)
        yield Wait(SECOND)
        yield Say(str(stage.clock.now))

    stage.perform(handler())
    stage.clock.run_to(10 * SECOND)
    stage.answers[0].set_result("")
    stage.clock.run_to(DAY)
    assert stage.paper.text == "11000"
