"""The client's side: keys go to the process that holds the world, and what it sends is shown.

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
from emulator.transports.attach.protocol import (
    LARGEST_WINDOW,
    LINE_LIMIT,
    ClientPlace,
    Ended,
    FromHolder,
    Keys,
    Opening,
    Size,
    encoded,
)
from emulator.transports.attach.server import CLOSED, SOCKET

CHUNK = 65536


class NotServed(Exception):
    """The refusal of a client: the holder of the world admits none now."""


def opening(
    place: ClientPlace,
    router: str | None,
    lines: Sequence[str] | None,
    piped: str | None,
    *,
    plain: bool,
    redraws: bool,
) -> Opening:
    """Build the request of this process, from its command and this terminal."""
    rows, columns = _size()
    try:
        directory = str(Path.cwd())
    except OSError:  # it has been removed
        directory = ""
    return Opening(
        place=place,
        router=router,
        lines=None if lines is None else tuple(lines),
        piped=piped,
        plain=plain,
        redraws=redraws,
        term=os.environ.get("TERM", "")[:256] if sys.stdout.isatty() else "dumb",
        rows=rows,
        columns=columns,
        directory=directory,
    )


def attach(directory: Path, opening: Opening) -> int:
    """Work at the world that the process of a directory holds, and return the exit status.

    Raises:
        NotServed: no process answers.
        Refused: the holder refuses what is asked for, or has ended; or what is typed is too long for it.
    """
    asked = encoded(opening)
    if len(asked) > LINE_LIMIT:
        raise Refused(f"what is typed here has more than {LINE_LIMIT} bytes; give it to the world in parts")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        try:
            line.connect(str(directory / SOCKET))
        except OSError as error:
            raise NotServed from error
        typing = opening.lines is None and opening.piped is None
        try:
            line.sendall(asked)
            with _terminal(line) if typing else nullcontext():
                return _Relay(line).run(typing=typing)
        except ConnectionError:
            raise Refused(CLOSED) from None


def _size() -> tuple[int, int]:
    """Rows and columns of this terminal."""
    columns, rows = shutil.get_terminal_size()
    return min(max(rows, 1), LARGEST_WINDOW), min(max(columns, 1), LARGEST_WINDOW)


@contextmanager
def _terminal(line: socket.socket) -> Iterator[None]:
    """Terminal of this process in raw mode, its size told whenever it changes."""
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
    """Passes keys and texts on until the client leaves."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._received = bytearray()
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
        self._received += data
        if b"\n" not in data:
            return None
        *lines, rest = self._received.split(b"\n")
        self._received = rest
        for each in lines:
            message: FromHolder = msgspec.json.decode(each, type=FromHolder)
            if isinstance(message, Ended):
                return message
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
