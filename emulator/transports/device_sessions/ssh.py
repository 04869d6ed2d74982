"""Sessions over SSH, with the algorithms of old and of present releases.

I: host keys are no reason to turn back, for a replacement device has another one; what a device is, its UDI tells, and
that it shows another key than at first sight is told.
"""

import asyncio
import contextlib
import os
import socket
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncssh

from emulator.kernel.errors import printable
from emulator.manager.entities import CredentialSet, DeviceAddress, DeviceFault
from emulator.manager.errors import DeviceError
from emulator.transports.device_sessions.limits import SessionLimits
from emulator.transports.device_sessions.shell import Shell

ALGORITHMS = {
    "kex_algs": "+diffie-hellman-group14-sha1,diffie-hellman-group1-sha1",
    "encryption_algs": "+aes128-cbc,aes192-cbc,aes256-cbc,3des-cbc",
    "server_host_key_algs": "+ssh-rsa",
    "signature_algs": "+ssh-rsa",
}
"""Algorithms that old releases need beside those that the library offers by itself."""

NEEDED_FOR_FILES = "it needs 'ip scp server enable' and a user of privilege 15"

warnings.filterwarnings("ignore", message="Diffie-Hellman over finite fields", module="asyncssh")


@asynccontextmanager
async def ssh_session(
    address: DeviceAddress, credentials: CredentialSet, limits: SessionLimits
) -> AsyncIterator[Shell]:
    """Log in over SSH for the length of a block.

    Raises:
        DeviceError: the device does not answer, takes the log-in for wrong, hangs, or is lost.
    """
    connection: asyncssh.SSHClientConnection | None = None
    connected = await _connected(address, limits)
    try:
        try:
            async with asyncio.timeout(limits.log_in):
                connection = await asyncssh.connect(address.host, address.port, sock=connected, **_options(credentials))
                process: asyncssh.SSHClientProcess[str] = await connection.create_process(
                    term_type="vt100", term_size=(512, 0), encoding="utf-8", errors="replace"
                )
                by_scp = (address, credentials, limits)
                shell = Shell(_Stream(process), limits, partial(_send_file, *by_scp), partial(_fetch_file, *by_scp))
                if (host_key := connection.get_server_host_key()) is not None:
                    shell.shown_key = host_key.get_fingerprint()
                await shell.begin(credentials)
        except TimeoutError:
            raise DeviceError(DeviceFault.SILENT, f"no prompt {limits.log_in:g} s after the connection") from None
        except (asyncssh.Error, OSError, ValueError) as error:
            raise _told(error, credentials) from error
        try:
            yield shell
        except (asyncssh.Error, OSError) as error:
            raise DeviceError(DeviceFault.DROPPED, "the connection was lost") from error
    finally:
        _drop(connection, connected)


async def _send_file(
    address: DeviceAddress, credentials: CredentialSet, limits: SessionLimits, name: str, content: bytes
) -> None:
    """Copy a file into the flash by SCP, over a connection of its own, for these servers take one channel each."""
    connected = await _connected(address, limits)
    connection: asyncssh.SSHClientConnection | None = None
    try:
        async with asyncio.timeout(limits.act):
            connection = await asyncssh.connect(address.host, address.port, sock=connected, **_options(credentials))
            with TemporaryDirectory(prefix="isrtwin-") as folder:
                file = Path(folder) / name
                file.write_bytes(content)
                await asyncssh.scp(str(file), (connection, f"flash:{name}"))
    except TimeoutError:
        raise DeviceError(DeviceFault.SILENT, f"{name} was not taken within {limits.act:g} s") from None
    except (asyncssh.Error, OSError, ValueError) as error:
        told = f"it takes no file by SCP ({printable(str(error).strip() or 'connection lost')}); {NEEDED_FOR_FILES}"
        raise DeviceError(DeviceFault.REFUSED, told) from error
    finally:
        _drop(connection, connected)


async def _fetch_file(address: DeviceAddress, credentials: CredentialSet, limits: SessionLimits, name: str) -> bytes:
    """Copy a file out of the flash by SCP, over a connection of its own."""
    connected = await _connected(address, limits)
    connection: asyncssh.SSHClientConnection | None = None
    try:
        async with asyncio.timeout(limits.act):
            connection = await asyncssh.connect(address.host, address.port, sock=connected, **_options(credentials))
            with TemporaryDirectory(prefix="isrtwin-") as folder:
                await asyncssh.scp((connection, f"flash:{name}"), str(Path(folder) / "file"))
                return Path(folder, "file").read_bytes()
    except TimeoutError:
        raise DeviceError(DeviceFault.SILENT, f"{name} was not given within {limits.act:g} s") from None
    except (asyncssh.Error, OSError, ValueError) as error:
        told = f"it gives no file by SCP ({printable(str(error).strip() or 'connection lost')}); {NEEDED_FOR_FILES}"
        raise DeviceError(DeviceFault.REFUSED, told) from error
    finally:
        _drop(connection, connected)


class _Stream:
    """The characters of a shell."""

    def __init__(self, process: "asyncssh.SSHClientProcess[str]") -> None:
        self._process = process

    async def read(self, most: int, /) -> str:
        return str(await self._process.stdout.read(most))

    def write(self, text: str, /) -> None:
        self._process.stdin.write(text)


async def _connected(address: DeviceAddress, limits: SessionLimits) -> socket.socket:
    """Connect, and wait until the other side has begun to speak, so that a closed port is told from a lost session."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    connected = socket.socket(family, socket.SOCK_STREAM)
    with contextlib.ExitStack() as undone:
        undone.callback(connected.close)
        connected.settimeout(0)
        failure = DeviceError(DeviceFault.UNREACHABLE, f"no connection within {limits.connect:g} s")
        try:
            async with asyncio.timeout(limits.connect):
                await asyncio.get_running_loop().sock_connect(connected, (address.host, address.port))
            failure = DeviceError(DeviceFault.SILENT, f"no sign of SSH within {limits.connect:g} s")
            async with asyncio.timeout(limits.connect):
                await _readable(connected)
            if connected.recv(1, socket.MSG_PEEK):
                undone.pop_all()
                return connected
            failure = DeviceError(DeviceFault.UNREACHABLE, "it closes the connection at once")
        except TimeoutError:
            pass
        except OSError as error:
            failure = DeviceError(DeviceFault.UNREACHABLE, _reason(error))
        raise failure


def _reason(error: OSError) -> str:
    return (os.strerror(error.errno) if error.errno else str(error)).lower()


async def _readable(connected: socket.socket) -> None:
    """Wait until there is something to read, or the other side has closed."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_reader(connected, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(connected)


def _options(credentials: CredentialSet) -> dict[str, Any]:
    return {
        "username": credentials.user,
        "password": credentials.password,
        "known_hosts": None,
        "config": None,
        "client_keys": None,
        "agent_path": None,
        "preferred_auth": "password,keyboard-interactive",
        **ALGORITHMS,
    }


def _told(error: Exception, credentials: CredentialSet) -> DeviceError:
    if isinstance(error, asyncssh.PermissionDenied):
        return DeviceError(DeviceFault.WRONG_CREDENTIALS, f"user '{credentials.user}' was refused")
    if isinstance(error, asyncssh.ConnectionLost | OSError):
        return DeviceError(DeviceFault.DROPPED, "it closed the connection before a prompt came")
    return DeviceError(DeviceFault.UNREADABLE, f"SSH failed: {printable(str(error))}")


def _drop(connection: asyncssh.SSHClientConnection | None, connected: socket.socket) -> None:
    """End a connection at once; nothing is waited for, since the other side may hang."""
    if connection is not None:
        connection.abort()
    else:
        connected.close()
