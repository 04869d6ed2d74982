"""One call home as a value, and what the back end answers to it: the same in process and behind a real server.

C (FAQ): the three acts of a device; that `revoke` is a permission, a rehost ticket and a license in turn. The form of a
call is ours (I). A call changes what one use case changes, in one transaction; made again it finds that done.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from emulator.kernel.time import Instant
from emulator.licensing.families import series_of
from emulator.licensing.types import TYPES
from emulator.licensing.udi import Udi
from emulator.router.ports import CallRefused, LogIn, PakItem, RefusalCause, RehostItem, Reply

if TYPE_CHECKING:
    from emulator.backend.refusals import PortalError
    from emulator.backend.service import LicensingService


class CallOperation(StrEnum):
    LOOK_UP = "look-up"
    INSTALL = "install"
    RESEND = "resend"
    REHOSTABLE = "rehostable"
    PERMIT = "permit"
    COMPLETE = "complete"


CHANGING = frozenset({CallOperation.INSTALL, CallOperation.RESEND, CallOperation.PERMIT, CallOperation.COMPLETE})
"""Operations that change the records; the others only read."""


class Call(msgspec.Struct, frozen=True):
    """A request of a device.

    Attributes:
        id: identifies the act; a call that is repeated because no answer came has the same.
        device: the device that asks.
        pak, skus, target, ticket: the arguments of the operation; the ticket is the document of a rehost ticket.
    """

    id: str
    operation: CallOperation
    device: Udi
    who: LogIn
    pak: str = ""
    skus: tuple[str, ...] = ()
    target: Udi | None = None
    ticket: bytes = b""

    @property
    def to(self) -> Udi:
        """Device that is to get a license; ValueError where the call names none."""
        if self.target is None:
            raise ValueError(f"{self.operation} needs a target")
        return self.target


Answer: TypeAlias = bytes | tuple[PakItem, ...] | tuple[RehostItem, ...]
"""A license file or permission ticket, or a list."""


class Destination(msgspec.Struct, frozen=True):
    """The destination of a call: the parts of `license call-home url`."""

    host: str
    port: int
    path: str


CallCarrier: TypeAlias = Callable[[Destination, Call], Reply[Answer]]
"""Function that takes a call to a server and returns its answer."""

CAUSES: dict[str, RefusalCause] = {
    "UNKNOWN_PAK": "pak",
    "MISTYPED_PAK": "pak",
    "PAK_EXHAUSTED": "pak spent",
    "NOTHING_ISSUED": "nothing issued",
    "WRONG_FAMILY": "family",
    "OTHER_FAMILY": "family",
    "SERVICE_DOWN": "unavailable",
    "BAD_TICKET": "ended",
    "UNKNOWN_TICKET": "ended",
    "INCOMPLETE_TICKET": "ended",
    "TICKET_USED": "ended",
    "TICKET_EXPIRED": "ended",
    "TRANSFERRED": "ended",
    "REPLACED": "ended",
}
"""Causes that a router's user is told; other refusals are told in the back end's own words."""


def perform(service: "LicensingService", call: Call, now: Instant) -> Answer | CallRefused:
    """Carry out a call whose log-in was accepted.

    Raises:
        ValueError: the call lacks what its operation needs.
    """
    from emulator.backend.refusals import PortalError

    try:
        return ACTS[call.operation](service, call, now)
    except PortalError as error:
        return refusal(error)


def refusal(error: "PortalError") -> CallRefused:
    """Refusal of the back end in the form for a router."""
    return CallRefused(CAUSES.get(error.refusal.name, "other"), str(error))


def _look_up(service: "LicensingService", call: Call, now: Instant) -> Answer:
    return tuple(
        PakItem(
            sku=each.sku,
            description=each.description,
            feature=each.feature,
            ordered=each.ordered,
            available=each.available,
            platforms=", ".join(series_of(each.families)),
        )
        for each in service.look_up(call.pak, call.device, now, by=call.who.user)
    )


def _install(service: "LicensingService", call: Call, now: Instant) -> Answer:
    sku = call.skus[0] if call.skus else None
    [letter] = service.register(
        call.pak, [call.device], now, by=call.who.user, sku=sku, caller=call.device, mailed=False, why=_why(call)
    )
    return letter.attachments[0].content


def _resend(service: "LicensingService", call: Call, now: Instant) -> Answer:
    letter = service.resend(call.device, now, by=call.who.user, caller=call.device, mailed=False, why=_why(call))
    return letter.attachments[0].content


def _rehostable(service: "LicensingService", call: Call, now: Instant) -> Answer:
    return tuple(
        RehostItem(each.sku, TYPES[each.type].title, each.features)
        for each in service.rehostable(call.device, call.to, now, by=call.who.user, caller=call.device)
    )


def _permit(service: "LicensingService", call: Call, now: Instant) -> Answer:
    letter = service.permission(
        call.device,
        now,
        by=call.who.user,
        skus=call.skus,
        target=call.target,
        mailed=False,
        why=_why(call),
        caller=call.device,
    )
    return letter.attachments[0].content


def _complete(service: "LicensingService", call: Call, now: Instant) -> Answer:
    letter = service.rehost(
        call.ticket, call.to, now, by=call.who.user, mailed=False, why=_why(call), caller=call.device
    )
    return letter.attachments[0].content


def _why(call: Call) -> str:
    return f"call home {call.id}"


ACTS: Mapping[CallOperation, Callable[["LicensingService", Call, Instant], Answer]] = {
    CallOperation.LOOK_UP: _look_up,
    CallOperation.INSTALL: _install,
    CallOperation.RESEND: _resend,
    CallOperation.REHOSTABLE: _rehostable,
    CallOperation.PERMIT: _permit,
    CallOperation.COMPLETE: _complete,
}
