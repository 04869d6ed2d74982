"""A line by Telnet: a vty, where the router asks who is there, or the console port, as a terminal server gives it."""

import asyncio
import codecs

from emulator.transports.connections.log_in_limits import LogInAttempt
from emulator.transports.discipline.sessions import SessionScheduler, TerminalPort, TerminalSession
from emulator.transports.vty.telnet_protocol import GREETING, TelnetDecoder
from emulator.transports.vty.weather import ConnectionWeather

PIECE, SLICE = 1024, 0.003
"""Bytes that are processed before the time is checked, and seconds after which the event loop gets its turn, so that a
flood of Telnet commands does not delay other clients.
"""


class TelnetConnection(asyncio.Protocol):
    """One client: its connection, what it means by its bytes, and what is sent to it."""

    def __init__(
        self,
        port: TerminalPort,
        scheduler: SessionScheduler,
        weather: ConnectionWeather | None = None,
        attempt: LogInAttempt | None = None,
    ) -> None:
        """Serve one client.

        Args:
            port: its line.
            scheduler: gives its session turns.
            weather: what befalls the connection; None: nothing.
            attempt: counts what the client sends until it has come in; None: nothing is counted.
        """
        self._port, self._scheduler, self._weather, self._attempt = port, scheduler, weather, attempt
        self.ended = asyncio.Event()
        """Set once the client is gone."""
        self._transport: asyncio.Transport | None = None
        self._session: TerminalSession | None = None
        self._decoder = TelnetDecoder(self, self._send)
        self._waiting = bytearray()
        """Bytes that have come and are looked at in later turns of the event loop."""
        self._keys: list[str] = []
        self._held = self._unread = False
        self._text = codecs.getincrementaldecoder("utf-8")("replace")

    # --- the connection ----------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet the client, and give it its line."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(GREETING)
        self._session = TerminalSession(
            self._port, self._weather.over(self) if self._weather else self, self._scheduler, attempt=self._attempt
        )
        self._session.begin()

    def data_received(self, data: bytes) -> None:
        """Take bytes, for a short while in each turn of the event loop."""
        taking = bool(self._waiting)
        self._waiting += data
        if not taking:
            self._take_pieces()

    def _take_pieces(self) -> None:
        loop = asyncio.get_running_loop()
        limit = loop.time() + SLICE
        while self._waiting and not self.ended.is_set():
            piece = bytes(self._waiting[:PIECE])
            del self._waiting[:PIECE]
            self._decoder.feed(piece)
            self._hand_over()
            if self._waiting and loop.time() > limit:
                loop.call_soon(self._take_pieces)
                break
        self._set_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of the line: the client is gone."""
        del exc
        if self._session is not None:
            self._session.end()
        self.ended.set()

    def pause_writing(self) -> None:
        """Note that the client reads too slowly."""
        self._unread = True
        if self._session is not None:
            self._session.block(blocked=True)

    def resume_writing(self) -> None:
        """Note that it reads again."""
        self._unread = False
        if self._session is not None:
            self._session.block(blocked=False)

    # --- what the client means ---------------------------------------------------------------------------------

    def typed(self, data: bytes) -> None:
        """Take what was typed."""
        self.pressed(self._text.decode(data))

    def pressed(self, key: str) -> None:
        """Take keys; they are handed over together with those beside them."""
        self._keys.append(key)

    def _hand_over(self) -> None:
        keys = "".join(self._keys)
        self._keys.clear()
        if self._session is not None:
            self._session.received(keys)

    def asked_whether_there(self) -> None:
        """Answer, unless there are answers that the client has not read."""
        if not self._unread:
            self._send(b"\r\n[Yes]\r\n")

    def break_received(self) -> None:
        """Take a break signal."""
        self._hand_over()
        if self._session is not None:
            self._session.send_break()

    def window_changed(self, rows: int, columns: int) -> None:
        """Take the size of the client's window."""
        self._hand_over()
        if self._session is not None:
            self._session.resize(rows, columns)

    # --- what is sent to it ------------------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Send text."""
        self._send(text.encode(errors="replace"))

    def close(self) -> None:
        """End the connection once all is sent."""
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """End it at once."""
        if self._transport is not None:
            self._transport.abort()

    def pause_reading(self) -> None:
        """Take nothing more from the client for now."""
        self._held = True
        self._set_reading()

    def resume_reading(self) -> None:
        """Take its input again."""
        self._held = False
        self._set_reading()

    def _set_reading(self) -> None:
        """Read from the client while nothing that it sent waits."""
        if self._transport is None or self._transport.is_closing():
            return
        if self._held or self._waiting:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def _send(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)
