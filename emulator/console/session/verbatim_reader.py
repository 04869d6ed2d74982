"""Reading the configuration of a real router into a twin: every line where it was found, its bytes kept.

Lines are carried out as if they were typed; the order, the separators and what IOS writes with peculiar blanks are
kept as they were found. A line that a page has robbed of its blanks belongs to the section above it where it can be of
no other. A line that the language does not know, or that stands twice, is kept verbatim in its place, with the lines
below it, and reported. A line that is made from a fact of the router (its serial number, its release) stays one. What
would not be printed as it was found, for whatever reason, is read once more as a line not known.
"""

from collections.abc import Iterator

import msgspec

from emulator.console.configuration.found_lines import FACT_LINES, Verbatim, core, fact_place, fixed
from emulator.console.configuration.layout import Context, configuration_lines, entry_lines
from emulator.console.configuration.typed import key_of_row, row_of_run
from emulator.console.line.phases import Frame
from emulator.console.line.terminal_line import TerminalLine
from emulator.console.modes import CONFIG, EXEC, PRIVILEGED
from emulator.console.session.startup_reader import ABOUT, LoadingSession, answer
from emulator.grammar import Grammar, Parsed
from emulator.router.configuration import Block, Configuration, LayoutPosition
from emulator.router.device import Router

ATTEMPTS = 6
"""Number of attempts at reading around lines that come out otherwise; then all is kept verbatim."""


class KeptLine(msgspec.Struct, frozen=True):
    """A line that was kept verbatim: its number in the text, from 1, and its text."""

    number: int
    text: str


class _Lines(Iterator[str]):
    """The lines of a text, counted."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self.number = 0

    def __next__(self) -> str:
        if self.number == len(self._lines):
            raise StopIteration
        self.number += 1
        return self._lines[self.number - 1]

    def below(self, indent: int) -> Iterator[str]:
        """Yield the lines that follow and stand further right than `indent`."""
        while self.number < len(self._lines) and len(core(self._lines[self.number])[0]) > indent:
            yield next(self)


class FoundReader:
    """The reader of one configuration into a router that has none; `forced` lines are kept without a try."""

    def __init__(self, router: Router, line: TerminalLine, grammar: Grammar, forced: frozenset[int]) -> None:
        line.exec.privilege = PRIVILEGED
        line.exec.frames[:] = [Frame(EXEC)]
        line.exec.enter(CONFIG)
        self._router, self._line, self._forced = router, line, forced
        self._session = LoadingSession(router, line, grammar)
        self._indents: list[int] = []
        self._placed: set[tuple[int, str]] = set()
        self.unread: list[KeptLine] = []

    def read(self, text: list[str]) -> None:
        """Read all lines up to `end`; unknown lines are kept, and noted."""
        lines = _Lines(text)
        for raw in lines:
            self._read(raw, lines)
            if raw.strip() == "end":
                break

    def _read(self, raw: str, lines: _Lines) -> None:
        pad, typed, _ = core(raw)
        if typed and not self._belongs_here(typed, len(pad)):
            self._leave(len(pad))
        block = self._session.block
        if lines.number in self._forced:
            self._keep(block, raw, lines)
        elif not self._indents and (place := fact_place(self._router, raw)) is not None:
            if place.key not in {each.key for each in block.found if each.key.startswith("@")}:
                block.found.append(place)
            elif place.key != "@changes":
                self._keep(block, raw, lines)
        elif not typed or typed.startswith("!") or typed in fixed(self._line.exec.mode):
            block.found.append(LayoutPosition(text=raw))
        else:
            self._try(block, raw, lines)

    def _belongs_here(self, typed: str, indent: int) -> bool:
        """Tell whether a line without its indent can only be of the section above it: a page has lost some blanks."""
        if not self._indents or indent > self._indents[-1] or typed.startswith("!"):
            return False
        frames, indents = list(self._line.exec.frames), list(self._indents)
        here = self._session.parse_here(typed)
        self._leave(indent)
        above = self._session.parse_here(typed)
        closes = typed in fixed(self._line.exec.mode)
        if isinstance(above, Parsed) or closes or not isinstance(here, Parsed) or here.spelled.split()[0] in ABOUT:
            return False
        self._line.exec.frames[:], self._indents = frames, indents
        return True

    def _leave(self, indent: int) -> None:
        """Back to the section that a line of this indent belongs to."""
        while self._indents and indent <= self._indents[-1]:
            self._indents.pop()
            self._line.exec.frames.pop()

    def _keep(self, block: Block, raw: str, lines: _Lines) -> None:
        """Keep a line and those below it as they are."""
        self.unread.append(KeptLine(lines.number, raw))
        block.found.append(LayoutPosition(text=raw))
        for below in lines.below(len(core(raw)[0])):
            block.found.append(LayoutPosition(text=below))
            if core(below)[1]:
                self.unread.append(KeptLine(lines.number, below))

    def _try(self, block: Block, raw: str, lines: _Lines) -> None:
        typed = core(raw)[1]
        outcome = self._session.parse_here(typed)
        if not isinstance(outcome, Parsed) or outcome.spelled.partition(" ")[0] in ABOUT:
            self._keep(block, raw, lines)
            return
        whole, below, before = Verbatim(block), len(self._line.exec.frames), lines.number
        self._session.spelled = outcome.spelled
        taken = answer(outcome.run(self._session, **outcome.arguments), lines)
        row = row_of_run(outcome)
        entered = len(self._line.exec.frames) > below
        several = entered and bool(self._line.exec.frames[-1].others)
        if entered:
            key = self._line.exec.frames[-1].section
        elif row is not None:
            key = key_of_row(row, outcome)
        else:
            key = whole.touched(outcome.spelled)
        if several or (key and (id(block), key) in self._placed) or self._undoes(whole):
            del self._line.exec.frames[below:]
            whole.restore()
            lines.number = before
            self._keep(block, raw, lines)
            return
        self._place(block, key, [raw, *taken], entered=entered)

    def _undoes(self, before: Verbatim) -> bool:
        """Tell whether a line took away what another has put there."""
        return any((id(before.block), key) in self._placed for key in before.lost())

    def _place(self, block: Block, key: str, raw: list[str], *, entered: bool) -> None:
        pad, typed, tail = core("\n".join(raw))
        place = LayoutPosition(key, pad=pad, tail=tail)
        if entered:
            self._indents.append(len(pad))
            section = block.section(key)
            section.header, section.as_found = typed, True
        elif not self._prints(block, place, raw):
            if key not in block.lines:
                block.found.append(LayoutPosition(text="\n".join(raw)))
                return
            block.lines[key] = typed
            if not self._prints(block, place, raw):
                place = LayoutPosition(key, raw="\n".join(raw), said=typed)
        self._placed.add((id(block), key))
        block.found.append(place)

    def _prints(self, block: Block, place: LayoutPosition, raw: list[str]) -> bool:
        context = Context(self._router, self._session.subject)
        return list(entry_lines(context, self._line.exec.mode, block, place, "")) == raw


def read_found(router: Router, line: TerminalLine, grammar: Grammar, text: str) -> list[KeptLine]:
    """Make a text, from `version` or the `!` before it to `end`, the running configuration of a router."""
    assert router.state.running is not None
    lines = text.removesuffix("\n").split("\n") if text else []
    forced: set[int] = set()
    for _ in range(ATTEMPTS):
        router.running.configuration = Configuration(as_found=True)
        reader = FoundReader(router, line, grammar, frozenset(forced))
        reader.read(lines)
        different = _first_difference(router, lines)
        if different is None:
            return reader.unread
        if different in forced:
            break
        forced.add(different)
    end = next((at + 1 for at, raw in enumerate(lines) if raw.strip() == "end"), len(lines))
    router.running.configuration = Configuration(found=[LayoutPosition(text=raw) for raw in lines[:end]], as_found=True)
    return [KeptLine(at, raw) for at, raw in enumerate(lines[:end], 1) if raw.strip()]


def _first_difference(router: Router, lines: list[str]) -> int | None:
    """The number of the first line that is not printed as it was found, those of facts apart."""
    end = next((at + 1 for at, raw in enumerate(lines) if raw.strip() == "end"), len(lines))
    told = [(at, raw) for at, raw in enumerate(lines[:end], 1) if not raw.startswith(FACT_LINES)]
    printed = [raw for raw in "\n".join(configuration_lines(router)).split("\n") if not raw.startswith(FACT_LINES)]
    for (at, raw), shown in zip(told, printed, strict=False):
        if raw != shown:
            return at
    if len(told) != len(printed) and told:
        return told[min(len(printed), len(told) - 1)][0]
    return None
