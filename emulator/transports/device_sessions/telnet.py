"""Sessions over Telnet, for devices without SSH.

R: RFC 854 and 857: a client that agrees to the echo and the suppressed go-ahead of the other side, and refuses every
other option. C: `Username:` and `Password:`, or `Password:` alone. I: files do not go by Telnet, so licenses are not
installed over it.
"""

import asyncio
import os
from codecs import getincrementaldecoder
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn

from emulator.manager.entities import CredentialSet, DeviceAddress, DeviceFault
from emulator.manager.errors import DeviceError
from emulator.transports.device_sessions.limits import SessionLimits
from emulator.transports.device_sessions.shell import Shell

IAC, DONT, DO, WONT, WILL, SB, SE = 255, 254, 253, 252, 251, 250, 240
ECHO, SUPPRESS_GO_AHEAD = 1, 3
AGREED = {(WILL, ECHO): DO, (WILL, SUPPRESS_GO_AHEAD): DO, (DO, SUPPRESS_GO_AHEAD): WILL}
REFUSED = {WILL: DONT, DO: WONT}

MOST_OPTIONS = 64
"""Options that are answered in one session, each once, so that the two sides cannot go on answering each other."""

NO_FILES = "Telnet takes no files; licenses are installed over SSH"


class TelnetText:
    """Text in what a device sends, whose options are answered."""

    def __init__(self) -> None:
        self._rest = b""
        self._inside = False
        self._answered: set[tuple[int, int]] = set()
        self._decoder = getincrementaldecoder("utf-8")("replace")

    def feed(self, data: bytes) -> tuple[str, bytes]:
        """Take bytes as they come, cut anywhere; return the text in them, and the answer to their options."""
        data, self._rest = self._rest + data, b""
        text, answer, at = bytearray(), bytearray(), 0
        while at < len(data):
            mark = data.find(IAC, at)
            part = data[at : len(data) if mark < 0 else mark]
            if not self._inside:
                text += part
            if mark < 0:
                break
            command = data[mark + 1 : mark + 2]
            length = 3 if command and command[0] in {DO, DONT, WILL, WONT} else 2
            if len(data) < mark + length:
                self._rest = data[mark:]
                break
            if length == 3:
                answer += self._answer(command[0], data[mark + 2])
            elif command[0] == IAC and not self._inside:
                text.append(IAC)
            elif command[0] in {SB, SE}:
                self._inside = command[0] == SB
            at = mark + length
        return self._decoder.decode(bytes(text)).replace("\0", ""), bytes(answer)

    def _answer(self, command: int, option: int) -> bytes:
        asked = (command, option)
        if command not in REFUSED or asked in self._answered or len(self._answered) == MOST_OPTIONS:
            return b""
        self._answered.add(asked)
        return bytes((IAC, AGREED.get(asked, REFUSED[command]), option))


class _Stream:
    """The characters of a shell."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer, self._text = reader, writer, TelnetText()

    async def read(self, most: int, /) -> str:
        while True:
            data = await self._reader.read(most)
            text, answer = self._text.feed(data)
            if answer:
                self._writer.write(answer)
            if text or not data:
                return text

    def write(self, text: str, /) -> None:
        self._writer.write(text.encode().replace(b"\xff", b"\xff\xff"))


@asynccontextmanager
async def telnet_session(
    address: DeviceAddress, credentials: CredentialSet, limits: SessionLimits
) -> AsyncIterator[Shell]:
    """Log in over Telnet for the length of a block.

    Raises:
        DeviceError: the device does not answer, takes the log-in for wrong, hangs, or is lost.
    """
    try:
        async with asyncio.timeout(limits.connect):
            reader, writer = await asyncio.open_connection(address.host, address.port)
    except TimeoutError:
        raise DeviceError(DeviceFault.UNREACHABLE, f"no connection within {limits.connect:g} s") from None
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise DeviceError(DeviceFault.UNREACHABLE, reason.lower()) from error
    try:
        shell = Shell(_Stream(reader, writer), limits, _send_file, _fetch_file)
        try:
            async with asyncio.timeout(limits.log_in):
                await shell.log_in(credentials)
                await shell.begin(credentials)
        except TimeoutError:
            raise DeviceError(DeviceFault.SILENT, f"no prompt {limits.log_in:g} s after the connection") from None
        yield shell
    except OSError as error:
        raise DeviceError(DeviceFault.DROPPED, "the connection was lost") from error
    finally:
        writer.transport.abort()


async def _send_file(_name: str, _content: bytes) -> NoReturn:
    raise DeviceError(DeviceFault.REFUSED, NO_FILES)


async def _fetch_file(_name: str) -> NoReturn:
    raise DeviceError(DeviceFault.REFUSED, NO_FILES)
