"""Check of a configuration before it is typed: the lines that a router would not understand, and why.

They are carried out on a router that may be spoiled, for what a line means depends on the mode that the lines before
it have entered. What stands behind a global line that is not understood is not looked at: that line may have been meant
to enter a mode.
"""

from collections.abc import Iterator

import msgspec

from emulator.console.line.terminal_line import TerminalLine
from emulator.console.modes import CONFIG, MODES, PRIVILEGED, ROMMON, tree_of
from emulator.console.session.startup_reader import ReadingSession, carry_out
from emulator.grammar import Ambiguous, Grammar, Incomplete, Invalid, ParseOutcome
from emulator.router.device import Router


class MisreadLine(msgspec.Struct, frozen=True):
    """A line that is not understood.

    Attributes:
        line: as it would be typed.
        word: the word that nothing matches; empty where the line is incomplete or ambiguous.
        before: the words before it.
        possible: the words that could stand there.
        ambiguous: a word is short for several.
    """

    line: str
    word: str
    before: str
    possible: tuple[str, ...]
    ambiguous: bool = False


class _CheckingSession(ReadingSession):
    """A session that notes what it does not understand."""

    def __init__(self, router: Router, line: TerminalLine, grammar: Grammar) -> None:
        super().__init__(router, line, grammar)
        self.found: list[MisreadLine] = []
        self._lost = False

    def misread(self, typed: str, outcome: ParseOutcome) -> None:
        """Note a line that was not understood."""
        if self._lost:
            return
        self._lost = self.exec.mode == CONFIG
        words = typed.split()
        match outcome:
            case Ambiguous():
                self.found.append(MisreadLine(typed, "", typed, (), ambiguous=True))
            case Incomplete():
                self.found.append(MisreadLine(typed, "", typed, tuple(self._following(f"{typed} "))))
            case Invalid(word=number) if number < len(words):
                before = " ".join(words[:number])
                possible = tuple(self._following(f"{before} " if before else ""))
                self.found.append(MisreadLine(typed, words[number], before, possible))

    def _following(self, text: str) -> Iterator[str]:
        """The words that may follow, in this mode and in those above."""
        mode: str | None = self.exec.mode
        while mode is not None:
            entries = self.grammar.help(tree_of(mode), text, self, self.exec.privilege).entries
            yield from (word for word, _ in entries if word != "<cr>")
            mode = None if mode in {CONFIG, ROMMON} else MODES[mode].parent


def misread_lines(line: TerminalLine, grammar: Grammar, text: str) -> list[MisreadLine]:
    """The lines of a text that the router of a line would not understand; its configuration is spoiled by that."""
    line.exec.privilege = PRIVILEGED
    line.exec.enter(CONFIG)
    session = _CheckingSession(line.router, line, grammar)
    carry_out(session, text)
    return session.found
