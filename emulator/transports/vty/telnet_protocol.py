"""The Telnet protocol as bytes: what a client sends is told apart into data and commands, and options are answered.

R: a router begins by offering to echo and to suppress go-ahead, and asks for terminal type and window size (RFC 854,
857, 858, 1073, 1091). Every other option is refused, each once, so that no client can keep the two sides answering
each other. No input is wrong: what cannot be understood is ignored.
"""

from collections.abc import Callable
from typing import Protocol

IAC, DONT, DO, WONT, WILL, SB, SE = 255, 254, 253, 252, 251, 250, 240
BRK, IP, AYT, EC, EL = 243, 244, 246, 247, 248
ECHO, SUPPRESS_GO_AHEAD, TERMINAL_TYPE, WINDOW_SIZE = 1, 3, 24, 31
OURS, THEIRS = (ECHO, SUPPRESS_GO_AHEAD), (TERMINAL_TYPE, WINDOW_SIZE)

GREETING = bytes((IAC, WILL, ECHO, IAC, WILL, SUPPRESS_GO_AHEAD, IAC, DO, TERMINAL_TYPE, IAC, DO, WINDOW_SIZE))

LONGEST_SUBNEGOTIATION = 64
"""Bytes of it that are looked at."""

AS_TYPED = {IP: "\x03", EC: "\x7f", EL: "\x15"}
"""Commands that are as good as a key."""


class TelnetEvents(Protocol):
    """The commands that a client can send."""

    def typed(self, data: bytes, /) -> None:
        """Take what was typed."""

    def pressed(self, key: str, /) -> None:
        """Take a key that was sent as a command."""

    def asked_whether_there(self) -> None:
        """Answer the question whether the router is there."""

    def break_received(self) -> None:
        """Take a break signal."""

    def window_changed(self, rows: int, columns: int, /) -> None:
        """Take the size of the client's window."""


class TelnetDecoder:
    """One side of a Telnet connection."""

    def __init__(self, events: TelnetEvents, send: Callable[[bytes], None]) -> None:
        self._events, self._send = events, send
        self._rest = b""
        self._subnegotiation: bytearray | None = None
        self._refused: set[tuple[int, int]] = set()

    def feed(self, data: bytes) -> None:
        """Take bytes as they come, cut anywhere."""
        data, self._rest = self._rest + data, b""
        at = 0
        while at < len(data):
            mark = data.find(IAC, at)
            self._take_data(data[at : len(data) if mark < 0 else mark])
            if mark < 0:
                return
            length = self._command(data, mark)
            if not length:
                self._rest = data[mark:]
                return
            at = mark + length

    def _take_data(self, data: bytes) -> None:
        if not data:
            return
        if self._subnegotiation is None:
            self._events.typed(data)
        else:
            self._subnegotiation += data[: LONGEST_SUBNEGOTIATION - len(self._subnegotiation)]

    def _command(self, data: bytes, mark: int) -> int:
        """Act on the command that begins at `mark`; its length, or 0 where it is not complete."""
        if len(data) < mark + 2:
            return 0
        command = data[mark + 1]
        if command in {DO, DONT, WILL, WONT}:
            if len(data) < mark + 3:
                return 0
            self._negotiate(command, data[mark + 2])
            return 3
        if command == IAC:
            self._take_data(bytes((IAC,)))
        elif command == SB:
            self._subnegotiation = bytearray()
        elif command == SE:
            self._end_subnegotiation()
        elif command == BRK:
            self._events.break_received()
        elif command == AYT:
            self._events.asked_whether_there()
        elif command in AS_TYPED:
            self._events.pressed(AS_TYPED[command])
        return 2

    def _negotiate(self, command: int, option: int) -> None:
        """Refuse what is asked for or offered beyond the own offers; agreement needs no answer."""
        answer = {DO: (OURS, WONT), WILL: (THEIRS, DONT)}.get(command)
        if answer is None or option in answer[0] or (command, option) in self._refused:
            return
        self._refused.add((command, option))
        self._send(bytes((IAC, answer[1], option)))

    def _end_subnegotiation(self) -> None:
        content, self._subnegotiation = bytes(self._subnegotiation or b""), None
        if len(content) == 5 and content[0] == WINDOW_SIZE:
            self._events.window_changed(int.from_bytes(content[3:5]), int.from_bytes(content[1:3]))
