"""Conversion between the library's values and messages and ours; whatever is wrong with octets is one of `FAULTS`.

The library refuses a GETBULK with more non-repeaters than variables, which RFC 3416 allows, and takes octets of any
length for a number; the first is mended here, and the size of a datagram bounds the other.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Protocol

from snmp.asn1 import ASN1
from snmp.ber import ParseError, encode
from snmp.exception import SNMPException
from snmp.pdu import GetBulkRequestPDU, GetNextRequestPDU, GetRequestPDU, ResponsePDU, SetRequestPDU
from snmp.smi import (
    OID,
    Counter32,
    Counter64,
    EndOfMibView,
    Gauge32,
    Integer,
    IpAddress,
    NoSuchInstance,
    NoSuchObject,
    Null,
    OctetString,
    Opaque,
    Sequence,
    TimeTicks,
    VarBind,
    VarBindList,
)

from emulator.snmp.errors import ErrorStatus
from emulator.snmp.requests import PduType, SnmpRequest, Version
from emulator.snmp.values import Binding, Value, ValueType


class BulkRequest(GetBulkRequestPDU):  # type: ignore[misc]  # the library has no types
    """A GETBULK whose non-repeaters may be more than its variables."""

    @classmethod
    def deserialize(cls, data: Any) -> Any:
        """Read it from the octets within it."""
        request, rest = Integer.decode(data)
        once, rest = Integer.decode(rest)
        repetitions, rest = Integer.decode(rest)
        variables = VarBindList.decodeExact(rest)
        return cls(
            requestID=request.value,
            nonRepeaters=min(max(once.value, 0), len(variables)),
            maxRepetitions=max(repetitions.value, 0),
            variableBindings=variables,
        )


REQUESTS: Mapping[Any, Any] = {
    each.TAG: each for each in (GetRequestPDU, GetNextRequestPDU, SetRequestPDU, BulkRequest)
}
"""Classes of the requests that an agent answers, by their tags."""

OPERATIONS: Mapping[Any, PduType] = {
    GetRequestPDU: PduType.GET,
    GetNextRequestPDU: PduType.NEXT,
    SetRequestPDU: PduType.SET,
    BulkRequest: PduType.BULK,
}

_READ: Mapping[type, tuple[ValueType, Callable[[Any], int | bytes | tuple[int, ...]]]] = {
    Integer: (ValueType.INTEGER, lambda value: int(value.value)),
    Counter32: (ValueType.COUNTER, lambda value: int(value.value)),
    Gauge32: (ValueType.GAUGE, lambda value: int(value.value)),
    TimeTicks: (ValueType.TICKS, lambda value: int(value.value)),
    Counter64: (ValueType.COUNTER64, lambda value: int(value.value)),
    OctetString: (ValueType.OCTETS, lambda value: bytes(value.data)),
    Opaque: (ValueType.OCTETS, lambda value: bytes(value.data)),
    IpAddress: (ValueType.ADDRESS, lambda value: bytes(value.data)),
    OID: (ValueType.IDENTIFIER, lambda value: tuple(value.subidentifiers)),
    Null: (ValueType.NULL, lambda _: 0),
    NoSuchObject: (ValueType.NO_OBJECT, lambda _: 0),
    NoSuchInstance: (ValueType.NO_INSTANCE, lambda _: 0),
    EndOfMibView: (ValueType.END_OF_VIEW, lambda _: 0),
}

_MADE: Mapping[ValueType, Callable[[Any], Any]] = {
    ValueType.INTEGER: Integer,
    ValueType.COUNTER: Counter32,
    ValueType.GAUGE: Gauge32,
    ValueType.TICKS: TimeTicks,
    ValueType.COUNTER64: Counter64,
    ValueType.OCTETS: OctetString,
    ValueType.ADDRESS: IpAddress.fromBytes,
    ValueType.IDENTIFIER: lambda numbers: OID(*numbers),
    ValueType.NULL: lambda _: Null(),
    ValueType.NO_OBJECT: lambda _: NoSuchObject(),
    ValueType.NO_INSTANCE: lambda _: NoSuchInstance(),
    ValueType.END_OF_VIEW: lambda _: EndOfMibView(),
}

ENCODED = 8192
"""Variables whose octets are kept."""

FAULTS = (SNMPException, ParseError, ASN1.DeserializeError, ValueError, IndexError, OverflowError, TypeError)
"""Exceptions by which the library tells of octets that are no message."""


def request_of(version: Version, pdu: Any) -> SnmpRequest:
    """Return the request that a PDU of the library holds."""
    once, repetitions = getattr(pdu, "nonRepeaters", 0), getattr(pdu, "maxRepetitions", 0)
    return SnmpRequest(version, OPERATIONS[type(pdu)], tuple(map(_binding, pdu.variableBindings)), once, repetitions)


def _binding(variable: Any) -> Binding:
    kind, read = _READ[type(variable.value)]
    return Binding(tuple(variable.name.subidentifiers), Value(kind, read(variable.value)))


@lru_cache(maxsize=ENCODED)
def encoded(binding: Binding) -> bytes:
    """Return the octets of a variable; routers have most of theirs in common, and are asked for them often."""
    octets: bytes = _variable(binding).encode()
    return octets


def _variable(binding: Binding) -> Any:
    return VarBind(OID(*binding.oid), _MADE[binding.value.kind](binding.value.data))


class EncodedResponse:
    """A PDU whose variables are octets already: a response, or a notification of version 2c."""

    def __init__(
        self, number: int, status: ErrorStatus, index: int, variables: Iterable[bytes], tag: Any = ResponsePDU.TAG
    ) -> None:
        """Answer a request.

        Args:
            number: its number.
            status, index: as in `SnmpResponse`.
            variables: each encoded.
            tag: of the PDU.
        """
        self._tag = tag
        self._head = (Integer(number), Integer(status), Integer(index))
        self._variables = variables

    def encode(self) -> bytes:
        """Return its octets."""
        head = b"".join(each.encode() for each in self._head)
        octets: bytes = encode(self._tag, head + encode(VarBindList.TAG, b"".join(self._variables)))
        return octets


class Pdu(Protocol):
    """A PDU that is written."""

    def encode(self) -> bytes:
        """Return its octets."""


def community_message(version: Version, community: bytes, pdu: Pdu) -> bytes:
    """Return the octets of a message of version 1 or 2c."""
    octets: bytes = encode(Sequence.TAG, Integer(version).encode() + OctetString(community).encode() + pdu.encode())
    return octets
