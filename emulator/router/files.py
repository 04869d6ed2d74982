"""The file systems of a router by URL: internal flash, the USB stick, NVRAM's configuration, the lab's TFTP server.

The license store is on none of them (C: a special area of memory, not viewable in the device's file system).
Transfer times: a flash write of 0.35 MB/s and a start-up of half a second (I, from how long copies of real images
take).
"""

from collections.abc import Callable
from enum import StrEnum

from emulator.kernel.time import Duration
from emulator.router.state import RouterState
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.storage.urls import FileUrl

BYTES_PER_MS = 350
TRANSFER_SETUP: Duration = 500
TIMEOUT: Duration = 18_000
"""How long TFTP tries before it gives up (I)."""


class FileFault(StrEnum):
    """Why a file cannot be had; the value is what IOS prints in parentheses."""

    NO_DEVICE = "No such device"
    NO_FILE = "No such file or directory"
    TIMED_OUT = "Timed out"
    NO_SPACE = "Not enough space on device"


class RouterFiles:
    """Finds, reads and writes files of one router."""

    def __init__(self, state: RouterState, reach: Callable[[str], FileSystem | None], wall: Callable[[], int]) -> None:
        self._state, self._reach, self._wall = state, reach, wall

    def system(self, url: FileUrl) -> FileSystem | FileFault:
        """The file system that a URL is on."""
        if url.device == "flash":
            return self._state.flash
        if url.device == "usbflash0":
            return self._state.usb if self._state.usb is not None else FileFault.NO_DEVICE
        if url.device == "tftp":
            return self._reach(url.host) or FileFault.TIMED_OUT
        return FileFault.NO_DEVICE

    def find(self, url: FileUrl) -> StoredFile | FileFault:
        """The file at a URL."""
        system = self.system(url)
        if isinstance(system, FileFault):
            return system
        return system.find(url.path) or FileFault.NO_FILE

    def write(self, url: FileUrl, content: bytes, size: int | None = None) -> FileFault | None:
        """Put a file in place whole, or say why not."""
        system = self.system(url)
        if isinstance(system, FileFault):
            return system
        if not url.path:
            return FileFault.NO_FILE
        size = len(content) if size is None else size
        if not system.room_for(url.path, size):
            return FileFault.NO_SPACE
        system.write(url.path, content, self._wall(), size)
        return None

    @staticmethod
    def transfer_time(size: int) -> Duration:
        """How long a copy of so many bytes takes."""
        return TRANSFER_SETUP + size // BYTES_PER_MS
