"""The verbs of a lab, where no lab is played, and where one is."""

import pytest

from emulator.bench.session import Travel
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
    "lab solve": "a way\n",
    "lab result": "a result\n",
    "lab result json": "{}\n",
}


class Desk:
    """A desk that tells what it was asked for."""

    def listing(self) -> str:
        return "the labs\n"

    def start(self, name: str | None, /) -> str:
        return f"{name or 'this lab'} goes on\n"

    def pause(self) -> str:
        return "stopped\n"

    def reset(self) -> Travel:
        return Travel("start")

    def task(self) -> str:
        return "the task\n"

    def text(self) -> str:
        return "the text\n"

    def check(self) -> str:
        return "judged\n"

    def hint(self) -> str:
        return "a hint\n"

    def answer(self, question: str, text: str, /) -> str:
        return f"{question} is {text}\n"

    def solve(self) -> str:
        return "a way\n"

    def back(self, checkpoint: str, /) -> Travel:
        return Travel(checkpoint)

    def result(self, *, as_json: bool) -> str:
        return "{}\n" if as_json else "a result\n"


@pytest.mark.parametrize("verb", TOLD)
def test_without_a_lab_it_is_said_where_labs_are(bench: BenchDriver, verb: str) -> None:
    assert "no lab is played in this world; `isrtwin lab list`" in bench.is_refused(verb)


def test_each_verb_asks_the_desk(bench: BenchDriver) -> None:
    bench.line.bench.lab = Desk()
    assert {verb: bench.succeeds(verb) for verb in TOLD} == TOLD


def test_only_who_holds_the_world_goes_back(bench: BenchDriver) -> None:
    bench.line.bench.lab = Desk()
    for verb in ("lab back start", "lab reset"):
        assert "only who holds the world can go back" in bench.is_refused(verb)


def test_a_verb_that_the_lab_closes_is_refused_however_it_is_abbreviated(bench: BenchDriver) -> None:
    bench.line.bench.is_closed = lambda line: line.startswith("status")
    assert bench.is_refused("status") == "% this lab does without that\n"
    assert bench.is_refused("stat R1") == "% this lab does without that\n"
    assert bench.succeeds("mail") == "no mail\n"
