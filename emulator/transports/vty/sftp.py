"""SFTP at a served router, for clients that no longer speak SCP: an option of the bench, which no real router has.

Files are read and written whole, as by SCP: a file is in place when the client closes it, and a client that is gone
before leaves nothing. Nothing else is offered. The library's own server works on the files of this computer, so nothing
of it is inherited: it is only asked for the protocol.
"""

import asyncio
import errno
import os
import posixpath
import re
from collections.abc import AsyncIterator, Callable
from typing import NoReturn, cast

import asyncssh
from asyncssh.constants import (
    FILEXFER_TYPE_DIRECTORY,
    FILEXFER_TYPE_REGULAR,
    FXF_APPEND,
    FXF_CREAT,
    FXF_TRUNC,
    FXF_WRITE,
)
from asyncssh.stream import SSHServerStreamSession

from emulator.console.dialogs.copy_file import look_up
from emulator.console.line.router_lines import RouterLines
from emulator.kernel.errors import visible
from emulator.router.access import HIGHEST_LEVEL
from emulator.router.files.systems import FileFault
from emulator.storage.filesystem import KEPT_CONTENT, FileSystem, StoredFile
from emulator.storage.urls import FileUrl, parse_url
from emulator.transports.connections.intake import FILE_OVERHEAD, Intake, TooMuch

DEVICES = ("flash", "usbflash0", "nvram", "system")
WRITABLE = ("flash", "usbflash0", "nvram")
HOME = b"/flash:"

SFTP_VERSION = 3
"""Version that OpenSSH speaks."""

MOST_READ = 256 * 1024
"""Bytes of one answer, as many as OpenSSH gives; a client that wants more asks again."""

MOST_OPEN = 8
"""Files that a client may have open at once; of each a part is held in memory."""

_OF_DEVICE = re.compile(r"^.*/(?=\w+:)")
"""Prefix of a path of a device: the directory that a client puts before a name."""

FAULTS: dict[FileFault, Callable[[str], asyncssh.SFTPError]] = {
    FileFault.NO_FILE: asyncssh.SFTPNoSuchFile,
    FileFault.NO_DEVICE: asyncssh.SFTPNoSuchFile,
    FileFault.READ_ONLY: asyncssh.SFTPPermissionDenied,
}


class OpenFile:
    """A file that a client has open, for reading or for writing."""

    def __init__(self, url: FileUrl, read: StoredFile | None) -> None:
        self.url, self.read = url, read
        self.content, self.size = bytearray(), 0

    def seek(self, offset: int, whence: int) -> int:
        """Find the next byte of data or the end of it, which some clients ask for: a file has no holes.

        Raises:
            OSError: there is no more data.
        """
        size = self.size if self.read is None else self.read.size
        if offset >= size:
            raise OSError(errno.ENXIO, "no data behind the end")
        return offset if whence == os.SEEK_DATA else size

    def write(self, offset: int, data: bytes) -> None:
        """Take a part of what is written; of a long file the beginning is kept."""
        self.size = max(self.size, offset + len(data))
        kept = data[: max(KEPT_CONTENT - offset, 0)]
        if kept:
            self.content.extend(bytes(max(offset - len(self.content), 0)))
            self.content[offset : offset + len(kept)] = kept


class SftpStream(SSHServerStreamSession[bytes]):
    """The library's side of SFTP, over a channel; what a client has sent before it says no more still takes effect."""

    def __init__(self, files: "RouterSftp") -> None:
        served = cast("asyncssh.SFTPServer", files)
        super().__init__(None, lambda _channel: served, SFTP_VERSION)
        self._files = files

    async def read(self, datatype: int | None, n: int, exact: bool) -> bytes:
        """Read; at the end of all that was sent the client is gone, and the library closes what is open."""
        try:
            return await super().read(datatype, n, exact)
        except asyncio.IncompleteReadError:
            self._files.gone = True
            raise


class RouterSftp:
    """The files of one router, for one client, in the shape of `asyncssh.SFTPServer`.

    Attributes:
        gone: the client is gone; what it has not closed is not stored.
        writable: set while the client reads what it is sent; the long answers wait for it.
    """

    def __init__(self, lines: RouterLines, level: int, intake: Intake) -> None:
        self._intake = intake
        self._lines, self._router, self._level = lines, lines.router, level
        self.gone = False
        self.writable = asyncio.Event()
        self.writable.set()
        self._open = 0

    # --- files -------------------------------------------------------------------------------------------------

    def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> OpenFile:
        del attrs
        if self._open >= MOST_OPEN:
            raise asyncssh.SFTPFailure(f"no more than {MOST_OPEN} files can be open")
        file = self._opened(path, pflags)
        self._open += 1
        return file

    def _opened(self, path: bytes, pflags: int) -> OpenFile:
        url = self._url(path)
        if not pflags & FXF_WRITE:
            found = look_up(self._router, url)
            if not isinstance(found, StoredFile):
                _fail(path, found)
            return OpenFile(url, found)
        if url.device not in WRITABLE:
            _fail(path, FileFault.READ_ONLY)
        if pflags & FXF_APPEND or not pflags & (FXF_TRUNC | FXF_CREAT):
            raise asyncssh.SFTPOpUnsupported("a file is written whole")
        if (fault := self._router.files.cannot_place(url, 0)) is not None:
            _fail(path, fault)
        return OpenFile(url, None)

    async def read(self, file_obj: object, offset: int, size: int) -> bytes:
        await self.writable.wait()
        assert isinstance(file_obj, OpenFile)
        if file_obj.read is None:
            raise asyncssh.SFTPPermissionDenied("the file is open for writing")
        stored = file_obj.read
        end = min(offset + min(size, MOST_READ), stored.size)
        return stored.content[offset:end].ljust(max(end - offset, 0), b"\0")

    def write(self, file_obj: object, offset: int, data: bytes) -> int:
        assert isinstance(file_obj, OpenFile)
        if file_obj.read is not None:
            raise asyncssh.SFTPPermissionDenied("the file is open for reading")
        fault = self._router.files.cannot_place(file_obj.url, max(file_obj.size, offset + len(data)))
        if fault is not None:
            _fail(file_obj.url.shown.encode(), fault)
        file_obj.write(offset, data)
        return len(data)

    def close(self, file_obj: object) -> None:
        assert isinstance(file_obj, OpenFile)
        self._open -= 1
        if file_obj.read is None and not self.gone:
            try:
                self._intake.take(len(file_obj.content) + FILE_OVERHEAD)
            except TooMuch as refused:
                raise asyncssh.SFTPFailure(str(refused)) from refused
            fault = self._lines.store_file(file_obj.url, bytes(file_obj.content), file_obj.size)
            if fault is not None:
                _fail(file_obj.url.shown.encode(), fault)

    # --- directories -------------------------------------------------------------------------------------------

    def realpath(self, path: bytes) -> bytes:
        if path in {b"", b"."}:
            return HOME
        return posixpath.normpath(b"/" + path.lstrip(b"/"))

    async def scandir(self, path: bytes) -> AsyncIterator[asyncssh.SFTPName]:
        await self.writable.wait()
        if self.realpath(path) == b"/":
            for device in WRITABLE:
                yield asyncssh.SFTPName(f"{device}:".encode(), attrs=_attributes(None))
            return
        url = self._url(path)
        system = self._router.files.system(url)
        if not isinstance(system, FileSystem):
            _fail(path, system)
        if not system.is_directory(url.path):
            _fail(path, FileFault.NO_FILE)
        for entry in system.entries(url.path):
            yield asyncssh.SFTPName(posixpath.basename(entry.name).encode(), attrs=_attributes(entry))

    def stat(self, path: bytes) -> asyncssh.SFTPAttrs:
        if self.realpath(path) == b"/":
            return _attributes(None)
        url = self._url(path)
        found = look_up(self._router, url)
        if isinstance(found, StoredFile):
            return _attributes(found)
        if found is not FileFault.IS_DIRECTORY and url.path:
            _fail(path, found)
        return _attributes(None)

    def lstat(self, path: bytes) -> asyncssh.SFTPAttrs:
        return self.stat(path)

    def fstat(self, file_obj: object) -> asyncssh.SFTPAttrs:
        assert isinstance(file_obj, OpenFile)
        size = file_obj.size if file_obj.read is None else file_obj.read.size
        return asyncssh.SFTPAttrs(type=FILEXFER_TYPE_REGULAR, size=size, permissions=0o100644)

    # --- what files of a router do not have --------------------------------------------------------------------

    def setstat(self, path: bytes, attrs: asyncssh.SFTPAttrs) -> None:
        """Ignore date and mode, which clients set after every copy."""

    def lsetstat(self, path: bytes, attrs: asyncssh.SFTPAttrs) -> None:
        """Ignore date and mode."""

    def fsetstat(self, file_obj: object, attrs: asyncssh.SFTPAttrs) -> None:
        """Ignore date and mode."""

    def format_longname(self, name: asyncssh.SFTPName) -> None:
        """Write the line of a listing: size and name."""
        assert isinstance(name.filename, bytes)
        kind = "d" if name.attrs.type == FILEXFER_TYPE_DIRECTORY else "-"
        name.longname = f"{kind}rw- {name.attrs.size or 0:>10} ".encode() + name.filename

    def exit(self) -> None:
        """Do nothing at the end, as every file was closed."""

    def __getattr__(self, operation: str) -> Callable[..., NoReturn]:
        """Refuse every other operation."""

        def refuse(*_arguments: object) -> NoReturn:
            raise asyncssh.SFTPOpUnsupported(f"{operation}: the files of a router do not have it")

        return refuse

    # --- inside ------------------------------------------------------------------------------------------------

    def _url(self, path: bytes) -> FileUrl:
        """The file that a path names: `/flash:/a.lic`, `flash:a.lic`; without a device it is in flash."""
        if self._router.state.running is None or not self._router.state.sftp or self._level < HIGHEST_LEVEL:
            raise asyncssh.SFTPPermissionDenied("Privilege denied.")
        shown = _OF_DEVICE.sub("", self.realpath(path).decode(errors="replace")).lstrip("/")
        url = parse_url(shown if ":" in shown else f"flash:{shown}")
        if url is None or url.device not in DEVICES:
            _fail(path, FileFault.NO_DEVICE)
        return url


def _fail(path: bytes, fault: FileFault) -> NoReturn:
    answer: Callable[[str], asyncssh.SFTPError] = FAULTS.get(fault, asyncssh.SFTPFailure)
    raise answer(visible(f"{path.decode(errors='replace')}: {fault}"))


def _attributes(entry: StoredFile | None) -> asyncssh.SFTPAttrs:
    """Attributes of a file, or of a directory without one of its own (None)."""
    if entry is None or entry.directory:
        return asyncssh.SFTPAttrs(type=FILEXFER_TYPE_DIRECTORY, permissions=0o040755)
    date = (entry.modified or 0) // 1000
    return asyncssh.SFTPAttrs(
        type=FILEXFER_TYPE_REGULAR, size=entry.size, permissions=0o100644, atime=date, mtime=date
    )  # fmt: skip
