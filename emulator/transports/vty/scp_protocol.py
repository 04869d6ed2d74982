"""The protocol of SCP on the side of a server, without any input or output: bytes in, bytes out.

R: a client that stores sends `C0644 SIZE NAME`, waits for a zero byte, sends the file and a zero byte, and waits again;
one that fetches is sent the same. These routers copy single files: directories are refused, times and modes are passed
over. A file is held as far as anything in the twin reads it, however large it says it is.
"""

import re
import shlex
from enum import Enum, auto
from typing import Literal, Protocol

import msgspec

from emulator.kernel.errors import visible
from emulator.storage.filesystem import KEPT_CONTENT, StoredFile

OK, WARNING, FATAL = b"\0", b"\1", b"\2"
LONGEST_CONTROL = 1024
"""Bytes of a line that says what comes."""

LONGEST_COMMAND = 1024
"""Characters of a command that asks for a copy; reading it takes time with their square."""

_CONTROL = re.compile(rb"C[0-7]{4} (?P<size>[0-9]{1,12}) (?P<name>[^/\0]+)")


class ScpRequest(msgspec.Struct, frozen=True):
    """The request of a client: to store a file at a path, or to fetch it from there."""

    way: Literal["store", "fetch"]
    path: str


class ScpFiles(Protocol):
    """The files of a router as a client of SCP reaches them. A text that is returned says what is wrong."""

    def read(self, path: str) -> StoredFile | str:
        """A file that is to be sent."""

    def check(self, path: str, name: str, size: int) -> str:
        """Find the reason why a file of that name and size cannot be stored at a path; empty: it can."""

    def store(self, path: str, name: str, content: bytes, size: int) -> str:
        """Store a file; `content` may be shorter than `size`, what is missing being zeros."""


def scp_request(command: str) -> ScpRequest | None:
    """Read the request in the command of a client; None: the command is not one of SCP."""
    if len(command) > LONGEST_COMMAND:
        return None
    try:
        words = shlex.split(command)
    except ValueError:
        return None
    if words[:1] != ["scp"]:
        return None
    flags = "".join(word[1:] for word in words[1:] if word.startswith("-"))
    paths = [word for word in words[1:] if not word.startswith("-")]
    if len(paths) != 1 or ("t" in flags) == ("f" in flags):
        return None
    return ScpRequest("store" if "t" in flags else "fetch", paths[0])


class _SinkState(Enum):
    CONTROL, DATA, STATUS, OVER = auto(), auto(), auto(), auto()


class ScpSink:
    """Takes files from a client that stores them.

    Attributes:
        failed: a file was refused.
    """

    def __init__(self, files: ScpFiles, path: str) -> None:
        self._files, self._path = files, path
        self._state, self._line = _SinkState.CONTROL, bytearray()
        self._name, self._size, self._left, self._content = "", 0, 0, bytearray()
        self.failed = False

    @property
    def over(self) -> bool:
        """Tell whether the connection is to be closed."""
        return self._state is _SinkState.OVER

    @property
    def complete(self) -> bool:
        """Tell whether no file or line is left that was begun."""
        return self._state is _SinkState.CONTROL and not self._line

    def receive(self, data: bytes) -> bytes:
        """Take more bytes of the client and return the answer."""
        answer, view = b"", memoryview(data)
        while view and not self.over:
            match self._state:
                case _SinkState.CONTROL:
                    taken, said = self._control(bytes(view[: LONGEST_CONTROL + 1]))
                case _SinkState.DATA:
                    taken, said = self._data(view), b""
                case _:
                    taken, said = 1, self._finished(bytes(view[:1]))
            view = view[taken:]
            answer += said
        return answer

    def _control(self, data: bytes) -> tuple[int, bytes]:
        end = data.find(b"\n")
        taken = len(data) if end < 0 else end + 1
        self._line += data[:taken]
        if len(self._line) > LONGEST_CONTROL:
            return taken, self._refuse("line too long", FATAL)
        if end < 0:
            return taken, b""
        line = bytes(self._line[:-1])
        self._line.clear()
        return taken, self._obey(line)

    def _obey(self, line: bytes) -> bytes:
        if line[:1] == b"T":
            return OK
        if line[:1] in {WARNING, FATAL}:
            self.failed = True
            return b""
        if line[:1] in {b"D", b"E"}:
            return self._refuse("directories are not copied", FATAL)
        found = _CONTROL.fullmatch(line)
        if found is None:
            return self._refuse("protocol error", FATAL)
        self._name, self._size = found["name"].decode(errors="replace"), int(found["size"])
        if problem := self._files.check(self._path, self._name, self._size):
            return self._refuse(problem, WARNING)
        self._left = self._size
        self._content.clear()
        self._state = _SinkState.DATA if self._left else _SinkState.STATUS
        return OK

    def _data(self, view: memoryview) -> int:
        taken = min(self._left, len(view))
        self._content += view[: min(taken, KEPT_CONTENT - len(self._content))]
        self._left -= taken
        if not self._left:
            self._state = _SinkState.STATUS
        return taken

    def _finished(self, status: bytes) -> bytes:
        """The file is through, and the client says whether it could read it."""
        self._state = _SinkState.CONTROL
        if status != OK:
            self.failed = True
            return b""
        content = bytes(self._content)
        if self._size > len(content):
            content = content.rstrip(b"\0")
        problem = self._files.store(self._path, self._name, content, self._size)
        return self._refuse(problem, WARNING) if problem else OK

    def _refuse(self, problem: str, kind: bytes) -> bytes:
        self.failed = True
        if kind == FATAL:
            self._state = _SinkState.OVER
        return refusal(problem, kind)


class _SourceState(Enum):
    BEGIN, NAMED, SENDING, SENT, OVER = auto(), auto(), auto(), auto(), auto()


class ScpSource:
    """Sends a file to a client that fetches it.

    Attributes:
        failed: the client did not take it.
    """

    def __init__(self, file: StoredFile | str, path: str) -> None:
        """Get ready to send a file that was asked for by a path, or to say why there is none.

        It is sent under the end of that path, as clients expect (I): `flash:a.lic`, where its name is `a.lic`.
        """
        self._problem = file if isinstance(file, str) else ""
        self._file = StoredFile("", 0, b"", None) if isinstance(file, str) else file
        end = path.rpartition("/")[2]
        self._name = end if end and end.isprintable() else self._file.name.rpartition("/")[2]
        self._at = 0
        self._state = _SourceState.BEGIN
        self.failed = False

    @property
    def over(self) -> bool:
        """Tell whether the connection is to be closed."""
        return self._state is _SourceState.OVER

    def receive(self, data: bytes) -> bytes:
        """Take more bytes of the client and return the answer."""
        answer = b""
        for byte in data:
            if byte != OK[0]:
                self._state, self.failed = _SourceState.OVER, True
                return answer
            match self._state:
                case _SourceState.BEGIN if self._problem:
                    self._state, self.failed = _SourceState.OVER, True
                    return refusal(self._problem, FATAL)
                case _SourceState.BEGIN:
                    answer += f"C0644 {self._file.size} {self._name}\n".encode()
                    self._state = _SourceState.NAMED
                case _SourceState.NAMED:
                    self._state = _SourceState.SENDING
                case _SourceState.SENT:
                    self._state = _SourceState.OVER
                case _:
                    """More than was asked for."""
        return answer

    def block(self, most: int) -> bytes:
        """The next bytes of the file, at most so many; empty while none are to be sent."""
        if self._state is not _SourceState.SENDING:
            return b""
        kept = self._file.content[self._at : min(self._at + most, self._file.size)]
        data = kept or bytes(min(most, self._file.size - self._at))
        self._at += len(data)
        if self._at >= self._file.size:
            self._state = _SourceState.SENT
            data += OK
        return data


def refusal(problem: str, kind: bytes = WARNING) -> bytes:
    """A problem as the client is told of it."""
    return kind + f"scp: {visible(problem)}\n".encode()
