"""Reading a saved configuration at boot: every line as if it were typed, with nobody there to ask.

A line that the running level does not know is told on the console and dropped from the running configuration; it
stays in NVRAM until the next `write` (I). Lines that every configuration of the twin has by itself are passed over.
"""

from collections.abc import Callable

from emulator.console.grammar import Grammar, Invalid, Parsed
from emulator.console.line import ConsoleLine
from emulator.console.modes import CONFIG, PRIVILEGED
from emulator.console.render.running_config import FIXED_LINES
from emulator.console.session import Session
from emulator.kernel.effects import Ask, AskKey

GENERATED = ("!", "version ", "license udi ", "memory-size iomem ")
"""How lines begin that are made from facts of the router."""


class ReadingSession(Session):
    """A session that cannot be asked anything."""

    interactive = False


class StartupReader:
    """Implements `router.ports.ConfigurationReader` on the console's grammar."""

    def __init__(self, grammar: Grammar, line: Callable[[str], ConsoleLine]) -> None:
        self._grammar, self._line = grammar, line

    def read(self, router: str, text: str) -> None:
        """Carry out every line that the router knows."""
        line = self._line(router)
        line.privilege = PRIVILEGED
        line.enter(CONFIG)
        session = ReadingSession(line.router, line, self._grammar)
        for typed in text.splitlines():
            if typed.strip() and typed.strip() not in FIXED_LINES and not typed.startswith(GENERATED):
                self._carry_out(session, typed)

    def _carry_out(self, session: ReadingSession, typed: str) -> None:
        outcome = session.parse(session.line.mode, typed.strip())
        if not isinstance(outcome, Parsed):
            column = outcome.column if isinstance(outcome, Invalid) else 0
            session.router.reject_line(typed.strip(), column)
            return
        handler = outcome.command.run(session, **outcome.arguments)
        for effect in handler or ():
            if isinstance(effect, (Ask, AskKey)):
                raise RuntimeError(f"'{typed}' asks a question while a configuration is read")
