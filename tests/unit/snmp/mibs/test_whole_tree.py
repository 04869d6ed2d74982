"""The whole tree, walked on a router of each family: every value stands on a screen, in the form that it has there.

What no screen has is listed with its reason; a column that is new is in neither place, and the test fails.
"""

import re
from collections.abc import Callable, Mapping
from ipaddress import IPv4Address

import pytest

from emulator.snmp.mib import tree
from emulator.snmp.tree import Walk
from emulator.snmp.values import ValueType, dotted
from emulator.snmp.views import EVERYTHING
from tests.driver import ConsoleDriver
from tests.unit.snmp.managers import FAMILIES, booted

SCREENS = (
    "show version", "show inventory", "show interfaces", "show ip interface", "show ip interface brief",
    "show license all", "show license detail", "show license feature", "show license image levels", "show license file",
    "show snmp", "show snmp engineID", "show running-config", "show processes cpu", "show memory",
)  # fmt: skip
SECONDS_A_DAY, DAYS_A_WEEK = 86_400, 7
LARGEST = (1 << 32) - 1
"""Speed of an interface whose speed is no number of 32 bits (C: IF-MIB)."""


def period(value: object) -> str:
    """A period of seconds as `show license` has it."""
    assert isinstance(value, int)
    weeks, days = divmod(value // SECONDS_A_DAY, DAYS_A_WEEK)
    return f"{weeks} weeks {days} days" if value else "0"


def hardware(value: object) -> str:
    assert isinstance(value, bytes)
    return ".".join(value.hex()[at : at + 4] for at in range(0, 12, 4)) if value else ""


def bandwidth(value: object) -> str:
    assert isinstance(value, int)
    return f"BW {value // 1000} Kbit" if 0 < value < LARGEST else ""


FORMS: Mapping[str, Callable[[object], str]] = {
    "sysName": lambda value: value.decode().partition(".")[0] if isinstance(value, bytes) else "?",
    "snmpEngineID": lambda value: value.hex().upper() if isinstance(value, bytes) else "?",
    "ifPhysAddress": hardware,
    "ifSpeed": bandwidth,
    "clmgmtLicenseValidityPeriod": period,
    "clmgmtLicenseValidityPeriodRemaining": period,
    "clmgmtFeatureValidityPeriodRemaining": period,
}
"""Values of a column as a screen writes them; the others are there as they are."""

NOT_SHOWN: Mapping[str, str] = {
    "sysUpTime": "hundredths of a second; screens have minutes",
    "snmpEngineTime": "seconds; screens have minutes",
    "sysServices": "layers of the device",
    "sysObjectID": "number of the product",
    "ifType": "number of the type",
    "ifName": "short form of ifDescr",
    "ifHighSpeed": "ifSpeed in megabits, rounded",
    "ifLastChange": "these releases show no time of it",
    "entPhysicalVendorType": "number of the part",
    "entPhysicalParentRelPos": "place in what it is contained in",
    "ipAdEntReasmMaxSize": "the largest datagram",
    "clmgmtLicenseStoreTotalSize": "these releases show no sizes of stores",
    "clmgmtLicenseStoreSizeRemaining": "these releases show no sizes of stores",
}
"""Columns that no screen has, and why."""


def as_shown(name: str, kind: ValueType, value: object) -> str:
    """A value as screens have it; empty where there is nothing to see."""
    if name in FORMS:
        return FORMS[name](value)
    match value:
        case bytes() if kind is ValueType.ADDRESS:
            return str(IPv4Address(value))
        case bytes():
            return " ".join(value.decode().split())
        case tuple():
            return dotted(value)
    return str(value)


@pytest.mark.parametrize("pid", FAMILIES)
def test_every_value_stands_on_a_screen(pid: str) -> None:
    console = ConsoleDriver(booted(pid)).log_in()
    screens = " ".join(" ".join(console.type(each).shown for each in SCREENS).split())
    words = set(re.split(r"[^0-9]+", screens))
    missing, seen = [], set()
    for binding in Walk(tree(), console.router).after((0,), EVERYTHING):
        found = tree().find(binding.oid)
        assert found is not None
        name = found[1].name
        seen.add(name)
        if name in NOT_SHOWN:
            continue
        shown = as_shown(name, binding.value.kind, binding.value.data)
        if not (shown in words if shown.isdecimal() else shown in screens):
            missing.append((name, dotted(binding.oid), shown))
    assert missing == []
    assert len(seen) > 120
    assert seen > {"clmgmtLicenseFeatureName", "cilmCurrentImageLevel", "entPhysicalSerialNum", "ifHCInOctets"}
