"""Proof that a lab is fair, by playing it: every right way brings full marks with every seed, and nothing else does.

For each seed: doing nothing brings no point; looking around brings none and spoils nothing; each right way brings all;
in none of them is a line that a router does not understand; with any one step left out of one it does not, and a reason
is told; each detour brings all of its task; each wrong way is recognized by name and does not bring full marks, and
what mends it leads on; every check was seen to hold and to fail; all seeds are as long as each other.
"""

import copy
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec

from emulator.kernel.errors import EmulatorError, printable
from emulator.labs.grading import JudgedTask, check, check_task
from emulator.labs.hints import leads_on
from emulator.labs.loader import OpenedLab, open_lab
from emulator.labs.model import POINTS, Task, TrainingLab, Wrong
from emulator.labs.playing import LearnerWorld, Player
from emulator.labs.progress import Progress, TaskProgress, fresh
from emulator.scenarios.model import Step, as_lines
from emulator.scenarios.predicates import judge_in
from emulator.sim.seeding import draw

LOOKS = ("show version", "show license", "show license ?", "show logging", "show clock", "show ?", "show flash:")
"""Lines that only look, for the consoles that can be reached."""

MANY_LOOKS = 20
"""Looks that are tried before a right way, with each seed."""

LEAST_WRONG = 3
"""Least number of wrong ways that a lab foresees."""

LEAST_WAYS = 2
"""Least number of right ways that one of the tasks of a lab has."""


class Certificate(msgspec.Struct, frozen=True):
    """The outcome of a certification.

    Attributes:
        name: of the lab.
        seeds: with how many it was played.
        trials: how often it was played in all.
        lengths: acts of each right way; the same with every seed.
        faults: everything that is not fair, each with the seed it was seen with.
    """

    name: str
    seeds: int
    trials: int
    lengths: tuple[int, ...]
    faults: tuple[str, ...]


def certify(path: Path, seeds: int) -> Certificate:
    """Play a lab in every way that must or must not bring full marks.

    Raises:
        Mistakes: the page is wrong with the first seed.
    """
    faults: dict[str, int] = {}
    lengths: tuple[int, ...] | None = None
    trials, name = 0, ""
    for seed in range(1, seeds + 1):
        try:
            opened = open_lab(path, seed)
        except EmulatorError as error:
            if seed == 1:
                raise
            faults.setdefault(f"the values of this seed break the lab: {'; '.join(str(error).splitlines())}", seed)
            continue
        trial = _Trials(opened)
        for fault in trial.faults():
            faults.setdefault(fault, seed)
        own = tuple(len([step for way in opened.lab.way(k) for step in way.steps]) for k in trial.ways)
        if lengths is not None and own != lengths:
            faults.setdefault(
                f"its solutions have {_listed(own)} steps, but {_listed(lengths)} with another seed", seed
            )
        lengths, name = lengths or own, opened.lab.name
        trials += trial.count
        opened.world.close()
    told = tuple(f"seed {seed}: {fault}" for fault, seed in faults.items())
    return Certificate(name, seeds, trials, lengths or (), told)


class _Trials:
    """All trials with one seed."""

    def __init__(self, opened: OpenedLab) -> None:
        self._lab: TrainingLab = opened.lab
        self._start = LearnerWorld(opened.world, opened.record)
        self.ways = range(opened.lab.many_ways)
        self.count = 0
        self._held: set[tuple[int, int]] = set()
        self._failed: set[tuple[int, int]] = set()

    def faults(self) -> Iterator[str]:
        """Everything that is not fair."""
        yield from self._shape()
        yield from self._nothing()
        for number in self.ways:
            yield from self._right(number)
        yield from self._looking()
        for at, task in enumerate(self._lab.tasks):
            for number, each in enumerate(task.checks):
                for seen, word in ((self._held, "holds"), (self._failed, "fails")):
                    if (at, number) not in seen:
                        yield f"task {at + 1}: the check '{each.holds}' never {word}"

    def _shape(self) -> Iterator[str]:
        wrongs = sum(len(task.wrongs) for task in self._lab.tasks)
        if wrongs < LEAST_WRONG:
            yield f"it has {wrongs} block{'' if wrongs == 1 else 's'} `wrong`; a lab needs at least {LEAST_WRONG}"
        if self._lab.many_ways < LEAST_WAYS:
            yield "no task has two solutions"

    def _nothing(self) -> Iterator[str]:
        with self._trial() as there:
            if points := self._points(there):
                yield f"doing nothing earns {points} points"

    def _looking(self) -> Iterator[str]:
        dice = draw(self._lab.seed, "lab", "looks")
        looks = [
            Step(console=dice.choice(sorted(self._lab.front.routers)), type=("", dice.choice(LOOKS)))
            for _ in range(MANY_LOOKS)
        ]
        with self._trial() as there:
            player = Player(self._lab, there)
            player.play_all(looks)
            if points := self._points(there):
                yield f"looking around earns {points} points"
            progress = fresh(self._lab)
            for way in self._lab.way(0):
                player.play_all(way.steps)
                self._judged(there, progress)
            if (points := progress.points(self._lab)) != POINTS:
                yield f"after looking around, solution 1 earns {points} points"

    def _right(self, number: int) -> Iterator[str]:
        """A right way, gone once: what follows without one of its acts, or after a mistake, is a fork of it."""
        ways = [way.steps for way in self._lab.way(number)]
        with self._trial() as there:
            player, progress, act = Player(self._lab, there), fresh(self._lab), 0
            judged = self._judged(there, progress)
            for task, steps in enumerate(ways):
                if number == 0:
                    yield from self._detours(task, there, player)
                    yield from self._wrongs(task, there, player)
                for at, step in enumerate(steps, 1):
                    act += 1
                    rest = (steps[at:], *ways[task + 1 :])
                    told = (
                        _told(step) if number < len(self._lab.tasks[task].ways) else ""
                    )  # else it was left out before
                    if told and self._is_enough(rest, there, player, progress):
                        yield f"solution {number + 1} earns full marks even without step {act} ({told})"
                    if (failure := player.play([step])) is not None:
                        came = " ".join(failure.came.split())[-200:]
                        yield f"solution {number + 1}, step {act}: expected {failure.expected}, got {came}"
                        return
                    for line in _refused_lines(player.shown(step.console)) if step.console else ():
                        yield f"solution {number + 1}, step {act}: {step.console} does not understand '{line}'"
                judged = self._judged(there, progress)
            if (points := progress.points(self._lab)) != POINTS:
                yield f"solution {number + 1} earns {points} points: {' '.join(_reasons(judged))}"

    def _is_enough(
        self, rest: Sequence[Sequence[Step]], before: LearnerWorld, gone: Player, progress: Progress
    ) -> bool:
        """Tell whether the rest of a way, task by task, brings full marks, so that there is no reason to be told."""
        first = len(self._lab.tasks) - len(rest)
        passed = progress.tasks[first].passed
        with self._branch(before) as there:
            player, own = Player(self._lab, there, gone.values), copy.deepcopy(progress)
            player.play_all(rest[0])
            if not self._all_hold(self._lab.tasks[first], passed, there):
                return False
            judged = self._judged(there, own)
            for steps in rest[1:]:
                player.play_all(steps)
                judged = self._judged(there, own)
            return not any(_reasons(judged))

    def _all_hold(self, task: Task, passed: Collection[int], there: LearnerWorld) -> bool:
        """Tell whether nothing is left to do in a task, judged up to the first check that fails."""
        with there.scene() as scene:
            open_checks = (check for number, check in enumerate(task.checks) if not check.red and number not in passed)
            return all(judge_in(scene, check.holds).holds for check in open_checks)

    def _detours(self, at: int, before: LearnerWorld, gone: Player) -> Iterator[str]:
        """Each right way of a task that has steps it could do without, gone where the task begins."""
        for way in self._lab.tasks[at].detours:
            with self._branch(before) as there:
                if (failure := Player(self._lab, there, gone.values).play(way.steps)) is not None:
                    came = " ".join(failure.came.split())[-200:]
                    yield f"task {at + 1}, detour '{way.name}': expected {failure.expected}, got {came}"
                elif (judged := self._judged_alone(at, there)).points != judged.most:
                    reasons = " ".join(_reasons((judged,)))
                    yield f"task {at + 1}: the detour '{way.name}' earns {judged.points} points: {reasons}"

    def _wrongs(self, at: int, before: LearnerWorld, gone: Player) -> Iterator[str]:
        """Each mistake of a task, made where the task begins."""
        early = self._judged_alone(at, before).wrong
        for wrong in self._lab.tasks[at].wrongs:
            if early == wrong.name:
                yield f"task {at + 1}: the mistake '{wrong.name}' is recognized before it is made"
            with self._branch(before) as there:
                Player(self._lab, there, gone.values).play_all(wrong.block.steps)
                yield from self._wrong(at, wrong, there)

    def _wrong(self, at: int, wrong: Wrong, there: LearnerWorld) -> Iterator[str]:
        judged = self._judged_alone(at, there)
        if judged.points == judged.most:
            yield f"task {at + 1}: the mistake '{wrong.name}' earns full marks"
        elif judged.wrong != wrong.name:
            seen = f"is recognized as '{judged.wrong}'" if judged.wrong else "is not recognized"
            yield f"task {at + 1}: the mistake '{wrong.name}' {seen}"
        if wrong.block.mend and not leads_on(self._lab, self._lab.tasks[at], there):
            yield f"task {at + 1}: after the `mend` of the mistake '{wrong.name}' no solution is left"

    # --- playing -----------------------------------------------------------------------------------------------

    def _trial(self) -> AbstractContextManager[LearnerWorld]:
        return self._branch(self._start)

    def _branch(self, before: LearnerWorld) -> AbstractContextManager[LearnerWorld]:
        """A world to try something in, which goes on from another."""
        self.count += 1
        return before.forked()

    def _points(self, there: LearnerWorld) -> int:
        return sum(task.points for task in self._judged(there, fresh(self._lab)))

    def _judged(self, there: LearnerWorld, progress: Progress) -> tuple[JudgedTask, ...]:
        judged = check(self._lab, progress, there)
        for at, task in enumerate(judged):
            self._note(at, task)
        return judged

    def _judged_alone(self, at: int, there: LearnerWorld) -> JudgedTask:
        """One task, of which nothing has passed before."""
        judged = check_task(self._lab.tasks[at], TaskProgress(), there)
        self._note(at, judged)
        return judged

    def _note(self, at: int, task: JudgedTask) -> None:
        for number, each in enumerate(task.checks):
            (self._held if each.holds else self._failed).add((at, number))


def _listed(lengths: tuple[int, ...]) -> str:
    return ", ".join(map(str, lengths))


_MISREAD = re.compile(
    r"^[\w.()-]+[#>](?P<line>.+)\n(?: *\^\n)?% (?:Invalid input|Incomplete command|Ambiguous command)", re.MULTILINE
)
"""A line that was typed at a console, and the refusal below it; lines of a file that is read have no prompt."""


def _refused_lines(shown: str) -> Iterator[str]:
    """The lines typed at a console that it did not understand."""
    return (printable(found["line"].strip()) for found in _MISREAD.finditer(shown))


def _told(step: Step) -> str:
    """A step as its author finds it; empty for one that waits, or is a note."""
    if step.console is not None:
        return f"{step.console}: {'; '.join(filter(None, as_lines(step.type or ())))}"
    return step.bench_line or ("an answer" if step.answer is not None else "")


def _reasons(judged: tuple[JudgedTask, ...]) -> Iterator[str]:
    return (each.reason for task in judged for each in task.checks if not each.holds)
