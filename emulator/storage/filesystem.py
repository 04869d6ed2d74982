"""A file system: internal CompactFlash, a USB stick, the lab's TFTP directory.

FAT as the router sees it (R): names are the same in upper and lower case, directories hold files, space is given in
whole clusters. A file has the size that it declares and the content that the twin needs: an image of 28 MB is a short
container, as no vendor code is shipped, and what is not kept reads as zeros. Free space is counted in declared sizes,
so a full flash is full. A path is kept whole in a file's name: `config/a.txt` lies in the directory `config`. Left
out: the size limit of a root directory, and short names beside long ones.
"""

import posixpath

import msgspec

from emulator.kernel.time import Instant
from emulator.storage.growth import Growth

CLUSTER = 4096
"""Cluster size of the CompactFlash and of the USB stick, in bytes (I)."""


KEPT_CONTENT = 1 << 20
"""Size limit, in bytes, of a file from outside whose content is kept; of a larger file only the size is kept."""


class NoSpace(Exception):
    """The refusal of a file that does not fit; nothing was written."""


class StoredFile(msgspec.Struct):
    """A file or directory.

    Attributes:
        name: its path on the device, without a leading slash.
        size: bytes that it takes on the device.
        content: what can be read from it; may be shorter than `size`.
        modified: wall time of the device that wrote it, in milliseconds since 1970; None on a device without dates.
        slot: its number in a directory listing.
        growth: how it is just being written, if it is.
        zone_minutes: the time zone in which its date is shown, east of Greenwich.
        mode: what may be done with it.
    """

    name: str
    size: int
    content: bytes
    modified: int | None
    slot: int = 0
    directory: bool = False
    growth: Growth | None = None
    zone_minutes: int = 0
    mode: str = "rw-"

    @property
    def text(self) -> str | None:
        """Content as text; None where it is not kept whole or is no text."""
        if self.directory or len(self.content) != self.size or b"\0" in self.content:
            return None
        try:
            return self.content.decode()
        except UnicodeDecodeError:
            return None


def clean(path: str) -> str:
    """Normalize a path, from the root, without `.`, `..` and double slashes; the root is empty."""
    return posixpath.normpath(f"/{path}").strip("/")


class FileSystem(msgspec.Struct):
    """A device of `capacity` bytes, given in clusters.

    Attributes:
        mounts: how often it was plugged in; what goes on with it ends when it is pulled.
        reserved: bytes taken by what no listing shows.
    """

    capacity: int
    files: list[StoredFile] = []
    cluster: int = 1
    mounts: int = 0
    reserved: int = 0

    @property
    def free(self) -> int:
        """Free bytes."""
        return self.capacity - self.reserved - sum(self._taken(file.size) for file in self.files)

    def _taken(self, size: int) -> int:
        return -(-size // self.cluster) * self.cluster

    # --- looking -----------------------------------------------------------------------------------------------

    def find(self, path: str) -> StoredFile | None:
        """Return the file or directory at a path; None if there is none."""
        wanted = clean(path).lower()
        return next((file for file in self.files if file.name.lower() == wanted), None)

    def is_directory(self, path: str) -> bool:
        """Tell whether a path is a directory; the root is one."""
        found = self.find(path)
        return not clean(path) or (found is not None and found.directory)

    def entries(self, path: str = "") -> list[StoredFile]:
        """List the entries of a directory, by slot, without those of its subdirectories."""
        wanted = clean(path).lower()
        return [file for file in self.files if posixpath.dirname(file.name).lower() == wanted]

    def room_for(self, path: str, size: int) -> bool:
        """Tell whether a file of this size fits, counting the space of a file of the same name that it replaces."""
        old = self.find(path)
        return self._taken(size) <= self.free + (self._taken(old.size) if old else 0)

    # --- changing ----------------------------------------------------------------------------------------------

    def write(self, path: str, content: bytes, modified: int, size: int | None = None) -> StoredFile:
        """Write a whole file, replacing one of the same name.

        Raises:
            NoSpace: it does not fit.
        """
        size = len(content) if size is None else size
        if not self.room_for(path, size):
            raise NoSpace(path, size, self.free)
        return self._place(StoredFile(clean(path), size, content, modified))

    def begin(self, path: str, modified: int, growth: Growth) -> StoredFile:
        """Open a file for writing: from now on it exists and grows, and an older one of its name is gone (R)."""
        return self._place(StoredFile(clean(path), 0, b"", modified, growth=growth))

    def make_directory(self, path: str, modified: int) -> StoredFile:
        """Create an empty directory."""
        return self._place(StoredFile(clean(path), 0, b"", modified, directory=True))

    def delete(self, path: str) -> bool:
        """Remove a file, or a directory with all that is in it; returns False if there is none."""
        file = self.find(path)
        if file is None:
            return False
        inside = f"{file.name}/".lower()
        self.files = [each for each in self.files if each is not file and not each.name.lower().startswith(inside)]
        return True

    def rename(self, old: str, new: str) -> None:
        """Give a file or directory another path; the contents of a directory go along."""
        file, wanted = self.find(old), clean(new)
        if file is None:
            return
        before = file.name
        for each in self.files:
            if each is file:
                each.name = wanted
            elif each.name.lower().startswith(f"{before}/".lower()):
                each.name = wanted + each.name[len(before) :]

    def _place(self, file: StoredFile) -> StoredFile:
        old = self.find(file.name)
        file.slot = old.slot if old else max((each.slot for each in self.files), default=0) + 1
        self.files = sorted([each for each in self.files if each is not old] + [file], key=lambda each: each.slot)
        return file

    # --- what grows --------------------------------------------------------------------------------------------

    def settle(self, now: Instant) -> None:
        """Bring every file that is being written up to date; bytes that do not fit are not written."""
        for file in self.files:
            if file.growth is not None:
                whole = (self.free + self._taken(file.size)) // self.cluster * self.cluster
                file.size = min(file.growth.size_at(now), max(whole, file.size))
                file.content = file.growth.content[: file.size]
                if now >= file.growth.until:
                    file.growth = None

    def halt(self, now: Instant) -> None:
        """Stop every write as it is now: the power went, or the device was pulled out."""
        self.settle(now)
        for file in self.files:
            file.growth = None
