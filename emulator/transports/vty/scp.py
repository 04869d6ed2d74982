"""SCP at a served router: copies files into and out of its file systems, over the channel of an SSH connection.

R: a path names a device or lies in flash; the names of the server's own files are those of `copy`. A file is in place
when the client has sent all of it (I: a client that is cut off leaves nothing), and takes no time of the router beside
that which the client takes. Left out: the line that the router occupies meanwhile.
"""

import asyncio
from typing import Protocol

from emulator.console.dialogs.copy_file import look_up
from emulator.console.line.router_lines import RouterLines
from emulator.router.files.systems import FileFault
from emulator.router.network.scp_server import scp_refusal
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.storage.urls import FileUrl, parse_url
from emulator.transports.connections.intake import FILE_OVERHEAD, Intake, TooMuch
from emulator.transports.vty.scp_protocol import ScpRequest, ScpSink, ScpSource

BLOCK = 32 * 1024
PATIENCE = 60.0
"""Seconds that a client may say nothing and take nothing."""

WRITABLE = ("flash", "usbflash0", "nvram")


class RouterScpFiles:
    """The files of one router, for one client."""

    def __init__(self, lines: RouterLines, intake: Intake) -> None:
        self._lines, self._router, self._intake = lines, lines.router, intake

    def read(self, path: str) -> StoredFile | str:
        """A file that is to be sent."""
        url = parse_url(path)
        if self._router.state.running is None or url is None or url.remote:
            return f"{path}: {FileFault.NO_DEVICE}"
        found = look_up(self._router, url)
        return found if isinstance(found, StoredFile) else f"{path}: {found}"

    def check(self, path: str, name: str, size: int) -> str:
        """Find the reason why a file of that name and size cannot be stored at a path; empty: it can."""
        url = self._target(path, name)
        if url is None:
            return f"{path}: {FileFault.NO_DEVICE}"
        fault = self._router.files.cannot_place(url, size)
        return f"{path}: {fault}" if fault is not None else ""

    def store(self, path: str, name: str, content: bytes, size: int) -> str:
        """Store a file; it may be that it can be stored no more."""
        url = self._target(path, name)
        if url is None:
            return f"{path}: {FileFault.NO_DEVICE}"
        try:
            self._intake.take(len(content) + FILE_OVERHEAD)
        except TooMuch as refused:
            return f"{path}: {refused}"
        fault = self._lines.store_file(url, content, size)
        return f"{path}: {fault}" if fault is not None else ""

    def _target(self, path: str, name: str) -> FileUrl | None:
        url = parse_url(path)
        if self._router.state.running is None or url is None or url.device not in WRITABLE:
            return None
        system = self._router.files.system(url)
        if isinstance(system, FileSystem) and system.is_directory(url.path):
            return url.at(f"{url.path}/{name}")
        return url


class ScpCarrier(Protocol):
    """The channel that a transfer goes over."""

    def send(self, data: bytes, /) -> None:
        """Send bytes."""

    def leave(self, status: int, /) -> None:
        """End the channel with an exit status, once all is sent."""


class ScpTransfer:
    """The copy of one client."""

    def __init__(
        self, lines: RouterLines, level: int, request: ScpRequest, carrier: ScpCarrier, intake: Intake
    ) -> None:
        """Get ready; `begin` starts it.

        Args:
            lines: of the router.
            level: the privilege of the user.
            request: what is asked for.
            carrier: the channel.
            intake: what may be sent into the router.
        """
        self._intake = intake
        self._lines, self._level, self._request, self._carrier = lines, level, request, carrier
        self._part: ScpSink | ScpSource | None = None
        self._blocked = self._ended = False
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Refuse, or say that the copying may start."""
        router = self._lines.router
        running = router.state.running
        refused = scp_refusal(router.configuration, self._level) if running is not None else "Not running.\n"
        if refused:
            self._carrier.send(refused.encode())
            self._end(1)
            return
        files = RouterScpFiles(self._lines, self._intake)
        if self._request.way == "store":
            self._part = ScpSink(files, self._request.path)
            self._carrier.send(b"\0")
        else:
            self._part = ScpSource(files.read(self._request.path), self._request.path)
        self._be_patient()

    def receive(self, data: bytes) -> None:
        """Take what the client sends."""
        if self._ended or self._part is None:
            return
        self._be_patient()
        if answer := self._part.receive(data):
            self._carrier.send(answer)
        if self._part.over:
            self._end(int(self._part.failed))
        else:
            self._send_on()

    def block(self, *, blocked: bool) -> None:
        """The client reads too slowly, or reads again."""
        self._blocked = blocked
        if not blocked and not self._ended:
            self._be_patient()
            self._send_on()

    def finish(self) -> None:
        """The client sends no more."""
        part = self._part
        if not self._ended and part is not None:
            self._end(int(part.failed or isinstance(part, ScpSource) or not part.complete))

    def stop(self) -> None:
        """The client is gone."""
        self._ended = True
        if self._timer is not None:
            self._timer.cancel()

    def _send_on(self) -> None:
        """Send a block of the file, and the next one when others have had their turn."""
        if self._blocked or self._ended or not isinstance(self._part, ScpSource):
            return
        if data := self._part.block(BLOCK):
            self._carrier.send(data)
            asyncio.get_running_loop().call_soon(self._send_on)

    def _be_patient(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._end, 1)

    def _end(self, status: int) -> None:
        if not self._ended:
            self.stop()
            self._carrier.leave(status)
