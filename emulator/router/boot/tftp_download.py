"""ROMMON's `tftpdnld`: what its variables ask for, and the way from the board to the lab's TFTP server.

C: the names of the variables, which are required, the defaults, and that the transfer can be broken off until flash is
erased. I: the rates, that port 0 is the first routed Fast Ethernet port (a router without one uses its switch ports),
and that any addresses of the right form do. What is received is checked before anything is erased, so only a power
cut while flash is written leaves a truncated file; a saved world that was in it ends there too.
"""

from collections.abc import Collection, Iterator, Mapping
from ipaddress import AddressValueError, IPv4Address

import msgspec

from emulator.hardware.platform import Platform
from emulator.images.container import ImageFault, unpack
from emulator.kernel.time import SECOND, Duration
from emulator.router.ports import FileServer
from emulator.storage.filesystem import FileSystem, StoredFile

RECEIVED_PER_MS = 500
BYTES_PER_MARK = 161_000
"""Bytes for each `!` (fitted to one capture)."""

TRY: Duration = 4 * SECOND
"""Time that it waits for an answer before it tries again, in milliseconds (I)."""

ERASE_TIME: Duration = 10 * SECOND
STEPS = 10
"""Number of pieces in which a file arrives."""

PORTS = 2
MOST_RETRIES, LONGEST = 255, 86_400


class IllegalVariable(Exception):
    """A variable that is missing or invalid; `address` tells whether it ought to be an address."""

    def __init__(self, name: str, *, address: bool = False) -> None:
        super().__init__(name)
        self.name, self.address = name, address


class Download(msgspec.Struct, frozen=True):
    """A file to fetch, and its parameters; `timeout` in seconds."""

    address: str
    mask: str
    gateway: str
    server: str
    file: str
    verbose: int
    retries: int
    timeout: int
    checksum: bool
    port: int

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> "Download":
        """Read the monitor variables.

        Raises:
            IllegalVariable: a variable is missing or wrong; the first in the order of the screen.
        """
        address, mask, gateway, server = (_address(variables, name) for name in ADDRESSES)
        if not variables.get("TFTP_FILE"):
            raise IllegalVariable("TFTP_FILE")
        return cls(
            address,
            mask,
            gateway,
            server,
            variables["TFTP_FILE"],
            _number(variables, "TFTP_VERBOSE", 1, 2),
            _number(variables, "TFTP_RETRY_COUNT", 18, MOST_RETRIES),
            _number(variables, "TFTP_TIMEOUT", 7200, LONGEST),
            bool(_number(variables, "TFTP_CHECKSUM", 1, 1)),
            _number(variables, "FE_PORT", 0, PORTS - 1),
        )


ADDRESSES = ("IP_ADDRESS", "IP_SUBNET_MASK", "DEFAULT_GATEWAY", "TFTP_SERVER")


def _address(variables: Mapping[str, str], name: str) -> str:
    try:
        return str(IPv4Address(variables.get(name, "")))
    except AddressValueError:
        raise IllegalVariable(name, address=True) from None


def _number(variables: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = variables.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) <= most):
        raise IllegalVariable(name)
    return int(text)


def port_interface(platform: Platform, port: int) -> str:
    """Name of the interface that a port number means."""
    routed = [each.name for each in platform.interfaces if each.kind == "routed"]
    switched = [each.name for each in platform.interfaces if each.kind == "switchport"]
    return (routed + switched)[port]


def server_directory(
    plan: Download, platform: Platform, cables: Collection[str], server: FileServer
) -> FileSystem | None:
    """Return the server's directory; None unless the port has a cable and the host is the server."""
    return server.serve(plan.server) if port_interface(platform, plan.port) in cables else None


def receiving_time(size: int) -> Duration:
    """Time that a file of so many bytes takes over the network, in milliseconds."""
    return size // RECEIVED_PER_MS


def marks(size: int) -> Iterator[int]:
    """Yield the number of `!` marks for each piece of a file that arrives."""
    total = max(size // BYTES_PER_MARK, 1)
    for step in range(STEPS):
        yield total * (step + 1) // STEPS - total * step // STEPS


def passes_checksum(file: StoredFile) -> bool:
    """Tell whether a file is a whole image."""
    return not isinstance(unpack(file.content, file.size), ImageFault)
