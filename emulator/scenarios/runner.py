"""Replaying a scenario as fast as possible, up to the first difference between what was expected and what came."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import msgspec

from emulator.bench.host_files import FilesBelow, NoFiles
from emulator.kernel.errors import EmulatorError, as_on_a_line
from emulator.kernel.time import Duration, clock_line, parse_duration
from emulator.scenarios.interjections import Interjection, Interjections
from emulator.scenarios.model import SLOT, ClientConnection, Scenario, Step, as_lines
from emulator.scenarios.predicates import (
    Expression,
    PredicateVerdict,
    Question,
    WorldRecord,
    judge,
    parse,
    vocabulary_of,
)
from emulator.scenarios.seen import differences, saved
from emulator.scenarios.stations import NoPrompt, Stations
from emulator.scenarios.transcript import BENCH, Transcript
from emulator.scenarios.variables import filled
from emulator.scenarios.watching import Watcher
from emulator.world.build import new_world
from emulator.world.world import World


class StepFailure(msgspec.Struct, frozen=True):
    """Failure of a step, which ended a replay.

    Attributes:
        step: counted from 1.
        expected: what was expected, in words.
        came: all that the step showed at the place that was looked at, or what was the case instead.
        wanted: the text that was looked for in it; empty where it was no text.
        at: the simulated moment.
        place: where it was: `bench`, a router or a client.
        typed: what was typed there in this step so far.
        check: the predicate of the step that did not hold, counted from 0; None where it was something else.
        commands: the lines of `came` in which something was typed, counted from 0.
    """

    step: int
    expected: str
    came: str
    wanted: str = ""
    at: str = ""
    place: str = BENCH
    typed: str = ""
    check: int | None = None
    commands: tuple[int, ...] = ()


class Replay(msgspec.Struct, frozen=True):
    """The outcome of a replay."""

    transcript: str
    difference: StepFailure | None


class StepFailed(Exception):
    """A step whose output or outcome is not the expected one; `args`: what was expected, what came, the text sought."""


class Runner:
    """Plays one scenario in a world of its own.

    Args:
        name: of the scenario.
        scenario: what is played.
        tell: takes the transcript, line by line.
        heading: lines of the transcript's head beyond title and question.
        folder: where the scenario lies; its lines reach files below it, and none where it is left out.
        within: the world that it plays in, and its record; left out, a new one of its own.

    Attributes:
        watchers: told of what happens, as it comes.
    """

    def __init__(
        self,
        name: str,
        scenario: Scenario,
        tell: Callable[[str], object],
        heading: tuple[str, ...] = (),
        folder: Path | None = None,
        within: tuple[World, WorldRecord] | None = None,
    ) -> None:
        self._scenario, self._heading = scenario, heading
        if within is None:
            world = new_world(scenario.recipe(name))
            within = world, WorldRecord(world, questions=scenario.questions)
        self._world, self._record = within
        self._saved: dict[str, str] = {}
        self._seen: dict[str, list[str]] = {}
        self._commands: dict[str, list[int]] = {}
        self._place, self._typed = BENCH, ""
        self._checked: int | None = None
        self.watchers: list[Watcher] = []
        self._transcript = Transcript([*scenario.routers, *_clients(scenario)], tell)
        self._stations = Stations(self._world, self._see, NoFiles() if folder is None else FilesBelow(folder))
        self._interjections = Interjections(
            self._world, self._stations, self._typed_meanwhile, partial(self._see, BENCH)
        )

    @property
    def world(self) -> World:
        """The world that it plays in."""
        return self._world

    @property
    def saved(self) -> Mapping[str, str]:
        """Values that steps have saved so far, by name."""
        return self._saved

    def remember(self, values: Mapping[str, str]) -> None:
        """Take values as if steps had saved them."""
        self._saved.update(values)

    def attempt(self, number: int, step: Step) -> StepFailure | None:
        """Play one step; the failure, or None where it went as the step says."""
        for watcher in self.watchers:
            watcher.step(number, step)
        self._seen.clear()
        self._commands.clear()
        self._place, self._typed, self._checked = step.console or BENCH, "", None
        try:
            self._play(number, step)
            failure = None
        except StepFailed as failed:
            failure = self._failure(number, *failed.args)
        refused = self._interjections.refused
        if refused is not None:
            self._place, self._typed, self._checked = BENCH, refused.line, None
            return self._failure(refused.step, f"the bench to do '{refused.line}' meanwhile", refused.came)
        return failure

    def end(self) -> StepFailure | None:
        """End the replay: the failure of a step whose `meanwhile` has not come by now."""
        missing = self._interjections.missing
        if missing is None:
            return None
        self._place, self._typed, self._checked = BENCH, missing.line, None
        expected = f"'{missing.line}' to come {missing.after} after the step began"
        return self._failure(missing.step, expected, "the scenario was over before that")

    def _failure(self, number: int, expected: str, came: str, wanted: str = "") -> StepFailure:
        moment = clock_line(self._world.calendar(self._world.now))
        commands = self._commands.get(self._place, ()) if came.startswith(self._text(self._place)) else ()
        return StepFailure(
            number, expected, came, wanted, moment, self._place, self._typed, self._checked, tuple(commands)
        )

    def run(self) -> Replay:
        """Play every step, or up to the first difference."""
        scenario = self._scenario
        for text in (scenario.title, scenario.teaches.question, *self._heading):
            self._transcript.heading(f"# {text}")
        steps = enumerate(scenario.steps, 1)
        difference = next(filter(None, (self.attempt(number, step) for number, step in steps)), None) or self.end()
        self._transcript.flush()
        return Replay(self._transcript.text, difference)

    def shown(self, place: str) -> str:
        """Everything that the last step showed at a place."""
        return self._text(place)

    @property
    def places(self) -> list[str]:
        """Places that take input now, without the bench."""
        return list(self._stations.names())

    def by_hand(self, place: str, text: str) -> None:
        """Type a line that is not in the script, at a console or at the bench.

        Raises:
            NoPrompt: nothing can be typed there now.
            UnknownName: there is no such place.
        """
        if place != BENCH:
            self._stations.type(place, text, waits=True)
            return
        bench = self._stations.bench
        self._put(BENCH, f"{bench.prompt.text}{text}\n", text)
        bench.submit(text)
        self._world.clock.run_while(lambda: bench.busy)
        self._stations.attach()

    # --- steps -------------------------------------------------------------------------------------------------

    def _play(self, number: int, step: Step) -> None:
        moment = clock_line(self._world.calendar(self._world.now))
        self._transcript.heading(f"\n## {number}  {moment}" + (f"  {step.note.strip()}" if step.note else ""))
        for each in step.meanwhile:
            after = self._filled(each.after)
            self._interjections.expect(Interjection(number, self._filled(each.bench), after), _duration(after))
        try:
            self._do(step)
        except EmulatorError as error:
            raise StepFailed("a step that can be done", str(error), "") from None
        self._compare(step)

    def _do(self, step: Step) -> None:
        if step.console is not None:
            self._type(step)
        elif step.connect is not None:
            self._connect(step.connect, refused=step.refused)
        elif step.disconnect is not None:
            self._stations.disconnect(step.disconnect)
        elif step.answer is not None:
            for question, text in step.answer.items():
                self._answer(question, self._filled(str(text)))
        elif step.check is not None:
            for self._checked, text in enumerate(as_lines(step.check)):
                self._check(self._filled(text))
        elif step.until is not None:
            self._wait(self._filled(step.until), self._filled(step.within))
        elif (line := step.bench_line) is not None:
            self._act(self._filled(line), refused=step.refused)

    def _type(self, step: Step) -> None:
        assert step.console is not None
        lines = as_lines(() if step.type is None else step.type)
        for number, text in enumerate(lines, 1):
            typed = self._filled(text)
            self._typed = ", ".join(filter(None, (self._typed, typed or "RETURN")))
            try:
                self._stations.type(step.console, typed, waits=step.waits or number < len(lines))
            except NoPrompt as closed:
                raise StepFailed(f"a console of {step.console} to type on", str(closed), "") from None

    def _act(self, line: str, *, refused: bool) -> None:
        bench = self._stations.bench
        self._typed = line
        self._put(BENCH, f"{bench.prompt.text}{line}\n", line)
        bench.submit(line)
        self._world.clock.run_while(lambda: bench.busy)
        self._stations.attach()
        if bench.failed != refused:
            expected = "the bench to refuse this" if refused else f"the bench to do '{line}'"
            raise StepFailed(expected, self._text(BENCH) or "it did it", "")

    def _typed_meanwhile(self, prompt: str, line: str) -> None:
        self._put(BENCH, f"{prompt}{line}\n", line)

    def _connect(self, connection: ClientConnection, *, refused: bool) -> None:
        self._place = connection.client
        self._typed = f"{connection.protocol} {connection.router}"
        why = self._stations.connect(connection)
        if (why is not None) != refused:
            expected = f"{connection.router} to refuse this" if refused else f"{connection.router} to let it in"
            raise StepFailed(expected, why or "it let it in", "")

    def _answer(self, question: str, text: str) -> None:
        self._record.answer(question, text)
        self._put(BENCH, f"(the answer to {question} is: {text})\n")

    def _judge(self, expression: str | Expression) -> PredicateVerdict:
        return judge(expression, self._world, self._record)

    def _check(self, text: str) -> None:
        verdict = self._judge(text)
        if not verdict.holds:
            raise StepFailed(text, verdict.sentence, "")
        self._put(BENCH, f"({verdict.sentence})\n")

    def _wait(self, text: str, within: str) -> None:
        """Let time pass until a predicate holds."""
        clock, end = self._world.clock, self._world.now + _duration(within)
        expression = parse(text, vocabulary_of(self._world, self._record.questions))

        def goes_on() -> bool:
            following = clock.following
            return following is not None and following <= end and not self._judge(expression).holds

        clock.run_while(goes_on)
        if not (verdict := self._judge(expression)).holds:
            clock.run_to(end)
            verdict = self._judge(expression)
        if not verdict.holds:
            raise StepFailed(f"within {within}: {text}", verdict.sentence, "")
        self._put(BENCH, f"({verdict.sentence})\n")

    # --- what was seen -----------------------------------------------------------------------------------------

    def _compare(self, step: Step) -> None:
        place = step.console or (step.connect.client if step.connect else None)
        if place is None:
            text = "".join(self._text(name) for name in sorted(self._seen))
        else:
            text = self._text(place) + self._stations.question(place)
        for difference in differences(step, text, self._filled):
            raise StepFailed(difference.expected, text or "nothing", difference.wanted)
        for name, value in saved(step, text):
            if value is None:
                raise StepFailed(f"something to save as {name}: {step.save[name]}", text or "nothing", "")
            self._saved[name] = value
            questions = filled(msgspec.to_builtins(self._scenario.questions), self._saved)
            self._record.questions = msgspec.convert(questions, dict[str, Question])

    def _filled(self, text: str) -> str:
        return SLOT.sub(lambda slot: self._saved.get(slot[1], slot[0]), text)

    def _text(self, place: str) -> str:
        return "".join(self._seen.get(place, ()))

    def _see(self, place: str, text: str, typed: str = "") -> None:
        """Note output that a step may expect."""
        if typed:
            lines = self._text(place).count("\n") + text.removesuffix("\n").count("\n")
            self._commands.setdefault(place, []).append(lines)
        self._seen.setdefault(place, []).append(text)
        self._put(place, text, typed)

    def _put(self, place: str, text: str, typed: str = "") -> None:
        text, typed = as_on_a_line(text), as_on_a_line(typed)
        self._transcript.write(place, text)
        for watcher in self.watchers:
            watcher.said(place, text, typed)


def _duration(text: str) -> Duration:
    """Read a duration in which a value was filled in that an earlier step had saved.

    Raises:
        StepFailed: it is none.
    """
    try:
        return parse_duration(text)
    except ValueError as error:
        raise StepFailed("a duration", str(error), "") from None


def _clients(scenario: Scenario) -> list[str]:
    return [step.connect.client for step in scenario.steps if step.connect is not None]
