"""The one channel of an SSH connection: a shell, one command, a copy by SCP, or SFTP where the bench allows it."""

import asyncio
from typing import Any, Protocol

import asyncssh

from emulator.console.line.admission import LineRefused
from emulator.transports.discipline.ports import VtyPort
from emulator.transports.discipline.sessions import SessionScheduler, TerminalSession
from emulator.transports.vty.copy_slots import NO_SLOT, CopySlot
from emulator.transports.vty.scp import ScpCarrier, ScpTransfer
from emulator.transports.vty.scp_protocol import ScpRequest, scp_request
from emulator.transports.vty.sftp import RouterSftp, SftpStream
from emulator.transports.vty.weather import ConnectionWeather

PATIENCE = 600.0
"""Seconds that a client may ask for nothing by SFTP, as many as a line waits for keys."""


class SshClient(Protocol):
    """A client that has logged in, as its channel uses it."""

    def open_line(self) -> VtyPort:
        """Open a line for the client.

        Raises:
            LineRefused: the client gets none.
        """

    def copy_slot(self) -> CopySlot | None:
        """Take a slot for a client that copies; None where all are taken."""

    def copy(self, request: ScpRequest, carrier: ScpCarrier, /) -> ScpTransfer:
        """Begin a copy by SCP."""

    def files(self) -> RouterSftp | None:
        """Return the files that the client may have by SFTP; None where the router does not speak it."""

    def leave(self) -> None:
        """End the connection."""


class SshChannel(asyncssh.SSHServerSession[Any]):
    """The one channel of a connection."""

    def __init__(self, client: SshClient, scheduler: SessionScheduler, weather: ConnectionWeather | None) -> None:
        self._client, self._scheduler, self._weather = client, scheduler, weather
        self._channel: asyncssh.SSHServerChannel[Any] | None = None
        self._transfer: ScpTransfer | None = None
        self._files: RouterSftp | None = None
        self._stream: SftpStream | None = None
        """The library's side of SFTP, which takes the channel over."""
        self._slot: CopySlot | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._session: TerminalSession | None = None
        self._command: str | None = None
        self._size = (0, 0)

    # --- the channel -------------------------------------------------------------------------------------------

    def connection_made(self, chan: "asyncssh.SSHServerChannel[Any]") -> None:
        self._channel = chan

    def pty_requested(self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object) -> bool:
        del term_type, term_modes
        self._size = term_size[1], term_size[0]
        return True

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        del pixwidth, pixheight
        if self._session is not None:
            self._session.resize(height, width)

    def shell_requested(self) -> bool:
        return True

    def exec_requested(self, command: str) -> bool:
        self._command = command
        return True

    def subsystem_requested(self, subsystem: str) -> bool:
        files = self._client.files() if subsystem == "sftp" else None
        if files is not None and (slot := self._client.copy_slot()) is not None:
            self._files, self._slot = files, slot
        return self._files is not None

    def session_started(self) -> None:
        if self._files is not None:
            self._begin_sftp(self._files)
            return
        request = scp_request(self._command) if self._command is not None else None
        if request is not None:
            self._begin_copying(request)
            return
        try:
            port = self._client.open_line()
        except LineRefused as refused:
            self.write(refused.text.replace("\n", "\r\n"))
            self.close()
            return
        session = self._session = TerminalSession(
            port, self._weather.over(self) if self._weather else self, self._scheduler, self._command
        )
        session.resize(*self._size)
        session.begin()

    def _begin_copying(self, request: ScpRequest) -> None:
        assert self._channel is not None
        self._channel.set_encoding(None)
        self._slot = self._client.copy_slot()
        if self._slot is None:
            self.send(NO_SLOT.encode())
            self.leave(1)
            return
        self._transfer = self._client.copy(request, self)
        self._transfer.begin()

    def _begin_sftp(self, files: RouterSftp) -> None:
        assert self._channel is not None
        self._stream = SftpStream(files)
        self._stream.connection_made(self._channel)
        self._stream.session_started()
        self._be_patient()

    def _be_patient(self) -> None:
        """Begin to wait for the next request of a client of SFTP."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(PATIENCE, self.abort)

    def data_received(self, data: Any, datatype: int | None) -> None:
        if self._stream is not None:
            self._be_patient()
            self._stream.data_received(data, datatype)
        elif self._transfer is not None:
            self._transfer.receive(data)
        elif self._session is not None:
            self._session.received(data)

    def break_received(self, msec: int) -> bool:
        del msec
        if self._session is not None:
            self._session.send_break()
        return True

    def eof_received(self) -> bool:
        """A client that types no more may still be shown what it asked for."""
        if self._stream is not None:
            self._stream.eof_received()
            return True
        if self._transfer is not None:
            self._transfer.finish()
        return True

    def pause_writing(self) -> None:
        if self._files is not None:
            self._files.writable.clear()
            self.pause_reading()
        if self._stream is not None:
            self._stream.pause_writing()
        elif self._transfer is not None:
            self._transfer.block(blocked=True)
        elif self._session is not None:
            self._session.block(blocked=True)

    def resume_writing(self) -> None:
        if self._files is not None:
            self._files.writable.set()
            self.resume_reading()
        if self._stream is not None:
            self._stream.resume_writing()
        elif self._transfer is not None:
            self._transfer.block(blocked=False)
        elif self._session is not None:
            self._session.block(blocked=False)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._files is not None:
            self._files.gone = True
            self._files.writable.set()
        if self._stream is not None:
            self._stream.connection_lost(exc)
        if self._transfer is not None:
            self._transfer.stop()
        if self._session is not None:
            self._session.end()
        if self._slot is not None:
            self._slot.free()
        if self._timer is not None:
            self._timer.cancel()
        self._client.leave()

    # --- what is sent to the client ----------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Send text."""
        if self._channel is not None and not self._channel.is_closing():
            self._channel.write(text)

    def send(self, data: bytes) -> None:
        """Send bytes of a file that is copied."""
        if self._channel is not None and not self._channel.is_closing():
            self._channel.write(data)

    def leave(self, status: int) -> None:
        """End the channel, and the connection with it, once all is sent."""
        if self._channel is not None and not self._channel.is_closing():
            self._channel.exit(status)

    def close(self) -> None:
        """End the channel, and the connection with it, once all is sent."""
        self.leave(0)

    def abort(self) -> None:
        """End it at once."""
        if self._channel is not None:
            self._channel.abort()

    def pause_reading(self) -> None:
        """Take nothing more from the client for now."""
        if self._channel is not None:
            self._channel.pause_reading()

    def resume_reading(self) -> None:
        """Take its input again."""
        if self._channel is not None:
            self._channel.resume_reading()
