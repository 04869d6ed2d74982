"""A session: a typed line becomes a running command, or one of the answers of the parser.

Where a sub-mode does not know a line, the mode above it is asked, as in IOS, and the sub-mode is left for it. The
caret stands under the first character that nothing matched; of two modes the one that got further speaks. An unknown
single word in EXEC is taken for a host name (C).
"""

from typing import Protocol

from emulator.console.line.phases import Frame, LinePhase
from emulator.console.line.terminal_line import TerminalLine
from emulator.console.modes import CONFIG, EXEC, MODES, ROMMON, prompt, tree_of
from emulator.console.session.aliases import expanded
from emulator.console.session.interface_range import parse_in_range, run_in_range
from emulator.console.session.name_lookup import look_up
from emulator.console.session.output_modifiers import modified
from emulator.console.session.pager import paged
from emulator.console.wording import wording
from emulator.grammar import Ambiguous, Blank, Grammar, Incomplete, Invalid, Parsed, ParseOutcome, render_help
from emulator.kernel.effects import Handler, Say
from emulator.router.boot.rommon import note
from emulator.router.configuration import Block
from emulator.router.device import Router
from emulator.router.network.names import looks_up

SUBCOMMANDS = "show"
"""Command of which IOS says, when it is typed alone, that it has subcommands (R)."""


class RommonScreens(Protocol):
    """Screens of ROMMON that no command prints."""

    def monitor_help(self, grammar: Grammar, context: "Session", /) -> str:
        """Screen of `?`."""

    def misread(self, text: str, /) -> str:
        """Answer to a line that ROMMON cannot carry out."""


class Session:
    """The context of a command handler: the router, and the line it was typed on.

    `interactive` is false while a saved configuration is read: then nothing can be asked. `loading` is true while the
    whole configuration is made of a text, as at boot: what it does not shut is open.
    """

    interactive = True
    loading = False

    def __init__(
        self, router: Router, line: TerminalLine, grammar: Grammar, rommon: RommonScreens | None = None
    ) -> None:
        """Begin a session.

        `rommon` has what ROMMON prints; None for a session that never meets it, such as the reader of a configuration.
        """
        self.router, self.line, self.grammar, self._rommon = router, line, grammar, rommon
        self.exec = line.exec
        self._typed = ""
        self.spelled = ""
        """Line that runs, its keywords in full; to be read before the first `yield`."""
        self.understood = True
        """True if the parser understood the last line."""

    def has_feature(self, name: str) -> bool:
        """Tell whether the running level contains a feature."""
        return self.router.has_feature(name)

    @property
    def block(self) -> Block:
        """Part of the configuration that the current mode edits."""
        block: Block = self.router.configuration
        for frame in self.exec.frames:
            if frame.section:
                block = block.section(frame.section)
        return block

    @property
    def subject(self) -> str:
        """Header of the section that is being configured; empty at the top."""
        return self.exec.frames[-1].section

    # --- lines -------------------------------------------------------------------------------------------------

    def interpret(self, text: str) -> Handler | None:
        """Return the handler for a typed line; None for a line that needs none."""
        self._typed = text
        if self.line.phase is LinePhase.ROMMON:
            return self._interpret_in_rommon(text)
        typed_in, mode = self.exec.frames[-1], self.exec.mode
        text = expanded(self.router.configuration, mode, text)
        return self._start(mode, text, self.parse(mode, text), self.exec.length, typed_in=typed_in)

    def _interpret_in_rommon(self, text: str) -> Handler | None:
        """ROMMON takes names as they are written, neither abbreviated nor in capitals, and does not page (R)."""
        outcome = self.parse(ROMMON, text)
        if isinstance(outcome, Parsed) and outcome.spelled.split()[0] != text.split(maxsplit=1)[0]:
            outcome = Invalid(0, 0)
        return self._start(ROMMON, text, outcome, 0)

    def interpret_exec(self, text: str, indent: int | None = None) -> Handler | None:
        """Return the handler for the end of a line typed elsewhere, where that is a line of EXEC (`do`).

        Args:
            indent: the columns between the prompt of EXEC and the text; None: what was typed before it.
        """
        indent = len(self._typed) - len(text) if indent is None else indent
        text = expanded(self.router.configuration, EXEC, text)
        return self._start(EXEC, text, self.parse(EXEC, text), self.exec.length, indent)

    def parse_here(self, text: str) -> ParseOutcome:
        """Parse in the mode that the line is in, and in no other."""
        return self.grammar.parse(tree_of(self.exec.mode), text, self, self.exec.privilege)

    def parse(self, mode: str, text: str) -> ParseOutcome:
        """Parse in a mode, and in those above where it does not know the line; the mode that does is entered."""
        if self.exec.frames[-1].others and mode == self.exec.mode:
            outcome = parse_in_range(self, text)
        else:
            outcome = self.grammar.parse(tree_of(mode), text, self, self.exec.privilege)
        if not isinstance(outcome, Invalid) or mode in {EXEC, CONFIG, ROMMON}:
            return outcome
        left = self.exec.frames.pop()
        above = self.parse(self.exec.mode, text)
        if not isinstance(above, Parsed):
            self.exec.frames.append(left)
        return max(outcome, above, key=lambda each: each.column) if isinstance(above, Invalid) else above

    def help(self, text: str) -> str:
        """Return the help that `?` after `text` prints; ROMMON has none inside a line, `?` is a command there (C)."""
        mode = ROMMON if self.line.phase is LinePhase.ROMMON else self.exec.mode
        if mode == ROMMON and self._rommon is not None:
            note(self.router.monitor, "?")
            return self._rommon.monitor_help(self.grammar, self)
        shown = render_help(self.grammar.help(tree_of(mode), text, self, self.exec.privilege))
        heading = MODES[mode].heading
        return shown if text.strip() or not heading else f"{heading}\n{shown}"

    def complete(self, text: str) -> str:
        """Complete a text as Tab does; a sub-mode's words first, then those of the modes above."""
        mode: str | None = ROMMON if self.line.phase is LinePhase.ROMMON else self.exec.mode
        while mode is not None:
            completed = self.grammar.complete(tree_of(mode), text, self, self.exec.privilege)
            if completed != text or mode in {EXEC, CONFIG, ROMMON}:
                return completed
            mode = MODES[mode].parent
        return text

    def run(self, outcome: Parsed, text: str = "", typed_in: Frame | None = None) -> Handler | None:
        """Return the handler of a line that was understood; one typed in a range is run for each interface."""
        if typed_in is not None and typed_in.others:
            return run_in_range(self, text, outcome, typed_in)
        self.spelled = outcome.spelled
        return outcome.run(self, **outcome.arguments)

    # --- inside ------------------------------------------------------------------------------------------------

    def _start(
        self, mode: str, text: str, outcome: ParseOutcome, length: int, indent: int = 0, typed_in: Frame | None = None
    ) -> Handler | None:
        self.understood = isinstance(outcome, (Parsed, Blank))
        if isinstance(outcome, Parsed):
            handler = self.run(outcome, text, typed_in)
            if handler is None:
                return None
            if outcome.filter is not None:
                handler = modified(handler, outcome.filter, self.router)
            return paged(handler, length) if length else handler
        answer = self.answer(mode, text, outcome, indent)
        if isinstance(outcome, Blank):
            return self._return_to_connection() if mode == EXEC and self.exec.connections else None
        return answer

    def answer(self, mode: str, text: str, outcome: ParseOutcome, indent: int = 0) -> Handler:
        """Build the answer to a line that was not understood."""
        if mode == ROMMON and self._rommon is not None:
            yield Say(self._rommon.misread(text))
            return
        match outcome:
            case Incomplete():
                word = text.strip().lower()
                bare = mode == EXEC and len(word) > 1 and SUBCOMMANDS.startswith(word)
                yield Say(wording("parser.subcommands" if bare else "parser.incomplete"))
            case Ambiguous():
                yield Say(wording("parser.ambiguous", line=text.rstrip()))
            case Invalid(column=column, word=word):
                if mode == EXEC and word == 0 and len(text.split()) == 1 and self._looks_names_up():
                    yield from self._connect_to(text.strip())
                else:
                    shown = prompt(self.router.hostname, self.exec.mode, self.exec.privilege)
                    yield Say(" " * (len(shown) + indent + column) + "^\n" + wording("parser.invalid"))

    def _return_to_connection(self) -> Handler | None:
        """R: an empty line goes back to the connection that was left."""
        outcome = self.parse(EXEC, "resume")
        return self.run(outcome) if isinstance(outcome, Parsed) else None

    def _looks_names_up(self) -> bool:
        """R: not where the line prefers no transport, nor without `ip domain lookup`."""
        preferred = self.line.place.settings.word("transport preferred")
        return preferred != "none" and looks_up(self.router.configuration)

    def _connect_to(self, name: str) -> Handler:
        """Take a word that is no command for the name of a host to connect to by Telnet."""
        address = yield from look_up(self.router, name)
        if address is None:
            yield Say(wording("parser.unknown"))
            return
        outcome = self.parse(EXEC, f"telnet {address}")
        yield from (self.run(outcome) if isinstance(outcome, Parsed) else None) or ()
