"""Foundations of a router's parts: its own core, and the context that all routers of a world share.

The context is wired in `world/build.py`.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import msgspec

from emulator.hardware.platform import Platform
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.events import Event
from emulator.kernel.time import Instant
from emulator.keys.sealing import SealingKey
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.udi import Udi
from emulator.router.ports import AlertSender, CallHome, ConfigurationReader, FileServer, MailServer, Network
from emulator.router.state import RouterState
from emulator.sim.clock import SimClock
from emulator.sim.seeding import PrivateSource
from emulator.sim.timekeeper import Timekeeper


class RouterContext(msgspec.Struct, frozen=True):
    """The parts that all routers of a world share.

    Attributes:
        license_verifier: returns the verifier of the portal's signatures; called when it is first needed.
        device_key: returns the signing key that a device was made with.
        sealing_key: returns the key that opens texts sealed for a device.
        seed: the world's public seed.
        agreement: returns the text of the end user license agreement.
        private: draws for private keys, from the world's secret.
        managed_objects: returns the names of the objects that the SNMP agent has.
    """

    images: ImageCatalogue
    clock: SimClock
    timekeeper: Timekeeper
    publish: Callable[[Event], None]
    reader: ConfigurationReader
    server: FileServer
    network: Network
    call_home: CallHome
    mail: MailServer
    alerts: AlertSender
    license_verifier: Callable[[], Verifier]
    device_key: Callable[[Udi], SigningKey]
    sealing_key: Callable[[Udi], SealingKey]
    agreement: Callable[[], str]
    seed: int
    private: PrivateSource
    managed_objects: Callable[[], Sequence[str]]


class RouterCore(Protocol):
    """A router as each of its parts sees it: state, platform and context, and a way to publish events."""

    state: RouterState
    platform: Platform
    context: RouterContext

    @property
    def name(self) -> str:
        """Name at the bench."""

    @property
    def now(self) -> Instant:
        """Current instant, in milliseconds."""

    def tell(self, kind: type[Event], /, **facts: Any) -> None:
        """Publish an event of this router at this instant."""
