"""Commands that print one screen of the router, and do nothing else."""

from collections.abc import Callable

from emulator.console.session.session import Session
from emulator.kernel.effects import Handler, Say
from emulator.router.device import Router


def show_screen(session: Session, *, screen: Callable[[Router], str]) -> Handler:
    """Print a screen of the session's router."""
    yield Say(screen(session.router))
