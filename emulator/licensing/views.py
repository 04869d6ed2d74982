"""Facts about each license: the view that screens, SNMP and JSON share.

C: the evaluation beside a permanent license of the same feature is `Inactive` and missing from `show license`; the
priorities Medium, None and Low; counted licenses of one feature are cumulative; the time held after the end is a
figure of its own (clmgmtLicenseExpiredPeriod) and no part of the period used. R: High. I: a license for a feature
that the running image does not have is `Inactive` (MIB: installed, not active).
"""

from collections.abc import Container, Mapping, Sequence
from enum import StrEnum

import msgspec

from emulator.kernel.time import Duration
from emulator.licensing.lines import LicenseLine
from emulator.licensing.selection import Consumed, count_limit, cumulative_left, shares, usable
from emulator.licensing.states import STATE_OF, LicenseState
from emulator.licensing.store import Licenses, StoredLicense
from emulator.licensing.types import RIGHT_TO_USE


class Priority(StrEnum):
    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"
    NONE = "None"


class LicenseView(msgspec.Struct, frozen=True):
    """A license, ready to be shown.

    Attributes:
        left, used: of a license that runs out, in milliseconds, `left` never below 0, `used` never above the period;
            None for the others.
        in_use: uses taken of a counted license; None for one that is not counted.
        shadowed: a permanent license of the feature stands before it.
        overrun: milliseconds for which it was held after its end.
        violation: those of its uses that no license of the feature allows.
        supported: the running image has the feature.
    """

    stored: StoredLicense
    state: LicenseState
    priority: Priority
    left: Duration | None
    used: Duration | None
    in_use: int | None
    shadowed: bool
    overrun: Duration = 0
    violation: int = 0
    supported: bool = True

    @property
    def line(self) -> LicenseLine:
        return self.stored.line

    @property
    def title(self) -> str:
        """Display word of the type; an evaluation that became a right to use has another."""
        over = self.line.rule.metered and self.left == 0 and not self.line.rule.stops
        return RIGHT_TO_USE if over else self.line.rule.title

    @property
    def ever_used(self) -> bool:
        return bool(self.used)

    @property
    def is_using(self) -> bool:
        return self.state in {LicenseState.IN_USE, LicenseState.EXPIRED_IN_USE}

    @property
    def count_text(self) -> str:
        """Count of this license as `show license detail` prints it."""
        return count_text((self,))


def count_text(views: Sequence[LicenseView]) -> str:
    """Count of the licenses of a feature, the first of which stands for it: `Non-Counted`, `4/4/0
    (Active/In-use/Violation)`, or of a metered one `0/0  (In-use/Violation)`.
    """
    counted = [view for view in views if view.line.count is not None]
    if not views or views[0].line.count is None:
        return "Non-Counted"
    used = f"{sum(view.in_use or 0 for view in counted)}/{sum(view.violation for view in counted)}"
    if views[0].line.rule.metered:
        return f"{used}  (In-use/Violation)"
    return f"{sum(view.line.count or 0 for view in counted)}/{used}  (Active/In-use/Violation)"


class FeatureView(msgspec.Struct, frozen=True):
    """A licensable feature.

    Attributes:
        license: the one that stands for it in `show license`; None: it has none.
        left: milliseconds left of that and of those that will follow it.
        count: how many uses its licenses allow together.
        others: its further licenses that count together with that one.
    """

    feature: str
    license: LicenseView | None
    left: Duration | None = None
    count: int = 0
    others: tuple[LicenseView, ...] = ()

    @property
    def count_text(self) -> str:
        """Count of all its licenses together, as `show license` prints it."""
        return count_text(() if self.license is None else (self.license, *self.others))


class FeatureRow(msgspec.Struct, frozen=True):
    """A row of `show license feature`.

    Attributes:
        enforcement: it does not run without a license.
        evaluation: the image carries an evaluation for it.
        subscription: its licenses are subscriptions.
        enabled: it runs now.
        right_to_use: its evaluation goes over into a right to use.
    """

    feature: str
    enforcement: bool
    evaluation: bool
    subscription: bool
    enabled: bool
    right_to_use: bool


def license_views(
    licenses: Licenses,
    built_in: Sequence[LicenseLine],
    consumed: Consumed,
    in_use: Sequence[str] = (),
    seats: Mapping[str, int] = {},
    supported: Container[str] | None = None,
) -> tuple[LicenseView, ...]:
    """List every stored license by feature name; the licenses of one feature in order of preference.

    Args:
        in_use: ids of the licenses that features use now.
        seats: uses taken of counted features.
        supported: features of the running image; None: every feature.
    """
    everything = licenses.all(built_in)
    taken, allowed = _taken(seats, licenses, built_in, consumed)
    permanent = {stored.line.feature for stored in everything if stored.line.rule.meter == "none"}

    def view(stored: StoredLicense) -> LicenseView:
        line, rule = stored.line, stored.line.rule
        using = line.id in in_use
        left = consumed.left(line)
        high = licenses.priorities.get(line.feature) == "high"
        shadowed = rule.metered and line.feature in permanent and not using and not high
        accepted = licenses.accepted(line)
        state = STATE_OF[rule.metered, using, consumed.is_over(line), accepted or using]
        known = supported is None or line.feature in supported
        inactive = shadowed or not known
        if inactive:
            state = LicenseState.INACTIVE
        priority = Priority.NONE if inactive else Priority.MEDIUM
        if rule.metered and not inactive:
            priority = Priority.NONE if not accepted else Priority.HIGH if high else Priority.LOW
        spent = consumed.used.get(line.id, 0)
        return LicenseView(
            stored,
            state,
            priority,
            None if left is None else max(left, 0),
            min(spent, line.period or 0) if rule.metered else None,
            None if line.count is None else taken.get(line.id, 0),
            shadowed,
            max(spent - (line.period or 0), 0) if rule.metered and rule.stops else 0,
            0 if line.count is None else max(taken.get(line.id, 0) - allowed.get(line.id, 0), 0),
            known,
        )

    views = map(view, everything)
    return tuple(sorted(views, key=lambda each: (each.line.feature, each.line.rule.rank, each.stored.index)))


def _taken(
    seats: Mapping[str, int], licenses: Licenses, built_in: Sequence[LicenseLine], consumed: Consumed
) -> tuple[dict[str, int], dict[str, int]]:
    """Uses taken, and those allowed, by license id; uses that no license allows any more stay with one that was."""
    taken: dict[str, int] = {}
    allowed: dict[str, int] = {}
    for feature, uses in seats.items():
        candidates = usable(feature, licenses, built_in, consumed)
        allowed |= {stored.line.id: stored.line.count or uses for stored in candidates}
        ended = [stored for stored in licenses.all(built_in) if stored.line.feature == feature]
        taken |= shares(uses, candidates or ended[:1])
    return taken, allowed


def feature_views(
    features: Sequence[str],
    views: Sequence[LicenseView],
    licenses: Licenses,
    built_in: Sequence[LicenseLine],
    consumed: Consumed,
) -> tuple[FeatureView, ...]:
    """List one view for each feature, in the order given: the license in use, else the best that may yet be used."""
    result = []
    for feature in features:
        own = [view for view in views if view.line.feature == feature]
        standing = [view for view in own if not view.shadowed]
        lasting = [view for view in standing if view.state is not LicenseState.EXPIRED_NOT_IN_USE]
        chosen = next(iter([view for view in own if view.is_using] or lasting or standing or own), None)
        left = None
        if chosen is not None and chosen.left is not None:
            left = max(cumulative_left(chosen.stored, licenses, built_in, consumed), 0)
        others = tuple(view for view in lasting if view is not chosen)
        limit = count_limit(feature, licenses, built_in, consumed)
        result.append(FeatureView(feature, chosen, left, limit, others))
    return tuple(result)
