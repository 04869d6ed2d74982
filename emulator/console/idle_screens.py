"""Screens of protocols without a neighbor, from which nothing was learned.

R: forms. No other router speaks here, so there are headings without rows, and a protocol that is not configured says
that or nothing. A screen whose rows would follow from the configuration alone is a command of its own.
"""

from collections.abc import Iterable
from functools import partial

import msgspec

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say


class IdleScreen(msgspec.Struct, frozen=True):
    """A screen of an idle protocol.

    Attributes:
        line: the command.
        feature: the feature that the level must contain.
        needs: beginning of the configuration's line or section without which the protocol does not run.
        off, on: keys of the text where it does not run, and where it does; empty: nothing is printed.
    """

    line: str
    feature: str
    needs: str = ""
    off: str = ""
    on: str = ""


def show(session: Session, *, screen: IdleScreen, **_arguments: object) -> Handler:
    """Show the screen, whatever it was asked for."""
    yield Say(_text(session, screen))


def _text(session: Session, screen: IdleScreen) -> str:
    configuration = session.router.configuration
    runs = any(key.startswith(screen.needs) for key in (*configuration.lines, *configuration.sections))
    key = screen.on if runs or not screen.needs else screen.off
    return wording(key) if key else ""


def commands(screens: Iterable[IdleScreen]) -> tuple[Command, ...]:
    """Build the commands that show these screens."""
    return tuple(
        Command(screen.line, modes=(EXEC,), run=partial(show, screen=screen), piped=True, when=feature(screen.feature),
                output="show_idle_protocols", source="IOS routing and multicast command references, recalled",
                basis="R")
        for screen in screens
    )  # fmt: skip
