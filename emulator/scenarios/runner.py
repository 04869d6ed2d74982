"""Replaying a scenario as fast as possible, and saying at the first difference what was expected and what came.

A scenario's consoles have no screen, so nothing stops at `--More--`, and everything they print is kept, as on a
paper terminal.
"""

import re
from collections.abc import Callable
from functools import partial

import msgspec

from emulator.bench.line import BenchLine
from emulator.console.line.phases import PromptKind
from emulator.console.line.terminal_line import TerminalLine
from emulator.kernel.time import clock_line
from emulator.router.device import Router
from emulator.scenarios.model import SLOT, Check, Scenario, Step, as_lines
from emulator.scenarios.transcript import BENCH, Transcript
from emulator.world.build import new_world
from emulator.world.world import World

SHOWN_AT_A_DIFFERENCE = 2_000
"""Characters of what came that are shown beside what was expected."""


class StepFailure(msgspec.Struct, frozen=True):
    """Why a replay failed: the step counted from 1, and what was expected and what came there."""

    step: int
    expected: str
    came: str


class Replay(msgspec.Struct, frozen=True):
    """The outcome of a replay."""

    transcript: str
    difference: StepFailure | None


class StepFailed(Exception):
    """What was expected and what came, both in `args`."""


class Runner:
    """Plays one scenario in a world of its own."""

    def __init__(self, name: str, scenario: Scenario, tell: Callable[[str], object]) -> None:
        self._scenario = scenario
        self._world = new_world(scenario.recipe(name))
        self._bench = BenchLine(self._world)
        self._kept: dict[str, str] = {}
        self._seen: dict[str, list[str]] = {}
        self._transcript = Transcript(list(scenario.routers), tell)
        self._bench.output = partial(self._record, BENCH)
        self._attach()

    @property
    def world(self) -> World:
        """The world that it plays in."""
        return self._world

    def run(self) -> Replay:
        """Play every step, or up to the first difference."""
        scenario = self._scenario
        self._transcript.heading(f"# {scenario.title}")
        self._transcript.heading(f"# {scenario.teaches.question}")
        difference = None
        for number, step in enumerate(scenario.steps, 1):
            self._seen.clear()
            try:
                self._play(number, step)
            except StepFailed as failure:
                difference = StepFailure(number, *failure.args)
                break
        self._transcript.flush()
        return Replay(self._transcript.text, difference)

    # --- steps -------------------------------------------------------------------------------------------------

    def _play(self, number: int, step: Step) -> None:
        moment = clock_line(self._world.calendar(self._world.now))
        self._transcript.heading(f"\n## {number}  {moment}" + (f"  {step.note.strip()}" if step.note else ""))
        if step.console is not None:
            lines = as_lines(() if step.type is None else step.type)
            for number_typed, typed in enumerate(lines, 1):
                self._type(step.console, self._filled(typed), waits=step.waits or number_typed < len(lines))
        elif step.check is not None:
            self._check(step.check)
        elif (line := _bench_words(step)) is not None:
            self._act(self._filled(line), refused=step.refused)
        self._compare(step)

    def _act(self, line: str, *, refused: bool) -> None:
        self._transcript.write(BENCH, f"{self._bench.prompt.text}{line}\n")
        self._bench.submit(line)
        self._world.clock.run_while(lambda: self._bench.busy)
        self._attach()
        if self._bench.failed != refused:
            expected = "the bench to refuse this" if refused else f"the bench to do '{line}'"
            raise StepFailed(expected, self._text(BENCH) or "it did it")

    def _type(self, name: str, typed: str, *, waits: bool) -> None:
        line = self._line(name)
        self._world.clock.run_while(lambda: line.busy)
        prompt = line.prompt
        if prompt.kind is PromptKind.NONE:
            raise StepFailed(f"a console of {name} to type on", f"{name} is {line.phase}")
        self._record(name, prompt.text + ("" if prompt.hidden else typed) + "\n")
        line.submit(typed)
        self._world.clock.settle()
        if waits:
            self._world.clock.run_while(lambda: line.busy and line.phase is not line.phase.BOOTING)

    def _line(self, name: str) -> TerminalLine:
        if name not in self._world.routers:
            raise StepFailed(f"a router {name}", "none is racked under that name")
        return self._world.lines_of(name).console

    def _check(self, check: Check) -> None:
        if check.router not in self._world.routers:
            raise StepFailed(f"a router {check.router}", "none is racked under that name")
        actual = _state_of(self._world.routers[check.router])
        for key in ("phase", "level", "license", "next_level"):
            wanted = getattr(check, key)
            if wanted is not None and actual[key].lower() != wanted.lower():
                raise StepFailed(f"{check.router} {key} {wanted}", f"{check.router} {key} {actual[key]}")
            if wanted is not None:
                self._transcript.write(check.router, f"({key} is {actual[key]})\n")

    # --- what was seen -----------------------------------------------------------------------------------------

    def _compare(self, step: Step) -> None:
        text = self._text(step.console) if step.console else "".join(self._text(name) for name in sorted(self._seen))
        position = 0
        for wanted in map(self._filled, as_lines(step.sees)):
            found = text.find(wanted, position)
            if found < 0:
                raise StepFailed(wanted, text[-SHOWN_AT_A_DIFFERENCE:] or "nothing")
            position = found + len(wanted)
        for unwanted in map(self._filled, as_lines(step.hides)):
            if unwanted in text:
                raise StepFailed(f"not to see {unwanted}", text[-SHOWN_AT_A_DIFFERENCE:])
        for name, pattern in step.keep.items():
            match = re.search(pattern, text)
            if match is None or match[1] is None:
                raise StepFailed(f"something to keep as {name}: {pattern}", text[-SHOWN_AT_A_DIFFERENCE:] or "nothing")
            self._kept[name] = match[1]

    def _filled(self, text: str) -> str:
        return SLOT.sub(lambda slot: self._kept[slot[1]], text)

    def _text(self, device: str) -> str:
        return "".join(self._seen.get(device, ()))

    def _record(self, device: str, text: str) -> None:
        self._seen.setdefault(device, []).append(text)
        self._transcript.write(device, text)

    def _attach(self) -> None:
        """Sit down before every console that has nobody yet; a router may have been racked just now."""
        for name in self._world.routers:
            line = self._world.lines_of(name).console
            if line.output is None:
                line.output = partial(self._record, name)
                line.exec.default_length = line.exec.length = 0


def _bench_words(step: Step) -> str | None:
    if step.advance is not None:
        return f"advance {step.advance}"
    return f"portal {step.portal}" if step.portal is not None else step.bench


def _state_of(router: Router) -> dict[str, str]:
    """The facts that a check can ask for, as text."""
    running = router.state.running
    in_use = router.activation.inventory.in_use()
    return {
        "phase": str(router.state.board.phase),
        "level": running.level if running else "none",
        "license": in_use.line.rule.title if in_use else "none",
        "next_level": router.activation.inventory.next_level().level if running else "none",
    }
