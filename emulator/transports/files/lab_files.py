"""The files of the lab's server as real clients reach them: bounded, flat, and nothing of the host.

A file that is stored is an input of the world, with its content. Of a large file the beginning is kept, as of every
file from outside. Requests come in threads of their own, so each one takes its turn between two events of the world.
"""

from emulator.storage.filesystem import KEPT_CONTENT, StoredFile
from emulator.transports.connections.intake import FILE_OVERHEAD, Intake
from emulator.world.inputs import LabFileStored
from emulator.world.world import World

LARGEST = 128 << 20
"""Bytes of one file."""

MOST_FILES = 1_000
MOST_CONTENT = 16 << 20
"""Bytes that are kept of all files, for they are saved with the world."""

LONGEST_NAME = 255
FORBIDDEN = frozenset('"*/:<>?\\|')


class FileRefused(Exception):
    """A file cannot be stored; the text says why."""


class LabFiles:
    """The files of one world's server.

    Attributes:
        intake: what clients may send.
    """

    def __init__(self, world: World) -> None:
        self._world, self.intake = world, Intake()

    def listing(self, medium: str = "tftp") -> list[tuple[str, int]]:
        """Names and sizes in bytes, of the server unless another medium is given.

        Raises:
            Refused: the stick is plugged into a router.
        """
        with self._world.clock.turn:
            files = self._world.medium(medium).files
            return [(file.name, file.size) for file in files if not file.directory]

    def find(self, name: str, medium: str = "tftp") -> StoredFile | None:
        """A file by its name, on the server unless another medium is given; a directory is none.

        Raises:
            Refused: the stick is plugged into a router.
        """
        with self._world.clock.turn:
            found = self._world.medium(medium).find(name)
            if found is None or found.directory:
                return None
            return StoredFile(found.name, found.size, found.content, found.modified)

    def store(self, name: str, received: "Received", medium: str = "tftp") -> None:
        """Put a file on the server, unless another medium is given; one of its name is replaced.

        Raises:
            FileRefused: the name is none, or there is no room.
            Refused: the stick is plugged into a router.
            TooMuch: too much was sent lately.
        """
        content = received.content
        if not is_name(name):
            raise FileRefused(f"{name!r} is no name of a file here")
        with self._world.clock.turn:
            server = self._world.medium(medium)
            others = [file for file in server.files if file.name.lower() != name.lower()]
            if len(others) >= MOST_FILES or sum(len(file.content) for file in others) + len(content) > MOST_CONTENT:
                raise FileRefused("the server is full; delete a file at the bench")
            if not server.room_for(name, received.size):
                raise FileRefused(f"{name} needs {received.size} bytes, and {server.free} are left")
            self.intake.take(len(content) + FILE_OVERHEAD)
            with self._world.sink.taking(LabFileStored(name, content, received.size, medium)):
                self._world.store(medium, name, content, received.size)


class Received:
    """The bytes of one file as they come; only what is kept is held."""

    def __init__(self) -> None:
        self.size = 0
        self._kept = bytearray()

    def add(self, data: bytes) -> None:
        """Add content that has come.

        Raises:
            FileRefused: it is too large.
        """
        self.size += len(data)
        if self.size > LARGEST:
            raise FileRefused(f"a file may have {LARGEST} bytes")
        self._kept += data[: max(KEPT_CONTENT - len(self._kept), 0)]

    @property
    def content(self) -> bytes:
        """Bytes that are kept; those missing up to the size are zeros, or were not looked at."""
        kept = bytes(self._kept)
        return kept if self.size <= KEPT_CONTENT else kept.rstrip(b"\0")


def is_name(name: str) -> bool:
    """Tell whether a file can have that name."""
    return (
        0 < len(name) <= LONGEST_NAME
        and name.strip(". ") != ""
        and name.isascii()
        and name.isprintable()
        and not FORBIDDEN.intersection(name)
    )


def read_at(file: StoredFile, at: int, most: int) -> bytes:
    """The bytes of a file from a place on, at most so many; what is not kept reads as zeros."""
    kept = file.content[at : min(at + most, file.size)]
    return kept or bytes(max(min(most, file.size - at), 0))
