"""The bench's prompt: an `InteractiveLine`, so that every front end drives it and the terminal of a router alike.

A verb that is refused says so and changes nothing; `failed` tells a script.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache

from msgspec.structs import replace

import emulator.bench.verbs
from emulator.bench.host_files import HostFiles
from emulator.bench.session import TYPES, Bench, file_to_read
from emulator.bench.wanted import SHOWN, in_words, readings, wanted
from emulator.console.line.phases import Prompt, PromptKind
from emulator.grammar import (
    Ambiguous,
    Blank,
    Grammar,
    HelpEntries,
    Incomplete,
    Invalid,
    Parsed,
    ParseOutcome,
    load,
    render_help,
)
from emulator.kernel.effects import Ask, Handler, Say
from emulator.kernel.errors import EmulatorError, Refused, printable, shortened, visible
from emulator.sim.performer import Performance
from emulator.world.inputs import BenchInterrupted, BenchTyped, HostFile, WorldInput
from emulator.world.world import World

PROMPT = "bench>"
CLOSED = "this command is not available in this lab"
MODE = "bench"


@cache
def bench_grammar() -> Grammar:
    """Load the grammar of the bench."""
    return load(emulator.bench.verbs, (MODE,), TYPES)


def _is_closed_behind(bench: Bench, words: Sequence[str]) -> bool:
    """Tell whether a lab closes all commands that begin with words, each of which may be abbreviated."""
    lines = [command.line for command in bench_grammar().commands if _begins(command.line, words)]
    return bool(lines) and all(map(bench.is_closed, lines))


def _is_closed(bench: Bench, words: Sequence[str]) -> bool:
    """Tell whether a line of these words begins with a verb that a lab closes."""
    return any(_is_closed_behind(bench, words[:count]) for count in range(1, len(words) + 1))


def _begins(line: str, words: Sequence[str]) -> bool:
    begun = line.split()[: len(words)]
    return len(begun) == len(words) and all(map(str.startswith, begun, map(str.lower, words)))


class BenchLine:
    """The bench of one world, an `InteractiveLine`: it has no configuration, and always hears."""

    deaf = remote = logging_in = configuring = synchronous = False
    rows = columns = 0

    def __init__(self, world: World, files: HostFiles | None = None) -> None:
        """Set up the bench of a world, with the files of this computer that may be reached (left out: none)."""
        self._world = world
        self.bench = Bench(world, files)
        self.output: Callable[[str], object] | None = None
        self.messages: Callable[[str], object] | None = None
        self.failed = False
        """The last line was refused or not understood."""
        self.history: list[str] = []
        self._clock, self._timekeeper = world.clock, world.timekeeper
        self._performance: Performance | None = None
        self._aside = False
        """True if the verb under way is no input of the world, as one that is closed; neither is its output."""

    @property
    def busy(self) -> bool:
        """Tell whether a verb is under way that asks nothing."""
        return self._performance is not None and self._performance.question is None

    @property
    def prompt(self) -> Prompt:
        """Prompt and kind of input that is expected now."""
        if self._performance is None:
            return Prompt(PROMPT, PromptKind.COMMAND)
        question = self._performance.question
        if question is None:
            return Prompt("", PromptKind.NONE)
        kind = PromptKind.QUESTION if isinstance(question, Ask) else PromptKind.KEY
        return Prompt(question.prompt, kind)

    def submit(self, text: str) -> None:
        """Take a line that was typed, or the answer to a question."""
        if self._performance is not None:
            if self._performance.question is not None:
                with self._taking(BenchTyped(text)):
                    self._performance.answer(text)
            return
        if text.strip():
            self.history.append(text)
        self.failed = False
        outcome = bench_grammar().parse(MODE, text, self.bench)
        self._aside = isinstance(outcome, Parsed) and (
            outcome.command.aside or self.bench.is_closed(outcome.command.line)
        )
        self.bench.file = self._file(outcome)
        look = outcome.command.look if isinstance(outcome, Parsed) else True
        with self._taking(BenchTyped(text, self.bench.file, look)):
            self._carry_out(text, outcome)

    def _taking(self, what: WorldInput) -> AbstractContextManager[None]:
        """Context in which what was typed takes effect: an input of the world, unless the verb is none."""
        return nullcontext() if self._aside else self._world.sink.taking(what)

    def _file(self, outcome: ParseOutcome) -> HostFile | None:
        """The file of this computer that a line puts into the lab, or why it cannot be read."""
        path = file_to_read(outcome.arguments.values()) if isinstance(outcome, Parsed) else None
        if path is None:
            return None
        try:
            return self.bench.files.read(path)
        except Refused as refused:
            return HostFile(problem=str(refused))

    def _carry_out(self, text: str, outcome: ParseOutcome) -> None:
        match outcome:
            case Parsed(command=command) if self.bench.is_closed(command.line):
                self._refuse(CLOSED)
            case Incomplete() | Invalid() if _is_closed(self.bench, text.split()):
                self._refuse(CLOSED)
            case Parsed():
                handler = self._guarded(lambda: outcome.run(self.bench, **outcome.arguments))
                self._performance = Performance(self._clock, self._timekeeper, ("", "bench"), handler, self)
            case Blank():
                pass
            case Incomplete():
                following = [in_words(*entry) for entry in self._offered(f"{text.strip()} ").entries]
                more = ", …" if len(following) > SHOWN else ""
                self._refuse(
                    f"the command is incomplete; type ? for what may follow: {', '.join(following[:SHOWN])}{more}"
                )
            case Ambiguous():
                self._refuse(
                    f"'{printable(text.strip())}' is ambiguous: {readings(bench_grammar(), MODE, text, self.bench)}"
                )
            case Invalid(column=column, word=word):
                self.write(" " * (len(PROMPT) + column) + "^\n")
                words = text.split()
                before = "".join(f"{each} " for each in words[:word])
                possible = [entry for entry, _ in self._offered(before).entries]
                hint = wanted(words[word], possible)
                self._refuse(f"'{printable(words[word])}' is not understood here. {hint}")

    def help(self, text: str) -> str:
        """Return the help that `?` typed after `text` prints."""
        return render_help(self._offered(text))

    def _offered(self, text: str) -> HelpEntries:
        """Return what may follow a text, without the verbs that a lab closes."""
        before = text.split() if not text or text[-1].isspace() else text.split()[:-1]
        if _is_closed(self.bench, before):
            return HelpEntries([], error=Invalid(0, 0))
        found = bench_grammar().help(MODE, text, self.bench)
        entries = [entry for entry in found.entries if not _is_closed_behind(self.bench, (*before, entry[0]))]
        return replace(found, entries=entries)

    def complete(self, text: str) -> str:
        """Complete a text as Tab does."""
        completed = bench_grammar().complete(MODE, text, self.bench)
        return text if _is_closed_behind(self.bench, completed.split()) else completed

    def interrupt(self) -> None:
        """Break off what is under way, as Ctrl-C does."""
        if self._performance is not None:
            with self._taking(BenchInterrupted()):
                self._performance.drop()
                self._performance = None

    def end_configuration(self) -> None:
        """Ignore Ctrl-Z, as the bench has no configuration."""

    def write(self, text: str) -> None:
        """Print text, with control characters as `cat -v` shows them."""
        if text:
            text = visible(text)
            if not self._aside:
                self._world.sink.printed("bench", text)
            if self.output is not None:
                self.output(text)

    def say(self, text: str) -> None:
        """Print output of a verb."""
        self.write(text)

    def pause(self) -> None:
        """Ignore the pause of a verb, as no output is held back here."""

    def finished(self) -> None:
        """Note that a verb has ended."""
        self._performance = None

    def _guarded(self, start: Callable[[], Handler | None]) -> Handler:
        try:
            handler = start()
            if handler is not None:
                yield from handler
        except EmulatorError as error:
            self.failed = True
            yield Say(shortened(f"% {error}\n"))

    def _refuse(self, problem: str) -> None:
        self.failed = True
        self.write(f"% {problem}\n")
