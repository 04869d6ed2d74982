"""Leaving a section by its own word: `exit-address-family` (R)."""

from emulator.console.session.session import Session
from emulator.grammar import Command

HELP = {"exit-address-family": "Exit from Address Family configuration mode"}


def leave(session: Session) -> None:
    session.line.leave()


COMMANDS = (
    Command("exit-address-family", modes=("config-router-af", "config-vrf-af"), run=leave, basis="R",
            source="IOS routing command references"),
)  # fmt: skip
