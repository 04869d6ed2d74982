"""Playing steps of a lab in a fork of the learner's world: what would be, without touching what is.

Whoever follows a hint also does what goes without saying: switches a router on before typing there, gets to the
privileged prompt, and takes the USB stick out of the router that it is in.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import msgspec

from emulator.console.line.phases import Prompt, PromptKind
from emulator.hardware.board import BoardPhase
from emulator.labs.model import TrainingLab
from emulator.scenarios.model import Lesson, Scenario, Step, as_lines
from emulator.scenarios.predicates import Scene, WorldRecord
from emulator.scenarios.runner import Runner, StepFailure
from emulator.world.fork import fork, resume_sessions, sessions
from emulator.world.world import World

DECLINED, ROMMON = "no", "rommon"

STICK = "usb"
INSERT, REMOVE = (STICK, "insert"), (STICK, "remove")

MOST_PROMPTS = 8
"""Prompts and questions that are answered on the way to the privileged prompt."""


class LearnerWorld(msgspec.Struct, frozen=True):
    """A state of a learner's world, with the record of what led there."""

    world: World
    record: WorldRecord

    def scene(self) -> Scene:
        """The scene that predicates are judged on as long as nothing is done in this world."""
        return Scene(self.world, self.record)

    def leave_consoles(self) -> None:
        """Get up from every console, so that the next player can sit down there."""
        for name in self.world.routers:
            self.world.lines_of(name).console.terminal.output = None

    @contextmanager
    def forked(self) -> Iterator["LearnerWorld"]:
        """A copy of it that is gone afterwards, with its record and the sessions at its consoles."""
        world = fork(self.world)
        resume_sessions(world, sessions(self.world))
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
        comes_in: before each step the player does what a hint takes for granted.

    Attributes:
        acts: the steps that were done, without those that were refused; what goes without saying at the bench is one.
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
        self.acts: list[Step] = []

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
        line = step.bench_line
        if self._comes_in and step.console in self._runner.world.routers:
            if self._runner.world.router(step.console).state.board.phase is BoardPhase.OFF:
                self._attempt(Step(bench=f"power {step.console} on"))
            self._come_in(step.console, declines=as_lines(step.type or "")[:1] == (DECLINED,))
        elif self._comes_in and line is not None:
            holder = self._runner.world.stick_holder()
            if _is_done(line, holder):
                return None
            if holder is not None and _wants_stick(line):
                self._attempt(Step(bench=" ".join((*REMOVE, holder))))
        return self._attempt(step)

    def _attempt(self, step: Step) -> StepFailure | None:
        self._number += 1
        failure = self._runner.attempt(self._number, step)
        if failure is None or step.bench_line is None:
            self.acts.append(step)
        return failure

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


def _wants_stick(line: str) -> bool:
    """Tell whether a line of the bench needs the stick in the hand."""
    return any(word == STICK or word.startswith(f"{STICK}:") for word in line.split())


def _is_done(line: str, holder: str | None) -> bool:
    """Tell whether the stick is already where a line of the bench puts it."""
    words = tuple(line.split())
    return (holder is not None and words == (*INSERT, holder)) or (words[:2] == REMOVE and words[2:] != (holder,))
