"""Playing steps of a lab in a fork of the learner's world: what would be, without touching what is."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec

from emulator.labs.model import TrainingLab
from emulator.scenarios.model import Lesson, Scenario, Step
from emulator.scenarios.predicates import WorldRecord
from emulator.scenarios.runner import Runner, StepFailure
from emulator.world.fork import fork
from emulator.world.world import World


class LearnerWorld(msgspec.Struct, frozen=True):
    """A state of a learner's world, with the record of what led there."""

    world: World
    record: WorldRecord

    @contextmanager
    def forked(self) -> Iterator["LearnerWorld"]:
        """A copy of it, its record included, that is gone afterwards."""
        world = fork(self.world)
        record = WorldRecord(world, self.record.beginning, tuple(self.record.happened), self.record.questions)
        try:
            yield LearnerWorld(world, record)
        finally:
            world.close()


class Player:
    """Plays steps of a lab in one world, as the person who follows a way through it."""

    def __init__(self, lab: TrainingLab, position: LearnerWorld) -> None:
        routers = lab.front.routers
        scenario = Scenario(lab.front.title, Lesson("", ""), routers, (), questions=dict(position.record.questions))
        self._runner = Runner(lab.name, scenario, len, within=(position.world, position.record))
        self._number = 0

    def play(self, steps: Iterable[Step]) -> StepFailure | None:
        """Play steps up to the first that goes otherwise; that failure, or None."""
        return next(filter(None, map(self._play, steps)), None)

    def play_all(self, steps: Iterable[Step]) -> list[bool]:
        """Play every step, whatever becomes of the ones before; which of them went as they say."""
        return [self._play(step) is None for step in steps]

    def _play(self, step: Step) -> StepFailure | None:
        self._number += 1
        return self._runner.attempt(self._number, step)
