"""Ports for a server that is started later, or again at the same place.

A port that the system hands out (port 0) and that is given back may be the port of a client a moment later, and its
neighbors are not promised: a server that takes several in a row, or comes back after a kill, needs ports from below
the range of clients.
"""

import secrets
import socket
from contextlib import ExitStack, suppress
from pathlib import Path

PORTS_OF_CLIENTS = Path("/proc/sys/net/ipv4/ip_local_port_range")
FIRST = 1024
"""The first port that does not need to be allowed."""

USUAL = 32768
"""First port of clients where the system does not tell its own."""


def free_ports(count: int = 6) -> int:
    """Return the first of so many TCP and UDP ports in a row that are free, and that no client is given."""
    end = _first_of_clients() - count
    while True:
        first = FIRST + secrets.randbelow(end - FIRST)
        with ExitStack() as held, suppress(OSError):
            for port in range(first, first + count):
                for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                    held.enter_context(socket.socket(type=kind)).bind(("127.0.0.1", port))
            return first


def _first_of_clients() -> int:
    try:
        return int(PORTS_OF_CLIENTS.read_text(encoding="ascii").split()[0])
    except FileNotFoundError:
        return USUAL
