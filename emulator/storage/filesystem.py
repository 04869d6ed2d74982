"""A flat file system: internal CompactFlash, a USB stick, the lab's TFTP directory.

A file has the size that it declares and the content that the twin needs: an image of 28 MB is a short container, as
no vendor code is shipped. Free space is counted in declared sizes, so a full flash is full.
"""

import msgspec


class NoSpace(Exception):
    """The file does not fit; nothing was written."""


class StoredFile(msgspec.Struct):
    """One file.

    Attributes:
        size: bytes that it takes on the device.
        content: what can be read from it; may be shorter than `size`.
        modified: wall time of the device that wrote it, in milliseconds since 1970.
        slot: its number in a directory listing.
    """

    name: str
    size: int
    content: bytes
    modified: int
    slot: int = 0


class FileSystem(msgspec.Struct):
    """A device of `capacity` bytes."""

    capacity: int
    files: list[StoredFile] = []

    @property
    def free(self) -> int:
        """Bytes not taken."""
        return self.capacity - sum(file.size for file in self.files)

    def find(self, name: str) -> StoredFile | None:
        """The file of that name, upper and lower case being the same as on FAT."""
        wanted = name.lower()
        return next((file for file in self.files if file.name.lower() == wanted), None)

    def room_for(self, name: str, size: int) -> bool:
        """Whether a file of this size fits, a file of the same name making room."""
        old = self.find(name)
        return size <= self.free + (old.size if old else 0)

    def write(self, name: str, content: bytes, modified: int, size: int | None = None) -> StoredFile:
        """Put a file in place, replacing one of the same name.

        Raises:
            NoSpace: it does not fit.
        """
        size = len(content) if size is None else size
        if not self.room_for(name, size):
            raise NoSpace(name, size, self.free)
        old = self.find(name)
        slot = old.slot if old else max((file.slot for file in self.files), default=0) + 1
        file = StoredFile(name, size, content, modified, slot)
        self.files = sorted([each for each in self.files if each is not old] + [file], key=lambda each: each.slot)
        return file

    def delete(self, name: str) -> bool:
        """Remove a file; says whether there was one."""
        file = self.find(name)
        if file is None:
            return False
        self.files = [each for each in self.files if each is not file]
        return True
