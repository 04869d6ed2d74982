"""The sockets at which the clients of all routers come in: one for each service, whatever the number of routers."""

import contextlib
import socket
from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol, Self

import msgspec

from emulator.kernel.errors import Refused
from emulator.runtime.extras import needs_serve

with needs_serve():
    from emulator.transports.connections.loopback import bound_to_loopback
    from emulator.transports.snmp.sockets import udp_on_loopback
    from emulator.transports.vty.server import Sockets


class Bind(Protocol):
    """Bind a socket to a port of every loopback address, or of one of them."""

    def __call__(self, port: int, address: str = "") -> socket.socket:
        """Bind it.

        Raises:
            OSError: the port cannot be had.
        """


SERVICES: tuple[tuple[str, Bind], ...] = (
    ("SSH", bound_to_loopback),
    ("Telnet", bound_to_loopback),
    ("console", bound_to_loopback),
    ("SNMP", udp_on_loopback),
    ("HTTP", bound_to_loopback),
    ("HTTPS", bound_to_loopback),
)
"""Services by the order of their ports, and how each is bound."""

WELL_KNOWN = (22, 23, 2001, 161, 80, 443)
"""SSH, Telnet, the first line of a terminal server, SNMP, HTTP and HTTPS."""

PORT_BASE = 2022
"""First of the ports if the well-known ones cannot be had."""


class RouterPorts(NamedTuple):
    """Ports of the services, in the order of `SERVICES`."""

    ssh: int
    telnet: int
    console: int
    snmp: int
    http: int
    https: int


class RouterSockets(msgspec.Struct, frozen=True):
    """Bound sockets, one for each service."""

    ssh: socket.socket
    telnet: socket.socket
    console: socket.socket
    snmp: socket.socket
    http: socket.socket
    https: socket.socket

    @property
    def all(self) -> tuple[socket.socket, ...]:
        """Every one of them, in the order of their ports."""
        return self.ssh, self.telnet, self.console, self.snmp, self.http, self.https

    @property
    def ports(self) -> RouterPorts:
        """Ports of the listening sockets."""
        return RouterPorts(*(int(at.getsockname()[1]) for at in self.all))

    @property
    def lines(self) -> Sockets:
        """Sockets at which clients get a line."""
        return Sockets(self.ssh, self.telnet, self.console)

    def duplicate(self) -> Self:
        """Duplicate them, so that these stay open when the others are closed."""
        return type(self)(*(each.dup() for each in self.all))

    def close(self) -> None:
        """Close them; one that was closed before stays so."""
        for each in self.all:
            each.close()


def router_sockets(base: int | None, routers: Callable[[], Mapping[str, str]] = dict) -> RouterSockets:
    """Bind the ports of all routers.

    Args:
        base: port of SSH; the others have the next ones. 0 takes free ones; None the well-known ones,
            where these cannot be had those from `PORT_BASE`, and else free ones.
        routers: gives the names and addresses of the routers to be served, for an error that names them.

    Raises:
        Refused: a port cannot be had.
    """
    try:
        if base is not None:
            return _bound((0,) * len(SERVICES) if base == 0 else range(base, base + len(WELL_KNOWN)))
        for ports in (WELL_KNOWN, range(PORT_BASE, PORT_BASE + len(WELL_KNOWN))):
            with contextlib.suppress(_Taken):
                return _bound(ports)
        return _bound((0,) * len(SERVICES))
    except _Taken as taken:
        raise Refused(
            f"cannot serve {_concerned(taken, routers())} by {taken.service} at port {taken.port}: {taken.reason};"
            " choose other ports with --router-port-base"
        ) from taken


class _Taken(Exception):
    """A port cannot be had."""

    def __init__(self, service: str, bind: Bind, port: int, reason: str) -> None:
        super().__init__(service, port, reason)
        self.service, self.bind, self.port, self.reason = service, bind, port, reason


def _concerned(taken: _Taken, routers: Mapping[str, str]) -> str:
    """Name the routers at whose addresses the port is taken; all of them where it is taken at no single one."""
    refused = [name for name, address in routers.items() if not _is_free(taken, address)] or list(routers)
    if not refused:
        return "the routers"
    first = f"{refused[0]} ({routers[refused[0]]})"
    return f"{first} and {len(refused) - 1} more" if len(refused) > 1 else first


def _is_free(taken: _Taken, address: str) -> bool:
    try:
        taken.bind(taken.port, address).close()
    except OSError:
        return False
    return True


def _bound(ports: "range | tuple[int, ...]") -> RouterSockets:
    with contextlib.ExitStack() as undone:
        sockets: list[socket.socket] = []
        for (service, bind), port in zip(SERVICES, ports, strict=True):
            try:
                sockets.append(undone.enter_context(bind(port)))
            except OSError as error:
                raise _Taken(service, bind, port, error.strerror or str(error)) from error
        undone.pop_all()
    return RouterSockets(*sockets)
