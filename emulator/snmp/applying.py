"""Let what managers do take effect; apart from the inputs, for a world that is not served needs no agent."""

from emulator.kernel.effects import Abandoned
from emulator.kernel.time import SECOND
from emulator.router.device import Router
from emulator.router.events import SnmpAuthenticationFailed
from emulator.snmp.access import access_of
from emulator.snmp.agent import answer
from emulator.snmp.inputs import SnmpCounted, SnmpInput, SnmpRefused, SnmpSet
from emulator.snmp.requests import SnmpResponse

FAILURES_APART = SECOND
"""Time between two reports of failed authentications, so that a flood of them is no flood of messages (I)."""


def is_reported(router: Router) -> bool:
    """Tell whether a failed authentication is reported now; one that is not changes nothing, and is no input."""
    last = router.running.snmp.refused_at
    return last is None or router.now - last >= FAILURES_APART


def carry_out(router: Router, what: SnmpInput) -> SnmpResponse | None:
    """Let an input take effect on a router that runs.

    Returns the response to a SET that was admitted; a router whose power fails while it is carried out gives none.
    """
    if router.state.running is None:
        return None
    match what:
        case SnmpSet():
            access = access_of(router, what.principal)
            try:
                return None if access is None else answer(router, what.request, access)
            except Abandoned:
                return None
        case SnmpRefused():
            if is_reported(router):
                router.running.snmp.refused_at = router.now
                router.tell(SnmpAuthenticationFailed, peer=what.peer)
        case SnmpCounted():
            router.running.snmp.count(what.counts)
    return None
