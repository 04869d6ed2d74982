"""Notifications of the license agent: the events that the license MIBs have a notification for (I), as messages.

They are posted to each `license agent notify URL`; the switches of SNMP say nothing about them.
"""

from collections.abc import Mapping

from emulator.kernel.events import Event
from emulator.license_agent.messages import AgentNotification
from emulator.licensing import events as licenses
from emulator.licensing import expiry
from emulator.router.device import Router
from emulator.router.syslog_messages import message_of

NAMES: Mapping[type[Event], str] = {
    expiry.LicenseExpired: "clmgmtLicenseExpired",
    expiry.LicenseExpiring: "clmgmtLicenseExpiryWarning",
    licenses.UsageAtLimit: "clmgmtLicenseUsageCountExceeded",
    licenses.UsageNearLimit: "clmgmtLicenseUsageCountAboutToExceed",
    licenses.LicenseInstalled: "clmgmtLicenseInstalled",
    licenses.LicenseCleared: "clmgmtLicenseCleared",
    licenses.LicenseRevoked: "clmgmtLicenseRevoked",
    licenses.EulaAccepted: "clmgmtLicenseEULAAccepted",
    licenses.LicenseRequestFailed: "clmgmtLicenseNotEnforced",
    expiry.SubscriptionEnding: "clmgmtLicenseSubscriptionExpiryWarning",
    expiry.SubscriptionEnded: "clmgmtLicenseSubscriptionExpired",
    expiry.RightToUseAhead: "clmgmtLicenseEvalRTUTransitionWarning",
    expiry.RightToUseBegan: "clmgmtLicenseEvalRTUTransition",
    licenses.NextLevelChosen: "cilmBootImageLevelChanged",
}
"""Notification of each event, by its name in the MIBs (C)."""

EXTENDED = "clmgmtLicenseSubscriptionExtExpiryWarning"
"""Notification of a subscription that has ended while an extension license of its feature has time left."""


def notification(router: Router, event: Event, number: int) -> AgentNotification | None:
    """Return what managers of a running router are told of an event; None: nothing.

    Args:
        router: the router.
        event: that happened to it.
        number: of the notification.
    """
    name = NAMES.get(type(event))
    if name is None:
        return None
    feature = version = level = ""
    match event:
        case licenses.NextLevelChosen():
            if event.level == router.running.level:
                return None
            level = event.level
        case expiry.LicenseEvent():
            feature, version = event.feature, event.version
            if isinstance(event, expiry.SubscriptionEnded) and router.activation.inventory.is_extended(feature):
                name = EXTENDED
    udi = router.state.udi
    return AgentNotification(
        pid=udi.pid,
        sn=udi.serial,
        number=number,
        time=router.wall_time().local.isoformat(timespec="milliseconds"),
        event=name,
        text=message_of(event, udi) or "",
        feature=feature,
        version=version,
        level=level,
    )
