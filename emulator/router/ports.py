"""Ports through which a router reaches what is outside of it. Both ports name a router as the bench does."""

from typing import Literal, Protocol, TypeAlias, TypeVar

import msgspec

from emulator.kernel.effects import Pending
from emulator.licensing.udi import Udi
from emulator.router.call_home_state import CallHomeAlert
from emulator.router.lease import Lease
from emulator.storage.filesystem import FileSystem


class ConfigurationReader(Protocol):
    """The reader that applies a saved configuration to a booting router, as if it were typed."""

    def read(self, router: str, text: str) -> None:
        """Apply every line that the running level knows; the rest is reported on the console and dropped."""

    def replace(self, router: str, text: str) -> None:
        """Make a text the whole running configuration; what the level does not know is reported and dropped."""


class FileServer(Protocol):
    """The file server of the lab, by TFTP, FTP, RCP, HTTP, HTTPS and SCP."""

    def reach(self, router: str, host: str) -> FileSystem | None:
        """Return the server's directory; None where no path leads from the router to that host."""

    def serve(self, host: str) -> FileSystem | None:
        """Return the server's directory without a check of the path, as for ROMMON; None: no server at that address."""

    def admits(self, protocol: str, user: str, password: str) -> bool:
        """Tell whether the server admits a user by that protocol; both empty: anonymously."""


class Network(Protocol):
    """The network around a router: the lab's LAN, and the provider of its site."""

    def lease(self, router: str) -> Lease | None:
        """Address that the provider gives; None: it gives none."""

    def answers(self, router: str, address: str, *, provider: bool) -> bool:
        """Tell whether another host has an address: behind the provider, or in the LAN."""

    def hops(self, router: str, address: str) -> list[str]:
        """List the addresses at which packets to a host that can be reached arrive in turn; the last one is its own."""

    def resolve(self, name: str) -> str | None:
        """Address that the provider's name server gives for a name; None: the name is unknown."""


class RouterMail(msgspec.Struct, frozen=True):
    """A message that a router sends by e-mail; `sender` and `to` are addresses."""

    sender: str
    to: str
    subject: str
    body: str


class MailServer(Protocol):
    """The mail server of the lab, by SMTP."""

    def answers(self, router: str, host: str) -> bool:
        """Tell whether a host takes mail and a path leads there from the router."""

    def take(self, router: str, host: str, mail: RouterMail) -> bool:
        """Take a message over; False where the host takes none, or no path leads there."""


class AlertSender(Protocol):
    """The sender of call home's alerts: it writes them, and hands them to mail and web servers."""

    def send(self, router: str, alert: CallHomeAlert) -> None:
        """Send an alert to the profiles that it names; what fails is told on the console."""


RefusalCause = Literal[
    "unreachable",
    "untrusted",
    "wrong name",
    "expired",
    "time-out",
    "unavailable",
    "too many",
    "log-in",
    "pak",
    "pak spent",
    "nothing issued",
    "family",
    "ended",
    "other",
]
"""Cause of a refusal. From `unreachable` to `unavailable` the outcome is unknown: the call may be repeated and is one
act. After `ended` a repetition is useless: a ticket was answered otherwise or is too old, a device was replaced.
"""


class CallRefused(msgspec.Struct, frozen=True):
    """A refusal by the licensing back end; `text` is its wording, or the host's name."""

    cause: RefusalCause
    text: str = ""


class PakItem(msgspec.Struct, frozen=True):
    """A product behind a PAK, as call home shows it."""

    sku: str
    description: str
    feature: str
    ordered: int
    available: int
    platforms: str


class RehostItem(msgspec.Struct, frozen=True):
    """A product that this device could give up."""

    sku: str
    type: str
    features: tuple[str, ...]


class LogIn(msgspec.Struct, frozen=True):
    """The account that calls."""

    user: str
    password: str


Answer = TypeVar("Answer")

Reply: TypeAlias = Answer | CallRefused | Pending[Answer | CallRefused]
"""Answer or refusal; over a real network, a pending one."""


class CallHome(Protocol):
    """The licensing back end as a router reaches it. Every call may be repeated: it is one act."""

    def connected(self, router: str) -> bool:
        """Tell whether an answer that is on its way finds the router."""

    def look_up(self, router: str, who: LogIn, pak: str) -> Reply[tuple[PakItem, ...]]:
        """Look up the products behind a PAK, for this device."""

    def install(self, router: str, who: LogIn, pak: str, sku: str) -> Reply[bytes]:
        """Request a license file for this device out of a PAK."""

    def resend(self, router: str, who: LogIn) -> Reply[bytes]:
        """Request one license file with everything that this device is entitled to."""

    def rehostable(self, router: str, who: LogIn, target: Udi) -> Reply[tuple[RehostItem, ...]]:
        """List the products that this device could give up in favor of the target."""

    def permit(self, router: str, who: LogIn, target: Udi, skus: tuple[str, ...]) -> Reply[bytes]:
        """Request the permission ticket for giving these up; the same one while it is open."""

    def complete(self, router: str, who: LogIn, target: Udi, rehost_ticket: bytes) -> Reply[bytes]:
        """Hand in the rehost ticket: the license file for the target, which the target can also have resent."""
