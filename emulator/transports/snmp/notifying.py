"""Traps and informs: notifications as messages, sent to the managers that the configuration names.

Only managers at loopback addresses are sent anything: routers of a world are reachable from this machine alone, and so
are their managers. An inform is sent again until it is acknowledged (R: three times more, every 15 seconds of real
time; at most 25 wait for an answer). Version 1 has notifications of another form (RFC 3584, section 3.2).
"""

import asyncio
import threading
from collections.abc import Callable, Mapping
from ipaddress import IPv4Address
from itertools import count

from snmp.ber import Tag, encode
from snmp.message import Message
from snmp.pdu import InformRequestPDU, ResponsePDU, SNMPv2TrapPDU
from snmp.smi import OID, Integer, IpAddress, TimeTicks, VarBindList
from snmp.utils import subbytes

from emulator.kernel.events import Event
from emulator.router.device import Router
from emulator.router.network.snmp_hosts import SnmpHost, snmp_hosts
from emulator.router.snmp_traffic import SnmpCounter
from emulator.snmp.errors import ErrorStatus
from emulator.snmp.notifications import TRAPS, Notification, notification
from emulator.snmp.requests import Version
from emulator.snmp.values import Binding, Value, ValueType, made, oid
from emulator.transports.snmp.codec import FAULTS, EncodedResponse, community_message, encoded

UPTIME, TRAP_OID = oid("1.3.6.1.2.1.1.3.0"), oid("1.3.6.1.6.3.1.1.4.1.0")
TRAP_V1 = Tag(4, constructed=True, cls=Tag.Class.CONTEXT_SPECIFIC)
ENTERPRISE_SPECIFIC = 6
RETRIES, TIMEOUT, MOST_PENDING = 3, 15.0, 25
VERSIONS = {"1": Version.V1, "2c": Version.V2C}
TICK = 10

Send = Callable[[bytes, str, tuple[str, int]], None]
"""Sends a datagram from an address to a manager."""
CountNote = Callable[[str, SnmpCounter], None]
"""Counts one more for a router."""


class Notifier:
    """Sends the notifications of all routers of a world, as their events happen."""

    def __init__(
        self, routers: Mapping[str, Router], address_of: Callable[[Router], str], send: Send, note: CountNote
    ) -> None:
        """Get ready, in the event loop that serves.

        Args:
            routers: those of the rack, by name.
            address_of: the address of a router.
            send: sends a datagram.
            note: counts what was sent.
        """
        self._routers, self._address_of, self._send, self._note = routers, address_of, send, note
        self._numbers = count(1)
        self._pending: dict[int, tuple[str, tuple[str, int], asyncio.TimerHandle]] = {}
        self._loop, self._thread = asyncio.get_running_loop(), threading.get_ident()

    def hear(self, event: Event) -> None:
        """Tell the managers of a router of an event, if it is one that they are told of."""
        router = self._routers.get(event.router)
        if router is None or router.state.running is None:
            return
        hosts = [host for host in snmp_hosts(router.configuration) if host.version in VERSIONS]
        told = notification(router, event) if hosts else None
        if told is None:
            return
        for host in hosts:
            if not host.kinds or told.kind in host.kinds:
                number, source = next(self._numbers), self._address_of(router)
                data = _message(router, host, told, number, source)
                if threading.get_ident() == self._thread:
                    self._deliver(router.name, host, number, data, source)
                else:
                    self._loop.call_soon_threadsafe(self._deliver, router.name, host, number, data, source)

    def acknowledge(self, router: str, sender: tuple[str, int], data: bytes) -> bool:
        """Take a datagram that answers an inform; False: it answers none."""
        if not any((name, to) == (router, sender) for name, to, _ in self._pending.values()):
            return False
        try:
            number = Message.decodeExact(subbytes(data), types={ResponsePDU.TAG: ResponsePDU}).pdu.requestID
        except FAULTS:
            return False
        if self._pending.get(number, ("", None))[:2] != (router, sender):
            return False
        self._pending.pop(number)[2].cancel()
        return True

    def close(self) -> None:
        """Wait for no answer any more."""
        for _, _, timer in self._pending.values():
            timer.cancel()
        self._pending.clear()

    def _deliver(self, router: str, host: SnmpHost, number: int, data: bytes, source: str) -> None:
        self._note(router, SnmpCounter.TRAPS)
        self._note(router, SnmpCounter.PACKETS_OUT)
        if not _is_near(host.address):
            return
        to = (host.address, host.port)
        self._send(data, source, to)
        if host.informs and host.version != "1" and len(self._pending) < MOST_PENDING:
            self._wait(router, number, data, source, to, RETRIES)

    def _wait(self, router: str, number: int, data: bytes, source: str, to: tuple[str, int], left: int) -> None:
        def again() -> None:
            self._pending.pop(number, None)
            if left:
                self._note(router, SnmpCounter.PACKETS_OUT)
                self._send(data, source, to)
                self._wait(router, number, data, source, to, left - 1)

        self._pending[number] = router, to, self._loop.call_later(TIMEOUT, again)


def _is_near(address: str) -> bool:
    """Tell whether an address is one of the loopback interface, in version 4."""
    try:
        return IPv4Address(address).is_loopback
    except ValueError:
        return False


def _message(router: Router, host: SnmpHost, told: Notification, number: int, source: str) -> bytes:
    """The octets of a notification."""
    ticks = router.uptime() // TICK
    community = host.user.encode()
    if host.version == "1":
        return community_message(Version.V1, community, _TrapV1(router, told, ticks, source))
    head = (
        Binding(UPTIME, made(ValueType.TICKS, ticks)),
        Binding(TRAP_OID, Value(ValueType.IDENTIFIER, told.oid)),
    )
    variables = map(encoded, (*head, *told.bindings))
    tag = InformRequestPDU.TAG if host.informs else SNMPv2TrapPDU.TAG
    return community_message(
        VERSIONS[host.version], community, EncodedResponse(number, ErrorStatus.NO_ERROR, 0, variables, tag)
    )


class _TrapV1:
    """A notification in the form of version 1."""

    def __init__(self, router: Router, told: Notification, ticks: int, source: str) -> None:
        generic, specific = ENTERPRISE_SPECIFIC, told.oid[-1]
        enterprise = told.oid[:-2] if told.oid[-2] == 0 else told.oid[:-1]
        if told.oid[:-1] == TRAPS:
            enterprise, generic, specific = oid(router.platform.sys_object_id), specific - 1, 0
        self._parts = (
            OID(*enterprise), IpAddress(source), Integer(generic), Integer(specific), TimeTicks(ticks),
        )  # fmt: skip
        self._variables = [encoded(binding) for binding in told.bindings]

    def encode(self) -> bytes:
        """Return its octets."""
        head = b"".join(part.encode() for part in self._parts)
        octets: bytes = encode(TRAP_V1, head + encode(VarBindList.TAG, b"".join(self._variables)))
        return octets
