"""Dialog with a shell of these routers over any stream of characters: prompts, privileged mode, commands.

C: `NAME>` and `NAME#`, a password asked for by `enable`, paging and line breaks turned off by `terminal length 0` and
`terminal width 0`. Output ends at the line that is the prompt as it was at the log-in.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from emulator.kernel.errors import printable
from emulator.manager.device_acts import (
    choose_level_by_commands,
    clear_by_commands,
    install_by_commands,
    reload,
    revoke_by_commands,
    write_comment,
)
from emulator.manager.entities import CredentialSet, DeviceFault, DeviceReading, InstallCounts
from emulator.manager.errors import DeviceError
from emulator.manager.reading import read_device
from emulator.transports.device_sessions.limits import SessionLimits

PROMPT = re.compile(r"(?:^|[\r\n])(?P<prompt>\w[\w.-]{0,62})(?P<mark>[>#])$")
CONFIG_PROMPT = re.compile(r"(?:^|[\r\n])\w[\w.-]{0,62}\(config[\w-]{0,20}\)# ?$")
ASKS_PASSWORD = re.compile(r"[Pp]assword: ?$")
ASKS_USER = re.compile(r"[Uu]sername: ?$")
TAIL = 200
"""Characters at the end of a text in which a prompt is looked for."""

PAGE = 65_536
"""Characters that are read at one time."""

QUESTION = re.compile(r"(?:\[confirm\]|[\])]: ?|\? ?)$")
"""End of a question: a default or a choice in brackets or parentheses, or a question mark."""

SETTINGS = ("terminal length 0", "terminal width 0")


class CharacterStream(Protocol):
    """Both directions of a connection; reading gives an empty text at its end."""

    async def read(self, most: int, /) -> str:
        """Return what has come, at most so many characters; waits for one."""

    def write(self, text: str, /) -> None:
        """Send a text."""


FileSender = Callable[[str, bytes], Awaitable[None]]
"""Way for a file into the flash of the device, beside the shell."""

FileFetcher = Callable[[str], Awaitable[bytes]]
"""Way for a file out of the flash of the device, beside the shell."""


class Shell:
    """A `DeviceSession` on a stream, from the log-in on.

    Attributes:
        shown_key: fingerprint of the host key; empty where the stream has none.
        level_refusal: empty, for levels are chosen by commands.
    """

    level_refusal = ""

    def __init__(
        self, stream: CharacterStream, limits: SessionLimits, send_file: FileSender, fetch_file: FileFetcher
    ) -> None:
        self._stream, self._limits, self._send_file = stream, limits, send_file
        self._fetch_file = fetch_file
        self._prompt = ""
        self.shown_key = ""

    async def log_in(self, credentials: CredentialSet) -> None:
        """Give user and password, as far as they are asked for, up to the first prompt.

        Raises:
            DeviceError: they are asked for again, or the session ends.
        """
        asked = (_ends_with(PROMPT), _ends_with(ASKS_USER), _ends_with(ASKS_PASSWORD))
        shown, given = await self._until(*asked), set[str]()
        while not PROMPT.search(shown):
            asks, answer = ("user", credentials.user) if ASKS_USER.search(shown) else ("password", credentials.password)
            if asks in given:
                raise DeviceError(DeviceFault.WRONG_CREDENTIALS, f"user '{credentials.user}' was refused")
            given.add(asks)
            self._stream.write(f"{answer}\r")
            shown = await self._until(*asked)
        self._set_prompt(shown)

    async def begin(self, credentials: CredentialSet) -> None:
        """Wait for the prompt, enter privileged mode if it is another one, and turn paging off.

        Raises:
            DeviceError: no prompt comes, or the enable password is wrong.
        """
        if not self._prompt:
            shown = await self._until(_ends_with(PROMPT), _ends_with(ASKS_USER))
            if ASKS_USER.search(shown):
                raise DeviceError(DeviceFault.WRONG_CREDENTIALS, f"user '{credentials.user}' was refused")
            self._set_prompt(shown)
        if self._prompt.endswith(">"):
            await self._enable(credentials)
        for line in SETTINGS:
            await self.show(line)

    async def show(self, command: str) -> str:
        """Run a command that asks nothing, and return its output.

        Raises:
            DeviceError: the prompt does not come back in time, or the connection is lost.
        """
        self._stream.write(f"{command}\r")
        try:
            async with asyncio.timeout(self._limits.command):
                shown = await self._until(self._at_prompt)
        except TimeoutError:
            raise DeviceError(DeviceFault.SILENT, f"no prompt {self._limits.command:g} s after '{command}'") from None
        echoed, _, output = shown.partition("\n")
        if echoed.strip() != command:
            raise DeviceError(DeviceFault.UNREADABLE, f"it echoed '{printable(echoed.strip())}' for '{command}'")
        return output.rpartition("\n")[0]

    async def ask(self, command: str, answers: Mapping[str, str], *, leaves: bool = False) -> str:
        """Run a command, and answer each question that ends with a key of `answers`; return all that was shown.

        Raises:
            DeviceError: it asks something else, does not answer in time, or the connection is lost.
        """
        return await self._asked(command, answers, self._at_prompt, leaves=leaves)

    async def configure(self, line: str, answers: Mapping[str, str]) -> str:
        """Enter a line of the configuration, answer its questions as `ask` does, and return all that was shown.

        Raises:
            DeviceError: it asks something else, does not answer in time, or the connection is lost.
        """
        inside = _ends_with(CONFIG_PROMPT)
        await self._asked("configure terminal", {}, inside)
        shown = await self._asked(line, answers, inside)
        await self._asked("end", {}, self._at_prompt)
        return shown

    async def _asked(
        self, command: str, answers: Mapping[str, str], at_prompt: Callable[[str], bool], *, leaves: bool = False
    ) -> str:
        self._stream.write(f"{command}\r")
        shown, answered = "", False
        try:
            async with asyncio.timeout(self._limits.act):
                while True:
                    part = await self._until(at_prompt, _ends_with(QUESTION), before=shown)
                    shown += part
                    if at_prompt(part):
                        return shown.partition("\n")[2].rpartition("\n")[0]
                    asked = part.rpartition("\n")[2].strip()
                    reply = next((reply for end, reply in answers.items() if asked.endswith(end)), None)
                    if reply is None:
                        raise DeviceError(DeviceFault.REFUSED, f"'{command}' asks '{printable(asked)}'")
                    answered = True
                    self._stream.write(f"{reply}\r")
        except TimeoutError:
            raise DeviceError(DeviceFault.SILENT, f"no prompt {self._limits.act:g} s after '{command}'") from None
        except DeviceError as error:
            if leaves and answered and error.fault is DeviceFault.DROPPED:
                return shown
            raise

    async def send_file(self, name: str, content: bytes) -> None:
        """Copy a file into the flash of the device.

        Raises:
            DeviceError: the device does not take it.
        """
        await self._send_file(name, content)

    async def fetch_file(self, name: str) -> bytes:
        """Copy a file out of the flash of the device.

        Raises:
            DeviceError: the device does not give it.
        """
        return await self._fetch_file(name)

    async def read(self) -> DeviceReading:
        """Read what the device is, runs and has, from its screens.

        Raises:
            DeviceError: it is lost on the way, or its screens tell no identity, or two.
        """
        return await read_device(self)

    async def install(self, name: str, content: bytes, *, accept: bool = False) -> InstallCounts:
        """Copy a license file into the flash and install it; `accept` agrees to what the device asks to be accepted.

        Raises:
            DeviceError: the device does not take it, or is lost.
        """
        return await install_by_commands(self, name, content, accept=accept)

    async def clear(self, feature: str) -> None:
        """Clear the installed license of a feature.

        Raises:
            DeviceError: there is none or more than one, the device refuses, or is lost.
        """
        await clear_by_commands(self, feature)

    async def annotate(self, feature: str, comment: str) -> None:
        """Put a comment on the installed license of a feature.

        Raises:
            DeviceError: there is no such license, the device refuses the comment, or is lost.
        """
        await write_comment(self, feature, comment)

    async def revoke(self, mark: str, permission: bytes, *, accept: bool = False) -> bytes:
        """Have the device carry a permission ticket out, and return its rehost ticket; files go through its flash.

        Raises:
            DeviceError: the device does not carry it out, or is lost.
        """
        return await revoke_by_commands(self, mark, permission, accept=accept)

    async def choose_level(self, level: str, *, accept: bool = False) -> None:
        """Choose the level of the next boot, and save the configuration.

        Raises:
            DeviceError: the device does not take it, or is lost.
        """
        await choose_level_by_commands(self, level, accept=accept)

    async def restart(self, *, save: bool) -> None:
        """Reload the device, which ends the session; without `save` what is not saved is lost.

        Raises:
            DeviceError: it asks something else, or is lost before it agreed.
        """
        await reload(self, save=save)

    async def _enable(self, credentials: CredentialSet) -> None:
        self._stream.write("enable\r")
        shown = await self._until(_ends_with(PROMPT), _ends_with(ASKS_PASSWORD))
        if ASKS_PASSWORD.search(shown):
            self._stream.write(f"{credentials.enable}\r")
            shown = await self._until(_ends_with(PROMPT), _ends_with(ASKS_PASSWORD))
        self._set_prompt(shown)
        if not self._prompt.endswith("#"):
            raise DeviceError(
                DeviceFault.WRONG_CREDENTIALS, f"user '{credentials.user}' logs in, but the enable password is refused"
            )

    def _set_prompt(self, shown: str) -> None:
        found = PROMPT.search(shown)
        self._prompt = f"{found['prompt']}{found['mark']}" if found else ""

    def _at_prompt(self, shown: str) -> bool:
        """Tell whether the last line is the prompt as it was at the log-in."""
        line = shown[-len(self._prompt) - 2 :].rstrip(" ")
        return line.endswith(self._prompt) and line[: -len(self._prompt)].endswith(("\r", "\n"))

    async def _until(self, *ends: Callable[[str], bool], before: str = "") -> str:
        """Read until one of the conditions holds for what was read; `before` was read of the same output."""
        shown, left = "", self._limits.output - len(before)
        lines_left = self._limits.line_ends - _line_ends(before)
        while not any(end(shown) for end in ends):
            part = await self._stream.read(PAGE)
            if not part:
                raise DeviceError(DeviceFault.DROPPED, "it closed the session")
            shown += part
            lines_left -= _line_ends(part)
            if len(shown) > left:
                raise DeviceError(DeviceFault.UNREADABLE, f"it sends more than {self._limits.output} characters")
            if lines_left < 0:
                raise DeviceError(DeviceFault.UNREADABLE, f"it sends more than {self._limits.line_ends} line ends")
        return shown


def _line_ends(text: str) -> int:
    return text.count("\r") + text.count("\n")


def _ends_with(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda shown: pattern.search(shown, max(0, len(shown) - TAIL)) is not None
