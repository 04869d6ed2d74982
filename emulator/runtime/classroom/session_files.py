"""The log-ins of a class in a file of its directory; implements `SessionStore`."""

import logging
from collections.abc import Sequence

import msgspec

from emulator.kernel.errors import DataFileError
from emulator.kernel.private_files import write_private
from emulator.runtime.classroom.class_directory import ClassDirectory
from emulator.runtime.extras import needs_serve

with needs_serve():
    from emulator.transports.classroom.ports import KeptSession

SESSIONS = "sessions.json"

LOG = logging.getLogger(__name__)


class SessionFile:
    """The file of the log-ins."""

    def __init__(self, directory: ClassDirectory) -> None:
        self._file = directory.path / SESSIONS
        self._key = directory.key("class session")

    def load(self) -> Sequence[KeptSession]:
        """Read them.

        Raises:
            DataFileError: the file is damaged.
        """
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=tuple[KeptSession, ...])
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            problem = "is damaged; remove it, and everybody logs in again"
            raise DataFileError(str(self._file), None, problem) from error

    def save(self, sessions: Sequence[KeptSession]) -> None:
        """Write them, if the disk takes them."""
        try:
            write_private(self._file, msgspec.json.encode(sessions))
        except OSError as error:
            LOG.warning("%s cannot be written: %s; a restart ends the log-ins", self._file, error.strerror)

    def form_token(self, id_: str) -> str:
        """The token of the forms of a log-in, the same after a restart."""
        return self._key.secret_for("form", id_.encode("utf-8", "surrogatepass")).hex()
