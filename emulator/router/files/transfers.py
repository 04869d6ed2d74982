"""A copy under way: the target is there from the start and grows, stretch by stretch, until it is whole.

R: an existing file of the target's name is gone as soon as the copy writes, so a cut loses it; a copy that IOS sees
fail removes what it had written; one that it does not see (the power, the stick that it writes to, a line that was
dropped) leaves a truncated file. I: a failure is noticed at the end of a stretch, a second at most; a server that
cannot be reached is tried for 18 seconds, and the copy goes on if it comes back.
"""

from collections.abc import Sequence
from typing import NamedTuple

from emulator.kernel.time import SECOND, Duration
from emulator.router.files.systems import BYTES_PER_MS, TIMEOUT, FileFault, RouterFiles
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.storage.growth import Growth
from emulator.storage.urls import REMOTE_SCHEMES, FileUrl

STRETCH: Duration = SECOND
RETRY: Duration = 3 * SECOND
TRIES = TIMEOUT // RETRY
GROWING = ("flash", "usbflash0", *REMOTE_SCHEMES)
"""Devices on which a file can be seen growing; elsewhere it appears when it is whole."""


class TransferState(NamedTuple):
    """State of a copy at an instant.

    Attributes:
        fault: the end at fault and its fault, or None; a server out of reach is none, for it may come back.
        stalled: whether a server is out of reach.
    """

    fault: tuple[FileUrl, FileFault] | None
    stalled: bool


class _End(NamedTuple):
    """One end of a copy: what it is on now, and how often that had been mounted when the copy began."""

    url: FileUrl
    system: FileSystem | FileFault
    mounts: int

    @property
    def out_of_reach(self) -> bool:
        """Tell whether it is on a server that is not reached."""
        return self.url.remote and isinstance(self.system, FileFault)

    @property
    def found(self) -> StoredFile | None:
        """File or directory at its path."""
        return None if isinstance(self.system, FileFault) else self.system.find(self.url.path)


class FileTransfer:
    """A copy under way; its caller waits as long as each stretch lasts and asks for the next.

    `source` is the file as it was opened; `source_url` is None for a text that is on no device.
    """

    def __init__(
        self, files: RouterFiles, source: StoredFile, source_url: FileUrl | None, target_url: FileUrl | None
    ) -> None:
        self._files, self._source, self._url, self._target_url = files, source, source_url, target_url
        self.size, self._content = source.size, source.content[: source.size]
        self.done = 0
        """Bytes that have been copied."""
        self._target: StoredFile | None = None
        self._mounts = [self._mounted(url) for url in (source_url, target_url)]

    @property
    def complete(self) -> bool:
        """Tell whether every byte has been copied."""
        return self.done >= self.size

    def begin(self) -> FileFault | None:
        """Open the target; returns the fault if that fails."""
        if self._target_url is None:
            return None
        fault = self._files.cannot_place(self._target_url, self.size)
        if fault is None and self._target_url.device in GROWING:
            system, now = self._files.system(self._target_url), self._files.now
            assert isinstance(system, FileSystem)
            growth = Growth(now, now, 0, 0, self._content)
            self._target = system.begin(self._target_url.path, self._files.wall_ms, growth)
        return fault

    def stretch(self) -> Duration:
        """Begin the next stretch; returns its length in milliseconds."""
        now, left = self._files.now, self.size - self.done
        lasts = min(STRETCH, left // BYTES_PER_MS)
        before, self.done = self.done, self.done + lasts * BYTES_PER_MS
        if self.size - self.done < BYTES_PER_MS:
            self.done = self.size
        if self._target is not None:
            self._target.growth = Growth(now, now + lasts, before, self.done, self._content)
        return lasts

    def look(self) -> TransferState:
        """Look at both ends, once for all that is asked of them at an instant: a way to a server is long to follow."""
        ends = [
            _End(url, self._files.system(url), mounts)
            for url, mounts in zip((self._url, self._target_url), self._mounts, strict=True)
            if url is not None
        ]
        return TransferState(self._fault(ends), any(end.out_of_reach for end in ends))

    def _fault(self, ends: Sequence[_End]) -> tuple[FileUrl, FileFault] | None:
        """The end at fault, and its fault."""
        for end in ends:
            if isinstance(end.system, FileFault):
                if not end.out_of_reach:
                    return end.url, end.system
            elif end.url.device in GROWING and end.system.mounts != end.mounts:
                return end.url, FileFault.NO_DEVICE
        for end in ends:
            if isinstance(end.system, FileFault):
                continue
            if end.url is self._url and end.url.device in GROWING and end.found is not self._source:
                return end.url, FileFault.GONE  # or another one in its place
            if end.url is self._target_url and self._target is not None:
                if end.found is not self._target:
                    return end.url, FileFault.GONE
                if self._target.size < self.done:
                    return end.url, FileFault.FULL
        return None

    @property
    def remote(self) -> FileUrl:
        """URL of the end that is on a server."""
        return next(url for url in (self._url, self._target_url) if url is not None and url.remote)

    def is_target(self, url: FileUrl) -> bool:
        """Tell whether this end is the one that is written to."""
        return url is self._target_url

    def finish(self) -> FileFault | None:
        """Close the target; returns the fault if that fails."""
        if self._target is not None:
            self._target.growth, self._target.size, self._target.content = None, self.size, self._content
            self._target.modified = self._files.wall_ms
        elif self._target_url is not None:
            return self._files.write(self._target_url, self._content, self.size)
        return None

    def abandon(self) -> None:
        """Clean up after a failure: remove the part that was written, where that can still be done."""
        if self._target is None or self._target_url is None:
            return
        system = self._files.system(self._target_url)
        if isinstance(system, FileSystem) and system.find(self._target_url.path) is self._target:
            system.delete(self._target_url.path)

    def _mounted(self, url: FileUrl | None) -> int:
        system = self._files.system(url) if url is not None else None
        return system.mounts if isinstance(system, FileSystem) else 0
