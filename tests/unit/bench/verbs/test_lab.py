"""The verbs of a lab, where no lab is played, and where one is."""

from contextlib import AbstractContextManager, nullcontext

import pytest

from emulator.bench.session import PricedHint, Travel
from emulator.grammar import Choices
from tests.driver import BenchDriver

TOLD = {
    "lab": "the task\n",
    "lab list": "the labs\n",
    "lab start": "this lab goes on\n",
    "lab pause": "stopped\n",
    "lab text": "the text\n",
    "lab check": "judged\n",
    "lab hint": "a hint\n",
    "lab answer LEVEL x": "LEVEL is x\n",
    "lab solve yes": "a way\n",
    "lab finish yes": "handed in\n",
    "lab result": "a result\n",
    "lab result json": "{}\n",
}


class Desk:
    """A desk that tells what it was asked for."""

    def __init__(self, cost: int = 0, price: str = "") -> None:
        self.cost, self.price = cost, price

    def listing(self) -> str:
        return "the labs\n"

    def start(self, name: str | None, /) -> str:
        return f"{name or 'this lab'} goes on\n"

    def pause(self) -> str:
        return "stopped\n"

    def finish(self) -> str:
        return "handed in\n"

    def check_finish(self) -> None:
        """Let it be finished: an exam is open."""

    def reset(self) -> Travel:
        return Travel("start")

    def check_reset(self) -> None:
        """Let it be begun anew."""

    def task(self) -> str:
        return "the task\n"

    def text(self) -> str:
        return "the text\n"

    def check(self) -> str:
        return "judged\n"

    def next_hint(self) -> PricedHint:
        return PricedHint("a hint", self.cost, self.price)

    def take_hint(self, hint: PricedHint, /) -> str:
        return f"{hint.text}\n"

    def answer(self, question: str, text: str, /) -> str:
        return f"{question} is {text}\n"

    def questions(self) -> Choices:
        return [("LEVEL", "Which level does R1 run?"), ("SERIAL", "Which serial number?")]

    def checkpoints(self) -> Choices:
        return [("start", "The start of the lab"), ("task-1", "After task 1: Turn it on")]

    def solve(self) -> str:
        return "a way\n"

    def check_solve(self) -> None:
        """Let it be solved: a task is open."""

    def price_of_back(self, checkpoint: str, /) -> str:
        return self.price

    def back(self, checkpoint: str, /) -> Travel:
        return Travel(checkpoint)

    def result(self, *, as_json: bool) -> str:
        return "{}\n" if as_json else "a result\n"


@pytest.mark.parametrize("verb", TOLD)
def test_without_a_lab_it_is_said_where_labs_are(bench: BenchDriver, verb: str) -> None:
    assert "there is no lab in this world; `isrtwin lab list`" in bench.is_refused(verb)


def test_help_tells_where_help_is_found(bench: BenchDriver) -> None:
    told = bench.succeeds("help")
    assert told.startswith("Type ? for the commands, and behind a word for what may follow it;")
    bench.line.bench.lab = Desk()
    assert bench.succeeds("help").removeprefix(told).startswith("`lab` shows the present task, ")


def test_help_and_tab_know_the_questions_and_the_checkpoints(bench: BenchDriver) -> None:
    assert bench.line.help("lab back ") == "  WORD  Checkpoint: start, task-1, ...\n"
    bench.line.bench.lab = Desk()
    assert bench.line.help("lab answer ") == ("  LEVEL   Which level does R1 run?\n  SERIAL  Which serial number?\n")
    assert bench.line.help("lab answer se") == "SERIAL\n"
    assert bench.line.help("lab back ").splitlines()[1] == "  task-1  After task 1: Turn it on"
    assert bench.line.complete("lab back t") == "lab back task-1 "
    assert "type ? for what may follow: LEVEL, SERIAL\n" in bench.is_refused("lab answer")


def test_each_verb_asks_the_desk(bench: BenchDriver) -> None:
    bench.line.bench.lab = Desk()
    assert {verb: bench.succeeds(verb) for verb in TOLD} == TOLD


def test_only_who_holds_the_world_goes_back(bench: BenchDriver) -> None:
    bench.line.bench.lab = Desk()
    for verb in ("lab back start", "lab reset"):
        assert bench.is_refused(verb) == (
            "% this has to be done at the terminal that opened the world, or in a class on the page of the lab\n"
        )


@pytest.mark.parametrize(("verb", "done"), [("lab solve", "a way\n"), ("lab finish", "handed in\n")])
def test_what_cannot_be_taken_back_asks_first(bench: BenchDriver, verb: str, done: str) -> None:
    bench.line.bench.lab = Desk()
    for answer, told in (("", "Nothing was changed.\n"), ("n", "Nothing was changed.\n"), ("Y", done), ("yes", done)):
        bench.do(verb)
        assert bench.line.prompt.text.endswith("[y/N] ")
        assert bench.do(answer) == told
    assert bench.line.prompt.text == "bench>"


def test_a_hint_and_a_way_back_that_cost_something_ask_first_and_tell_the_price(bench: BenchDriver) -> None:
    bench.line.bench.lab = Desk(25, "This costs 25 %.")
    bench.do("lab hint")
    assert bench.line.prompt.text == "This costs 25 %. Show it? [y/N] "
    assert bench.do("n") == "Nothing was changed.\n"
    assert bench.do("lab hint", "y").endswith("a hint\n")
    assert bench.do("lab hint yes") == "a hint\n"
    assert bench.line.bench.travel is None
    assert bench.do("lab hint yes") == "a hint\n"


def test_a_question_of_the_lab_and_its_answer_are_no_input_of_the_world(bench: BenchDriver) -> None:
    bench.line.bench.lab = Desk()
    taken: list[object] = []

    def taking(what: object) -> AbstractContextManager[None]:
        taken.append(what)
        return nullcontext()

    bench.world.sink.taking = taking
    bench.do("lab solve", "y", "lab finish")
    bench.line.interrupt()
    assert taken == []
    bench.do("time")
    assert len(taken) == 1


def test_help_and_tab_have_nothing_of_what_the_lab_closes(bench: BenchDriver) -> None:
    closed = {"status", "order", "portal demo"}
    bench.line.bench.is_closed = lambda line: line.startswith(tuple(closed))
    words = {line.split()[0] for line in bench.line.help("").splitlines()}
    assert "mail" in words
    assert not words & {"status", "order"}
    services = {line.split()[0] for line in bench.line.help("portal ").splitlines()}
    assert "register" in services
    assert "demo" not in services
    assert bench.line.complete("sta") == "sta"
    assert bench.line.help("status ") == bench.line.help("portal demo ") == "% Unrecognized command\n"
    assert "status" not in bench.is_refused("stauts")


def test_a_verb_that_the_lab_closes_is_refused_however_it_is_abbreviated(bench: BenchDriver) -> None:
    bench.line.bench.is_closed = lambda line: line.startswith("status")
    assert bench.is_refused("status") == "% this command is not available in this lab\n"
    for typed in ("stat R1", "status R9", "status R1 R1"):
        assert bench.is_refused(typed) == "% this command is not available in this lab\n"
    assert bench.succeeds("mail") == "no mail\n"
