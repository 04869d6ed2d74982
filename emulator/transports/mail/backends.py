"""Receivers of letters: a real mail server, or a folder of `.eml` files; and the refusals of either.

RFC 5321, section 4.2.1: an answer that begins with 4 is for now, one that begins with 5 is for good. Only where it is
about this one letter (its sender, its recipient, its words) it is the letter's fault; a server that does not greet us
may be mended, so its letters wait.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from emulator.backend.mail import ORDERING, Mail, mail_as_eml
from emulator.kernel.private_files import private_folder, write_private

if TYPE_CHECKING:
    from aiosmtplib import SMTPResponseException

PATIENCE = 20.0
"""Seconds for each answer of a mail server."""

FOR_GOOD = 500


class NotTaken(Exception):
    """The letter could not be handed on now; why."""


class Away(NotTaken):
    """No letter can be handed on now."""


class Undeliverable(Exception):
    """The letter will never be taken; why."""


class Carrier(Protocol):
    """Destination of letters: a mail server or a folder."""

    def take(self, letter: Mail) -> None:
        """Take one; returns when it is safe there.

        Raises:
            NotTaken: not now.
            Undeliverable: never.
        """


class Folder:
    """Letters as files, named by their number."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def take(self, letter: Mail) -> None:
        """Write the file whole or not at all."""
        try:
            private_folder(self.path)
            write_private(self.file(letter), mail_as_eml(letter))
        except OSError as error:
            raise Away(f"{self.path}: {error.strerror}") from error

    def file(self, letter: Mail) -> Path:
        """File of a letter."""
        return self.path / f"{letter.number:06d}.eml"

    def count(self) -> int:
        """Number of letters in the folder."""
        return len(list(self.path.glob("*.eml")))


class Smtp:
    """A real mail server, without log-in: one of the lab or of this host."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port

    def take(self, letter: Mail) -> None:
        """Hand it to the server."""
        import aiosmtplib

        try:
            asyncio.run(self._send(letter))
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise self._refused(error.recipients[0]) from error
        except (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPDataError) as error:
            raise self._refused(error) from error
        except (aiosmtplib.SMTPNotSupported, ValueError) as error:
            raise Undeliverable(f"{self._where}: {error}") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Away(f"{self._where}: {error}") from error

    async def _send(self, letter: Mail) -> None:
        import aiosmtplib

        await aiosmtplib.send(
            mail_as_eml(letter),
            sender=letter.sender if "@" in letter.sender else ORDERING,
            recipients=[letter.to],
            hostname=self._host,
            port=self._port,
            start_tls=None,
            timeout=PATIENCE,
        )

    def _refused(self, error: "SMTPResponseException") -> Exception:
        told = f"{self._where}: {error.code} {error.message}"
        return Undeliverable(told) if error.code >= FOR_GOOD else NotTaken(told)

    @property
    def _where(self) -> str:
        return f"{self._host} port {self._port}"
