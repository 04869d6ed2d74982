"""The media of the lab as the portal's pages know them: the TFTP server and the stick, where routers find files."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from emulator.kernel.errors import Refused


class MediumFile(msgspec.Struct, frozen=True):
    """A file on a medium; `size` in bytes."""

    name: str
    size: int


class Medium(msgspec.Struct, frozen=True):
    """A place for files.

    Attributes:
        name: `tftp` or `usb`.
        title: words for it.
        url: beginning of the address by which a router names a file there.
        files: present files, directories left out.
        away: why nothing can be put there now, or empty.
    """

    name: str
    title: str
    url: str
    files: Sequence[MediumFile] = ()
    away: str = ""


class LabMedia(Protocol):
    """The media of one lab; used by the threads that serve pages."""

    def all(self) -> Sequence[Medium]:
        """The media with their files."""

    def read(self, medium: str, name: str, /) -> bytes | None:
        """Content of a file that is kept whole, or None."""

    def store(self, medium: str, name: str, content: bytes, /) -> None:
        """Put a file on a medium; one of its name is replaced.

        Raises:
            Refused: it cannot be put there, and why.
        """


class NoLabMedia:
    """No media at all, as at a portal that is served without a world."""

    def all(self) -> Sequence[Medium]:
        return ()

    def read(self, medium: str, name: str, /) -> bytes | None:
        del medium, name
        return None

    def store(self, medium: str, name: str, content: bytes, /) -> None:
        del name, content
        raise Refused(f"this portal is served without a world, so there is no {medium}")
