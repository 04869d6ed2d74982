"""Playing steps of a lab in a fork of the learner's world: what would be, without touching what is."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import msgspec

from emulator.console.line.phases import Prompt, PromptKind
from emulator.labs.model import TrainingLab
from emulator.scenarios.model import Lesson, Scenario, Step, as_lines
from emulator.scenarios.predicates import WorldRecord
from emulator.scenarios.runner import Runner, StepFailure
from emulator.world.fork import fork
from emulator.world.world import World

DECLINED, ROMMON = "no", "rommon"

MOST_PROMPTS = 8
"""Prompts and questions that are answered on the way to the privileged prompt."""


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
    """Plays steps of a lab in one world, as the person who follows a way through it.

    Args:
        lab: whose steps they are.
        position: where they are played.
        values: what earlier steps have saved, by name.
        comes_in: before each step at a console the player gets to the privileged prompt, as whoever follows a hint.
    """

    def __init__(
        self,
        lab: TrainingLab,
        position: LearnerWorld,
        values: Mapping[str, str] | None = None,
        *,
        comes_in: bool = False,
    ) -> None:
        routers = lab.front.routers
        scenario = Scenario(lab.front.title, Lesson("", ""), routers, (), questions=dict(position.record.questions))
        self._runner = Runner(lab.name, scenario, len, within=(position.world, position.record))
        self._runner.remember(values or {})
        self._number, self._comes_in = 0, comes_in

    @property
    def values(self) -> dict[str, str]:
        """Values that steps have saved so far, by name."""
        return dict(self._runner.saved)

    def play(self, steps: Iterable[Step]) -> StepFailure | None:
        """Play steps up to the first that goes otherwise; that failure, or None."""
        return next(filter(None, map(self._play, steps)), None)

    def play_all(self, steps: Iterable[Step]) -> list[bool]:
        """Play every step, whatever becomes of the ones before; which of them went as they say."""
        return [self._play(step) is None for step in steps]

    def _play(self, step: Step) -> StepFailure | None:
        self._number += 1
        if self._comes_in and step.console in self._runner.world.routers:
            self._come_in(step.console, declines=as_lines(step.type or "")[:1] == (DECLINED,))
        return self._runner.attempt(self._number, step)

    def _come_in(self, name: str, *, declines: bool) -> None:
        """Get to the privileged prompt of a router, where it lets anybody in.

        Args:
            name: the router.
            declines: the step itself answers the question of a router without a configuration.
        """
        for _ in range(MOST_PROMPTS):
            prompt = self._prompt(name)
            asked = prompt.text.strip()
            if prompt.kind is PromptKind.RETURN:
                self._runner.by_hand(name, "")
            elif prompt.kind is PromptKind.COMMAND and asked.endswith(")#"):
                self._runner.by_hand(name, "end")
            elif prompt.kind is PromptKind.COMMAND and asked.endswith(">") and not asked.startswith(ROMMON):
                self._runner.by_hand(name, "enable")
            elif prompt.kind is PromptKind.QUESTION and not declines:
                self._runner.by_hand(name, DECLINED)
            else:
                return

    def _prompt(self, name: str) -> Prompt:
        """Prompt of a router's console, once it waits for something."""
        line = self._runner.world.lines_of(name).console
        self._runner.world.clock.run_while(lambda: line.busy)
        return line.prompt
