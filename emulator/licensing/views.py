"""What can be said of each license, as facts: the view that screens, SNMP and JSON share.

Which state a license is in follows from five facts by one table (B.2 of the behaviour notes). C: state words for
permanent and never-used evaluations, and that the evaluation beside a permanent license of the same feature is
`Inactive` and missing from `show license`. I: the words for expired ones.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from emulator.kernel.time import Duration
from emulator.licensing.lines import LicenseLine
from emulator.licensing.selection import Usage, is_expired
from emulator.licensing.store import HistoryKind, Licenses, StoredLicense


class LicenseState(StrEnum):
    """The value is what `show license` prints."""

    IN_USE = "Active, In Use"
    NOT_IN_USE = "Active, Not in Use"
    EULA_PENDING = "Active, Not in Use, EULA not accepted"
    EULA_ACCEPTED = "Active, Not in Use, EULA accepted"
    EXPIRED_IN_USE = "Expired, In Use"
    EXPIRED_NOT_IN_USE = "Expired, Not in Use"
    INACTIVE = "Inactive"


class Priority(StrEnum):
    MEDIUM = "Medium"
    LOW = "Low"
    NONE = "None"


_METERED_STATES = {
    # (in use, expired, agreement accepted)
    (True, False, True): LicenseState.IN_USE,
    (True, True, True): LicenseState.EXPIRED_IN_USE,
    (False, True, True): LicenseState.EXPIRED_NOT_IN_USE,
    (False, True, False): LicenseState.EXPIRED_NOT_IN_USE,
    (False, False, True): LicenseState.EULA_ACCEPTED,
    (False, False, False): LicenseState.EULA_PENDING,
}


class LicenseView(msgspec.Struct, frozen=True):
    """One license, ready to be shown.

    Attributes:
        left, used: of a metered license, in milliseconds; None for a permanent one.
        ever_used: it has been in use at some time.
    """

    stored: StoredLicense
    state: LicenseState
    priority: Priority
    left: Duration | None
    used: Duration | None
    shadowed: bool

    @property
    def line(self) -> LicenseLine:
        return self.stored.line

    @property
    def ever_used(self) -> bool:
        return bool(self.used)


class FeatureView(msgspec.Struct, frozen=True):
    """One licensable feature, and the license that stands for it in `show license` (None: it has none)."""

    feature: str
    license: LicenseView | None


def license_views(
    licenses: Licenses, built_in: Sequence[LicenseLine], usage: Usage, in_use: str | None
) -> tuple[LicenseView, ...]:
    """Every stored license, by feature name; of one feature in order of preference."""
    everything = licenses.all(built_in)
    permanent = {stored.line.feature for stored in everything if not stored.line.rule.metered}
    views = [_view(stored, licenses, usage, in_use, permanent) for stored in everything]
    return tuple(sorted(views, key=lambda view: (view.line.feature, view.line.rule.rank, view.stored.index)))


def feature_views(features: Sequence[str], views: Sequence[LicenseView]) -> tuple[FeatureView, ...]:
    """One view a feature, in the order given: the license in use, else the best that is not shadowed."""
    result = []
    for feature in features:
        own = [view for view in views if view.line.feature == feature]
        used = [view for view in own if view.state in {LicenseState.IN_USE, LicenseState.EXPIRED_IN_USE}]
        candidates = used or [view for view in own if not view.shadowed] or own
        result.append(FeatureView(feature, candidates[0] if candidates else None))
    return tuple(result)


def _view(
    stored: StoredLicense, licenses: Licenses, usage: Usage, in_use: str | None, permanent: set[str]
) -> LicenseView:
    line = stored.line
    using = line.id == in_use
    if line.period is None:
        state = LicenseState.IN_USE if using else LicenseState.NOT_IN_USE
        return LicenseView(stored, state, Priority.MEDIUM, None, None, shadowed=False)
    used = usage.get(line.id, 0)
    shadowed = line.feature in permanent and not using
    accepted = licenses.ever(HistoryKind.EULA_ACCEPTED, line.id)
    state = LicenseState.INACTIVE if shadowed else _METERED_STATES[using, is_expired(line, usage), accepted]
    priority = Priority.LOW if accepted and not shadowed else Priority.NONE
    return LicenseView(stored, state, priority, max(line.period - used, 0), used, shadowed)
