"""Files at a TFTP server, by which the manager and devices hand them to each other.

R: RFC 1350, by tftpy in a thread. A server has no way to delete them, so they stay.
"""

import asyncio
import io
import logging
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

from tftpy import TftpClient, TftpException

from emulator.kernel.errors import printable
from emulator.manager.entities import DeviceFault
from emulator.manager.errors import DeviceError
from emulator.manager.transport_order import LicenseFileServer

if TYPE_CHECKING:
    from typing_extensions import Buffer

PATIENCE = 5
"""Seconds after which a packet is sent again."""

ATTEMPTS = 3

FAULTS = (TftpException, OSError, struct.error, ValueError, LookupError, TypeError, AttributeError)
"""Exceptions of the library at a server that refuses, is silent, or speaks no TFTP."""


MOST_BYTES = 1024 * 1024
"""Largest file that is fetched."""


async def send_by_tftp(server: LicenseFileServer, name: str, content: bytes, within: float) -> None:
    """Write a file to a TFTP server, in at most so many seconds.

    Raises:
        DeviceError: the server does not take it.
    """

    def send(client: TftpClient) -> None:
        client.upload(name, io.BytesIO(content), timeout=PATIENCE, retries=ATTEMPTS)

    await _at_server(server, send, f"does not take {name}", within)


async def fetch_by_tftp(server: LicenseFileServer, name: str, within: float) -> bytes:
    """Read a file of at most `MOST_BYTES` from a TFTP server, in at most so many seconds.

    Raises:
        DeviceError: the server does not give it, or it is larger.
    """
    content = _Limited()

    def fetch(client: TftpClient) -> None:
        client.download(name, content, timeout=PATIENCE, retries=ATTEMPTS)

    await _at_server(server, fetch, f"does not give {name}", within)
    return content.getvalue()


class _Limited(io.BytesIO):
    """File that takes no more than so many bytes; the library does not close one that it was given."""

    def write(self, data: "Buffer", /) -> int:
        if self.seek(0, io.SEEK_END) + memoryview(data).nbytes > MOST_BYTES:
            raise ValueError(f"it is larger than {MOST_BYTES} bytes")
        return super().write(data)


async def _at_server(server: LicenseFileServer, act: Callable[[TftpClient], None], fails: str, within: float) -> None:
    """Act at a server in a thread; what it does wrong is told as `fails`."""
    logging.getLogger("tftpy").setLevel(logging.CRITICAL)
    told = f"the TFTP server {server.host}:{server.port} {fails}"
    try:
        async with asyncio.timeout(within):
            await asyncio.to_thread(act, TftpClient(server.host, server.port, flock=False))
    except TimeoutError:
        raise DeviceError(DeviceFault.REFUSED, f"{told}: it is too slow") from None
    except FAULTS as error:
        raise DeviceError(DeviceFault.REFUSED, f"{told}: {printable(str(error)) or 'no answer'}") from error
