"""What can be said of each license, as facts: the view that screens, SNMP and JSON share.

C: the evaluation beside a permanent license of the same feature is `Inactive` and missing from `show license`; the
priorities Medium, None and Low. R: High.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from emulator.kernel.time import Duration
from emulator.licensing.lines import RIGHT_TO_USE, LicenseLine
from emulator.licensing.selection import Consumed, count_limit, cumulative_left
from emulator.licensing.states import STATE_OF, LicenseState
from emulator.licensing.store import Licenses, StoredLicense


class Priority(StrEnum):
    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"
    NONE = "None"


class LicenseView(msgspec.Struct, frozen=True):
    """A license, ready to be shown.

    Attributes:
        left, used: of a license that runs out, in milliseconds, `left` never below 0; None for the others.
        in_use: uses taken of a counted license; None for one that is not counted.
        shadowed: a permanent license of the feature stands before it.
    """

    stored: StoredLicense
    state: LicenseState
    priority: Priority
    left: Duration | None
    used: Duration | None
    in_use: int | None
    shadowed: bool

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
    def count_text(self) -> str:
        """Count as every screen prints it: `Non-Counted`, `4/4/0 (Active/In-use/Violation)`, `0/0
        (In-use/Violation)`.
        """
        if self.line.count is None or self.in_use is None:
            return "Non-Counted"
        violation = max(self.in_use - self.line.count, 0)
        if self.line.rule.metered:
            return f"{self.in_use}/{violation}  (In-use/Violation)"
        return f"{self.line.count}/{self.in_use}/{violation}  (Active/In-use/Violation)"


class FeatureView(msgspec.Struct, frozen=True):
    """A licensable feature.

    Attributes:
        license: the one that stands for it in `show license`; None: it has none.
        left: milliseconds left of that and of those that will follow it.
        count: how many uses its licenses allow together.
    """

    feature: str
    license: LicenseView | None
    left: Duration | None = None
    count: int = 0


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
) -> tuple[LicenseView, ...]:
    """List every stored license by feature name; the licenses of one feature in order of preference.

    Args:
        in_use: ids of the licenses that features use now.
        seats: uses taken of counted features.
    """
    everything = licenses.all(built_in)
    permanent = {stored.line.feature for stored in everything if stored.line.rule.meter == "none"}

    def view(stored: StoredLicense) -> LicenseView:
        line, rule = stored.line, stored.line.rule
        using = line.id in in_use
        left = consumed.left(line)
        high = licenses.priorities.get(line.feature) == "high"
        shadowed = rule.metered and line.feature in permanent and not using and not high
        accepted = licenses.accepted(line)
        state = STATE_OF[rule.metered, using, consumed.is_over(line), accepted or using]
        if shadowed:
            state = LicenseState.INACTIVE
        priority = Priority.MEDIUM
        if rule.metered:
            priority = Priority.NONE if shadowed or not accepted else Priority.HIGH if high else Priority.LOW
        return LicenseView(
            stored,
            state,
            priority,
            None if left is None else max(left, 0),
            consumed.used.get(line.id, 0) if rule.metered else None,
            None if line.count is None else seats.get(line.feature, 0),
            shadowed,
        )

    views = map(view, everything)
    return tuple(sorted(views, key=lambda each: (each.line.feature, each.line.rule.rank, each.stored.index)))


def feature_views(
    features: Sequence[str],
    views: Sequence[LicenseView],
    licenses: Licenses,
    built_in: Sequence[LicenseLine],
    consumed: Consumed,
) -> tuple[FeatureView, ...]:
    """List one view for each feature, in the order given: the license in use, else the best that is not shadowed."""
    result = []
    for feature in features:
        own = [view for view in views if view.line.feature == feature]
        used = [view for view in own if view.state in {LicenseState.IN_USE, LicenseState.EXPIRED_IN_USE}]
        chosen = next(iter(used or [view for view in own if not view.shadowed] or own), None)
        left = None
        if chosen is not None and chosen.left is not None:
            left = max(cumulative_left(chosen.stored, licenses, built_in, consumed), 0)
        result.append(FeatureView(feature, chosen, left, count_limit(feature, licenses, built_in, consumed)))
    return tuple(result)
