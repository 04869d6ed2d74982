"""`lock`: a line is left for a while, held by a password that is chosen at the moment.

R: the form of the dialog, and that the line must be `lockable`. I: what is said on a line that is not.
"""

from emulator.console.modes import EXEC
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Ask, Handler, Say

HELP = {"lock": "Lock the terminal"}


def lock(session: Session) -> Handler:
    """Hold the line until the password that was typed twice is typed again."""
    if "lockable" not in session.line.place.settings.lines:
        yield Say(wording("lock.not_enabled"))
        return
    chosen: str = yield Ask(wording("login.password"), hidden=True)
    again: str = yield Ask(wording("lock.again"), hidden=True)
    if not chosen or chosen != again:
        yield Say(wording("lock.mismatch"))
        return
    session.line.runner.guarded = True
    yield Say(wording("lock.locked"))
    while (yield Ask(wording("login.password"), hidden=True)) != chosen:
        pass


COMMANDS = (
    Command("lock", modes=(EXEC,), run=lock, output="lock", source="IOS terminal services command reference, recalled",
            basis="R"),
)  # fmt: skip
