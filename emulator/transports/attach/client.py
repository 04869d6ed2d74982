"""The guest's side: keys go to the process that holds the world, and what it sends is shown.

The terminal is put into the same raw mode as that of a console of one's own, so that what is printed looks the same.
"""

import codecs
import os
import selectors
import shutil
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType

import msgspec

from emulator.kernel.errors import Refused
from emulator.transports.attach.protocol import Ended, FromHolder, Keys, Opening, Place, Shown, Size, encoded
from emulator.transports.attach.server import CLOSED, SOCKET

CHUNK = 65536


class NobodyOpens(Exception):
    """Whoever holds the world lets nobody in now."""


def opening(
    place: Place,
    router: str | None,
    lines: Sequence[str] | None,
    piped: str | None,
    *,
    plain: bool,
) -> Opening:
    """What this process came for, from this terminal."""
    rows, columns = _size()
    return Opening(
        place, router, None if lines is None else tuple(lines), piped, plain, os.environ.get("TERM", ""), rows, columns
    )


def visit(directory: Path, opening: Opening) -> int:
    """Visit the world that is held there; the exit status.

    Raises:
        NobodyOpens: nobody answers.
        Refused: the holder refuses what is asked for, or has ended.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        try:
            line.connect(str(directory / SOCKET))
        except OSError as error:
            raise NobodyOpens from error
        line.sendall(encoded(opening))
        typing = opening.lines is None and opening.piped is None
        with _terminal(line) if typing else nullcontext():
            return _Relay(line).run(typing=typing)


def _size() -> tuple[int, int]:
    """Rows and columns of this terminal."""
    columns, rows = shutil.get_terminal_size()
    return rows, columns


@contextmanager
def _terminal(line: socket.socket) -> Iterator[None]:
    """This terminal in raw mode, its size told whenever it changes."""
    from prompt_toolkit.input.vt100 import raw_mode

    def changed(_number: int, _frame: FrameType | None) -> None:
        line.sendall(encoded(Size(*_size())))

    before = signal.signal(signal.SIGWINCH, changed)
    try:
        with raw_mode(sys.stdin.fileno()):
            yield
    finally:
        signal.signal(signal.SIGWINCH, before)


class _Relay:
    """Passes keys and texts on until the visit ends."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._received = b""
        self._keys = codecs.getincrementaldecoder("utf-8")("replace")

    def run(self, *, typing: bool) -> int:
        with selectors.DefaultSelector() as selector:
            selector.register(self._line, selectors.EVENT_READ)
            if typing:
                selector.register(sys.stdin, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self._line:
                        ended = self._receive()
                        if ended is not None:
                            return self._leave(ended)
                    elif not self._press():
                        selector.unregister(sys.stdin)
                        self._line.shutdown(socket.SHUT_WR)

    def _receive(self) -> Ended | None:
        data = self._line.recv(CHUNK)
        if not data:
            return Ended(1, CLOSED)
        *lines, self._received = (self._received + data).split(b"\n")
        for each in lines:
            message = msgspec.json.decode(each, type=FromHolder)
            if isinstance(message, Ended):
                return message
            assert isinstance(message, Shown)
            sys.stdout.write(message.text)
        sys.stdout.flush()
        return None

    def _press(self) -> bool:
        data = os.read(sys.stdin.fileno(), CHUNK)
        text = self._keys.decode(data)
        if text:
            self._line.sendall(encoded(Keys(text)))
        return bool(data)

    @staticmethod
    def _leave(ended: Ended) -> int:
        if ended.problem:
            raise Refused(ended.problem)
        return ended.status
