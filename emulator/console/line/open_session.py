"""A session that stands at a prompt, as data: a copy of a world goes on with it where a restored one drops it."""

import msgspec

from emulator.console.line.phases import Frame, LinePhase
from emulator.console.line.terminal_line import TerminalLine
from emulator.kernel.time import Instant


class OpenSession(msgspec.Struct, frozen=True):
    """Session at a console that waits for a command, or would if what it asks were broken off.

    Attributes:
        privilege, user: its level, and who logged in.
        frames: the modes that were entered.
        opened: when it began.
    """

    privilege: int
    user: str
    frames: tuple[Frame, ...]
    opened: Instant


def open_session(line: TerminalLine) -> OpenSession | None:
    """Copy the session at a line, without what it asks; None where there is none, or a command is under way."""
    if line.phase is not LinePhase.OPEN or (line.runner.running and line.runner.question is None):
        return None
    own = line.exec
    return OpenSession(own.privilege, own.user, tuple(own.frames), own.opened)


def resume(line: TerminalLine, session: OpenSession) -> None:
    """Go on with a session at a line that is free."""
    line.move(LinePhase.OPEN)
    own = line.exec
    own.configure(line.place.settings)
    own.privilege, own.user, own.opened = session.privilege, session.user, session.opened
    own.frames = list(session.frames)
