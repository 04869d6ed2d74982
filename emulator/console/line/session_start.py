"""The beginning of a session at a line: banners, the log-in where one is asked for, the command that runs at once.

R: the message of the day before, the banner of EXEC after the log-in; a session that was opened for one command
(`autocommand`) ends with it. Who has come to the port of a line is shown the banner `incoming` and gets no EXEC: what
is typed goes out there, where nothing is connected (I).
"""

from typing import Protocol

from emulator.console.line import login
from emulator.console.line.command_runner import CommandRunner
from emulator.console.line.login import GuardedLine
from emulator.console.line.phases import LinePhase
from emulator.kernel.effects import Ask, Handler
from emulator.kernel.time import Instant


class StartingLine(GuardedLine, Protocol):
    """A line as the beginning of a session uses it."""

    runner: CommandRunner

    @property
    def now(self) -> Instant:
        """Current instant, in milliseconds."""

    def move(self, phase: LinePhase, /) -> None:
        """Move to a phase."""

    def write(self, text: str, /) -> None:
        """Print a text at the line."""

    def execute(self, text: str, /) -> None:
        """Execute a typed line."""

    def close(self) -> None:
        """End the session."""


class SessionStart:
    """The start of sessions at one line.

    Attributes:
        admitted: the user is known; the session opens when the log-in, if there is one, has ended.
        leaving: the session ends with the command that runs.
    """

    def __init__(self, line: StartingLine) -> None:
        self._line = line
        self.admitted = self.leaving = False

    def admit(self, user: str, privilege: int) -> None:
        """Admit a user."""
        self._line.exec.user, self._line.exec.privilege, self.admitted = user, privilege, True

    def greet(self) -> None:
        """Print the banners, and ask for a name or a password where that is configured."""
        line = self._line
        line.write(login.greeting(line, known=self.admitted))
        if self.admitted:
            self.come_in()
        elif login.asks_nothing(line):
            line.exec.privilege = line.place.access.privilege
            self.come_in()
        else:
            line.move(LinePhase.LOGIN)
            line.runner.start(login.log_in(line))

    def come_in(self) -> None:
        """Open the session."""
        line = self._line
        line.move(LinePhase.OPEN)
        self.admitted = self.leaving = False
        line.exec.opened = line.now
        line.exec.configure(line.place.settings)
        if line.place.kind.reverse:
            line.write(login.incoming(line))
            line.runner.start(_pass_through())
            line.runner.guarded = True
            return
        line.write(login.welcome(line))
        line.runner.release()
        command = login.autocommand(line)
        if command:
            self.leaving = True
            line.execute(command)
            if not line.runner.running:
                line.close()


def _pass_through() -> Handler:
    """Take what is typed for the device at the port of a line."""
    while True:
        yield Ask("", hidden=True)
