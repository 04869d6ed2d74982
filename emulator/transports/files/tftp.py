"""The lab's files over TFTP, by tftpy in a thread of its own.

The library looks for a file in a directory before it asks here; that directory is empty and its own. It stumbles over
datagrams that are no TFTP, which would end the server and every transfer; here they end the one that they belong to. It
waits for its sockets with `select`, which ends where the process has more than a thousand files open; the server then
begins anew.
"""

import contextlib
import io
import logging
import socket
import struct
import tempfile
from collections.abc import Callable
from pathlib import PurePath
from threading import Event, Thread
from typing import IO, Any

from tftpy import TftpException, TftpServer
from tftpy.TftpPacketTypes import TftpPacketDAT
from tftpy.TftpShared import TftpErrors

from emulator.kernel.errors import Refused
from emulator.transports.connections.intake import TooMuch
from emulator.transports.files.lab_files import FileRefused, LabFiles, Received, is_name

HOST = "127.0.0.1"
"""Address that is served: the library speaks IPv4 alone."""

LOG = logging.getLogger(__name__)
PAUSE = 0.5
"""Seconds before the server begins anew."""

STUMBLES = (struct.error, ValueError, LookupError, TypeError, AttributeError)
"""Exceptions of the library at a datagram that it does not understand, or did not expect."""

MOST_TRANSFERS = 64
SELECT = 1
"""Seconds that it waits for packets at a time."""

STOPPING = 10.0


class TftpFiles:
    """The server, from `start` to `stop`."""

    def __init__(self, files: LabFiles, port: int) -> None:
        """Get ready; port 0 takes a free one."""
        self._files, self.port = files, port
        self._server: TftpServer | None = None
        self._started, self._stopped = Event(), Event()
        self._problem = ""
        self._thread = Thread(target=self._run, name="tftp", daemon=True)

    def start(self) -> None:
        """Take requests.

        Raises:
            Refused: the port cannot be had.
        """
        logging.getLogger("tftpy").setLevel(logging.CRITICAL)
        self._thread.start()
        self._started.wait()
        if self._problem:
            raise _taken(self.port, self._problem)

    def stop(self) -> None:
        """Take none any more, and come back when that is so."""
        self._stopped.set()
        if self._server is not None:
            self._server.stop(now=True)
        self._thread.join(STOPPING)

    def _run(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            while not self._stopped.is_set():
                self._listen(folder)
                if self._problem:
                    return
                self._stopped.wait(PAUSE)

    def _listen(self, folder: str) -> None:
        server = self._server = TftpServer(folder, dyn_file_func=self._open_to_read, upload_open=self._open_to_write)
        server.sessions = _Transfers()
        telling = Thread(target=self._tell_port, args=(server,), daemon=True)
        telling.start()
        try:
            server.listen(HOST, self.port, timeout=SELECT)
        except OSError as error:
            if not self._started.is_set():
                self._problem = error.strerror or str(error)
                self._started.set()
        except Exception:
            LOG.exception("the TFTP server begins anew")
        finally:
            if server.sock is not None:
                server.sock.close()

    def _tell_port(self, server: Any) -> None:
        while not server.is_running.wait(PAUSE):
            if self._problem or self._stopped.is_set():
                return
        self.port = server.listenport
        self._started.set()

    def _check_room(self) -> None:
        """Refuse a transfer above the number that may go on at once.

        Raises:
            TftpException: it is one.
        """
        if self._server is not None and len(self._server.sessions) > MOST_TRANSFERS:
            raise TftpException("too many transfers")

    def _open_to_read(self, name: str, **_: object) -> IO[bytes] | None:
        """A file as one of the host, which the library locks; what is not kept of it reads as zeros."""
        self._check_room()
        found = self._files.find(name)
        if found is None:
            return None
        with contextlib.ExitStack() as undone:
            file = undone.enter_context(tempfile.TemporaryFile())
            file.write(found.content)
            file.truncate(found.size)
            file.seek(0)
            undone.pop_all()
        return file

    def _open_to_write(self, path: str, transfer: Any) -> io.BufferedIOBase | None:
        self._check_room()
        name = PurePath(path).name
        return _Writer(self._files, name, transfer) if is_name(name) else None


def check_port(port: int) -> None:
    """Check that the port can be had, before anything is made that is to be served there.

    Raises:
        Refused: it cannot.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tried:
        try:
            tried.bind((HOST, port))
        except OSError as error:
            raise _taken(port, error.strerror or str(error)) from error


def _taken(port: int, problem: str) -> Refused:
    return Refused(f"cannot serve TFTP at {HOST} port {port}: {problem}")


class _Transfers(dict[str, Any]):
    """The library's transfers under way, by client."""

    def __setitem__(self, client: str, transfer: Any) -> None:
        transfer.start, transfer.cycle = _understood(transfer.start), _understood(transfer.cycle)
        super().__setitem__(client, transfer)


def _understood(act: Callable[..., None]) -> Callable[..., None]:
    """Have what the library stumbles over end one transfer, as what it tells of does."""

    def acting(*given: Any) -> None:
        try:
            act(*given)
        except STUMBLES as error:
            raise TftpException("a datagram was not understood") from error

    return acting


class _Writer(io.BufferedIOBase):
    """A file that is sent. Its content is taken before the library acknowledges it, so what was acknowledged is stored.

    The library tells of each packet first, then acknowledges it, and only then writes; and it closes a file that was
    not sent to its end, too.
    """

    def __init__(self, files: LabFiles, name: str, transfer: Any) -> None:
        self._files, self._name, self._received, self._transfer = files, name, Received(), transfer
        transfer.flock = False  # there is no file of the host to lock
        transfer.packethook = self._take

    def _take(self, packet: Any) -> None:
        """Take the next part of it; the last one, which is not full, ends it.

        Raises:
            TftpException: it is refused; the client was told.
        """
        transfer = self._transfer
        if not isinstance(packet, TftpPacketDAT) or packet.blocknumber != transfer.next_block:
            return
        try:
            self._received.add(packet.data)
            if len(packet.data) < transfer.getBlocksize():
                self._files.store(self._name, self._received)
        except (FileRefused, TooMuch) as refused:
            LOG.warning("TFTP: %s", refused)
            transfer.state.sendError(TftpErrors.DiskFull)
            raise TftpException(str(refused)) from refused

    def write(self, data: Any, /) -> int:
        """Write nothing: it was taken already."""
        return len(data)
