"""Limits of a session, so that a device that hangs, floods or creeps costs its own turn alone."""

import msgspec


class SessionLimits(msgspec.Struct, frozen=True):
    """Limits of one session; times in seconds.

    Attributes:
        connect: for the connection.
        log_in: from the connection to the first privileged prompt.
        command: for one command that shows something, to its prompt.
        act: for one command that changes something, with all its questions; for a file.
        output: characters of one command's output.
        line_ends: carriage returns and line feeds in it, since each line takes time to read.
    """

    connect: float = 5.0
    log_in: float = 20.0
    command: float = 30.0
    act: float = 120.0
    output: int = 4 * 1024 * 1024
    line_ends: int = 20_000


USUAL_LIMITS = SessionLimits()
