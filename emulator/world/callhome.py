"""Call home in process: a router reaches the back end if its site has Internet. The transport is a function call.

Implements `router.ports.CallHome`; a served world puts HTTPS in its place.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from emulator.backend import refusals as portal
from emulator.backend.mail import Mail
from emulator.backend.refusals import PortalError
from emulator.licensing.lines import TYPES
from emulator.licensing.udi import Udi
from emulator.router.device import Router
from emulator.router.ports import LogIn, PakItem, Refusal, RefusalCause, RehostItem

if TYPE_CHECKING:
    from emulator.world.world import World

SERVICE_URL = "https://tools.cisco.com/SWIFT/Licensing"
"""Where call home calls unless told otherwise (R)."""

SERVICE_HOST = "tools.cisco.com"
"""The one host of the simulated Internet that is a licensing service."""

CAUSES: dict[portal.Refusal, RefusalCause] = {
    portal.Refusal.UNKNOWN_PAK: "pak",
    portal.Refusal.PAK_EXHAUSTED: "pak spent",
    portal.Refusal.NOTHING_ISSUED: "nothing issued",
    portal.Refusal.WRONG_FAMILY: "family",
    portal.Refusal.OTHER_FAMILY: "family",
}
"""What a router's user is told; everything else is told in the back end's own words."""

Answer = TypeVar("Answer")


class InProcessCallHome:
    """The back end of one world, for its routers."""

    def __init__(self, world: "World") -> None:
        self._world = world

    def look_up(self, router: str, who: LogIn, pak: str) -> tuple[PakItem, ...] | Refusal:
        """What a PAK is worth for this device."""
        return self._ask(
            router,
            who,
            lambda device: tuple(
                PakItem(
                    sku=each.sku,
                    description=each.description,
                    feature=each.feature,
                    ordered=each.ordered,
                    available=each.available,
                    platforms=", ".join(each.families),
                )
                for each in self._world.backend.look_up(pak, device.state.udi)
            ),
        )

    def install(self, router: str, who: LogIn, pak: str, sku: str) -> bytes | Refusal:
        """A license file for this device out of a PAK; the same again if the device has it already."""
        return self._ask(
            router,
            who,
            lambda device: _file(
                self._world.backend.register(pak, [device.state.udi], self._world.now, sku=sku)[0],
            ),
        )

    def resend(self, router: str, who: LogIn) -> bytes | Refusal:
        """One license file with everything that this device is entitled to."""
        return self._ask(
            router, who, lambda device: _file(self._world.backend.resend(device.state.udi, self._world.now))
        )

    def rehostable(self, router: str, who: LogIn, target: Udi) -> tuple[RehostItem, ...] | Refusal:
        """What this device could give up in favour of the target."""
        return self._ask(
            router,
            who,
            lambda device: tuple(
                RehostItem(each.sku, TYPES[each.type].title, each.features)
                for each in self._world.backend.rehostable(device.state.udi, target, self._world.now)
            ),
        )

    def permit(self, router: str, who: LogIn, target: Udi, skus: tuple[str, ...]) -> bytes | Refusal:
        """The permission ticket for giving these up; the same one while it is open."""
        del target
        return self._ask(
            router,
            who,
            lambda device: _file(self._world.backend.permission(device.state.udi, self._world.now, skus=skus)),
        )

    def complete(self, router: str, who: LogIn, target: Udi, rehost_ticket: bytes) -> bytes | Refusal:
        """Hand in the rehost ticket: the license file for the target, which the target can also have resent."""
        return self._ask(
            router, who, lambda _: _file(self._world.backend.rehost(rehost_ticket, target, self._world.now))
        )

    def _ask(self, router: str, who: LogIn, act: Callable[[Router], Answer]) -> Answer | Refusal:
        device = self._world.router(router)
        if not device.state.online or _service_host(device) != SERVICE_HOST:
            return Refusal("unreachable")
        if not self._world.backend.logs_in(who.user, who.password):
            return Refusal("log-in")
        try:
            return act(device)
        except PortalError as error:
            return Refusal(CAUSES.get(error.refusal, "other"), str(error))


def _service_host(device: Router) -> str:
    """The host of `license call-home url`; left out, the vendor's."""
    url = device.configuration.word("license call-home url", SERVICE_URL)
    return url.partition("://")[2].partition("/")[0].partition(":")[0].lower()


def _file(letter: Mail) -> bytes:
    return letter.attachments[0].content
