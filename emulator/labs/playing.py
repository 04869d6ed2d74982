"""Playing steps of a lab in a fork of the learner's world: what would be, without touching what is.

Whoever is shown the way also does what goes without saying: switches a router on before typing there, sets the speed of
a terminal that cannot be read, breaks off what the console asks, gets to the privileged prompt, and takes the USB stick
out of the router that it is in. All of that is among the acts.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import dropwhile

import msgspec
from msgspec.structs import replace

from emulator.console.line.phases import LinePhase, Prompt, PromptKind
from emulator.hardware.board import BoardPhase
from emulator.labs.model import TrainingLab
from emulator.router.access import HIGHEST_LEVEL
from emulator.router.state import SavedConfiguration
from emulator.scenarios.model import Lesson, Scenario, Step, as_lines
from emulator.scenarios.predicates import Scene, WorldRecord
from emulator.scenarios.predicates.device import secret
from emulator.scenarios.runner import Runner, StepFailure
from emulator.world.fork import fork, resume_sessions, sessions
from emulator.world.world import World

DECLINED, ROMMON, PRIVILEGED = "no", "rommon", "#"

STICK = "usb"
INSERT, REMOVE = (STICK, "insert"), (STICK, "remove")

BREAK_OFF, RETURN, END, ENABLE = "<Ctrl-C>", "", "end", "enable"
"""Lines and keys that lead to the privileged prompt."""

ENABLE_SECRET, OWN_SECRET = "enable secret", "(the secret that you have set)"

SCREEN = 24
"""Lines of a screen, the last of which has `--More--` where more follows."""

PAGED = "At `--More--`, press the space bar until it is gone."
"""Note of an act that shows more than a screen."""

QUESTIONS = (PromptKind.QUESTION, PromptKind.KEY)

MOST_PROMPTS = 8
"""Prompts and questions that are answered on the way to the privileged prompt."""


class LearnerWorld(msgspec.Struct, frozen=True):
    """A state of a learner's world, with the record of what led there.

    Attributes:
        world, record: that world and that record.
        asked: questions, by router, at which the consoles of the world stand that this one is a copy of.
    """

    world: World
    record: WorldRecord
    asked: Mapping[str, str] = {}

    def scene(self) -> Scene:
        """The scene that predicates are judged on as long as nothing is done in this world."""
        return Scene(self.world, self.record)

    def leave_consoles(self) -> None:
        """Get up from every console, so that the next player can sit down there."""
        for name in self.world.routers:
            self.world.lines_of(name).console.terminal.output = None

    @contextmanager
    def forked(self) -> Iterator["LearnerWorld"]:
        """A copy of it that is gone afterwards, with its record and the sessions at its consoles.

        What a console asks is broken off in the copy.
        """
        world = fork(self.world)
        resume_sessions(world, sessions(self.world))
        record = WorldRecord(world, self.record.beginning, tuple(self.record.happened), self.record.questions)
        prompts = ((name, line.prompt) for name, line in self.world.consoles())
        asked = {name: prompt.text for name, prompt in prompts if prompt.kind in QUESTIONS}
        try:
            yield LearnerWorld(world, record, asked)
        finally:
            world.close()


class Player:
    """Plays steps of a lab in one world, as the person who follows a way through it.

    Args:
        lab: whose steps they are.
        position: where they are played.
        values: what earlier steps have saved, by name.
        comes_in: before each step the player does what goes without saying.

    Attributes:
        acts: the steps that were done, without those that were refused, with all that was typed and nothing else.
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
        self._record = position.record
        self._number, self._comes_in, self._asked = 0, comes_in, dict(position.asked)
        self.acts: list[Step] = []

    @property
    def values(self) -> dict[str, str]:
        """Values that steps have saved so far, by name."""
        return dict(self._runner.saved)

    def shown(self, router: str) -> str:
        """Everything that the last step showed at the console of a router."""
        return self._runner.shown(router)

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
            return self._play_there(step, step.console, as_lines(step.type or ()))
        if self._comes_in and line is not None:
            holder = self._runner.world.stick_holder()
            if _is_done(line, holder):
                return None
            if holder is not None and _wants_stick(line):
                self._attempt(Step(bench=" ".join((*REMOVE, holder))))
        return self._attempt(step)

    def _attempt(self, step: Step) -> StepFailure | None:
        failure = self._try(step)
        if failure is None or step.bench_line is None:
            self.acts.append(step)
        return failure

    def _try(self, step: Step) -> StepFailure | None:
        self._number += 1
        return self._runner.attempt(self._number, step)

    def _play_there(self, step: Step, name: str, lines: tuple[str, ...]) -> StepFailure | None:
        """Play a step at a console, after getting to its privileged prompt; what leads there is typed but once."""
        place = self._runner.world.lines_of(name).console.place
        if place.misread:
            self._attempt(Step(bench=f"baud {name} {place.speed}"))
        before = tuple(self._come_in(name, declines=lines[:1] == (DECLINED,)))
        if self._prompt(name).text.endswith(PRIVILEGED):
            lines = tuple(dropwhile(lambda line: line in {DECLINED, RETURN, ENABLE}, lines))
            if before[-1:] == (OWN_SECRET,) and self._opens(name, lines[:1]):
                before, lines = (*before[:-1], lines[0]), lines[1:]
        failure = self._try(replace(step, type=lines))
        note = PAGED if self._runner.shown(name).count("\n") >= SCREEN else step.note
        self.acts.append(replace(step, type=(*before, *lines), note=note))
        return failure

    def _come_in(self, name: str, *, declines: bool) -> Iterator[str]:
        """Get to the privileged prompt of a router, where it lets anybody in; yields what was typed.

        Args:
            name: the router.
            declines: the step itself answers the question of a router without a configuration.
        """
        if self._asked.pop(name, None) not in {None, self._prompt(name).text}:
            yield BREAK_OFF
        for _ in range(MOST_PROMPTS):
            prompt = self._prompt(name)
            is_setup = self._runner.world.lines_of(name).console.phase is LinePhase.DIALOG
            typed = (DECLINED if not declines else None) if is_setup else _leads_in(prompt)
            if typed is None:
                return
            self._runner.by_hand(name, typed)
            if self._prompt(name).hidden:
                self._runner.by_hand(name, BREAK_OFF)
                if not self._is_own_secret(name):
                    return
                self._runner.world.lines_of(name).console.exec.privilege = HIGHEST_LEVEL
                yield from (typed, OWN_SECRET)
                return
            yield typed

    def _is_own_secret(self, name: str) -> bool:
        """Tell whether the learner has set the secret of a router, which was not there when the lab began."""
        state, start = self._runner.world.router(name).state, self._record.start.routers.get(name)
        own = state.running.configuration.word(ENABLE_SECRET) if state.running is not None else ""
        if not own or start is None:
            return False
        earlier = start.running.configuration.word(ENABLE_SECRET) if start.running is not None else ""
        saved = [line.split()[-1] for line in _lines(start.startup) if line.startswith(f"{ENABLE_SECRET} ")]
        return own != earlier and not any(own.endswith(each) for each in saved) and not self._opens(name, saved)

    def _opens(self, name: str, words: Iterable[str]) -> bool:
        """Tell whether one of some words is the secret of a router."""
        with Scene(self._runner.world, self._record) as scene:
            return any(secret(scene, router=name, secret=word).holds for word in words)

    def _prompt(self, name: str) -> Prompt:
        """Prompt of a router's console, once it waits for something."""
        line = self._runner.world.lines_of(name).console
        self._runner.world.clock.run_while(lambda: line.busy)
        return line.prompt


def _lines(saved: SavedConfiguration | None) -> list[str]:
    return saved.text.splitlines() if saved is not None else []


def _leads_in(prompt: Prompt) -> str | None:
    """The line that leads from a prompt nearer to the privileged one; None where none does."""
    asked = prompt.text.strip()
    if prompt.kind is PromptKind.RETURN:
        return RETURN
    if prompt.kind is PromptKind.COMMAND and asked.endswith(")#"):
        return END
    if prompt.kind is PromptKind.COMMAND and asked.endswith(">") and not asked.startswith(ROMMON):
        return ENABLE
    return None


def _wants_stick(line: str) -> bool:
    """Tell whether a line of the bench needs the stick in the hand."""
    return any(word == STICK or word.startswith(f"{STICK}:") for word in line.split())


def _is_done(line: str, holder: str | None) -> bool:
    """Tell whether the stick is already where a line of the bench puts it."""
    words = tuple(line.split())
    return (holder is not None and words == (*INSERT, holder)) or (words[:2] == REMOVE and words[2:] != (holder,))
