"""Requests and responses of SNMP as plain data: what the journal keeps of a SET."""

from enum import IntEnum

import msgspec

from emulator.snmp.errors import ErrorStatus
from emulator.snmp.values import Binding


class Version(IntEnum):
    """Versions of the protocol, by their numbers in messages."""

    V1 = 0
    V2C = 1
    V3 = 3


class PduType(IntEnum):
    """Operations, by the tags of their PDUs."""

    GET = 0xA0
    NEXT = 0xA1
    SET = 0xA3
    BULK = 0xA5


class SnmpRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """An operation on variables.

    Attributes:
        non_repeaters, repetitions: of GETBULK.
    """

    version: Version
    operation: PduType
    bindings: tuple[Binding, ...]
    non_repeaters: int = 0
    repetitions: int = 0


class SnmpResponse(msgspec.Struct, frozen=True):
    """The answer to it; `index` counts from 1 and names the variable that is to blame, 0 none."""

    bindings: tuple[Binding, ...]
    status: ErrorStatus = ErrorStatus.NO_ERROR
    index: int = 0
