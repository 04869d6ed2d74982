"""SSH: who comes in is asked before the router gives a line, and types at it through a shell or one command.

R: the banner `Cisco-1.25`; the algorithms of old releases (`algorithms.py`); one channel a connection, for a shell or
one command, whose output is not paged; no forwarding, and no SFTP unless the bench allows it; a client is cut off when
it has been wrong too often or takes too long. A server that speaks both versions of the protocol announces 1.99;
asyncssh can only announce 2.0, and one of version 1 alone is announced and then closed, for nothing here speaks it.
"""

import asyncio
import socket
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import asyncssh
import msgspec

from emulator.console.configuration.ssh_algorithms import HOST_KEY, Offer, offer_of
from emulator.console.line.admission import LineRefused
from emulator.console.line.router_lines import RouterLines
from emulator.console.ssh_agreement import SshAgreement
from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.network.rsa_keys import KeyRing
from emulator.router.network.ssh_access import SshLimits, authentication_methods, has_key, ssh_limits
from emulator.router.network.ssh_server import server_key, spoken
from emulator.router.rsa_key import RsaKey
from emulator.transports.connections.intake import TooMuch
from emulator.transports.connections.log_in_limits import LogInAttempt
from emulator.transports.discipline.editor import LONGEST
from emulator.transports.discipline.ports import VtyPort
from emulator.transports.discipline.sessions import SessionScheduler
from emulator.transports.vty.copy_slots import CopySlot, CopySlots
from emulator.transports.vty.scp import ScpCarrier, ScpTransfer
from emulator.transports.vty.scp_protocol import ScpRequest
from emulator.transports.vty.sftp import RouterSftp
from emulator.transports.vty.ssh_channel import SshChannel
from emulator.transports.vty.weather import ConnectionWeather

VERSION = "Cisco-1.25"
OLD_PROTOCOL = b"SSH-1.5-Cisco-1.25\r\n"
VERSIONS = {"1.99", "2.0"}
"""Versions that servers announce if they speak version 2."""

TOO_MANY = "Too many authentication failures"

AGREED = ("recv_cipher", "recv_mac", "send_cipher", "send_mac")
"""The library's names for what stands in an `SshAgreement`."""

PATIENCE = 60.0
"""Seconds that a client that has logged in may take to ask for a channel."""

warnings.filterwarnings("ignore", message="Diffie-Hellman over finite fields", module="asyncssh")
"""The key exchanges of these routers are old; that the library finds them old is of no use to anybody here."""


class SshService:
    """The SSH server of one router, as long as its key and settings stay as they are."""

    def __init__(self, facts: "SshFacts", pem: bytes) -> None:
        self.facts = facts
        self.begun = 0
        """Clients that have not logged in yet."""
        self._slots = CopySlots()
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
        attempt: LogInAttempt,
        weather: ConnectionWeather | None = None,
    ) -> None:
        """Serve one client until it is gone.

        Args:
            connection: the client's.
            lines: the lines of the router.
            scheduler: gives its session turns.
            logged_in: told when the client has come in.
            attempt: counts what it sends until then.
            weather: what befalls the connection; None: nothing.
        """
        peer = connection.getpeername()[0]

        def server() -> asyncssh.SSHServer:
            return _Server(lines, peer, scheduler, attempt, weather, self._slots)

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
        self,
        lines: RouterLines,
        peer: str,
        scheduler: SessionScheduler,
        attempt: LogInAttempt,
        weather: ConnectionWeather | None,
        slots: CopySlots,
    ) -> None:
        self._lines, self._peer, self._scheduler, self._weather = lines, peer, scheduler, weather
        self._attempt, self._slots = attempt, slots
        self._connection: asyncssh.SSHServerConnection | None = None
        self._name = ""
        self._level: int | None = None
        self._wrong = 0
        self._channel: SshChannel | None = None

    @property
    def _configuration(self) -> Configuration | None:
        """The configuration to ask; None once the router does not run."""
        router = self._lines.router
        return router.configuration if router.state.running is not None else None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn

    def auth_completed(self) -> None:
        self._attempt.succeed()
        asyncio.get_running_loop().call_later(PATIENCE, self._end_unused)

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
        if max(len(username), len(password)) > LONGEST:
            self._note_wrong()
            return False
        try:
            if self._is_too_much(username, password):
                self._cut_off()
                return False
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
        self._channel = SshChannel(self, self._scheduler, self._weather)
        return self._channel

    def _takes(self, method: str) -> bool:
        configuration = self._configuration
        return configuration is not None and method in authentication_methods(configuration)

    def open_line(self) -> VtyPort:
        """Open a line for the client."""
        assert self._connection is not None
        ciphers_and_macs = (self._connection.get_extra_info(name) for name in AGREED)
        agreement = SshAgreement(*ciphers_and_macs)
        return VtyPort(self._lines.open_vty(self._peer, "ssh", self._name, self._level, agreement))

    def copy_slot(self) -> CopySlot | None:
        """Take a slot for a client that copies; None where all are taken."""
        return self._slots.take()

    def copy(self, request: ScpRequest, carrier: ScpCarrier) -> ScpTransfer:
        """Begin a copy by SCP."""
        return ScpTransfer(self._lines, self._level or 0, request, carrier, self._slots.intake)

    def files(self) -> RouterSftp | None:
        """Return the files that the client may have by SFTP; None where the router does not speak it."""
        if not self._lines.router.state.sftp:
            return None
        return RouterSftp(self._lines, self._level or 0, self._slots.intake)

    def _is_too_much(self, username: str, password: str) -> bool:
        """Tell whether a try may not be made: too many came to nothing, and so would this one."""
        try:
            self._attempt.take(len(username) + len(password))
        except TooMuch:
            return self._lines.level_with(username, password, self._peer) is None
        return False

    def _note_wrong(self) -> None:
        self._wrong += 1
        configuration = self._configuration
        if configuration is None or self._wrong >= ssh_limits(configuration).tries:
            self._cut_off()

    def _end_unused(self) -> None:
        """End a connection on which no channel was opened."""
        if self._channel is None:
            self.leave()

    def _cut_off(self) -> None:
        assert self._connection is not None
        self._connection.disconnect(asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, TOO_MANY)

    def leave(self) -> None:
        """End the connection: the channel was its purpose."""
        if self._connection is not None:
            self._connection.close()
