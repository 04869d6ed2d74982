"""The verbs of a lab, where no lab is played, and where one is."""

import pytest

from emulator.bench.session import Travel
from tests.driver import BenchDriver

VERBS = ("lab", "lab text", "lab check", "lab hint", "lab answer LEVEL x", "lab solve", "lab result", "lab result json")


class Desk:
    """A desk that tells what it was asked for."""

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


@pytest.mark.parametrize("verb", VERBS)
def test_without_a_lab_it_is_said_where_labs_are(bench: BenchDriver, verb: str) -> None:
    assert "no lab is played in this world; `isrtwin lab list`" in bench.is_refused(verb)


def test_each_verb_asks_the_desk(bench: BenchDriver) -> None:
    bench.line.bench.lab = Desk()
    told = [bench.succeeds(verb) for verb in VERBS]
    assert told == ["the task\n", "the text\n", "judged\n", "a hint\n", "LEVEL is x\n", "a way\n", "a result\n", "{}\n"]


def test_only_who_holds_the_world_goes_back(bench: BenchDriver) -> None:
    bench.line.bench.lab = Desk()
    assert "only who holds the world can go back" in bench.is_refused("lab back start")


def test_a_verb_that_the_lab_closes_is_refused_however_it_is_abbreviated(bench: BenchDriver) -> None:
    bench.line.bench.is_closed = lambda line: line.startswith("status")
    assert bench.is_refused("status") == "% this lab does without that\n"
    assert bench.is_refused("stat R1") == "% this lab does without that\n"
    assert bench.succeeds("mail") == "no mail\n"
