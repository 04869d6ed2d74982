"""SNMPv2-MIB (RFC 3418): the groups system and snmp.

R: sysDescr is the banner of the software with CR LF between its lines, sysName the host name with the domain, and
setting it sets the host name. I: sysServices of a router with a switch.
"""

import re

from emulator.router.configured_lines import put_line
from emulator.router.device import Router
from emulator.router.network.general_traps import general_traps, set_general_traps
from emulator.router.snmp_traffic import SnmpCounter
from emulator.snmp.counting import count_of
from emulator.snmp.errors import ErrorStatus
from emulator.snmp.tables import TRUTH, Column, Commit, RowChange, Syntax, scalars
from emulator.snmp.values import TICK, ValueType, oid, truth

SERVICES = 78
"""Layers 2, 3, 4 and 7."""

HOST_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,62}")

LINES = {"sysContact": "snmp-server contact", "sysLocation": "snmp-server location"}
"""Lines of the configuration that an object stands for."""


def system_name(router: Router) -> str:
    """Host name, with the domain where one is configured."""
    domain = router.configuration.word("ip domain name") or router.configuration.word("ip domain-name")
    return f"{router.hostname}.{domain}" if domain else router.hostname


def _plan_system(change: RowChange) -> Commit:
    name = change.text("sysName")
    if name is not None and not HOST_NAME.fullmatch(name.partition(".")[0]):
        raise change.refuse(ErrorStatus.WRONG_VALUE, "sysName")

    def commit() -> None:
        router = change.router
        for each, key in LINES.items():
            text = change.text(each)
            if text is not None:
                put_line(router, key, f"{key} {text}" if text else None)
        if name is not None:
            put_line(router, "hostname", f"hostname {name.partition('.')[0]}")

    return commit


_TEXT = Syntax()


SYSTEM = scalars(
    oid("1.3.6.1.2.1.1"),
    (
        Column(1, "sysDescr", ValueType.OCTETS, lambda router: router.manifest.banner.replace("\n", "\r\n")),
        Column(2, "sysObjectID", ValueType.IDENTIFIER, lambda router: oid(router.platform.sys_object_id)),
        Column(3, "sysUpTime", ValueType.TICKS, lambda router: router.uptime() // TICK),
        Column(
            4,
            "sysContact",
            ValueType.OCTETS,
            lambda router: router.configuration.word("snmp-server contact"),
            written=_TEXT,
        ),
        Column(5, "sysName", ValueType.OCTETS, system_name, written=_TEXT),
        Column(
            6,
            "sysLocation",
            ValueType.OCTETS,
            lambda router: router.configuration.word("snmp-server location"),
            written=_TEXT,
        ),
        Column(7, "sysServices", ValueType.INTEGER, lambda _: SERVICES),
    ),
    _plan_system,
)


def _counter(number: int, name: str, *counters: SnmpCounter) -> Column[Router]:
    def read(router: Router) -> int:
        return sum(count_of(router, counter) for counter in counters)

    return Column(number, name, ValueType.COUNTER, read)


def tells_failures(router: Router) -> bool:
    """Tell whether failures of authentication are trapped (R: `snmp-server enable traps snmp [authentication]`)."""
    return "authentication" in general_traps(router.configuration)


def _plan_traps(change: RowChange) -> Commit:
    wanted = change.number("snmpEnableAuthenTraps")

    def commit() -> None:
        sent = wanted == truth(holds=True)
        set_general_traps(change.router.configuration, ("authentication",), sent=sent)
        change.router.running.changed = True

    return commit


SNMP = scalars(
    oid("1.3.6.1.2.1.11"),
    (
        _counter(1, "snmpInPkts", SnmpCounter.PACKETS_IN),
        _counter(2, "snmpOutPkts", SnmpCounter.PACKETS_OUT),
        _counter(3, "snmpInBadVersions", SnmpCounter.BAD_VERSIONS),
        _counter(4, "snmpInBadCommunityNames", SnmpCounter.UNKNOWN_COMMUNITIES),
        _counter(5, "snmpInBadCommunityUses", SnmpCounter.ILLEGAL_OPERATIONS),
        _counter(6, "snmpInASNParseErrs", SnmpCounter.ENCODING_ERRORS),
        _counter(8, "snmpInTooBigs"),
        _counter(9, "snmpInNoSuchNames"),
        _counter(10, "snmpInBadValues"),
        _counter(11, "snmpInReadOnlys"),
        _counter(12, "snmpInGenErrs"),
        _counter(13, "snmpInTotalReqVars", SnmpCounter.REQUESTED),
        _counter(14, "snmpInTotalSetVars", SnmpCounter.ALTERED),
        _counter(15, "snmpInGetRequests", SnmpCounter.GETS),
        _counter(16, "snmpInGetNexts", SnmpCounter.NEXTS),
        _counter(17, "snmpInSetRequests", SnmpCounter.SETS),
        _counter(18, "snmpInGetResponses"),
        _counter(19, "snmpInTraps"),
        _counter(20, "snmpOutTooBigs", SnmpCounter.TOO_BIG),
        _counter(21, "snmpOutNoSuchNames", SnmpCounter.NO_SUCH_NAME),
        _counter(22, "snmpOutBadValues", SnmpCounter.BAD_VALUES),
        _counter(24, "snmpOutGenErrs", SnmpCounter.GENERAL_ERRORS),
        _counter(25, "snmpOutGetRequests"),
        _counter(26, "snmpOutGetNexts"),
        _counter(27, "snmpOutSetRequests"),
        _counter(28, "snmpOutGetResponses", SnmpCounter.RESPONSES),
        _counter(29, "snmpOutTraps", SnmpCounter.TRAPS),
        Column(
            30,
            "snmpEnableAuthenTraps",
            ValueType.INTEGER,
            lambda router: truth(holds=tells_failures(router)),
            written=TRUTH,
        ),
        _counter(31, "snmpSilentDrops"),
        _counter(32, "snmpProxyDrops"),
    ),
    _plan_traps,
)

TABLES = (SYSTEM, SNMP)
