"""States that a learner may be in, half finished or spoilt, and hints that are followed from there."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from msgspec.structs import replace

from emulator.labs.answers import free_answers
from emulator.labs.grading import check
from emulator.labs.hints import way_on
from emulator.labs.model import POINTS, TrainingLab
from emulator.labs.playing import OWN_SECRET, LearnerWorld, Player
from emulator.labs.progress import Progress, fresh
from emulator.runtime.held_world import hold
from emulator.runtime.labs.closing_act import closing_act
from emulator.runtime.labs.playing import begin
from emulator.runtime.labs.saved import place_of
from emulator.runtime.labs.session import LabSession
from emulator.runtime.time_travel import loaded
from emulator.scenarios.model import Step, as_lines
from emulator.scenarios.predicates.device import secret
from emulator.scenarios.predicates.record import ANSWER
from emulator.world.directory import WorldDirectory

LOOKS = ("show clock", "show inventory", "show license udi")
"""Looks that fit on a screen: what is typed at `--More--` is no part of a walk."""

SECRETS = ("first-secret",)
"""Secrets that solutions set beside those that the text of a lab names."""

MOST_HINTS = 30


class Walker:
    """A learner in a world on disk, whose journal is kept, so that the act that ruled out a solution can be named."""

    def __init__(self, directory: WorldDirectory) -> None:
        self._directory = directory
        found = place_of(loaded(directory))
        self._held = hold(directory, fresh=False, first=None)
        session = LabSession(directory, self._held, found)
        self.lab: TrainingLab = session.lab
        self.here: LearnerWorld = session.position
        self.progress: Progress = fresh(self.lab)

    def wander(self, dice: Random) -> None:
        """Go a part of a right way, now and then a wrong one, with steps left out and looks between."""
        player = Player(self.lab, self.here)
        ways = self.lab.way(dice.randrange(self.lab.many_ways))
        for task, way in zip(self.lab.tasks[: dice.randint(1, len(ways))], ways, strict=False):
            if task.wrongs and dice.random() < 0.3:
                player.play_all(dice.choice(task.wrongs).block.steps)
            for step in way.steps:
                if dice.random() < 0.15:
                    router = dice.choice(sorted(self.lab.front.routers))
                    player.play_all([Step(console=router, type=("", dice.choice(LOOKS)))])
                if dice.random() < 0.75:
                    player.play_all([step])
            if dice.random() < 0.1:
                player.play_all([Step(bench=f"baud {dice.choice(sorted(self.lab.front.routers))} 19200")])
            self._check()

    def follow(self) -> str:
        """Follow the first step of the way on again and again; `done`, `closed by ACT`, or why it came to nothing."""
        for _ in range(MOST_HINTS):
            self._check()
            number = self.progress.current(self.lab)
            if number is None:
                earned = self.progress.points(self.lab) == POINTS or self.progress.crossed or self._guessed()
                return "done" if earned else "points are missing"
            way = way_on(self.lab, self.lab.tasks[number], self.here, self.progress.tasks[number].passed)
            if way is None:
                self._held.save()
                act = closing_act(self._directory, self.lab, number, self.progress, self.here)
                return f"closed by {act}" if act else "closed, and nothing told by what"
            if not way.steps:
                return f"task {number + 1} is not done, and no step is left"
            self.here.leave_consoles()
            Player(self.lab, self.here).play_all([self._with_secret(way.steps[0])])
        return "the hints go round in a circle"

    def _with_secret(self, step: Step) -> Step:
        """A step in which the secret that the learner has set is written."""
        lines = as_lines(step.type or ())
        if OWN_SECRET not in lines:
            return step
        assert step.console is not None
        with self.here.scene() as scene:
            known = (*SECRETS, *self.lab.values.values())
            own = next(word for word in known if secret(scene, router=step.console, secret=word).holds)
        return replace(step, type=tuple(own if line == OWN_SECRET else line for line in lines))

    def _check(self) -> None:
        check(self.lab, self.progress, self.here)

    def _guessed(self) -> bool:
        """Tell whether a question was answered more often than costs nothing."""
        given = Counter(each.subject for each in self.here.record.happened if each.act == ANSWER)
        with self.here.scene() as scene:
            return any(count > free_answers(scene, name) for name, count in given.items())


@contextmanager
def walking(name: str, seed: int, folder: Path) -> Iterator[Walker]:
    """A learner who has begun a lab in a world of this folder."""
    begin(name, folder / "world", seed, exam=False)
    with WorldDirectory(folder / "world") as directory:
        yield Walker(directory)
