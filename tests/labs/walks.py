"""States that a learner may be in, half finished or spoilt, and hints that are followed from there."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from emulator.labs.grading import check
from emulator.labs.hints import way_on
from emulator.labs.loader import OpenedLab, find_lab, open_lab
from emulator.labs.model import POINTS
from emulator.labs.playing import LearnerWorld, Player
from emulator.labs.progress import FREE_ANSWERS, Progress, fresh
from emulator.scenarios.model import Step
from emulator.scenarios.predicates.record import ANSWER

LOOKS = ("show version", "show license", "show running-config", "show ?")

MOST_HINTS = 30


@contextmanager
def opened(name: str, seed: int) -> Iterator[OpenedLab]:
    lab = open_lab(find_lab(name), seed)
    yield lab
    lab.world.close()


def leave(there: LearnerWorld) -> None:
    """Get up from every console, so that the next person can sit down there."""
    for name in there.world.routers:
        there.world.lines_of(name).console.terminal.output = None


def wander(lab: OpenedLab, there: LearnerWorld, dice: Random) -> Progress:
    """Go a part of a right way, now and then a wrong one, with steps left out and looks between."""
    progress, player = fresh(lab.lab), Player(lab.lab, there)
    ways = lab.lab.way(dice.randrange(lab.lab.many_ways))
    for task, way in zip(lab.lab.tasks[: dice.randint(1, len(ways))], ways, strict=False):
        if task.wrongs and dice.random() < 0.3:
            player.play_all(dice.choice(task.wrongs).block.steps)
        for step in way.steps:
            if dice.random() < 0.15:
                player.play_all(
                    [Step(console=dice.choice(sorted(lab.lab.front.routers)), type=("", dice.choice(LOOKS)))]
                )
            if dice.random() < 0.75:
                player.play_all([step])
        check(lab.lab, progress, there)
    return progress


def guessed(there: LearnerWorld) -> bool:
    """Tell whether a question was answered more often than costs nothing."""
    given = Counter(each.subject for each in there.record.happened if each.act == ANSWER)
    return any(count > FREE_ANSWERS for count in given.values())


def followed(lab: OpenedLab, there: LearnerWorld, progress: Progress) -> str:
    """Follow the first step of the way on again and again; `done`, `closed`, or why it came to nothing."""
    for _ in range(MOST_HINTS):
        check(lab.lab, progress, there)
        number = progress.current(lab.lab)
        if number is None:
            earned = progress.points(lab.lab) == POINTS or progress.crossed or guessed(there)
            return "done" if earned else "points are missing"
        way = way_on(lab.lab, lab.lab.tasks[number], there, progress.tasks[number].passed)
        if way is None:
            return "closed"
        if not way.steps:
            return f"task {number + 1} is not done, and no step is left"
        leave(there)
        Player(lab.lab, there, comes_in=True).play_all(way.steps[:1])
    return "the hints go round in a circle"
