"""Call home as the routers of a world reach it: the way out of a site, and who carries the call from there.

Implements `router.ports.CallHome`. In process the carrier is a function call to this world's back end; a served world
puts HTTPS in its place (`transports/call_home`). What is called is the host of `license call-home url` (R), the
vendor's where nothing is configured. The way there is that of any packet (`router/network/reachability.py`); a WAN port
that nobody has configured needs no address (I).
"""

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from emulator.kernel.effects import Pending
from emulator.kernel.time import Instant
from emulator.licensing.udi import Udi
from emulator.router.configuration import SERVICE_URL_KEY
from emulator.router.context import RouterContext
from emulator.router.device import Router
from emulator.router.network.reachability import obstacle_to_service
from emulator.router.ports import CallRefused, LogIn, PakItem, RehostItem, Reply
from emulator.router.service_url import SERVICE_URL, service_address
from emulator.world.call_home.protocol import Answer, Call, CallCarrier, CallOperation, Destination, perform

if TYPE_CHECKING:
    from emulator.backend.service import LicensingService


class CallingWorld(Protocol):
    """A world as its routers' calls home see it."""

    routers: dict[str, Router]
    context: RouterContext

    @property
    def now(self) -> Instant:
        """Current instant, in milliseconds."""

    @property
    def backend(self) -> "LicensingService":
        """Licensing back end of the world."""

    def router(self, name: str, /) -> Router:
        """Return a router by its name."""

    def is_down(self, server: str, /) -> bool:
        """Tell whether a server of the lab is down."""


SERVER = "call-home"
"""The licensing server as one of the lab's, which can be down."""

SERVICE_HOST = "tools.cisco.com"
"""Host of the simulated Internet that is a licensing service."""


class WorldCallHome:
    """The calls home of all routers of one world."""

    def __init__(self, world: CallingWorld) -> None:
        self._world = world
        self.carry: CallCarrier = partial(in_process, world)
        self.out: dict[int, str] = {}
        """Ids of the calls that are not answered yet, by the expected answer."""

    def connected(self, router: str) -> bool:
        """Tell whether the router has a path to the service that it is configured to call."""
        device = self._world.routers.get(router)
        destination = destination_of(device) if device is not None and device.state.running is not None else None
        return device is not None and destination is not None and obstacle_to_service(device, destination.host) is None

    @property
    def in_process(self) -> bool:
        """Tell whether calls go no further than this world."""
        return isinstance(self.carry, partial) and self.carry.func is in_process

    def look_up(self, router: str, who: LogIn, pak: str) -> Reply[tuple[PakItem, ...]]:
        """Look up the products behind a PAK, for this device."""
        reply: Reply[tuple[PakItem, ...]] = self._call(router, CallOperation.LOOK_UP, who, pak=pak)
        return reply

    def install(self, router: str, who: LogIn, pak: str, sku: str) -> Reply[bytes]:
        """Request a license file for this device out of a PAK; the same again if the device has it already."""
        reply: Reply[bytes] = self._call(router, CallOperation.INSTALL, who, pak=pak, skus=(sku,))
        return reply

    def resend(self, router: str, who: LogIn) -> Reply[bytes]:
        """Request one license file with everything that this device is entitled to."""
        reply: Reply[bytes] = self._call(router, CallOperation.RESEND, who)
        return reply

    def rehostable(self, router: str, who: LogIn, target: Udi) -> Reply[tuple[RehostItem, ...]]:
        """List the products that this device could give up in favor of the target."""
        reply: Reply[tuple[RehostItem, ...]] = self._call(router, CallOperation.REHOSTABLE, who, target=target)
        return reply

    def permit(self, router: str, who: LogIn, target: Udi, skus: tuple[str, ...]) -> Reply[bytes]:
        """Request the permission ticket for giving these up; the same one while it is open."""
        reply: Reply[bytes] = self._call(router, CallOperation.PERMIT, who, target=target, skus=skus)
        return reply

    def complete(self, router: str, who: LogIn, target: Udi, rehost_ticket: bytes) -> Reply[bytes]:
        """Hand in the rehost ticket: the license file for the target, which the target can also have resent."""
        reply: Reply[bytes] = self._call(router, CallOperation.COMPLETE, who, target=target, ticket=rehost_ticket)
        return reply

    def _call(self, router: str, operation: CallOperation, who: LogIn, **what: Any) -> Any:
        device = self._world.router(router)
        destination = destination_of(device)
        if destination is None or not self.connected(router):
            return CallRefused("unreachable")
        if self._world.is_down(SERVER):
            return CallRefused("time-out")
        id_ = f"{device.state.udi.serial}.{self._world.now}.{operation}"
        reply = self.carry(destination, Call(id_, operation, device.state.udi, who, **what))
        if isinstance(reply, Pending):
            self.out[id(reply)] = id_
        return reply


def carry_calls(world: CallingWorld, carrier: CallCarrier) -> None:
    """Set a carrier for the calls of a world's routers, in place of in-process calls."""
    home = world.context.call_home
    assert isinstance(home, WorldCallHome)
    home.carry = carrier


def in_process(world: CallingWorld, destination: Destination, call: Call) -> Answer | CallRefused:
    """Carry a call to the world's own back end, at which the vendor's host of the simulated Internet is."""
    if destination.host != SERVICE_HOST:
        return CallRefused("unreachable")
    if not world.backend.accounts.logs_in(call.who.user, call.who.password):
        return CallRefused("log-in")
    return perform(world.backend, call, world.now)


def destination_of(device: Router) -> Destination | None:
    """Destination that `license call-home url` names; None where it is no HTTPS address."""
    address = service_address(device.configuration.word(SERVICE_URL_KEY, SERVICE_URL))
    return None if address is None else Destination(address.host, address.port, address.path)
