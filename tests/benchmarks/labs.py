"""`lab_check`: CPU seconds to judge a learner's world, at start or end of the lab where that takes longest.

The reference is what a person may wait for without noticing it. The quickest of the runs counts: what else the machine
does makes one longer, never shorter.
"""

from collections.abc import Iterator
from time import process_time

from emulator.labs.grading import check
from emulator.labs.loader import open_lab
from emulator.labs.model import TrainingLab
from emulator.labs.playing import LearnerWorld, Player
from emulator.labs.progress import fresh
from emulator.labs.shipped import find_lab, lab_names
from tests.benchmarks.figure import Figure

RUNS = 15

UNNOTICED = 0.05
"""Seconds of CPU."""


def lab_check() -> Iterator[Figure]:
    slowest = max(seconds for name in lab_names() for seconds in _of(name))
    yield Figure("lab_check", slowest, UNNOTICED, "CPU s")


def _of(name: str) -> Iterator[float]:
    opened = open_lab(find_lab(name))
    begun = LearnerWorld(opened.world, opened.record)
    yield _measured(opened.lab, begun)
    with begun.forked() as there:
        Player(opened.lab, there).play_all([step for way in opened.lab.way(0) for step in way.steps])
        yield _measured(opened.lab, there)
    opened.world.close()


def _measured(lab: TrainingLab, world: LearnerWorld) -> float:
    runs = []
    for _ in range(RUNS):
        begun = process_time()
        check(lab, fresh(lab), world)
        runs.append(process_time() - begun)
    return min(runs)
