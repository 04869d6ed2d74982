"""Traps and informs: notifications as messages, sent to the managers that the configuration names.

Only managers at loopback addresses are sent anything: routers of a world are reachable from this machine alone, and so
are their managers. A trap to a manager elsewhere is counted once the network leads there, and tried again until then,
as `snmp-server trap` says; an inform is sent again until it is acknowledged, as `snmp-server inform` says. Version 1
has notifications of another form (RFC 3584, section 3.2); those of version 3 are in `secured_notifications.py`.
"""

import asyncio
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address
from itertools import count

from snmp.ber import ParseError, Tag, encode
from snmp.message import Message
from snmp.pdu import ReportPDU, ResponsePDU
from snmp.security.usm.timekeeper import TimeKeeper
from snmp.smi import OID, Integer, IpAddress, TimeTicks, VarBindList
from snmp.utils import subbytes

from emulator.kernel.events import Event
from emulator.router.device import Router
from emulator.router.network.addresses import is_loopback
from emulator.router.network.reachability import obstacle_on_way
from emulator.router.network.snmp_hosts import SnmpHost, inform_settings, snmp_hosts, trap_settings
from emulator.router.snmp_traffic import SnmpCounter
from emulator.snmp.notifications import TRAPS, Notification, notification
from emulator.snmp.requests import Version
from emulator.snmp.values import oid
from emulator.transports.snmp.codec import FAULTS, community_message, encoded
from emulator.transports.snmp.secured_notifications import TICK, Octets, notification_pdu, secured_notification
from emulator.transports.snmp.security import RouterSecurity, WireMessage, is_version_3
from emulator.transports.snmp.waiting_traps import WaitingTraps

TRAP_V1 = Tag(4, constructed=True, cls=Tag.Class.CONTEXT_SPECIFIC)
ENTERPRISE_SPECIFIC = 6
KNOWN_ENGINES = 64
"""Engines whose time is kept for a router; answers may name as many as they like."""

SECONDS = 1.0
"""Real time of a second of the configuration."""

VERSIONS = {"1": Version.V1, "2c": Version.V2C}

Send = Callable[[bytes, str, tuple[str, int]], None]
"""Sends a datagram from an address to a manager."""
CountNote = Callable[[str, SnmpCounter], None]
"""Counts one more for a router."""


@dataclass
class _Inform:
    """An inform that waits for an answer.

    Attributes:
        octets: makes its message, once more for every copy; None: it can no longer be made.
        timed: the manager has told its time.
    """

    router: str
    to: tuple[str, int]
    octets: Octets
    left: int
    timeout: float
    timed: bool = False
    timer: asyncio.TimerHandle | None = None


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
        self._pending: dict[int, _Inform] = {}
        self._engines: dict[str, TimeKeeper] = {}
        self._loop, self._thread = asyncio.get_running_loop(), threading.get_ident()
        self._traps = WaitingTraps(self._loop)

    def hear(self, event: Event) -> None:
        """Tell the managers of a router of an event, if it is one that they are told of."""
        router = self._routers.get(event.router)
        if router is None or router.state.running is None:
            return
        hosts = list(snmp_hosts(router.configuration))
        told = notification(router, event) if hosts else None
        if told is None:
            return
        for host in hosts:
            if not host.kinds or told.kind in host.kinds:
                self._tell(router, host, told)

    def _tell(self, router: Router, host: SnmpHost, told: Notification) -> None:
        number, source = next(self._numbers), self._address_of(router)
        if host.version == "3":
            octets = secured_notification(router, host, told, number, self._times(router.name))
        else:
            message = _message(router, host, told, number, source)

            def octets() -> bytes:
                return message

        data = octets()
        if data is None:
            return
        if threading.get_ident() == self._thread:
            self._send_first(router, host, number, data, octets)
        else:
            self._loop.call_soon_threadsafe(self._send_first, router, host, number, data, octets)

    def acknowledge(self, router: str, sender: tuple[str, int], data: bytes) -> bool:
        """Take a datagram that answers an inform; False: it answers none."""
        if not any((each.router, each.to) == (router, sender) for each in self._pending.values()):
            return False
        try:
            number, time_wanted = self._answered(router, data)
        except FAULTS:
            return False
        inform = self._pending.get(number)
        if inform is None or (inform.router, inform.to) != (router, sender):
            return False
        if time_wanted and inform.timed:
            return True
        self._forget(number)
        if time_wanted:
            inform.timed = True
            self._repeat(number, inform)
        return True

    def _answered(self, router: str, data: bytes) -> tuple[int, bool]:
        """The number of the inform that a datagram answers, and whether its time was found wrong."""
        if not is_version_3(data):
            return Message.decodeExact(subbytes(data), types={ResponsePDU.TAG: ResponsePDU}).pdu.requestID, False
        wire = WireMessage.decodeExact(subbytes(data))
        pdu = RouterSecurity(self._routers[router], others=self._times(router)).read_answer(wire).scopedPDU.pdu
        if isinstance(pdu, ReportPDU) and wire.header.flags.authFlag:
            return wire.header.msgID, True
        if not isinstance(pdu, ResponsePDU):
            raise ParseError("no answer to an inform", data)
        return pdu.requestID, False

    def close(self) -> None:
        """Wait for no answer any more."""
        for number in list(self._pending):
            self._forget(number)
        self._traps.close()

    def _times(self, router: str) -> TimeKeeper:
        times = self._engines.setdefault(router, TimeKeeper())
        if len(times.table) > KNOWN_ENGINES:
            times.table.clear()
        return times

    def _forget(self, number: int) -> None:
        timer = self._pending.pop(number).timer
        if timer is not None:
            timer.cancel()

    def _send_first(self, router: Router, host: SnmpHost, number: int, data: bytes, octets: Octets) -> None:
        """Send a notification; a trap for which there is no way waits for one."""
        if host.informs or _leads_to(router, host.address):
            self._deliver(router, host, number, data, octets)
            return
        booted = router.running.booted

        def sent() -> bool:
            if router.state.running is None or router.running.booted != booted:
                return True
            if not _leads_to(router, host.address):
                return False
            self._deliver(router, host, number, data, octets)
            return True

        self._traps.hold((router.name, host.address), trap_settings(router.configuration), sent)

    def _deliver(self, router: Router, host: SnmpHost, number: int, data: bytes, octets: Octets) -> None:
        self._note(router.name, SnmpCounter.TRAPS)
        self._note(router.name, SnmpCounter.PACKETS_OUT)
        if not is_loopback(host.address):
            return
        to = (host.address, host.port)
        self._send(data, self._address_of(router), to)
        settings = inform_settings(router.configuration)
        waiting = sum(each.router == router.name for each in self._pending.values())
        if host.informs and host.version != "1" and waiting < settings.pending:
            self._wait(number, _Inform(router.name, to, octets, settings.retries, settings.timeout * SECONDS))

    def _wait(self, number: int, inform: _Inform) -> None:
        def again() -> None:
            self._pending.pop(number, None)
            if inform.left:
                inform.left -= 1
                self._repeat(number, inform)

        self._pending[number] = inform
        inform.timer = self._loop.call_later(inform.timeout, again)

    def _repeat(self, number: int, inform: _Inform) -> None:
        """Send an inform again, unless its router has stopped meanwhile."""
        router = self._routers.get(inform.router)
        data = None if router is None or router.state.running is None else inform.octets()
        if router is not None and data is not None:
            self._note(router.name, SnmpCounter.PACKETS_OUT)
            self._send(data, self._address_of(router), inform.to)
            self._wait(number, inform)


def _leads_to(router: Router, address: str) -> bool:
    """Tell whether a trap can be sent to a manager: one of this machine, or one that the world's network leads to."""
    return is_loopback(address) or obstacle_on_way(router, IPv4Address(address)) is None


def _message(router: Router, host: SnmpHost, told: Notification, number: int, source: str) -> bytes:
    """The octets of a notification."""
    ticks = router.uptime() // TICK
    community = host.user.encode()
    if host.version == "1":
        return community_message(Version.V1, community, _TrapV1(router, told, ticks, source))
    return community_message(VERSIONS[host.version], community, notification_pdu(router, host, told, number))


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
