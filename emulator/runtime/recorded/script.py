"""A session as a scenario: played turn by turn in a world as scenarios have it, and written down as it goes.

What the session had from the secret of its own world - PAKs, order numbers, contracts - is another value in the
scenario's: it is saved where it was first shown, and named where it was typed. Checks are proposed from what both
worlds showed, and of what a router runs whenever that has changed.
"""

import re
from collections.abc import Iterator

import msgspec

from emulator.bench.host_files import NoFiles
from emulator.console.line.phases import Prompt, PromptKind
from emulator.kernel.errors import Refused
from emulator.kernel.time import MINUTE, SECOND, format_duration
from emulator.runtime.recorded.session import HeldSession, TypedTurn
from emulator.scenarios.predicates import WorldRecord, judge
from emulator.scenarios.stations import NoPrompt, Stations
from emulator.scenarios.transcript import BENCH
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe

LEAST_GAP = MINUTE
"""A shorter pause of the person is not kept."""

MOST_SEEN = 6
"""Texts that a step expects."""

NOTABLE = re.compile(
    r"%[A-Z_]+-\d-[A-Z_]+: .*?(?=\.? ?UDI=|$)|^\d+/\d+ licenses were .*|^Installing\.\.\..*|^% .*"
    r"|License Level: .*|^mail \d+: \w+.*?(?= for |,|$)|^.* logged (?:in|out)(?=;)|ACCEPT\? .*?: ",
    re.MULTILINE,
)
"""Lines that tell how something went."""

WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{4,}[A-Za-z0-9]")
KINDS = (("lic", "LICENSE"), ("xml", "TICKET"), ("PAK", "PAK"), ("contract", "CONTRACT"), ("order", "ORDER"))
ROMMON = "rommon"
DIALOG = "configuration dialog"
"""Words in the question that a router without a configuration asks."""

CONTEXT = 24
"""Characters of a line by which a value in it is found."""


class ScriptStep(msgspec.Struct):
    """A step that is being written: its act, and what it expects."""

    place: str
    lines: list[str]
    recorded: str = ""
    came: str = ""
    save: dict[str, str] = {}
    refused: bool = False
    check: tuple[str, ...] = ()
    advance: str = ""


class SessionScript:
    """Plays a session and writes it down."""

    def __init__(self, session: HeldSession) -> None:
        self._session = session
        self._world = new_world(session.recipe)
        self._record = WorldRecord(self._world)
        self._stations = Stations(self._world, self._hear, NoFiles())
        self._now: ScriptStep | None = None
        self._values: dict[str, str] = {}
        self._runs: dict[str, tuple[str, ...]] = {}
        self.steps: list[ScriptStep] = []

    def write(self, title: str) -> dict[str, object]:
        """The scenario as the data of its file.

        Raises:
            Refused: a turn cannot be played there.
        """
        for turn in self._session.turns:
            self._play(turn)
        self._see_routers(last=True)
        recipe = self._session.recipe
        routers = {name: _plain(router) for name, router in recipe.routers.items()}
        steps = [each for step in self.steps for each in _written(step)]
        teaches = {"question": title, "lesson": "Recorded from a session; say here what it shows."}
        return {
            "title": title,
            "teaches": teaches,
            "start": recipe.start,
            "seed": recipe.seed,
            "routers": routers,
            "steps": steps,
        }

    # --- playing -----------------------------------------------------------------------------------------------

    def _play(self, turn: TypedTurn) -> None:
        gap = (turn.at - self._world.now) // SECOND * SECOND
        if gap >= LEAST_GAP:
            self._begin(BENCH, advance=format_duration(gap))
            self._world.clock.run_to(self._world.now + gap)
        if turn.place == BENCH:
            step = self._begin(BENCH)
            self._at_bench(self._named(turn.text))
        else:
            step = self._now if self._now is not None and self._now.place == turn.place else self._begin(turn.place)
            self._at_console(turn, step)
        step.recorded += turn.printed.get(turn.place, "")
        self._see_routers()

    def _begin(self, place: str, *, advance: str = "") -> ScriptStep:
        self._now = ScriptStep(place, [], advance=advance)
        self.steps.append(self._now)
        return self._now

    def _at_bench(self, text: str) -> None:
        assert self._now is not None
        self._now.lines.append(text)
        bench = self._stations.bench
        bench.submit(self._filled(text))
        self._world.clock.run_while(lambda: bench.busy)
        self._stations.attach()
        self._now.refused = bench.failed

    def _at_console(self, turn: TypedTurn, step: ScriptStep) -> None:
        """Type a line; a console that a script opened, or closed, is opened or closed as a person does it."""
        prompt = self._prompt(turn.place)
        while turn.leaves and (closer := _closer(prompt)) is not None:
            self._type(turn.place, closer, step)
            prompt = self._prompt(turn.place)
        while turn.prepared and (opener := _opener(prompt)) is not None:
            self._type(turn.place, opener, step)
            prompt = self._prompt(turn.place)
        answers_nothing = turn.answers and prompt.kind is PromptKind.COMMAND
        if not (turn.prepared or turn.leaves or answers_nothing):
            self._type(turn.place, self._named(turn.text), step)

    def _prompt(self, place: str) -> Prompt:
        line = self._stations.line(place)
        self._world.clock.run_while(lambda: line.busy)
        return line.prompt

    def _type(self, place: str, text: str, step: ScriptStep) -> None:
        step.lines.append(text)
        try:
            self._stations.type(place, self._filled(text), waits=True)
        except NoPrompt as closed:
            raise Refused(f"'{text}' cannot be typed in a scenario: {closed}") from None

    def _hear(self, place: str, text: str, typed: str = "") -> None:
        if self._now is not None and self._now.place in {place, BENCH} and not typed:
            self._now.came += text

    # --- values of the world's own -----------------------------------------------------------------------------

    def _named(self, text: str) -> str:
        """The text with names in the place of values that only the session's world had."""
        for word in dict.fromkeys(WORD.findall(text)):
            if any(word in each.came for each in self.steps):
                continue
            source = next((each for each in self.steps if word in each.recorded), None)
            found = None if source is None else _saved(word, source)
            if source is not None and found is not None:
                pattern, value, kind = found
                name = next((name for name, known in source.save.items() if known == pattern), None)
                name = name or _free(kind, self._values)
                source.save[name], self._values[name] = pattern, value
                text = text.replace(word, f"{{{name}}}")
        return text

    def _filled(self, text: str) -> str:
        for name, value in self._values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    # --- checks ------------------------------------------------------------------------------------------------

    def _see_routers(self, *, last: bool = False) -> None:
        """Propose checks where what a router runs has changed, and of all of them at the end."""
        for name, router in self._world.routers.items():
            running = router.state.running
            if running is None:
                continue
            proposed = [f"level {name} {running.level}"]
            used = router.activation.inventory.in_use()
            if used is not None:
                proposed.append(f"uses {name} {used.line.feature} {used.line.rule.word}")
            if last:
                proposed.append(f"next {name} {router.activation.inventory.next_level().level}")
            holding = tuple(each for each in proposed if self._holds(each))
            if last or self._runs.get(name) != holding:
                self._runs[name] = holding
                if holding:
                    self.steps.append(ScriptStep("", [], check=holding))
                    self._now = None

    def _holds(self, predicate: str) -> bool:
        return judge(predicate, self._world, self._record).holds


def _opener(prompt: Prompt) -> str | None:
    """Return what a person types to come to privilege 15; None where they are there, or something is asked."""
    if prompt.kind is PromptKind.QUESTION and DIALOG in prompt.text:
        return "no"
    if prompt.kind is PromptKind.RETURN:
        return ""
    return "enable" if prompt.kind is PromptKind.COMMAND and prompt.text.endswith(">") else None


def _closer(prompt: Prompt) -> str | None:
    """Return what a person types on the way out of a console; None where it is closed, or no IOS runs."""
    if prompt.kind in {PromptKind.QUESTION, PromptKind.KEY}:
        return None if DIALOG in prompt.text else "<Ctrl-C>"
    if prompt.kind is not PromptKind.COMMAND or prompt.text.startswith(ROMMON):
        return None
    return "<Ctrl-Z>" if prompt.text.strip().endswith(")#") else "exit"


def _saved(word: str, step: ScriptStep) -> tuple[str, str, str] | None:
    """The pattern that finds a value in what a step shows, the value that it finds, and the kind of thing it is."""
    line = next(line for line in step.recorded.splitlines() if word in line)
    before, _, after = line.partition(word)
    kind = next((name for mark, name in KINDS if mark in f"{before}{word}"), "VALUE")
    for pattern in (f"{_literal(before[-CONTEXT:])}(\\S+)", f"(\\S+){_literal(after[:CONTEXT])}"):
        if (found := re.search(pattern, step.came)) and pattern != r"(\S+)":
            return pattern, found[1], kind
    return None


def _literal(text: str) -> str:
    """A pattern for a text, blanks as they are."""
    return re.escape(text).replace("\\ ", " ")


def _free(kind: str, taken: dict[str, str]) -> str:
    return next(
        name for number in range(1, len(taken) + 2) if (name := f"{kind}{number if number > 1 else ''}") not in taken
    )


def _written(step: ScriptStep) -> Iterator[dict[str, object]]:
    """A step as the data of a scenario's file."""
    if step.check:
        yield {"check": list(step.check)}
        return
    if step.advance:
        yield {"advance": step.advance, **_expected(step)}
        return
    act: dict[str, object] = {"bench": step.lines[0]} if step.place == BENCH else {}
    if not act:
        act = {"console": step.place, "type": list(step.lines)}
    if step.refused:
        act["refused"] = True
    yield {**act, **_expected(step), **({"save": dict(step.save)} if step.save else {})}


def _expected(step: ScriptStep) -> dict[str, object]:
    """The notable texts that both worlds showed, in their order."""
    seen: list[str] = []
    position = 0
    for found in NOTABLE.finditer(step.came):
        text = found[0].rstrip("\n")
        place = step.came.find(text, position)
        if text in step.recorded and place >= 0 and len(seen) < MOST_SEEN:
            seen.append(text)
            position = place + len(text)
    return {"sees": seen} if seen else {}


def _plain(router: RouterRecipe) -> dict[str, object]:
    data: dict[str, object] = {"pid": router.pid, "serial": router.serial}
    if router.factory is not None:
        data["factory"] = list(router.factory)
    if router.powered:
        data["powered"] = True
    if not router.internet:
        data["internet"] = False
    return data
