"""`lab_check`: CPU seconds to judge a learner's world, at start or end of the lab where that takes longest.

The reference is what a person may wait for without noticing it, 50 ms, on a machine that parses a module of the
standard library in 30 ms. Both are measured by turns, and the least of each counts: the time of a machine that others
use as well is up to twice as long from one minute to the next, and that of both alike.
"""

import argparse
import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

from emulator.labs.grading import check
from emulator.labs.loader import open_lab
from emulator.labs.model import TrainingLab
from emulator.labs.playing import LearnerWorld, Player
from emulator.labs.progress import fresh
from emulator.labs.shipped import find_lab, lab_names
from tests.benchmarks.figure import Figure

RUNS = 15

UNNOTICED, PARSED = 0.05, 0.03
"""Seconds of CPU that a person does not notice, and in which the machine of the budget parses the module."""

MODULE = Path(argparse.__file__)


def lab_check() -> Iterator[Figure]:
    figures = (figure for name in lab_names() for figure in _of(name))
    seconds, reference = max(figures, key=lambda figure: figure[0] / figure[1])
    yield Figure("lab_check", seconds, reference, "CPU s")


def _of(name: str) -> Iterator[tuple[float, float]]:
    opened = open_lab(find_lab(name))
    begun = LearnerWorld(opened.world, opened.record)
    yield _measured(opened.lab, begun)
    with begun.forked() as there:
        Player(opened.lab, there).play_all([step for way in opened.lab.way(0) for step in way.steps])
        yield _measured(opened.lab, there)
    opened.world.close()


def _measured(lab: TrainingLab, world: LearnerWorld) -> tuple[float, float]:
    """Measure the seconds for a lab, and those that nobody would notice on this machine at this moment."""
    source = MODULE.read_text(encoding="utf-8")
    checks, parses = [], []
    for _ in range(RUNS):
        checks.append(_seconds(lambda: check(lab, fresh(lab), world)))
        parses.append(_seconds(lambda: list(ast.walk(ast.parse(source)))))
    return min(checks), UNNOTICED * min(parses) / PARSED


def _seconds(act: Callable[[], object]) -> float:
    begun = process_time()
    act()
    return process_time() - begun
