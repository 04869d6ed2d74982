"""What managers do to a router, as plain values: what a replay of a world does again. A read changes only counters."""

import msgspec

from emulator.kernel.time import SECOND
from emulator.router.device import Router
from emulator.router.events import SnmpAuthenticationFailed
from emulator.router.snmp_traffic import SnmpCounter
from emulator.snmp.agent import answer
from emulator.snmp.principals import Principal, access_of
from emulator.snmp.requests import SnmpRequest, SnmpResponse

FAILURES_APART = SECOND
"""Time between two reports of failed authentications, so that a flood of them is no flood of messages (I)."""


class SnmpSet(msgspec.Struct, frozen=True, tag="snmp-set"):
    """A manager set variables of a router."""

    router: str
    principal: Principal
    request: SnmpRequest


class SnmpRefused(msgspec.Struct, frozen=True, tag="snmp-refused"):
    """A manager at an address used a community or a secret that the router does not accept."""

    router: str
    peer: str


class SnmpCounted(msgspec.Struct, frozen=True, tag="snmp-counted"):
    """The agent of a router counted what came and went since it last did."""

    router: str
    counts: dict[SnmpCounter, int]


SnmpInput = SnmpSet | SnmpRefused | SnmpCounted


def is_reported(router: Router) -> bool:
    """Tell whether a failed authentication is reported now; one that is not changes nothing, and is no input."""
    last = router.running.snmp.refused_at
    return last is None or router.now - last >= FAILURES_APART


def carry_out(router: Router, what: SnmpInput) -> SnmpResponse | None:
    """Let an input take effect on a router that runs; returns the response to a SET that was admitted."""
    if router.state.running is None:
        return None
    match what:
        case SnmpSet():
            access = access_of(router.configuration, what.principal)
            return None if access is None else answer(router, what.request, access)
        case SnmpRefused():
            if is_reported(router):
                router.running.snmp.refused_at = router.now
                router.tell(SnmpAuthenticationFailed, peer=what.peer)
        case SnmpCounted():
            router.running.snmp.count(what.counts)
    return None
