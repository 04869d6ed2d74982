"""Serving applications over HTTPS beside a world: in a thread with an event loop of its own.

The world is stepped in one thread and served in another, so that neither makes the other wait. The socket is bound
before anything starts, so that a port that is taken is told at once and port 0 finds a free one.

Every connection has its slot and its time-outs from the moment at which it is taken, its TLS handshake included.
"""

import asyncio
import contextlib
import socket
from collections.abc import Sequence
from ipaddress import ip_address
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from emulator.kernel.errors import Refused, printable
from emulator.transports.connections.listener import connections_allowed
from emulator.transports.https.certificates import Identity
from emulator.transports.https.known_names import KnownNames

if TYPE_CHECKING:
    from emulator.transports.https.server import SiteServer
    from emulator.transports.https.timed_http import TimeOuts

BACKLOG = 512
HSTS_SECONDS = 3600
"""Seconds for which a browser keeps to HTTPS at this host: few, for `localhost` is the name of other servers too."""

CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""Cipher suites of TLS 1.2, all with forward secrecy and authenticated encryption; TLS 1.3 has its own."""

GRACE = 5
"""Seconds that requests under way may take at the end."""


def bound(host: str, port: int) -> socket.socket:
    """A socket at an address, which connections may wait at; port 0 takes a free one.

    Raises:
        Refused: the address cannot be had.
    """
    try:
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with contextlib.ExitStack() as undone:
            # asyncio turns off the delay of small packets only where the protocol is named: 40 ms an answer
            at = undone.enter_context(socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP))
            at.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            at.bind(where)
            at.listen(BACKLOG)
            undone.pop_all()
            return at
    except OSError as error:
        raise Refused(f"cannot serve at {host} port {port}: {error.strerror}") from error
    except UnicodeError:
        raise Refused(f"'{printable(host)}' is not the name of a host") from None


class Site:
    """One application at one address."""

    def __init__(
        self,
        app: Any,
        host: str,
        port: int,
        at: socket.socket | None = None,
        *,
        encrypted: bool = True,
        names: Sequence[str] = (),
        largest_message: int = 0,
    ) -> None:
        """Bind its socket, unless that was done; port 0 takes a free one.

        Args:
            app: what answers.
            host: address to bind.
            port: port to bind.
            at: the socket, bound.
            encrypted: HTTPS; else plain HTTP.
            names: what it may be called, without port; empty takes any name.
            largest_message: bytes of a message that a client may send over a WebSocket; 0: there are none.

        Raises:
            Refused: the address cannot be had.
        """
        self.app = KnownNames(app, names) if names else app
        self.host, self.encrypted = host, encrypted
        self.largest_message = largest_message
        self.socket = at or bound(host, port)
        self.port: int = self.socket.getsockname()[1]

    @property
    def url(self) -> str:
        """The address for a browser."""
        return url_of(self.host, self.port, encrypted=self.encrypted)


class Hosting:
    """Serves sites from `start` to `stop`."""

    def __init__(
        self,
        sites: Sequence[Site],
        identity: Identity,
        time_outs: "TimeOuts | None" = None,
        proxies: Sequence[str] = (),
    ) -> None:
        """Get ready.

        Args:
            sites: what is served.
            identity: shown to all clients.
            time_outs: how long a client may take.
            proxies: addresses or networks whose `X-Forwarded-For` is believed; of all others it is ignored.
        """
        self._sites, self._identity, self._time_outs, self._proxies = sites, identity, time_outs, list(proxies)
        self._servers: list[SiteServer] = []
        self._started = Event()
        self._thread = Thread(target=self._run, name="hosting", daemon=True)

    def start(self) -> None:
        """Begin, and return when connections are accepted.

        Raises:
            Refused: a server did not come up.
        """
        self._thread.start()
        self._started.wait()
        if not self._thread.is_alive() or not all(server.started for server in self._servers):
            raise Refused("the server did not come up")

    def stop(self) -> None:
        """Take no more connections, let what is under way end, and come back when all has."""
        for server in self._servers:
            server.should_exit = True
        self._thread.join(2 * GRACE)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        finally:
            self._started.set()

    async def _serve(self) -> None:
        import uvicorn

        from emulator.transports.https.one_length import OneLength
        from emulator.transports.https.server import SiteServer
        from emulator.transports.https.timed_http import TimeOuts
        from emulator.transports.https.timed_web_socket import TimedWebSocket

        most = connections_allowed(len(self._sites))
        for site in self._sites:
            config = uvicorn.Config(
                OneLength(site.app),
                headers=[("Strict-Transport-Security", f"max-age={HSTS_SECONDS}")] if site.encrypted else None,
                ssl_ciphers=CIPHERS,
                ssl_certfile=self._identity.certificate if site.encrypted else None,
                ssl_keyfile=self._identity.key if site.encrypted else None,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=bool(self._proxies),
                forwarded_allow_ips=self._proxies,
                http="h11",
                ws=TimedWebSocket if site.largest_message else "none",
                ws_max_size=site.largest_message,
                ws_per_message_deflate=False,
                lifespan="off",
                timeout_graceful_shutdown=GRACE,
            )
            self._servers.append(SiteServer(config, site.socket, self._time_outs or TimeOuts(), most))
        serving = [asyncio.create_task(server.serve()) for server in self._servers]
        while not all(server.started for server in self._servers) and not any(task.done() for task in serving):
            await asyncio.sleep(0.005)
        self._started.set()
        await asyncio.gather(*serving)


def url_of(host: str, port: int, *, encrypted: bool = True) -> str:
    """The address of a site at a host, which may be an address of IPv6."""
    return f"{'https' if encrypted else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"


def address_for_others(host: str) -> str:
    """The address by which other machines reach what is bound to a host.

    Where that stands for every address of this machine, it is the one from which it would reach others; nothing is
    sent to find it. Without a network it is the name of the machine.
    """
    if not is_anywhere(host):
        return host
    family, elsewhere = (socket.AF_INET6, "2001:db8::1") if ":" in host else (socket.AF_INET, "192.0.2.1")
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((elsewhere, 9))
            return str(probe.getsockname()[0])
    except OSError:
        return socket.gethostname()


def is_anywhere(host: str) -> bool:
    """Tell whether an address stands for every one of this machine."""
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


def is_address(host: str) -> bool:
    """Tell an address from a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
