"""Puts servers beside a world: the license portal and the call-home server over HTTPS, and the delivery of mail.

The one place where transports are wired to each other. The routers of a served world call home over real HTTPS to the
same servers as everybody else.
"""

import contextlib
import logging
import socket
import time
from collections.abc import Callable, Sequence
from ipaddress import ip_network
from pathlib import Path

import msgspec

from emulator.backend.account_names import DEFAULT_PASSWORD, DEFAULT_USER
from emulator.kernel.errors import Refused, printable
from emulator.keys.certificates import fingerprint_of
from emulator.keys.signing import Verifier
from emulator.runtime.extras import needs_serve
from emulator.runtime.network_inputs import NetworkInputs
from emulator.runtime.wall_clock import host_time
from emulator.transports.https.certificates import Identity, identity
from emulator.world.call_home.gateway import SERVICE_HOST
from emulator.world.site_network import SERVER_HOST
from emulator.world.world import World

with needs_serve():
    from emulator.transports.call_home.client import HttpsCarrier, ServerAddress
    from emulator.transports.call_home.log_ins import LogIns
    from emulator.transports.call_home.server import PATH, CallHandler, call_home_app
    from emulator.transports.files.http import files_app
    from emulator.transports.files.lab_files import LabFiles
    from emulator.transports.files.tftp import HOST as TFTP_HOST
    from emulator.transports.files.tftp import TftpFiles, check_port
    from emulator.transports.https.hosting import Hosting, Site, bound, is_loopback
    from emulator.transports.mail import Folder, MailDelivery, Smtp
    from emulator.transports.portal.settings import PortalSettings
    from emulator.transports.web.guard.attempts import LogInAttempts, Lookups
    from emulator.transports.web_console.messages import LARGEST_MESSAGE
    from emulator.transports.web_console.service import WebConsoles

LOOPBACK = "127.0.0.1"
ANYWHERE = {"0.0.0.0": LOOPBACK, "::": "::1"}  # noqa: S104 - told apart, not bound by default
FILES_PORT, TFTP_PORT = 2, 3
"""Distances of the ports of the file server from that of the portal: HTTP, and TFTP."""

MAIL_FOLDER, REFUSED_FOLDER = "mail", "mail-refused"


class Where(msgspec.Struct, frozen=True):
    """Addresses to serve at, and the destination of mail.

    Attributes:
        host: address to bind.
        port_base: of the portal; call home has the next one. 0 takes free ones.
        smtp: host and port of a mail server; None writes `.eml` files into the world's directory.
        proxies: addresses of reverse proxies, which say for whom they ask.
        gallery: the portal has a page with all components of its pages.
        consoles: its pages have the lines of the routers and the bench, wherever it is served; else on loopback alone.
    """

    host: str = LOOPBACK
    port_base: int = 0
    smtp: tuple[str, int] | None = None
    proxies: tuple[str, ...] = ()
    gallery: bool = False
    consoles: bool = False


class ServerSockets(msgspec.Struct, frozen=True):
    """Bound sockets of the servers; None for a server that is not wanted."""

    portal: socket.socket | None
    call_home: socket.socket
    files: socket.socket | None = None

    def close(self) -> None:
        """Close them; one that was closed before stays so."""
        for each in (self.portal, self.call_home, self.files):
            if each is not None:
                each.close()


def server_sockets(where: Where, *, portal: bool = True) -> ServerSockets:
    """Bind the addresses, before anything is made or changed that is to be served there.

    Raises:
        Refused: one cannot be had.
    """
    with contextlib.ExitStack() as undone:
        first = undone.enter_context(bound(where.host, where.port_base)) if portal else None
        second = undone.enter_context(bound(where.host, where.port_base and where.port_base + 1))
        third = None
        if portal and is_loopback(where.host):
            third = undone.enter_context(bound(where.host, where.port_base and where.port_base + FILES_PORT))
            check_port(where.port_base and where.port_base + TFTP_PORT)
        undone.pop_all()
    return ServerSockets(first, second, third)


class Served:
    """A world with its servers; `start` and `stop` once each."""

    def __init__(
        self,
        world: World,
        directory: Path,
        where: Where,
        *,
        portal: bool = True,
        at: ServerSockets | None = None,
        warnings: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """Make the certificates, and bind the addresses unless that was done.

        Args:
            world: what is served; its back end is opened.
            directory: keeps certificates and mail.
            where: addresses.
            portal: also the portal and the mail; without them, call home alone.
            at: the addresses, bound.
            warnings: what the users of the portal are told of.

        Raises:
            Refused: an address cannot be had, a file not written, the world has no secret of its own, or other machines
                would reach a portal with the default password. A world without a secret of its own has call home
                alone, on the loopback, while a scenario runs.
        """
        if world.secret.is_known and (portal or not is_loopback(where.host)):
            raise Refused(
                f"the keys of the world {world.state.name} follow from its public seed, so anybody could forge its"
                " licenses, and it is not served; start anew with --fresh"
            )
        service = world.backend
        if portal and not is_loopback(where.host) and service.accounts.has_default_password():
            raise Refused(
                f"everybody knows the password of the operator {DEFAULT_USER}, and other machines reach {where.host};"
                f' change it first: isrtwin bench --world {directory} -c "portal password {DEFAULT_USER} NEW"'
            )
        self.where = where
        at = at or server_sockets(where, portal=portal)
        near = ANYWHERE.get(where.host, where.host)
        names = list(dict.fromkeys([SERVICE_HOST, "localhost", LOOPBACK, "::1", near]))
        self.identity: Identity = identity(directory, world.state.name, names, host_time())
        self._service = service
        rates = PortalSettings()
        self._inputs = NetworkInputs(world)
        handler = CallHandler(
            service,
            lambda: world.now,
            lambda udi: Verifier(world.device_key(udi).public),
            log_ins=LogIns(service, time.monotonic),
            passwords=LogInAttempts(rates.log_ins, time.monotonic),
            lookups=Lookups(rates.lookups, rates.lookups_at, time.monotonic),
            taking=self._inputs.call,
        )
        calls = call_home_app(handler, lambda: service.accounts.password_mark(DEFAULT_USER) is not None)
        self.call_home = Site(calls, where.host, where.port_base and where.port_base + 1, at.call_home)
        named = ("localhost", LOOPBACK, "::1", where.host) if is_loopback(where.host) else ()
        self.consoles = WebConsoles(world)
        """The lines of the routers on pages; they open once they are given a scheduler."""
        self.portal: Site | None = None
        self._mail: MailDelivery | None = None
        self._refused = Folder(directory / REFUSED_FOLDER)
        if portal:
            from emulator.runtime.draft_files import DRAFTS, DraftFiles
            from emulator.runtime.lab_media import WorldMedia
            from emulator.transports.portal import portal_app

            near_enough = where.consoles or is_loopback(where.host)
            app = portal_app(
                service,
                now=lambda: world.now,
                calendar=world.calendar,
                settings=PortalSettings(gallery=where.gallery),
                warnings=warnings,
                taking=self._inputs.operation,
                consoles=self.consoles if near_enough else None,
                media=WorldMedia(world) if near_enough else None,
                drafts=DraftFiles(directory / DRAFTS, world.state.identity),
            )
            self.portal = Site(
                app, where.host, where.port_base, at.portal, names=named, largest_message=LARGEST_MESSAGE
            )
            carrier = Smtp(*where.smtp) if where.smtp else Folder(directory / MAIL_FOLDER)
            self._mail = MailDelivery(service, lambda: world.now, carrier, self._refused)
        self.files: Site | None = None
        self.lab_files: LabFiles | None = None
        self._tftp: TftpFiles | None = None
        if at.files is not None:
            self.lab_files = LabFiles(world)
            tftp_port = where.port_base and where.port_base + TFTP_PORT
            self.files = Site(files_app(self.lab_files), where.host, 0, at.files, encrypted=False, names=named)
            self._tftp = TftpFiles(self.lab_files, tftp_port)
        sites = [site for site in (self.portal, self.call_home, self.files) if site]
        self._hosting = Hosting(sites, self.identity, proxies=where.proxies)
        self._carrier = HttpsCarrier(
            {SERVICE_HOST: ServerAddress(near, self.call_home.port)}, self.identity.ca, world.device_key
        )
        self._inputs.begin(self._carrier)

    def start(self) -> None:
        """Take connections."""
        logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
        self._hosting.start()
        if self._tftp is not None:
            self._tftp.start()
        if self._mail is not None:
            self._mail.start()

    def stop(self) -> None:
        """Let what is under way end."""
        if self._mail is not None:
            self._mail.stop()
        if self._tftp is not None:
            self._tftp.stop()
        self._carrier.close()
        self._hosting.stop()

    def addresses(self) -> list[str]:
        """Addresses of the servers, the CA file, refused mail and the default log-in, as lines to print."""
        lines = [] if self.portal is None else [f"Portal:     {self.portal.url}/"]
        lines += [
            f"Call home:  {self.call_home_url}",
            f"CA file:    {self.identity.ca}",
            f"            SHA-256 {fingerprint_of(self.identity.ca.read_bytes())}",
        ]
        if self.files is not None and self._tftp is not None:
            lines += [
                f"Files:      {self.files.url}/",
                f"            tftp://{TFTP_HOST}:{self._tftp.port}/; routers have them at {SERVER_HOST}",
            ]
        if refused := self._refused.count():
            lines.append(f"Mail:       {refused} letter(s) that the mail server refused, in {self._refused.path}")
        if self._service.accounts.has_default_password():
            lines.append(f"Log-in:     {DEFAULT_USER}, password {DEFAULT_PASSWORD}")
        return lines

    @property
    def call_home_url(self) -> str:
        """URL for `license call-home url`."""
        return self.call_home.url + PATH


def smtp_address(text: str | None) -> tuple[str, int] | None:
    """`host:port` of a mail server.

    Raises:
        Refused: it is none.
    """
    if not text:
        return None
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()) or len(port) > 5 or not 0 < int(port) < 65536:
        raise Refused(f"'{printable(text)}' is not a mail server; write HOST:PORT, for example localhost:25")
    return host.strip("[]"), int(port)


def proxy_addresses(text: str | None) -> tuple[str, ...]:
    """The addresses and networks of reverse proxies, separated by commas.

    Raises:
        Refused: one of them is none.
    """
    found = []
    for word in filter(None, (each.strip() for each in (text or "").split(","))):
        try:
            found.append(str(ip_network(word)).removesuffix("/32").removesuffix("/128"))
        except ValueError as error:
            raise Refused(f"'{word}' is not the address of a proxy: {error}") from None
    return tuple(found)
