"""SSH: who comes in is asked before the router gives a line, and types at it through a shell or one command.

R: the banner `Cisco-1.25`; the algorithms of old releases (`algorithms.py`); one channel a connection, for a shell or
one command, whose output is not paged; no forwarding and no SFTP; a client is cut off when it has been wrong too often
or takes too long. A server that speaks both versions of the protocol announces 1.99; asyncssh can only announce 2.0,
and one of version 1 alone is announced and then closed, for nothing here speaks it.
"""

import asyncio
import socket
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import asyncssh
import msgspec

from emulator.console.line.admission import LineRefused
from emulator.console.line.router_lines import RouterLines
from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.network.rsa_keys import KeyRing
from emulator.router.network.ssh_access import SshLimits, authentication_methods, has_key, ssh_limits
from emulator.router.network.ssh_server import server_key, spoken
from emulator.router.rsa_key import RsaKey
from emulator.transports.vty.algorithms import HOST_KEY, Offer, offer_of
from emulator.transports.vty.ports import VtyPort
from emulator.transports.vty.scp import ScpCarrier, ScpTransfer
from emulator.transports.vty.scp_protocol import ScpRequest, scp_request
from emulator.transports.vty.sessions import SessionScheduler, TerminalSession
from emulator.transports.vty.weather import ConnectionWeather

VERSION = "Cisco-1.25"
OLD_PROTOCOL = b"SSH-1.5-Cisco-1.25\r\n"
VERSIONS = {"1.99", "2.0"}
"""Versions that servers announce if they speak version 2."""

TOO_MANY = "Too many authentication failures"

warnings.filterwarnings("ignore", message="Diffie-Hellman over finite fields", module="asyncssh")
"""The key exchanges of these routers are old; that the library finds them old is of no use to anybody here."""


class SshService:
    """The SSH server of one router, as long as its key and settings stay as they are."""

    def __init__(self, facts: "SshFacts", pem: bytes) -> None:
        self.facts = facts
        self.begun = 0
        """Clients that have not logged in yet."""
        offer, limits = facts.offer, facts.limits
        (pair,) = asyncssh.load_keypairs(asyncssh.import_private_key(pem))
        pair.host_key_algorithms = (HOST_KEY.encode(),)
        self._options: dict[str, object] = {
            "server_host_keys": [pair],
            "server_version": VERSION,
            "kex_algs": offer.key_exchange,
            "encryption_algs": offer.ciphers,
            "mac_algs": offer.macs,
            "compression_algs": ["none"],
            "signature_algs": [HOST_KEY],
            "login_timeout": limits.timeout,
            "gss_host": None,
            "agent_forwarding": False,
            "line_editor": False,
            "errors": "replace",
        }

    async def serve(
        self,
        connection: socket.socket,
        lines: RouterLines,
        scheduler: SessionScheduler,
        logged_in: Callable[[], None],
        weather: ConnectionWeather | None = None,
    ) -> None:
        """Serve one client until it is gone.

        Args:
            connection: the client's.
            lines: the lines of the router.
            scheduler: gives its session turns.
            logged_in: told when the client has come in.
            weather: what befalls the connection; None: nothing.
        """
        peer = connection.getpeername()[0]

        def server() -> asyncssh.SSHServer:
            return _Server(lines, peer, scheduler, weather)

        self.begun += 1
        try:
            served = await asyncssh.run_server(connection, server_factory=server, **self._options)
        except (OSError, asyncssh.Error):
            return
        finally:
            self.begun -= 1
        logged_in()
        try:
            await served.wait_closed()
        finally:
            served.abort()


class SshFacts(msgspec.Struct, frozen=True):
    """The facts that an SSH server depends on."""

    key: RsaKey
    offer: Offer
    limits: SshLimits


class SshServices:
    """The SSH servers of the routers of a world, each made when a client first comes."""

    def __init__(self) -> None:
        self._services: dict[Router, SshService] = {}

    async def of(self, router: Router) -> SshService | None:
        """The server of a router that speaks version 2 now; None: it has no key, or does not run."""
        key = server_key(router) if router.state.running is not None else None
        if key is None or spoken(router) not in VERSIONS:
            self._services.pop(router, None)
            return None
        facts = SshFacts(key, offer_of(router.manifest, router.configuration), ssh_limits(router.configuration))
        service = self._services.get(router)
        if service is None or service.facts != facts:
            pem = await asyncio.to_thread(KeyRing(router).private_pem, key)
            service = self._services[router] = SshService(facts, pem)
        return service


class _Server(asyncssh.SSHServer):
    """One connection."""

    def __init__(
        self, lines: RouterLines, peer: str, scheduler: SessionScheduler, weather: ConnectionWeather | None
    ) -> None:
        self._lines, self._peer, self._scheduler, self._weather = lines, peer, scheduler, weather
        self._connection: asyncssh.SSHServerConnection | None = None
        self._name = ""
        self._level: int | None = None
        self._wrong = 0
        self._channel: _Channel | None = None

    @property
    def _configuration(self) -> Configuration | None:
        """The configuration to ask; None once the router does not run."""
        router = self._lines.router
        return router.configuration if router.state.running is not None else None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn

    async def begin_auth(self, username: str) -> bool:
        if self._weather is not None:
            await self._weather.delay_login()
        self._name = username
        if banner := self._lines.login_banner():
            assert self._connection is not None
            self._connection.send_auth_banner(banner.replace("\n", "\r\n"))
        return True

    def password_auth_supported(self) -> bool:
        return self._takes("password")

    def kbdint_auth_supported(self) -> bool:
        return self._takes("keyboard")

    def get_kbdint_challenge(
        self, username: str, lang: str, submethods: str
    ) -> tuple[str, str, str, list[tuple[str, bool]]]:
        del username, lang, submethods
        return "", "", "", [("Password: ", False)]

    def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> bool:
        return len(responses) == 1 and self.validate_password(username, responses[0])

    def validate_password(self, username: str, password: str) -> bool:
        try:
            self._level = self._lines.check_login(username, password, self._peer)
        except LineRefused:
            self._cut_off()
            return False
        if self._level is None:
            self._note_wrong()
        return self._level is not None

    def public_key_auth_supported(self) -> bool:
        return self._takes("publickey")

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        configuration = self._configuration
        if configuration is None or not has_key(configuration, username, key.public_data):
            return False
        try:
            self._level = self._lines.level_of(username, self._peer)
        except LineRefused:
            self._cut_off()
        return self._level is not None

    def session_requested(self) -> "asyncssh.SSHServerSession[Any] | bool":
        if self._channel is not None:
            return False
        self._channel = _Channel(self._open, self._copy, self._scheduler, self._leave, self._weather)
        return self._channel

    def _takes(self, method: str) -> bool:
        configuration = self._configuration
        return configuration is not None and method in authentication_methods(configuration)

    def _open(self) -> VtyPort:
        return VtyPort(self._lines.open_vty(self._peer, "ssh", self._name, self._level))

    def _copy(self, request: ScpRequest, carrier: ScpCarrier) -> ScpTransfer:
        return ScpTransfer(self._lines, self._level or 0, request, carrier)

    def _note_wrong(self) -> None:
        self._wrong += 1
        configuration = self._configuration
        if configuration is None or self._wrong >= ssh_limits(configuration).tries:
            self._cut_off()

    def _cut_off(self) -> None:
        assert self._connection is not None
        self._connection.disconnect(asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, TOO_MANY)

    def _leave(self) -> None:
        """The channel was the purpose of the connection."""
        if self._connection is not None:
            self._connection.close()


class _Channel(asyncssh.SSHServerSession[Any]):
    """The one channel of a connection."""

    def __init__(
        self,
        opener: Callable[[], VtyPort],
        copy: Callable[[ScpRequest, ScpCarrier], ScpTransfer],
        scheduler: SessionScheduler,
        leave: Callable[[], None],
        weather: ConnectionWeather | None,
    ) -> None:
        self._opener, self._copy, self._scheduler, self._leave = opener, copy, scheduler, leave
        self._weather = weather
        self._channel: asyncssh.SSHServerChannel[Any] | None = None
        self._transfer: ScpTransfer | None = None
        self._session: TerminalSession | None = None
        self._command: str | None = None
        self._size = (0, 0)

    # --- the channel -------------------------------------------------------------------------------------------

    def connection_made(self, chan: "asyncssh.SSHServerChannel[Any]") -> None:
        self._channel = chan

    def pty_requested(self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object) -> bool:
        del term_type, term_modes
        self._size = term_size[1], term_size[0]
        return True

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        del pixwidth, pixheight
        if self._session is not None:
            self._session.resize(height, width)

    def shell_requested(self) -> bool:
        return True

    def exec_requested(self, command: str) -> bool:
        self._command = command
        return True

    def session_started(self) -> None:
        request = scp_request(self._command) if self._command is not None else None
        if request is not None:
            self._begin_copying(request)
            return
        try:
            port = self._opener()
        except LineRefused as refused:
            self.write(refused.text.replace("\n", "\r\n"))
            self.close()
            return
        session = self._session = TerminalSession(
            port, self._weather.over(self) if self._weather else self, self._scheduler, self._command
        )
        session.resize(*self._size)
        session.begin()

    def _begin_copying(self, request: ScpRequest) -> None:
        assert self._channel is not None
        self._channel.set_encoding(None)
        self._transfer = self._copy(request, self)
        self._transfer.begin()

    def data_received(self, data: Any, datatype: int | None) -> None:
        del datatype
        if self._transfer is not None:
            self._transfer.receive(data)
        elif self._session is not None:
            self._session.received(data)

    def break_received(self, msec: int) -> bool:
        del msec
        if self._session is not None:
            self._session.send_break()
        return True

    def eof_received(self) -> bool:
        """A client that types no more may still be shown what it asked for."""
        if self._transfer is not None:
            self._transfer.finish()
        return True

    def pause_writing(self) -> None:
        if self._transfer is not None:
            self._transfer.block(blocked=True)
        elif self._session is not None:
            self._session.block(blocked=True)

    def resume_writing(self) -> None:
        if self._transfer is not None:
            self._transfer.block(blocked=False)
        elif self._session is not None:
            self._session.block(blocked=False)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        if self._transfer is not None:
            self._transfer.stop()
        if self._session is not None:
            self._session.end()
        self._leave()

    # --- what is sent to the client ----------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Send text."""
        if self._channel is not None and not self._channel.is_closing():
            self._channel.write(text)

    def send(self, data: bytes) -> None:
        """Send bytes of a file that is copied."""
        if self._channel is not None and not self._channel.is_closing():
            self._channel.write(data)

    def leave(self, status: int) -> None:
        """End the channel, and the connection with it, once all is sent."""
        if self._channel is not None and not self._channel.is_closing():
            self._channel.exit(status)

    def close(self) -> None:
        """End the channel, and the connection with it, once all is sent."""
        self.leave(0)

    def abort(self) -> None:
        """End it at once."""
        if self._channel is not None:
            self._channel.abort()

    def pause_reading(self) -> None:
        """Take nothing more from the client for now."""
        if self._channel is not None:
            self._channel.pause_reading()

    def resume_reading(self) -> None:
        """Take its input again."""
        if self._channel is not None:
            self._channel.resume_reading()
