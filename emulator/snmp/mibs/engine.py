"""SNMP-FRAMEWORK-MIB, and the statistics of the MIBs for messages, targets and users (RFC 3411 to 3414).

Boots and time follow from the router: its engine boots with it, and counts simulated seconds.
"""

from emulator.kernel.time import SECOND
from emulator.router.device import Router
from emulator.router.network.snmp_identity import engine_id, largest_packet
from emulator.router.snmp_traffic import SnmpCounter
from emulator.snmp.counting import count_of
from emulator.snmp.tables import Column, MibTable, scalars
from emulator.snmp.values import ValueType, oid

ENGINE = scalars(
    oid("1.3.6.1.6.3.10.2.1"),
    (
        Column(1, "snmpEngineID", ValueType.OCTETS, lambda router: bytes.fromhex(engine_id(router))),
        Column(2, "snmpEngineBoots", ValueType.INTEGER, lambda router: router.state.snmp_boots),
        Column(3, "snmpEngineTime", ValueType.INTEGER, lambda router: router.uptime() // SECOND),
        Column(4, "snmpEngineMaxMessageSize", ValueType.INTEGER, largest_packet),
    ),
)


def _statistics(group: str, first: int, counters: dict[str, SnmpCounter]) -> MibTable[Router]:
    """A group of counters, numbered in their order."""

    def column(number: int, name: str, counter: SnmpCounter) -> Column[Router]:
        return Column(number, name, ValueType.COUNTER, lambda router: count_of(router, counter))

    return scalars(oid(group), tuple(column(number, *each) for number, each in enumerate(counters.items(), first)))


MESSAGES = _statistics(
    "1.3.6.1.6.3.11.2.1",
    1,
    {
        "snmpUnknownSecurityModels": SnmpCounter.UNKNOWN_MODELS,
        "snmpInvalidMsgs": SnmpCounter.INVALID_MESSAGES,
        "snmpUnknownPDUHandlers": SnmpCounter.UNKNOWN_PDUS,
    },
)
CONTEXTS = _statistics("1.3.6.1.6.3.12.1", 5, {"snmpUnknownContexts": SnmpCounter.UNKNOWN_CONTEXTS})
USERS = _statistics(
    "1.3.6.1.6.3.15.1.1",
    1,
    {
        "usmStatsUnsupportedSecLevels": SnmpCounter.UNSUPPORTED_LEVELS,
        "usmStatsNotInTimeWindows": SnmpCounter.OUTSIDE_WINDOW,
        "usmStatsUnknownUserNames": SnmpCounter.UNKNOWN_USERS,
        "usmStatsUnknownEngineIDs": SnmpCounter.UNKNOWN_ENGINES,
        "usmStatsWrongDigests": SnmpCounter.WRONG_DIGESTS,
        "usmStatsDecryptionErrors": SnmpCounter.UNDECRYPTED,
    },
)

TABLES = (ENGINE, MESSAGES, CONTEXTS, USERS)
