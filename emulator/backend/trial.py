"""Licenses for a time: demo licenses from the portal, extension licenses from the TAC, both for one device.

C (the FAQ): a demo license is for 60 days; the TAC agrees on any time, more or less than that. I: a device gets one
demo license a feature, since its use is recorded on the device anyway; an extension can be granted again and again,
and periods add up. A counted feature is given its smallest count on sale.
"""

from emulator.backend.mail import Mail
from emulator.backend.office import Office
from emulator.backend.refusals import Refusal
from emulator.backend.state import IssuedLicense
from emulator.kernel.errors import nearest
from emulator.kernel.time import DAY, Duration, Instant, format_duration
from emulator.licensing.changes import LONGEST_PERIOD
from emulator.licensing.lines import LicenseType
from emulator.licensing.udi import Udi

DEMO_PERIOD = 60 * DAY


def demo(office: Office, udi: Udi, feature_or_sku: str, now: Instant) -> Mail:
    """The demo license of a feature, once for a device."""
    feature, count = _wanted(office, udi, feature_or_sku)
    for id_ in office.state.held.get(str(udi), ()):
        line = office.state.licenses[id_].line
        if line.type is LicenseType.EVALUATION and line.feature == feature:
            raise Refusal.DEMO_GIVEN.error(udi=udi, feature=feature)
    reason = f"Your demo license for {feature}."
    return _granted(
        office, udi, feature, LicenseType.EVALUATION, DEMO_PERIOD, count, "License portal, demo", reason, now
    )


def extension(office: Office, udi: Udi, feature_or_sku: str, period: Duration, now: Instant) -> Mail:
    """An extension license, for the time that was agreed on."""
    if not 0 < period <= LONGEST_PERIOD:
        raise Refusal.BAD_PERIOD.error(period=format_duration(period), longest=format_duration(LONGEST_PERIOD))
    feature, count = _wanted(office, udi, feature_or_sku)
    reason = f"Your extension license for {feature}, as agreed with the TAC."
    return _granted(office, udi, feature, LicenseType.EXTENSION, period, count, "TAC, extension", reason, now)


def _granted(
    office: Office,
    udi: Udi,
    feature: str,
    kind: LicenseType,
    period: Duration,
    count: int | None,
    source: str,
    reason: str,
    now: Instant,
) -> Mail:
    office.room_for(udi, 1, now)
    line = office.new_line(feature, kind, udi, now, period=period, count=count)
    issued = office.issue(IssuedLicense(line, source, office.stamp(udi, now)))
    act = "demo" if kind is LicenseType.EVALUATION else "extension"
    office.note(now, act, udi, f"{feature} {format_duration(period)}")
    return office.license_mail(udi, [issued], issued.created, reason, now)


def _wanted(office: Office, udi: Udi, feature_or_sku: str) -> tuple[str, int | None]:
    """The feature, and a count where it is counted; refused unless it is on sale for the device."""
    family = office.serve(udi)
    office.made(udi)
    if sku := office.skus.get(feature_or_sku):
        office.serve_for(udi, (sku.name,))
        return sku.feature, sku.count
    rows = [sku for sku in office.skus.values() if sku.feature == feature_or_sku]
    if not rows:
        features = {sku.feature for sku in office.skus.values()}
        raise Refusal.UNKNOWN_FEATURE.error(feature=feature_or_sku, nearest=nearest(feature_or_sku, features))
    fitting = [sku for sku in rows if family in sku.families]
    if not fitting:
        raise Refusal.NOT_OFFERED.error(feature=feature_or_sku, udi=udi, family=family)
    return feature_or_sku, min((sku.count for sku in fitting if sku.count is not None), default=None)
