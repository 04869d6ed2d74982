"""Files that are left at a TFTP server, from which devices fetch them. R: RFC 1350, by tftpy in a thread."""

import asyncio
import io
import logging
import struct

from tftpy import TftpClient, TftpException

from emulator.kernel.errors import printable
from emulator.manager.entities import DeviceFault
from emulator.manager.errors import DeviceError
from emulator.manager.transport_order import LicenseFileServer

PATIENCE = 5
"""Seconds after which a packet is sent again."""

ATTEMPTS = 3

FAULTS = (TftpException, OSError, struct.error, ValueError, LookupError, TypeError, AttributeError)
"""Exceptions of the library at a server that refuses, is silent, or speaks no TFTP."""


async def send_by_tftp(server: LicenseFileServer, name: str, content: bytes, within: float) -> None:
    """Write a file to a TFTP server, in at most so many seconds.

    Raises:
        DeviceError: the server does not take it.
    """
    logging.getLogger("tftpy").setLevel(logging.CRITICAL)

    def send() -> None:
        TftpClient(server.host, server.port, flock=False).upload(
            name, io.BytesIO(content), timeout=PATIENCE, retries=ATTEMPTS
        )

    told = f"the TFTP server {server.host}:{server.port} does not take {name}"
    try:
        async with asyncio.timeout(within):
            await asyncio.to_thread(send)
    except TimeoutError:
        raise DeviceError(DeviceFault.REFUSED, f"{told}: it is too slow") from None
    except FAULTS as error:
        raise DeviceError(DeviceFault.REFUSED, f"{told}: {printable(str(error)) or 'no answer'}") from error
