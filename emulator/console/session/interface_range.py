"""`interface range` and `line vty 0 15`: each line is carried out for one section after the other.

R: a line that an interface does not know is refused for that interface, the others take it; a line of the mode above
is carried out once and ends the range, which is told of interfaces. I: so does a line that leads into a section of the
first interface.
"""

from typing import Protocol

from emulator.console.line.exec_state import ExecState
from emulator.console.line.phases import Frame
from emulator.console.line.terminal_line import TerminalLine
from emulator.console.modes import CONFIG
from emulator.console.wording import wording
from emulator.grammar import Grammar, Invalid, Parsed, ParseOutcome
from emulator.kernel.effects import Handler, Say

RANGE = "config-if-range"
ONE = "config-if"


class RangeSession(Protocol):
    """A session as a range uses it."""

    line: TerminalLine
    exec: ExecState
    grammar: Grammar

    def parse_here(self, text: str, /) -> ParseOutcome:
        """Parse in the mode that the line is in."""

    def run(self, outcome: Parsed, /) -> Handler | None:
        """Return the handler of a line that was understood."""

    def answer(self, mode: str, text: str, outcome: ParseOutcome, /) -> Handler:
        """Build the answer to a line that was not understood."""


def parse_in_range(session: RangeSession, text: str) -> ParseOutcome:
    """Parse for the first interface that knows the line; if none does, the outcome of the first counts."""
    frames, typed_in = session.exec.frames, session.exec.frames[-1]
    outcomes = []
    try:
        for section in (typed_in.section, *typed_in.others):
            frames[-1] = Frame(typed_in.mode, section)
            outcomes.append(session.parse_here(text))
            if not isinstance(outcomes[-1], Invalid):
                return outcomes[-1]
    finally:
        frames[-1] = typed_in
    return outcomes[0]


def _parsed(session: RangeSession, text: str) -> ParseOutcome:
    """Parse for one interface; if it does not know the line, of the two modes the one that got further speaks."""
    outcome = session.parse_here(text)
    if isinstance(outcome, Invalid):
        above = session.grammar.parse(CONFIG, text, session, session.exec.privilege)
        return max(outcome, above, key=lambda each: each.column) if isinstance(above, Invalid) else outcome
    return outcome


def run_in_range(session: RangeSession, text: str, outcome: Parsed, typed_in: Frame) -> Handler | None:
    """Return the handler of a line that was typed in a range."""
    if session.exec.frames[-1] is not typed_in:
        return _once(session, outcome, typed_in.mode)
    if CONFIG in outcome.command.modes:
        return session.run(outcome)
    return _for_each(session, text, typed_in)


def _once(session: RangeSession, outcome: Parsed, mode: str) -> Handler:
    handler = session.run(outcome)
    if handler is not None:
        yield from handler
    if mode == RANGE:
        yield Say(wording("config.left_range"))


def _for_each(session: RangeSession, text: str, typed_in: Frame) -> Handler:
    frames = session.exec.frames
    at = len(frames) - 1
    try:
        for section in (typed_in.section, *typed_in.others):
            frames[at] = Frame(typed_in.mode, section)
            outcome = _parsed(session, text)
            handler = (
                session.run(outcome) if isinstance(outcome, Parsed) else session.answer(typed_in.mode, text, outcome)
            )
            if handler is not None:
                yield from handler
            if len(frames) > at + 1:
                yield Say(wording("config.left_range"))
                return
    finally:
        if len(frames) > at:
            frames[at] = Frame(ONE, typed_in.section) if len(frames) > at + 1 else typed_in
