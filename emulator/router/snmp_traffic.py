"""The counters of an SNMP agent: those of `show snmp` and SNMPv2-MIB (R: its lines), and those of version 3."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from emulator.kernel.time import Instant
from emulator.router.snmp_user import SnmpUser


class SnmpCounter(StrEnum):
    """The counters."""

    PACKETS_IN = "packets input"
    BAD_VERSIONS = "bad version errors"
    UNKNOWN_COMMUNITIES = "unknown community name"
    ILLEGAL_OPERATIONS = "illegal operation for community name"
    ENCODING_ERRORS = "encoding errors"
    REQUESTED = "requested variables"
    ALTERED = "altered variables"
    GETS = "get-request"
    NEXTS = "get-next"
    SETS = "set-request"
    PACKETS_OUT = "packets output"
    TOO_BIG = "too big errors"
    NO_SUCH_NAME = "no such name errors"
    BAD_VALUES = "bad values errors"
    GENERAL_ERRORS = "general errors"
    RESPONSES = "response"
    TRAPS = "trap"
    INVALID_MESSAGES = "invalid messages"
    UNKNOWN_MODELS = "unknown security models"
    UNKNOWN_PDUS = "unknown PDU handlers"
    UNKNOWN_CONTEXTS = "unknown contexts"
    UNSUPPORTED_LEVELS = "unsupported security levels"
    OUTSIDE_WINDOW = "not in time windows"
    UNKNOWN_USERS = "unknown user names"
    UNKNOWN_ENGINES = "unknown engine IDs"
    WRONG_DIGESTS = "wrong digests"
    UNDECRYPTED = "decryption errors"


class SnmpState(msgspec.Struct, omit_defaults=True):
    """The memory of an SNMP agent; a reload clears it.

    Attributes:
        traffic: the count of each kind.
        refused_at: when a failed authentication was last reported.
        users: those of version 3, saved or not.
        switches: what was set by SNMP and is in no configuration, by the name of the object.
    """

    traffic: dict[SnmpCounter, int] = {}
    refused_at: Instant | None = None
    switches: dict[str, int] = {}
    users: tuple[SnmpUser, ...] = ()

    def count(self, counts: Mapping[SnmpCounter, int]) -> None:
        """Add to the counters."""
        for counter, more in counts.items():
            self.traffic[counter] = self.traffic.get(counter, 0) + more
