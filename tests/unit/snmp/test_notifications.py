"""Events that managers are told of, each with its words, switches and variables."""

import pytest

from emulator.hardware.events import LinkChanged, LinkShut
from emulator.kernel.events import Event
from emulator.kernel.time import DAY
from emulator.license_agent.notifications import notification as agent_notification
from emulator.licensing import events as licenses
from emulator.licensing import expiry
from emulator.licensing.file import FileLine
from emulator.licensing.lines import LicenseLine
from emulator.licensing.types import LicenseType
from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.events import AgentColdStarted, NvramErased, SnmpAuthenticationFailed
from emulator.router.network.snmp_hosts import SnmpHost, snmp_hosts
from emulator.snmp.notifications import RULES, is_enabled, notification
from emulator.snmp.values import dotted
from tests.driver import SERIAL
from tests.unit.console.papers import ME
from tests.unit.router.lab import Lab
from tests.unit.snmp.managers import booted

LICENSES, SYSTEM = "1.3.6.1.4.1.9.9.543.0", "1.3.6.1.6.3.1.1.5"
IMAGE = "c880data-universalk9-mz.154-2.T1.bin"
"""Image with a counted feature and a subscription."""

TOP, COUNTED, IPS = "advipservices", "SSL_VPN", "ios-ips-update"
STORED = {
    "version": "1.0", "index": 3, "store": "Primary License Storage", "type": LicenseType.EXTENSION, "comment": "c",
}  # fmt: skip
OF, OF_LICENSE = {"version": "1.0", "license_id": "x"}, {"feature": TOP, **STORED}
USAGE, DEPLOY, ERROR = (f"clmgmtLicense{group}NotifEnable" for group in ("Usage", "Deployment", "Error"))
FEATURE, INFO = "1.3.6.1.4.1.9.9.543.1.2.4.1", "1.3.6.1.4.1.9.9.543.1.2.3.1"

INTERFACE = "1.3.6.1.2.1.2.2.1"
LEVEL = "cilmImageLevelChangedNotif"
NAMES = [f"{FEATURE}.2", f"{FEATURE}.3"]
LEFT, ENDS, OWN = [*NAMES, f"{FEATURE}.4"], [*NAMES, f"{FEATURE}.7"], [f"{INFO}.{number}" for number in (3, 4, 5, 13)]
ENDS_AT = 400 * DAY
"""End of a subscription, by the calendar."""

LINK = [f"{INTERFACE}.{number}" for number in (1, 2, 3)]
EXCEEDED = [f"{INFO}.3", f"{INFO}.4", f"{INFO}.10", f"{FEATURE}.5", f"{INFO}.13"]
NEAR = [*EXCEEDED[:3], f"{INFO}.11", *EXCEEDED[3:]]
AT = {"feature": COUNTED, "version": "1.0", "in_use": 2, "count": 2}
NEXT: dict[str, object] = {"module": "c880-data", "level": TOP, "license": None}
PORT = {"interface": "FastEthernet4"}

Case = tuple[type[Event], dict[str, object], str, str, str, list[str]]
CASES: list[Case] = [
    (expiry.LicenseExpired, {"feature": TOP, "ago": 0, **OF}, f"{LICENSES}.1", "license usage", USAGE, NAMES),
    (expiry.LicenseExpiring, {"feature": TOP, "left": 1, **OF}, f"{LICENSES}.2", "license usage", USAGE, LEFT),
    (licenses.UsageAtLimit, AT, f"{LICENSES}.3", "license usage", USAGE, EXCEEDED),
    (licenses.UsageNearLimit, AT, f"{LICENSES}.4", "license usage", USAGE, NEAR),
    (licenses.LicenseInstalled, OF_LICENSE, f"{LICENSES}.5", "license deploy", DEPLOY, OWN),
    (licenses.LicenseCleared, OF_LICENSE, f"{LICENSES}.6", "license deploy", DEPLOY, OWN),
    (licenses.LicenseRevoked, OF_LICENSE, f"{LICENSES}.7", "license deploy", DEPLOY, OWN),
    (licenses.EulaAccepted, OF_LICENSE, f"{LICENSES}.8", "license deploy", DEPLOY, NAMES),
    (licenses.LicenseRequestFailed, {"feature": TOP, "version": "1.0"}, f"{LICENSES}.9", "license error", ERROR, NAMES),
    (expiry.SubscriptionEnding, {"feature": IPS, "left": 1, **OF}, f"{LICENSES}.10", "license usage", USAGE, ENDS),
    (expiry.SubscriptionEnded, {"feature": IPS, "ago": 0, **OF}, f"{LICENSES}.12", "license usage", USAGE, ENDS),
    (expiry.RightToUseAhead, {"feature": TOP, "left": 1, **OF}, f"{LICENSES}.13", "license usage", USAGE, LEFT),
    (expiry.RightToUseBegan, {"feature": TOP, "ago": 0, **OF}, f"{LICENSES}.14", "license usage", USAGE, NAMES),
    (licenses.NextLevelChosen, NEXT, "1.3.6.1.4.1.9.9.640.0.1", "license deploy", LEVEL,
     ["1.3.6.1.4.1.9.9.640.1.1.1.2", "1.3.6.1.4.1.9.9.640.1.1.1.3"]),
    (AgentColdStarted, {"hostname": "R1"}, f"{SYSTEM}.1", "snmp coldstart", "", []),
    (LinkChanged, {**PORT, "up": False}, f"{SYSTEM}.3", "snmp linkdown", "", LINK),
    (LinkShut, {**PORT, "was_up": True}, f"{SYSTEM}.3", "snmp linkdown", "", LINK),
    (LinkChanged, {**PORT, "up": True}, f"{SYSTEM}.4", "snmp linkup", "", LINK),
    (SnmpAuthenticationFailed, {"peer": "127.0.0.1"}, f"{SYSTEM}.5", "snmp authentication", "", []),
]  # fmt: skip
"""Event, its facts, the notification, the words that enable it, the object that switches it, and its variables."""


@pytest.fixture(scope="module")
def router() -> Router:
    router = booted(image=IMAGE, serial=SERIAL).routers["R1"]
    counted = LicenseLine("c-1", COUNTED, LicenseType.PERMANENT, ME, count=2)
    router.activation.install(FileLine(counted, "test", "2010-03-01T09:00:00.000Z"))
    return router


def enable(router: Router, *words: str) -> None:
    lines = router.configuration.lines
    for key in [key for key in lines if key.startswith("snmp-server enable traps")]:
        del lines[key]
    for each in words:
        lines[f"snmp-server enable traps {each}".strip()] = f"snmp-server enable traps {each}".strip()


def test_every_rule_is_tried() -> None:
    assert {case[0] for case in CASES} == set(RULES)


@pytest.mark.parametrize(("kind", "facts", "identifier", "words", "switch", "variables"), CASES)
def test_an_event_is_told_where_its_words_and_its_switch_allow_it(
    router: Router,
    kind: type[Event],
    facts: dict[str, object],
    identifier: str,
    words: str,
    switch: str,
    variables: list[str],
) -> None:
    event = kind(at=0, router="R1", **facts)
    switches = router.running.snmp.switches
    switches.clear()
    if switch == "cilmImageLevelChangedNotif":
        enable(router, "")
        assert notification(router, event) is None
        switches[switch] = 1
    for enabled in ("", words.split(maxsplit=1)[0], words):
        enable(router, enabled)
        told = notification(router, event)
        assert told is not None
        assert (dotted(told.oid), told.kind) == (identifier, words.split(maxsplit=1)[0])
        found = [dotted(binding.oid) for binding in told.bindings]
        assert [each[: len(want)] for each, want in zip(found, variables, strict=True)] == variables
    for others in ((), ("config",), (f"{words.split(maxsplit=1)[0]} other",)):
        enable(router, *others)
        assert notification(router, event) is None
    if switch:
        enable(router, "")
        switches[switch] = 2
        assert notification(router, event) is None


def test_other_events_and_the_level_that_runs_are_not_told(router: Router) -> None:
    enable(router, "")
    router.running.snmp.switches["cilmImageLevelChangedNotif"] = 1
    assert notification(router, NvramErased(at=0, router="R1")) is None
    same = licenses.NextLevelChosen(at=0, router="R1", module="c880-data", level="advsecurity", license=None)
    assert notification(router, same) is None


def test_a_subscription_that_has_an_extension_left_is_told_otherwise() -> None:
    lab = Lab()
    router = lab.router
    lab.install(lab.line(LicenseType.SUBSCRIPTION, "subscription", IPS, ends=ENDS_AT))
    lab.install(lab.line(LicenseType.EXTENSION, "extension", IPS, period=2 * DAY))
    router.configuration.lines["snmp-server enable traps"] = "snmp-server enable traps"
    router.set_calendar(ENDS_AT - DAY)
    lab.pass_time(4 * DAY)
    ended = [event for event in lab.events if isinstance(event, expiry.SubscriptionEnded)]
    assert [event.ago for event in ended] == [0, DAY, 2 * DAY, 3 * DAY]
    told = notification(router, ended[0])
    assert told is not None
    assert dotted(told.oid) == f"{LICENSES}.11"
    assert [dotted(each.oid)[: len(want)] for each, want in zip(told.bindings, ENDS, strict=True)] == ENDS
    message = agent_notification(router, ended[0], 1)
    assert message is not None
    assert message.event == "clmgmtLicenseSubscriptionExtExpiryWarning"
    lab.clear("extension")
    told, message = notification(router, ended[1]), agent_notification(router, ended[1], 2)
    assert told is not None
    assert message is not None
    assert (dotted(told.oid), message.event) == (f"{LICENSES}.12", "clmgmtLicenseSubscriptionExpired")


def test_a_link_without_traps_is_not_told(router: Router) -> None:
    enable(router, "snmp")
    section = router.configuration.sections["interface FastEthernet4"]
    section.lines["snmp trap link-status"] = "no snmp trap link-status"
    assert notification(router, LinkChanged(at=0, router="R1", interface="FastEthernet4", up=True)) is None
    del section.lines["snmp trap link-status"]


def test_a_port_that_was_down_and_is_shut_is_not_told(router: Router) -> None:
    enable(router, "snmp")
    assert notification(router, LinkShut(at=0, router="R1", interface="FastEthernet4", was_up=False)) is None


HOSTS = {
    "127.0.0.1 public": ("1", "public", False, 162, ()),
    "127.0.0.1 version 2c public udp-port 1620": ("2c", "public", False, 1620, ()),
    "127.0.0.1 informs version 2c c license snmp": ("2c", "c", True, 162, ("license", "snmp")),
    "127.0.0.1 traps version 3 priv joe udp-port 9 snmp": ("3", "joe", False, 9, ("snmp",), "priv"),
    "127.0.0.1 version 2c": None,
    "127.0.0.1 c udp-port 70000": None,
}


@pytest.mark.parametrize("line", HOSTS)
def test_a_host_is_read_as_its_line_says(line: str) -> None:
    hosts = list(snmp_hosts(Configuration(lines={"x": f"snmp-server host {line}"})))
    facts = HOSTS[line]
    assert hosts == ([] if facts is None else [SnmpHost("127.0.0.1", *facts)])


def test_a_line_without_groups_enables_all_of_them() -> None:
    configuration = Configuration(lines={"x": "snmp-server enable traps license deploy usage"})
    enabled = [is_enabled(configuration, "license", group) for group in ("deploy", "error", "usage")]
    assert enabled == [True, False, True]
