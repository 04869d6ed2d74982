"""Licenses for a time: demo licenses from the portal, extension licenses from the TAC, both for one device.

C (the FAQ): a demo license is for 60 days; the TAC agrees on any time, more or less than that. I: a device gets one
demo license a feature, since its use is recorded on the device anyway; an extension can be granted again and again,
by an operator, and periods add up. A counted feature is given its smallest count on sale.
"""

from emulator.backend.entities import Device, Origin
from emulator.backend.letters import Draft
from emulator.backend.refusals import PortalRefusal
from emulator.backend.transaction import Transaction, new_line
from emulator.kernel.errors import nearest
from emulator.kernel.time import DAY, Duration, format_duration
from emulator.licensing.changes import LONGEST_PERIOD
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi

DEMO_PERIOD = 60 * DAY


def demo(transaction: Transaction, udi: Udi, feature_or_sku: str) -> Draft:
    """Issue the demo license of a feature, once for a device."""
    device, feature, count = _wanted(transaction, udi, feature_or_sku)
    for each in transaction.records.licenses.held(udi):
        if each.line.type is LicenseType.EVALUATION and each.line.feature == feature:
            raise PortalRefusal.DEMO_GIVEN.error(udi=udi, feature=feature)
    reason = f"Your demo license for {feature}."
    source = "License portal, demo"
    return _granted(
        transaction, device, feature, LicenseType.EVALUATION, DEMO_PERIOD, count, source, Origin.DEMO, reason
    )


def extension(transaction: Transaction, udi: Udi, feature_or_sku: str, period: Duration) -> Draft:
    """Issue an extension license for a period in milliseconds; the audit log keeps who granted it, and why."""
    transaction.operators_only()
    if not transaction.why:
        raise PortalRefusal.NO_GRANT.error()
    if not 0 < period <= LONGEST_PERIOD:
        raise PortalRefusal.BAD_PERIOD.error(period=format_duration(period), longest=format_duration(LONGEST_PERIOD))
    device, feature, count = _wanted(transaction, udi, feature_or_sku)
    reason = f"Your extension license for {feature}, as agreed with the TAC."
    source = "TAC, extension"
    return _granted(
        transaction, device, feature, LicenseType.EXTENSION, period, count, source, Origin.EXTENSION, reason
    )


def _granted(
    transaction: Transaction,
    device: Device,
    feature: str,
    kind: LicenseType,
    period: Duration,
    count: int | None,
    source: str,
    origin: Origin,
    reason: str,
) -> Draft:
    udi = device.udi
    transaction.room_for(device, 1)
    _, [id_] = transaction.license_ids(1)
    line = new_line(id_, feature, kind, udi, period=period, count=count)
    issued = transaction.issue(device, [line], source, origin)
    transaction.note(origin.value, udi, f"{feature} {format_duration(period)}", device=udi)
    return transaction.license_mail(udi, issued, issued[0].created, reason)


def _wanted(transaction: Transaction, udi: Udi, feature_or_sku: str) -> tuple[Device, str, int | None]:
    """Return the device, the feature, and a count where it is counted; refused unless it is on sale for the device."""
    device = transaction.device(udi)
    family = transaction.serve(udi)
    transaction.made(device)
    skus = transaction.context.skus
    if sku := skus.get(feature_or_sku):
        transaction.context.fits(sku, udi, family)
        return device, sku.feature, sku.count
    rows = [sku for sku in skus.values() if sku.feature == feature_or_sku]
    if not rows:
        features = {sku.feature for sku in skus.values()}
        raise PortalRefusal.UNKNOWN_FEATURE.error(feature=feature_or_sku, nearest=nearest(feature_or_sku, features))
    fitting = [sku for sku in rows if family in sku.families]
    if not fitting:
        raise PortalRefusal.NOT_OFFERED.error(feature=feature_or_sku, udi=udi, family=family)
    return device, feature_or_sku, min((sku.count for sku in fitting if sku.count is not None), default=None)
