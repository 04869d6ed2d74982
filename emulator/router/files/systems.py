"""The file systems of a router by URL: internal flash, the USB stick, NVRAM, the lab's file server.

The license store is on none of them (C: a special area of memory, not viewable in the device's file system). NVRAM
shows the saved configuration as `startup-config` and, as IOS keeps it, once more as `underlying-config` (R).
`system:` has the running configuration, whose text the console makes. Transfer times: a flash write of 0.35 MB/s and
a start-up of half a second (I, from how long copies of real images take); reading at 2.4 MB/s, as ROMMON does (I).
"""

from enum import StrEnum
from typing import Protocol

from emulator.kernel.time import Duration, Instant
from emulator.router.clocks import WallTime
from emulator.router.context import RouterCore
from emulator.router.files.protocols import account_of, protocols
from emulator.router.state import SavedConfiguration
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.storage.urls import REMOTE_SCHEMES, FileUrl

BYTES_PER_MS = 350
READ_BYTES_PER_MS = 2_400
TRANSFER_SETUP: Duration = 500
TIMEOUT: Duration = 18_000
"""Time that TFTP tries before it gives up, in milliseconds (I)."""

DOS_DEVICES = ("flash", "usbflash0")
"""Devices with a FAT file system."""

STARTUP = "startup-config"
NVRAM_OVERHEAD = 8
"""Bytes of NVRAM that its file system uses for itself (R)."""

FORBIDDEN = frozenset('"*/:<>?\\|')
"""Characters that a name on FAT cannot have."""

LONGEST_NAME = 255


class FileFault(StrEnum):
    """The reason why a file cannot be had; the value is the text that IOS prints. R for the first four, I otherwise."""

    NO_DEVICE = "No such device"
    NO_FILE = "No such file or directory"
    TIMED_OUT = "Timed out"
    NO_SPACE = "Not enough space on device"
    FULL = "No space left on device"
    EXISTS = "File exists"
    IS_DIRECTORY = "Is a directory"
    NOT_DIRECTORY = "Not a directory"
    NOT_EMPTY = "Directory not empty"
    BAD_NAME = "Invalid argument"
    READ_ONLY = "Permission denied"
    UNSUPPORTED = "Operation not supported"
    SAME_FILE = "Source and destination are the same file"
    GONE = "I/O error"
    BAD_LOGIN = "Incorrect Login/Password"


def printed_reason(url: FileUrl, fault: FileFault) -> str:
    """Text that IOS prints in parentheses; a server's failures are worded by the protocol."""
    protocol = protocols().get(url.device)
    if protocol is not None and fault is FileFault.TIMED_OUT:
        return protocol.unreachable
    return protocol.refused if protocol is not None and fault is FileFault.BAD_LOGIN else str(fault)


def time_to_fail(url: FileUrl, fault: FileFault) -> Duration:
    """Time until it is found that a file cannot be had, in milliseconds."""
    return protocols()[url.device].timeout if fault is FileFault.TIMED_OUT and url.remote else 0


class FilingRouter(RouterCore, Protocol):
    """A router as its files see it."""

    def wall_time(self) -> WallTime:
        """Time of its calendar."""


class RouterFiles:
    """The files of one router: finding, reading and writing them."""

    __slots__ = ("_router", "_state")

    def __init__(self, router: FilingRouter) -> None:
        self._router, self._state = router, router.state

    @property
    def nvram_bytes(self) -> int:
        """Bytes of NVRAM that a configuration may take."""
        return self._router.platform.nvram_kib * 1024 - NVRAM_OVERHEAD

    @property
    def now(self) -> Instant:
        """Instant at which all file sizes hold."""
        return self._router.now

    @property
    def wall_ms(self) -> int:
        """Date of a file written now, in milliseconds since 1970."""
        return self._router.wall_time().epoch_ms

    def system(self, url: FileUrl) -> FileSystem | FileFault:
        """Return the file system that a URL is on, at its current content, or the fault."""
        found = self._system(url)
        if isinstance(found, FileSystem):
            found.settle(self._router.now)
        return found

    def _system(self, url: FileUrl) -> FileSystem | FileFault:
        match url.device:
            case "flash":
                return self._state.flash
            case "usbflash0":
                return self._state.usb if self._state.usb is not None else FileFault.NO_DEVICE
            case device if device in REMOTE_SCHEMES:
                return self._server(url)
            case "nvram":
                return self._nvram()
            case "null":
                return FileSystem(0)
            case _:
                return FileFault.NO_DEVICE

    def _server(self, url: FileUrl) -> FileSystem | FileFault:
        """Return the directory of a server if the router's account is admitted, or the fault."""
        server, running = self._router.context.server, self._state.running
        system = server.reach(self._router.name, url.host)
        if system is None or running is None:
            return FileFault.TIMED_OUT
        account = account_of(running.configuration, running.configuration.hostname, url)
        return system if server.admits(url.device, account.user, account.password) else FileFault.BAD_LOGIN

    def _nvram(self) -> FileSystem:
        """NVRAM as a file system; nothing is kept in it that is not kept elsewhere."""
        system, startup = FileSystem(self.nvram_bytes), self._state.startup
        if startup is not None:
            content = startup.text.encode()
            system.files = [StoredFile(STARTUP, len(content), content, None, 1)]
        return system

    def find(self, url: FileUrl) -> StoredFile | FileFault:
        """Return the file at a URL, or the fault; a directory is a fault."""
        system = self.system(url)
        if isinstance(system, FileFault):
            return system
        found = system.find(url.path)
        if found is None:
            return FileFault.IS_DIRECTORY if url.path and system.is_directory(url.path) else FileFault.NO_FILE
        return FileFault.IS_DIRECTORY if found.directory else found

    def cannot_place(self, url: FileUrl, size: int) -> FileFault | None:
        """Find the fault that keeps a file of this size from being written there; None if it can be."""
        if url.device == "null":
            return None
        system = self.system(url)
        if isinstance(system, FileFault):
            return system
        if url.device == "nvram":
            if url.path.lower() != STARTUP:
                return FileFault.READ_ONLY
            return None if size <= self.nvram_bytes else FileFault.NO_SPACE
        if fault := self.bad_name(url):
            return fault
        if system.is_directory(url.path):
            return FileFault.IS_DIRECTORY
        return None if system.room_for(url.path, size) else FileFault.NO_SPACE

    def cannot_save(self, url: FileUrl, size: int) -> FileFault | None:
        """Find the fault that keeps a file that a command makes from being written there; None if it can be."""
        return FileFault.READ_ONLY if url.device == "nvram" else self.cannot_place(url, size)

    def cannot_make_directory(self, url: FileUrl) -> FileFault | None:
        """Find the fault that keeps a directory from being made there; None if it can be."""
        if url.device not in DOS_DEVICES:
            return FileFault.UNSUPPORTED
        system = self.system(url)
        if isinstance(system, FileSystem) and system.find(url.path) is not None:
            return FileFault.EXISTS
        return self.bad_name(url)

    def bad_name(self, url: FileUrl) -> FileFault | None:
        """Find the fault of a path: its name, or a missing directory; None for a good one."""
        system = self.system(url)
        if isinstance(system, FileFault):
            return system
        directory, _, name = url.path.strip("/").rpartition("/")
        if not name:
            return FileFault.NO_FILE
        if len(name) > LONGEST_NAME or FORBIDDEN.intersection(name) or not (name.isascii() and name.isprintable()):
            return FileFault.BAD_NAME
        return None if system.is_directory(directory) else FileFault.NO_FILE

    def write(self, url: FileUrl, content: bytes, size: int | None = None) -> FileFault | None:
        """Write a whole file; returns the fault if it cannot be written."""
        size = len(content) if size is None else size
        fault = self.cannot_place(url, size)
        if fault is not None or url.device == "null":
            return fault
        if url.device == "nvram":
            text = content.decode(errors="replace").replace("\r\n", "\n")
            self._state.startup = SavedConfiguration(text, self._router.wall_time())
            if self._state.running is not None:
                self._state.running.saved = True
            return None
        system = self.system(url)
        assert isinstance(system, FileSystem)
        system.write(url.path, content, self.wall_ms, size)
        return None

    def halt(self) -> None:
        """Stop all writes as they are, since the power went or IOS ended. A server closes the files it was sent."""
        for system in (self._state.flash, self._state.usb):
            if system is not None:
                system.halt(self._router.now)

    @staticmethod
    def transfer_time(size: int) -> Duration:
        """Time that a copy of so many bytes takes, in milliseconds."""
        return TRANSFER_SETUP + size // BYTES_PER_MS
