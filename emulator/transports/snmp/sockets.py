"""One UDP socket for all routers: the address that a datagram was sent to says which router it is for.

As for their lines, the socket takes every address of the loopback interface and of no other.
"""

import contextlib
import socket
import struct

from emulator.kernel.errors import Refused

LOOPBACK_INTERFACE = b"lo\0"
PACKET_INFO = getattr(socket, "IP_PKTINFO", 8)
"""Option, and kind of ancillary data, that tells the address a datagram came to (ip(7))."""

_INFO = struct.Struct("=I4s4s")
BUFFER = 4 << 20
"""Octets of datagrams that wait to be read: a poller asks a thousand routers at once."""

LARGEST = 65_535


def udp_on_loopback(port: int, address: str = "") -> socket.socket:
    """A socket at a port of every loopback address, or of one of them; port 0 takes a free one.

    Raises:
        OSError: the port cannot be had.
        Refused: this system cannot bind to one interface alone.
    """
    if not hasattr(socket, "SO_BINDTODEVICE"):
        raise Refused("this system cannot bind to the loopback interface alone; routers are served on Linux")
    with contextlib.ExitStack() as undone:
        at = undone.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        at.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, LOOPBACK_INTERFACE)
        at.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        at.setsockopt(socket.IPPROTO_IP, PACKET_INFO, 1)
        at.bind((address, port))
        at.settimeout(0)
        undone.pop_all()
        return at


def receive(at: socket.socket) -> tuple[bytes, str, tuple[str, int]] | None:
    """Return the next datagram, the address that it was sent to, and its sender; None: there is none now."""
    try:
        data, ancillary, _, sender = at.recvmsg(LARGEST, socket.CMSG_SPACE(_INFO.size))
    except (BlockingIOError, InterruptedError):
        return None
    except OSError:
        return b"", "", ("", 0)
    for level, kind, content in ancillary:
        if level == socket.IPPROTO_IP and kind == PACKET_INFO:
            return data, socket.inet_ntoa(_INFO.unpack(content[: _INFO.size])[2]), sender
    return b"", "", sender


def send(at: socket.socket, data: bytes, source: str, to: tuple[str, int]) -> None:
    """Send a datagram from one of the addresses; what cannot be sent is lost, as datagrams are."""
    info = _INFO.pack(0, socket.inet_aton(source), b"\0\0\0\0")
    with contextlib.suppress(OSError):
        at.sendmsg([data], [(socket.IPPROTO_IP, PACKET_INFO, info)], 0, to)
