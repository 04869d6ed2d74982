"""Acts of managers on a router, as plain values, which a replay of a world does again. A read changes only counters."""

import msgspec

from emulator.router.snmp_traffic import SnmpCounter
from emulator.snmp.principals import Principal
from emulator.snmp.requests import SnmpRequest


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
