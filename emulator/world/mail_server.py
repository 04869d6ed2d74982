"""The lab's mail server as the routers of a world reach it: by SMTP at the address of the file server.

I: all of it. What it takes lies in the mailbox of the bench at once, from where a served world hands it to a real mail
server like any other letter. The way there is that of every packet; while the server is down, or the records of a
served world are away, it takes nothing.
"""

from ipaddress import IPv4Address
from typing import TYPE_CHECKING, Protocol

from emulator.backend.refusals import PortalError
from emulator.kernel.time import Instant
from emulator.router.device import Router
from emulator.router.network.reachability import obstacle_on_way, resolve
from emulator.router.ports import RouterMail
from emulator.world.site_network import SERVER_HOST

if TYPE_CHECKING:
    from emulator.backend.service import LicensingService

MAIL = "mail"
"""The mail server as one of the lab's, which can be down."""


class MailingWorld(Protocol):
    """A world as its mail server sees it."""

    @property
    def now(self) -> Instant:
        """Current instant, in milliseconds."""

    @property
    def backend(self) -> "LicensingService":
        """Back end, whose outbox is the mailbox of the world."""

    def router(self, name: str, /) -> Router:
        """Return a router by its name."""

    def is_down(self, server: str, /) -> bool:
        """Tell whether a server of the lab is down."""


class LabMailServer:
    """The mail server of one world. Implements `router.ports.MailServer`."""

    def __init__(self, world: MailingWorld) -> None:
        self._world = world

    def answers(self, router: str, host: str) -> bool:
        """Tell whether the host is the server, is up, and can be reached from the router."""
        device = self._world.router(router)
        if device.state.running is None or self._world.is_down(MAIL):
            return False
        address = resolve(device, host)
        if not isinstance(address, IPv4Address) or str(address) != SERVER_HOST:
            return False
        return obstacle_on_way(device, address) is None

    def take(self, router: str, host: str, mail: RouterMail) -> bool:
        """Take a message over; False where the host takes none."""
        if not self.answers(router, host):
            return False
        try:
            self._world.backend.take_mail(mail.sender, mail.to, mail.subject, mail.body, self._world.now)
        except PortalError:
            return False
        return True
