"""Notifications: which event of a router is told to its managers, under which switches, and with which variables.

C: those of CISCO-LICENSE-MGMT-MIB and CISCO-IMAGE-LICENSE-MGMT-MIB, their variables and the objects that switch them;
those of a license that is gone have the values that it had; once a subscription has ended, it is told daily whether an
extension is left. R: the words of `snmp-server enable traps`. I: that of the image level goes with the word `deploy`,
and is sent when another level than the running one will be booted; the extension of a subscription is an extension
license of its feature.
"""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from emulator.hardware.events import LinkChanged, LinkShut
from emulator.kernel.events import Event
from emulator.licensing import events as licenses
from emulator.licensing import expiry
from emulator.licensing.types import TYPES
from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.events import AgentColdStarted, SnmpAuthenticationFailed
from emulator.router.licensing.numbers import STORES
from emulator.snmp.mibs.entity import CHASSIS
from emulator.snmp.mibs.image_levels import CONFIGURED, MODULE_TABLE, module_rows
from emulator.snmp.mibs.interfaces import IF_TABLE, interface_rows
from emulator.snmp.mibs.licenses import FEATURE_TABLE, INFO_TABLE, feature_rows
from emulator.snmp.switches import is_on
from emulator.snmp.tables import AnyTable, Index
from emulator.snmp.values import Binding, Oid, Value, ValueType, made, oid

TRAPS, LICENSE_TRAPS = oid("1.3.6.1.6.3.1.1.5"), oid("1.3.6.1.4.1.9.9.543.0")
LEVEL_CHANGED = oid("1.3.6.1.4.1.9.9.640.0.1")
USAGE, DEPLOYMENT, ERROR = (f"clmgmtLicense{group}NotifEnable" for group in ("Usage", "Deployment", "Error"))
LEVEL_SWITCH = "cilmImageLevelChangedNotif"

TrapVariables = Callable[[Router, Event], Iterable[Binding] | None]
"""Variables of a notification, or None where an event is none."""


class Notification(msgspec.Struct, frozen=True):
    """A notification to the managers.

    Attributes:
        kind: the word that enables it, and by which a manager chooses it.
    """

    oid: Oid
    kind: str
    bindings: tuple[Binding, ...]


class NotificationRule(msgspec.Struct, frozen=True):
    """The notification that tells of an event.

    Attributes:
        kind, group: words of `snmp-server enable traps`.
        switch: object that must be true; empty without one.
        usually: value of that object until it is set.
    """

    oid: Oid
    kind: str
    group: str
    variables: TrapVariables
    switch: str = ""
    usually: bool = True


def is_enabled(configuration: Configuration, kind: str, group: str) -> bool:
    """Tell whether the configuration enables a kind of notifications; a line without groups enables all of them."""
    for line in configuration.lines.values():
        words = line.split()
        if words == ["snmp-server", "enable", "traps"]:
            return True
        if words[:4] == ["snmp-server", "enable", "traps", kind] and (not words[4:] or group in words[4:]):
            return True
    return False


def notification(router: Router, event: Event) -> Notification | None:
    """Return what the managers of a running router are told of an event; None: nothing."""
    rule = _rule_of(router, event)
    if rule is None or not is_enabled(router.configuration, rule.kind, rule.group):
        return None
    if rule.switch and not is_on(router, rule.switch, usually=rule.usually):
        return None
    variables = rule.variables(router, event)
    return None if variables is None else Notification(rule.oid, rule.kind, tuple(variables))


def _rule_of(router: Router, event: Event) -> NotificationRule | None:
    match event:
        case LinkChanged(up=True):
            return LINK_UP
        case LinkShut(was_up=False):
            return None
        case expiry.SubscriptionEnded() if router.activation.inventory.is_extended(event.feature):
            return EXTENDED
    return RULES.get(type(event))


# --- variables -------------------------------------------------------------------------------------------------


def _binding(table: AnyTable, name: str, index: Index, data: int | str | bytes) -> Binding:
    column = next(each for each in table.columns if each.name == name)
    return Binding((*table.oid, column.number, *index), made(column.kind, data))


def _read(table: AnyTable, name: str, index: Index, row: object) -> Binding:
    column = next(each for each in table.columns if each.name == name)
    value = column.read(row)
    return Binding(
        (*table.oid, column.number, *index), Value(ValueType.NULL) if value is None else made(column.kind, value)
    )


def _of_feature(*more: str) -> TrapVariables:
    """Variables of a feature: name, version, and more of its row."""

    def variables(router: Router, event: Event) -> Iterable[Binding] | None:
        assert isinstance(event, expiry.LicenseEvent)
        found = [(index, row) for index, row in feature_rows(router).items() if row.view.feature == event.feature]
        names = ("clmgmtFeatureName", "clmgmtFeatureVersion", *more)
        return [_read(FEATURE_TABLE, name, *found[0]) for name in names] if found else None

    return variables


def _of_license(router: Router, event: Event) -> Iterable[Binding]:
    """Variables of an installed license, as it was where it is gone."""
    assert isinstance(event, licenses.StoredLicenseEvent)
    names = [router.activation.inventory.store_title(store) for store in STORES]
    index = (CHASSIS, names.index(event.store) + 1, event.index + 1)
    values: dict[str, int | str] = {
        "clmgmtLicenseFeatureName": event.feature,
        "clmgmtLicenseFeatureVersion": event.version,
        "clmgmtLicenseType": TYPES[event.type].mib_type,
        "clmgmtLicenseComments": event.comment,
    }
    return [_binding(INFO_TABLE, name, index, value) for name, value in values.items()]


def _of_count(*names: str) -> TrapVariables:
    """Variables of a counted license, and the unit in which its feature counts."""

    def variables(router: Router, event: Event) -> Iterable[Binding] | None:
        assert isinstance(event, expiry.LicenseEvent)
        from_table = INFO_TABLE.rows(router)
        found = [(index, row) for index, row in from_table.items() if row.view.line.feature == event.feature]
        features = [(index, row) for index, row in feature_rows(router).items() if row.view.feature == event.feature]
        if not found or not features:
            return None
        return [
            _read(FEATURE_TABLE, name, *features[0])
            if name.startswith("clmgmtFeature")
            else _read(INFO_TABLE, name, *found[0])
            for name in names
        ]

    return variables


def _of_level(router: Router, event: Event) -> Iterable[Binding] | None:
    assert isinstance(event, licenses.NextLevelChosen)
    if event.level == router.running.level:
        return None
    (index, row), *_ = module_rows(router).items()
    return [_read(MODULE_TABLE, name, index, row) for name in ("cilmCurrentImageLevel", CONFIGURED)]


def _of_link(router: Router, event: Event) -> Iterable[Binding] | None:
    assert isinstance(event, LinkChanged | LinkShut)
    found = [(index, row) for index, row in interface_rows(router).items() if row.name == event.interface]
    if not found or not found[0][1].linked:
        return None
    return [_read(IF_TABLE, name, *found[0]) for name in ("ifIndex", "ifDescr", "ifType")]


def _none(_: Router, __: Event) -> Iterable[Binding]:
    return ()


_EXCEEDED = (
    "clmgmtLicenseFeatureName", "clmgmtLicenseFeatureVersion", "clmgmtLicenseMaxUsageCount",
    "clmgmtFeatureWhatIsCounted", "clmgmtLicenseComments",
)  # fmt: skip
_NEAR = (*_EXCEEDED[:3], "clmgmtLicenseUsageCountRemaining", *_EXCEEDED[3:])


def _license(number: int, group: str, switch: str, variables: TrapVariables) -> NotificationRule:
    return NotificationRule((*LICENSE_TRAPS, number), "license", group, variables, switch)


_LEFT, _END = "clmgmtFeatureValidityPeriodRemaining", "clmgmtFeatureEndDate"
RULES: Mapping[type[Event], NotificationRule] = {
    expiry.LicenseExpired: _license(1, "usage", USAGE, _of_feature()),
    expiry.LicenseExpiring: _license(2, "usage", USAGE, _of_feature(_LEFT)),
    licenses.UsageAtLimit: _license(3, "usage", USAGE, _of_count(*_EXCEEDED)),
    licenses.UsageNearLimit: _license(4, "usage", USAGE, _of_count(*_NEAR)),
    licenses.LicenseInstalled: _license(5, "deploy", DEPLOYMENT, _of_license),
    licenses.LicenseCleared: _license(6, "deploy", DEPLOYMENT, _of_license),
    licenses.LicenseRevoked: _license(7, "deploy", DEPLOYMENT, _of_license),
    licenses.EulaAccepted: _license(8, "deploy", DEPLOYMENT, _of_feature()),
    licenses.LicenseRequestFailed: _license(9, "error", ERROR, _of_feature()),
    expiry.SubscriptionEnding: _license(10, "usage", USAGE, _of_feature(_END)),
    expiry.SubscriptionEnded: _license(12, "usage", USAGE, _of_feature(_END)),
    expiry.RightToUseAhead: _license(13, "usage", USAGE, _of_feature(_LEFT)),
    expiry.RightToUseBegan: _license(14, "usage", USAGE, _of_feature()),
    licenses.NextLevelChosen: NotificationRule(
        LEVEL_CHANGED, "license", "deploy", _of_level, LEVEL_SWITCH, usually=False
    ),
    AgentColdStarted: NotificationRule((*TRAPS, 1), "snmp", "coldstart", _none),
    LinkChanged: NotificationRule((*TRAPS, 3), "snmp", "linkdown", _of_link),
    LinkShut: NotificationRule((*TRAPS, 3), "snmp", "linkdown", _of_link),
    SnmpAuthenticationFailed: NotificationRule((*TRAPS, 5), "snmp", "authentication", _none),
}
LINK_UP = NotificationRule((*TRAPS, 4), "snmp", "linkup", _of_link)
"""Rule for a link that came up; one that went down is in the table."""

EXTENDED = _license(11, "usage", USAGE, _of_feature(_END))
"""Rule for a subscription that has ended while an extension of it is left; one that is over is in the table."""
