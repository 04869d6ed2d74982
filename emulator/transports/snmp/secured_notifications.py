"""Notifications of version 3: which user sends them, at which engine.

C (RFC 3414): of a trap the router's engine is in command, of an inform that of the manager, whose time is learned when
it refuses the first message. R: the users of a manager's engine are configured at the router with its engine ID. I: a
host whose user is not there, or cannot reach the level of its line, is told nothing.
"""

from collections.abc import Callable

from snmp.pdu import InformRequestPDU, SNMPv2TrapPDU
from snmp.security.usm.timekeeper import TimeKeeper

from emulator.router.device import Router
from emulator.router.network.snmp_groups import LEVELS, Security
from emulator.router.network.snmp_hosts import SnmpHost
from emulator.router.network.snmp_identity import engine_id, largest_packet, remote_engine
from emulator.router.network.snmp_users import SnmpUsers
from emulator.router.snmp_user import SnmpUser
from emulator.snmp.access import is_notified
from emulator.snmp.errors import ErrorStatus
from emulator.snmp.notifications import Notification
from emulator.snmp.values import Binding, Value, ValueType, made, oid
from emulator.transports.snmp.codec import EncodedResponse, encoded
from emulator.transports.snmp.security import RouterSecurity

UPTIME, TRAP_OID = oid("1.3.6.1.2.1.1.3.0"), oid("1.3.6.1.6.3.1.1.4.1.0")
TICK = 10

Octets = Callable[[], bytes | None]
"""Makes the octets of a message; None: it cannot be sent."""


def notification_pdu(router: Router, host: SnmpHost, told: Notification, number: int) -> EncodedResponse:
    """Return a trap or inform as versions 2c and 3 have it, with the uptime of this moment."""
    head = (
        Binding(UPTIME, made(ValueType.TICKS, router.uptime() // TICK)),
        Binding(TRAP_OID, Value(ValueType.IDENTIFIER, told.oid)),
    )
    tag = InformRequestPDU.TAG if host.informs else SNMPv2TrapPDU.TAG
    variables = [encoded(binding) for binding in (*head, *told.bindings)]
    return EncodedResponse(number, ErrorStatus.NO_ERROR, 0, variables, tag)


def secured_notification(router: Router, host: SnmpHost, told: Notification, number: int, times: TimeKeeper) -> Octets:
    """Return what makes the message of version 3 to a manager.

    Args:
        router: who tells.
        host: whom.
        told: what.
        number: of the message and of its PDU.
        times: what is known of the time of managers.
    """
    pdu = notification_pdu(router, host, told, number)

    def octets() -> bytes | None:
        engine = remote_engine(router, host.address) if host.informs else engine_id(router)
        user = None if engine is None else SnmpUsers(router).find(host.user, engine)
        if engine is None or user is None or not _reaches(user, host.security):
            return None
        if not is_notified(router, user, host.security, told.oid):
            return None
        return RouterSecurity(router, others=times).write(
            number, largest_packet(router), user.name.encode(), host.security, pdu, reportable=host.informs,
            engine=bytes.fromhex(engine) if host.informs else None,
        )  # fmt: skip

    return octets


def _reaches(user: SnmpUser, security: Security) -> bool:
    """Tell whether a user has the keys of a level."""
    return LEVELS.index(security) <= (2 if user.cipher else 1 if user.digest else 0)
