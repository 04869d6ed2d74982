"""Hands the letters of the back end's outbox on, once each, in a thread of its own.

A letter is marked as delivered after it was taken, so that one whose taking was cut short is handed on again rather
than lost: a mail server may see it twice, under the same message id; a file is written over by the same file.
"""

import asyncio
import logging
import os
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol

from emulator.backend.mail import ORDERING, Mail, mail_as_eml
from emulator.backend.refusals import PortalError
from emulator.kernel.time import Instant

if TYPE_CHECKING:
    from emulator.backend.service import LicensingService

LOG = logging.getLogger(__name__)

ROUND = 1.0
LONGEST_PAUSE = 60.0
"""Seconds between two looks into the outbox, and the most after failures in a row."""

SMTP_PATIENCE = 20.0


class NotTaken(Exception):
    """The letter could not be handed on now; why."""


class Carrier(Protocol):
    """Somebody who takes letters."""

    def take(self, letter: Mail) -> None:
        """Take one; returns when it is safe there.

        Raises:
            NotTaken: not now.
        """


class Folder:
    """Letters as files, named by their number."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def take(self, letter: Mail) -> None:
        """Write the file whole or not at all."""
        scratch = self._path / f".{letter.number}.tmp"
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            scratch.write_bytes(mail_as_eml(letter))
            os.replace(scratch, self._path / f"{letter.number:06d}.eml")  # noqa: PTH105 - as in one call
        except OSError as error:
            raise NotTaken(f"{self._path}: {error.strerror}") from error


class Smtp:
    """A real mail server, without log-in: one of the lab or of this host."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port

    def take(self, letter: Mail) -> None:
        """Hand it to the server."""
        import aiosmtplib

        try:
            asyncio.run(self._send(letter))
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotTaken(f"{self._host} port {self._port}: {error}") from error

    async def _send(self, letter: Mail) -> None:
        import aiosmtplib

        await aiosmtplib.send(
            mail_as_eml(letter),
            sender=letter.sender if "@" in letter.sender else ORDERING,
            recipients=[letter.to],
            hostname=self._host,
            port=self._port,
            start_tls=None,
            timeout=SMTP_PATIENCE,
        )


class Postman:
    """Empties the outbox from `start` to `stop`."""

    def __init__(self, service: "LicensingService", now: Callable[[], Instant], carrier: Carrier) -> None:
        self._service, self._now, self._carrier = service, now, carrier
        self._stopping = Event()
        self._thread = Thread(target=self._walk, name="postman", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the letter in hand, and end."""
        self._stopping.set()
        self._thread.join(SMTP_PATIENCE)

    def round(self) -> int:
        """Hand on what lies there, in order, up to the first that is not taken; the value is how many were.

        Raises:
            NotTaken: by the carrier; letters before it are delivered.
        """
        letters = self._service.undelivered(self._now())
        for letter in letters:
            self._carrier.take(letter)
            self._service.delivered(letter.number, self._now())
            if self._stopping.is_set():
                break
        return len(letters)

    def _walk(self) -> None:
        pause = ROUND
        while not self._stopping.wait(pause):
            try:
                self.round()
                pause = ROUND
            except (NotTaken, PortalError) as error:
                LOG.warning("mail waits: %s", error)
                pause = min(2 * pause, LONGEST_PAUSE)
