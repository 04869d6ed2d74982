"""Forms that were left at a portal or a manager, each a file in its directory; implements `DraftStore`."""

import logging
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock

import msgspec

from emulator.kernel.private_files import private_folder, write_private
from emulator.runtime.extras import needs_serve

with needs_serve():
    from emulator.transports.web.drafts import KeptDraft

DRAFTS = "drafts"
"""Name of their folder in the directory of a world or a manager."""

LOG = logging.getLogger(__name__)


class DraftFiles:
    """The files; used by many threads at once. What the disk does not take lasts until the server ends."""

    def __init__(self, folder: Path, identity: str) -> None:
        """Keep drafts in a folder, apart from those of another world that was in its directory before.

        Args:
            folder: of all drafts.
            identity: of the world, or of the records of the manager.
        """
        self._folder, self._lock = folder / _digest(identity), Lock()

    def load(self) -> Sequence[KeptDraft]:
        """Read all, the oldest first; a file that is none of them is left out."""
        found = []
        for file in sorted(self._folder.glob("*.json"), key=lambda file: (file.stat().st_mtime_ns, file.name)):
            try:
                found.append(msgspec.json.decode(file.read_bytes(), type=KeptDraft))
            except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
                LOG.warning("%s is no form that was left, and is passed over: %s", file, error)
        return found

    def save(self, key: str, draft: KeptDraft) -> None:
        """Write one."""
        with self._lock:
            try:
                if not self._folder.is_dir():
                    private_folder(self._folder)
                write_private(self._file(key), msgspec.json.encode(draft))
            except OSError as error:
                LOG.warning("%s takes no form that was left: %s", self._folder, error.strerror)

    def remove(self, key: str) -> None:
        """Remove one, if it is there."""
        with self._lock:
            try:
                self._file(key).unlink(missing_ok=True)
            except OSError as error:
                LOG.warning("%s keeps a form that is done: %s", self._folder, error.strerror)

    def _file(self, key: str) -> Path:
        return self._folder / f"{_digest(key)}.json"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
