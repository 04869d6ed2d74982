"""Programs beside a trial: the server of the twins, and the manager where it is started here, to be killed."""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

from emulator.kernel.errors import Refused
from emulator.runtime.own_processes import module_search

READY = "Ctrl-C"
"""Word in the last line that a server of ours tells before it serves."""

GRACE = 60.0
"""Seconds within which a server ends that is asked to."""

OWN = (sys.executable, "-m", "emulator")


class ServerProcess:
    """A server of ours as a process of its own; what it told before it served is in `told`."""

    def __init__(self, *arguments: str) -> None:
        """Start it, and wait until it serves.

        Raises:
            Refused: it does not come up.
        """
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*OWN, *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
            env={**os.environ, **module_search(), "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert self._process.stdout is not None
        self.told = ""
        for line in self._process.stdout:
            self.told += line
            if READY in line:
                Thread(target=self._process.stdout.read, daemon=True).start()
                return
        self._process.wait()
        raise Refused(f"`isrtwin {arguments[0]}` did not come up: {self.told.strip()[-500:]}")

    def find(self, pattern: str) -> str:
        """Return the first group of a pattern in what it told."""
        found = re.search(pattern, self.told, re.MULTILINE)
        assert found is not None, self.told
        return found[1]

    def stop(self) -> None:
        """Ask it to end, and wait for that.

        Raises:
            Refused: it does not end.
        """
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Refused(f"a server did not end within {GRACE:g} s") from None

    def kill(self) -> None:
        """End it by `kill -9`."""
        _kill(self._process)


class StartedManager:
    """A manager that is started here by a command, killed, and started again."""

    def __init__(self, command: str | Sequence[str], log: Path) -> None:
        """Get ready.

        Args:
            command: a command line, or words.
            log: file that gets what the manager prints.

        Raises:
            Refused: the command line is empty, or a quotation in it does not end.
        """
        try:
            self._words = shlex.split(command) if isinstance(command, str) else list(command)
        except ValueError as error:
            raise Refused(f"the command of the manager cannot be read: {error}") from None
        if not self._words:
            raise Refused("the command of the manager is empty")
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self.kills = 0
        """Times that it was killed."""

    def start(self) -> None:
        """Start it; whether it serves, its interface tells.

        Raises:
            Refused: there is no such program.
        """
        with self._log.open("ab") as log:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - the command of the user
                    self._words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                    env={**os.environ, **module_search()},
                )  # fmt: skip
            except OSError as error:
                raise Refused(f"{self._words[0]}: {error.strerror}") from error

    def printed(self) -> str:
        """Return the end of what it printed."""
        return self._log.read_text(errors="replace")[-500:].strip() if self._log.exists() else ""

    @property
    def runs(self) -> bool:
        """Tell whether it runs."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """End it and all that it started by `kill -9`, in the middle of what it does."""
        if self._process is not None:
            _kill(self._process)
            self.kills += 1

    def stop(self) -> None:
        """Ask it to end; one that does not is killed."""
        if self._process is None or not self.runs:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            _kill(self._process)


def _kill(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> None:
    """Kill a process and its group, which is its own, and wait until it is gone."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
