"""Object identifiers and values of SNMP (RFC 2578, RFC 3416), as plain data that a journal can keep."""

from datetime import datetime
from enum import IntEnum

import msgspec

from emulator.kernel.time import Duration

Oid = tuple[int, ...]
"""Object identifier as its numbers."""


class ValueType(IntEnum):
    """The types of values, by their tags in BER."""

    INTEGER = 0x02
    OCTETS = 0x04
    NULL = 0x05
    IDENTIFIER = 0x06
    ADDRESS = 0x40
    COUNTER = 0x41
    GAUGE = 0x42
    TICKS = 0x43
    COUNTER64 = 0x46
    NO_OBJECT = 0x80
    NO_INSTANCE = 0x81
    END_OF_VIEW = 0x82


class Value(msgspec.Struct, frozen=True, array_like=True):
    """A value: a number, octets (an address has four), or an object identifier."""

    kind: ValueType
    data: int | bytes | tuple[int, ...] = 0


NULL = Value(ValueType.NULL)
NO_OBJECT = Value(ValueType.NO_OBJECT)
NO_INSTANCE = Value(ValueType.NO_INSTANCE)
END_OF_VIEW = Value(ValueType.END_OF_VIEW)


class Binding(msgspec.Struct, frozen=True, array_like=True):
    """A variable: the identifier of an instance, and its value."""

    oid: Oid
    value: Value = NULL


TICK: Duration = 10
"""Milliseconds of one of the hundredths of a second in which SNMP counts."""

TRUE, FALSE = 1, 2
"""Numbers of a TruthValue (RFC 2579)."""

_MODULUS = {ValueType.COUNTER: 1 << 32, ValueType.TICKS: 1 << 32, ValueType.COUNTER64: 1 << 64}
GAUGE_MAX = (1 << 32) - 1


def oid(text: str) -> Oid:
    """Read an identifier: `oid("1.3.6.1")`."""
    return tuple(map(int, text.split(".")))


def dotted(numbers: Oid) -> str:
    """Write an identifier with dots."""
    return ".".join(map(str, numbers))


def truth(*, holds: bool) -> int:
    """Number of a TruthValue."""
    return TRUE if holds else FALSE


def date_and_time(moment: datetime) -> bytes:
    """Octets of a DateAndTime without a zone (RFC 2579)."""
    day = moment.year.to_bytes(2, "big") + bytes((moment.month, moment.day))
    return day + bytes((moment.hour, moment.minute, moment.second, moment.microsecond // 100_000))


def made(kind: ValueType, data: "int | bool | str | bytes | Oid") -> Value:
    """Build a value: a text becomes UTF-8, a counter wraps, a gauge stays at its highest."""
    match data:
        case bool():
            return Value(kind, truth(holds=data))
        case str():
            return Value(kind, data.encode("utf-8", "replace"))
        case int() if kind is ValueType.GAUGE:
            return Value(kind, min(max(data, 0), GAUGE_MAX))
        case int() if kind in _MODULUS:
            return Value(kind, data % _MODULUS[kind])
    return Value(kind, data)
