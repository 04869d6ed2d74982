"""One datagram to one router: what is answered, what is counted, and what comes into the world.

A message that is not understood, of an unknown community or from an address that the community is not for, gets no
answer (RFC 1157, section 4.1); one of version 3 whose sender can be told gets a report (RFC 3414). Reads change nothing
and are answered from the router as it is; a SET and a failed authentication that is reported are inputs of the world.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from snmp.message import BadVersion, Message
from snmp.pdu import ReportPDU
from snmp.security import UnknownSecurityModel
from snmp.smi import OID, Counter32, VarBind
from snmp.utils import subbytes
from snmp.v3.message import ReportMessage

from emulator.router.device import Router
from emulator.router.network.snmp_identity import largest_packet
from emulator.router.snmp_traffic import SnmpCounter
from emulator.snmp.access import Access, access_of, has_context
from emulator.snmp.agent import answer
from emulator.snmp.applying import is_reported
from emulator.snmp.counting import counting
from emulator.snmp.errors import ErrorStatus
from emulator.snmp.inputs import SnmpInput, SnmpRefused, SnmpSet
from emulator.snmp.principals import Principal
from emulator.snmp.requests import PduType, SnmpRequest, SnmpResponse, Version
from emulator.snmp.values import Binding
from emulator.transports.snmp.codec import (
    FAULTS,
    OPERATIONS,
    REQUESTS,
    EncodedResponse,
    Pdu,
    community_message,
    encoded,
    request_of,
)
from emulator.transports.snmp.security import RouterSecurity, WireMessage, is_version_3, level_of

HEAD = 64
"""Octets of a message beside its community and its variables, at most."""

HEAD_V3 = 160
"""Octets of a message of version 3 beside its user, its context and its variables, at most."""

UNKNOWN_CONTEXTS = OID.parse("1.3.6.1.6.3.12.1.5.0")
"""Instance that a report about an unknown context tells (SNMP-TARGET-MIB)."""

NONE: Mapping[SnmpCounter, int] = MappingProxyType({})

Take = Callable[[SnmpInput], SnmpResponse | None]
"""Brings an input into the world, and returns the response to a SET."""

_PDUS = {
    PduType.GET: SnmpCounter.GETS,
    PduType.NEXT: SnmpCounter.NEXTS,
    PduType.BULK: SnmpCounter.NEXTS,
    PduType.SET: SnmpCounter.SETS,
}
_ERRORS = {
    ErrorStatus.TOO_BIG: SnmpCounter.TOO_BIG,
    ErrorStatus.NO_SUCH_NAME: SnmpCounter.NO_SUCH_NAME,
    ErrorStatus.BAD_VALUE: SnmpCounter.BAD_VALUES,
    ErrorStatus.GENERAL: SnmpCounter.GENERAL_ERRORS,
}


class Variables:
    """The variables of an answer, encoded one by one as long as there is room."""

    def __init__(self, room: int) -> None:
        """Begin with so many octets."""
        self._room = room
        self.octets: list[bytes] = []

    def fits(self, binding: Binding) -> bool:
        """Take one more variable; False: it does not fit."""
        octets = encoded(binding)
        if len(octets) > self._room:
            return False
        self._room -= len(octets)
        self.octets.append(octets)
        return True


def denied(number: int, request: SnmpRequest) -> EncodedResponse:
    """Return the response to a user whose group gives no access (RFC 3413, section 3.2)."""
    return EncodedResponse(number, ErrorStatus.AUTHORIZATION, 0, map(encoded, request.bindings))


class Exchange:
    """A datagram to a router, and the answer to it."""

    def __init__(self, router: Router, peer: str, take: Take, pending: Mapping[SnmpCounter, int] = NONE) -> None:
        """Get ready.

        Args:
            router: whom the datagram is for; it runs.
            peer: address of the manager.
            take: brings inputs into the world.
            pending: what was counted before and is not yet in the state of the router.
        """
        self._router, self._peer, self._take, self._pending = router, peer, take, pending
        self.counts: Counter[SnmpCounter] = Counter()

    def reply(self, datagram: bytes) -> bytes | None:
        """Return the answer to a datagram, if there is one."""
        self.counts[SnmpCounter.PACKETS_IN] += 1
        if len(datagram) > largest_packet(self._router):
            return None
        if is_version_3(datagram):
            return self._secured(datagram)
        try:
            message = Message.decodeExact(subbytes(datagram), types=REQUESTS)
            request = request_of(Version(message.version), message.pdu)
        except BadVersion:
            self.counts[SnmpCounter.BAD_VERSIONS] += 1
            return None
        except FAULTS:
            self.counts[SnmpCounter.ENCODING_ERRORS] += 1
            return None
        return self._community(bytes(message.community), message.pdu.requestID, request)

    def _community(self, community: bytes, number: int, request: SnmpRequest) -> bytes | None:
        name = community.decode("utf-8", "replace")
        principal = Principal(request.version, name, self._peer)
        access = access_of(self._router, principal)
        if access is None:
            self.counts[SnmpCounter.UNKNOWN_COMMUNITIES] += 1
            self._refuse()
            return None
        room = largest_packet(self._router) - HEAD - len(community)
        pdu = self.respond(principal, access, number, request, room)
        return None if pdu is None else community_message(request.version, community, pdu)

    def _refuse(self) -> None:
        """Report a failed authentication, unless one was reported just before."""
        if is_reported(self._router):
            self._take(SnmpRefused(self._router.name, self._peer))

    def _secured(self, datagram: bytes) -> bytes | None:
        """Answer a message of version 3."""
        try:
            wire = WireMessage.decodeExact(subbytes(datagram))
        except UnknownSecurityModel:
            self.counts[SnmpCounter.UNKNOWN_MODELS] += 1
            return None
        except FAULTS:
            self.counts[SnmpCounter.INVALID_MESSAGES] += 1
            return None
        return self._authentic(wire)

    def _authentic(self, wire: Any) -> bytes | None:
        """Answer a message of version 3 if it is from who it says."""
        security = RouterSecurity(self._router, self._counted)
        try:
            message = security.read(wire)
        except ReportMessage as reported:
            self._count_security(security)
            self.counts[SnmpCounter.PACKETS_OUT] += 1
            return security.report(reported.message)
        except FAULTS:
            self._count_security(security)
            return None
        pdu, context = message.scopedPDU.pdu, bytes(message.scopedPDU.contextName)
        if type(pdu) not in OPERATIONS:
            self.counts[SnmpCounter.UNKNOWN_PDUS] += 1
            return None
        user, level = bytes(message.securityName.userName), level_of(wire.header.flags)

        def written(pdu: Pdu | None) -> bytes | None:
            largest, number = largest_packet(self._router), wire.header.msgID
            return None if pdu is None else security.write(number, largest, user, level, pdu, context)

        name = context.decode("utf-8", "replace")
        if not has_context(self._router.configuration, name):
            self.counts[SnmpCounter.UNKNOWN_CONTEXTS] += 1
            self.counts[SnmpCounter.PACKETS_OUT] += 1
            total = Counter32(self._counted(SnmpCounter.UNKNOWN_CONTEXTS) + 1)
            return written(ReportPDU(VarBind(UNKNOWN_CONTEXTS, total), requestID=pdu.requestID))
        principal = Principal(Version.V3, user.decode("utf-8", "replace"), self._peer, level, name)
        request, access = request_of(Version.V3, pdu), access_of(self._router, principal)
        if access is None:
            self.counts[SnmpCounter.PACKETS_OUT] += 1
            return written(denied(pdu.requestID, request))
        room = min(largest_packet(self._router), wire.header.maxSize) - HEAD_V3 - len(user) - len(context)
        return written(self.respond(principal, access, pdu.requestID, request, room))

    def _counted(self, counter: SnmpCounter) -> int:
        """Count of something before this datagram."""
        return self._router.running.snmp.traffic.get(counter, 0) + self._pending.get(counter, 0)

    def _count_security(self, security: RouterSecurity) -> None:
        """Count what was wrong with a message, and report those that were not authentic (R)."""
        for counter in security.counted:
            self.counts[counter] += 1
            if counter in {SnmpCounter.WRONG_DIGESTS, SnmpCounter.OUTSIDE_WINDOW}:
                self._refuse()

    def respond(
        self, principal: Principal, access: Access, number: int, request: SnmpRequest, room: int
    ) -> EncodedResponse | None:
        """Carry out a request that was let in, and count it; None: there is no answer.

        Args:
            principal: who asks.
            access: what it may.
            number: of the request.
            request: what it asks.
            room: octets for the variables of the answer.
        """
        self.counts[_PDUS[request.operation]] += 1
        variables = Variables(room)
        if request.operation is PduType.SET:
            response = self._take(SnmpSet(self._router.name, principal, request))
            if response is None:
                return None
        else:
            with counting(self._router, self._pending, self.counts):
                response = answer(self._router, request, access, variables.fits)
        self._count(request, response)
        if response.status or request.operation is PduType.SET:
            variables = Variables(room)
            if not all(map(variables.fits, response.bindings)):
                variables = Variables(room)
        return EncodedResponse(number, response.status, response.index, variables.octets)

    def _count(self, request: SnmpRequest, response: SnmpResponse) -> None:
        self.counts[SnmpCounter.PACKETS_OUT] += 1
        self.counts[SnmpCounter.RESPONSES] += 1
        if response.status in _ERRORS:
            self.counts[_ERRORS[response.status]] += 1
        if response.status in {ErrorStatus.NO_ACCESS} or (
            request.version is Version.V1
            and request.operation is PduType.SET
            and response.status is ErrorStatus.NO_SUCH_NAME
        ):
            self.counts[SnmpCounter.ILLEGAL_OPERATIONS] += 1
        if not response.status:
            counter = SnmpCounter.ALTERED if request.operation is PduType.SET else SnmpCounter.REQUESTED
            self.counts[counter] += len(response.bindings)
