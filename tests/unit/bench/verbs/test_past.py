"""Verbs about the past: what they ask of whoever keeps it, and what they say. `runtime` tests the keeping."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from emulator.bench.session import Travel
from emulator.kernel.errors import Refused, UnknownName
from emulator.world.inputs import BenchTyped
from tests.driver import BenchDriver, world_of


class Kept:
    """A past of which one snapshot is kept."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def snapshot(self, name: str, /) -> None:
        self.asked.append(f"snapshot {name}")

    def check_snapshot(self, name: str, /) -> None:
        if name != "kept":
            raise UnknownName("snapshot", name, ["kept"])

    def check_undo(self) -> None:
        self.asked.append("undo")

    def fork(self, name: str, /) -> Path:
        return Path("worlds") / name

    def differences(self, name: str | None, /) -> Sequence[str]:
        return [f"R1: level advsecurity, then advipservices (from {name})"] if name else []

    def inputs(self, count: int, /) -> Sequence[str]:
        return [f"input {number}" for number in range(count)]

    def record(self, file: str, /) -> str:
        return f"{file}: 3 steps"

    def bisect(self, predicate: str, /) -> Sequence[str]:
        raise Refused(f"it holds now: {predicate}")


@pytest.fixture
def bench() -> BenchDriver:
    driver = BenchDriver(world_of())
    driver.line.bench.past = Kept()
    return driver


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("snapshot before", "snapshot before kept\n"),
        ("fork trial", "forked into worlds/trial\n"),
        ("diff kept", "R1: level advsecurity, then advipservices (from kept)\n"),
        ("diff", "nothing is different\n"),
        ("journal 2", "input 0\ninput 1\n"),
        ("journal", "".join(f"input {number}\n" for number in range(10))),
        ("record a.yaml", "a.yaml: 3 steps\n"),
        ("bisect level R1 advsecurity", "% it holds now: level R1 advsecurity\n"),
        ("restore kapt", "% unknown snapshot 'kapt'. Did you mean kept?\n"),
    ],
)
def test_what_is_said(bench: BenchDriver, line: str, said: str) -> None:
    assert bench.do(line) == said


def test_going_back_is_left_to_whoever_runs_the_bench(bench: BenchDriver) -> None:
    assert bench.do("undo") == ""
    assert bench.line.bench.travel == Travel()
    assert bench.do("restore kept") == ""
    assert bench.line.bench.travel == Travel("kept")


@pytest.mark.parametrize(
    "line", ["snapshot a", "restore a", "undo", "fork a", "diff", "journal", "bisect level R1 x", "record a.yaml"]
)
def test_whoever_does_not_hold_the_world_has_no_past(bench: BenchDriver, line: str) -> None:
    bench.line.bench.past = None
    refused = "% only who holds the world can do that: stop serving it, or leave the other terminals\n"
    assert bench.do(line) == refused


def test_they_are_no_inputs_of_the_world(bench: BenchDriver) -> None:
    taken: list[object] = []

    def taking(what: object) -> AbstractContextManager[None]:
        taken.append(what)
        return nullcontext()

    bench.world.sink.taking = taking
    bench.do("snapshot a", "journal")
    assert taken == []
    bench.do("time")
    assert taken == [BenchTyped("time", look=True)]
