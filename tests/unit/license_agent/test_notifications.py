"""Notifications of the license agent: those of the license MIBs, with what they tell."""

from emulator.license_agent.messages import AgentNotification
from emulator.license_agent.notifications import NAMES, notification
from emulator.licensing.events import LicenseInstalled, NextLevelChosen
from emulator.router.syslog_messages import message_of
from emulator.snmp.notifications import LEVEL_CHANGED, LICENSE_TRAPS, RULES
from tests.driver import SERIAL
from tests.unit.console.papers import ME
from tests.unit.snmp.managers import STARTUP, booted


def test_they_are_those_of_snmp() -> None:
    of_licenses = {kind for kind, rule in RULES.items() if rule.oid[:-1] == LICENSE_TRAPS or rule.oid == LEVEL_CHANGED}
    assert set(NAMES) == of_licenses


def test_a_notification_names_device_license_and_message() -> None:
    router = booted(serial=SERIAL, startup=STARTUP).routers["R1"]
    event = LicenseInstalled(
        at=router.now, router="R1", feature="advipservices", version="1.0", index=1, store="Primary"
    )
    told = notification(router, event, 3)
    assert told == AgentNotification(
        pid=ME.pid,
        sn=ME.serial,
        number=3,
        time=router.wall_time().local.isoformat(timespec="milliseconds"),
        event="clmgmtLicenseInstalled",
        text=message_of(event, ME) or "",
        feature="advipservices",
        version="1.0",
    )


def test_a_level_is_told_if_it_is_another_one() -> None:
    router = booted(serial=SERIAL, startup=STARTUP).routers["R1"]
    levels = [
        notification(router, NextLevelChosen(at=0, router="R1", module="c880-data", level=level, license=None), 1)
        for level in (router.running.level, "advipservices")
    ]
    assert [each and each.level for each in levels] == [None, "advipservices"]
