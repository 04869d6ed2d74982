"""One listening socket for all routers of a world: the address that a client connects to says which router it wants.

The socket takes every address of the loopback interface and of no other (`SO_BINDTODEVICE`), so nobody outside this
machine can connect, and a router needs no socket of its own.
"""

import contextlib
import socket

from emulator.kernel.errors import Refused

BACKLOG = 1024
LOOPBACK_INTERFACE = b"lo\0"


def bound_to_loopback(port: int, address: str = "") -> socket.socket:
    """A listening socket at a port of every loopback address, or of one of them; port 0 takes a free one.

    Raises:
        OSError: the port cannot be had.
        Refused: this system cannot bind to one interface alone.
    """
    if not hasattr(socket, "SO_BINDTODEVICE"):
        raise Refused("this system cannot bind to the loopback interface alone; routers are served on Linux")
    with contextlib.ExitStack() as undone:
        at = undone.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP))
        at.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, LOOPBACK_INTERFACE)
        at.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        at.bind((address, port))
        at.listen(BACKLOG)
        at.settimeout(0)
        undone.pop_all()
        return at


def refuse(connection: socket.socket) -> None:
    """End a connection as a closed port would: the client is told that it was reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()
