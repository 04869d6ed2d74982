"""Leaving the configuration modes: `exit` goes to the mode above, `end` to EXEC.

The help of `exit` is another in each mode (R), so the table of the mode has it.
"""

from emulator.console.modes import ALL_CONFIG
from emulator.console.session.session import Session
from emulator.grammar import Command

HELP = {"end": "Exit from configure mode"}


def leave_mode(session: Session) -> None:
    """Go to the mode above."""
    session.line.leave()


def end(session: Session) -> None:
    """Go to EXEC."""
    session.line.leave_configuration()


_SOURCE = "IOS configuration fundamentals command reference; captures of a CISCO1941"
COMMANDS = (
    Command("exit", modes=ALL_CONFIG, run=leave_mode, source=_SOURCE, basis="C"),
    Command("end", modes=ALL_CONFIG, run=end, source=_SOURCE, basis="C"),
)
