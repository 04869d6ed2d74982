"""The license that wins, and the level that boots (B.3 of the behaviour notes)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.time import DAY
from emulator.licensing import changes
from emulator.licensing.lines import LicenseLine
from emulator.licensing.selection import (
    BootLevel,
    Consumed,
    count_limit,
    cumulative_left,
    effective,
    next_boot_level,
    usable,
)
from emulator.licensing.store import Licenses
from emulator.licensing.types import LicenseType
from tests.unit.licensing.lines import BASE, BUILT_IN, LEVELS, PERIOD, TOP, holding, line

EVALUATION = BUILT_IN[0]
ORDER = (LicenseType.PERMANENT, LicenseType.EXTENSION, LicenseType.GRACE_PERIOD)


def boots(licenses: Licenses, configured: str | None = None, used: dict[str, int] | None = None) -> BootLevel:
    return next_boot_level(LEVELS, configured, licenses, BUILT_IN, Consumed(used or licenses.used))


def accepted_evaluation() -> Licenses:
    return changes.accept_eula(holding(line(feature=BASE)), EVALUATION, 0)


@pytest.mark.parametrize("better", range(3))
def test_permanent_goes_before_extension_before_grace_before_evaluation(better: int) -> None:
    licenses = changes.accept_eula(holding(*(line(kind) for kind in reversed(ORDER[better:]))), EVALUATION, 0)
    chosen = effective(TOP, licenses, BUILT_IN)
    assert chosen is not None
    assert chosen.line.type is ORDER[better]


def test_an_accepted_evaluation_is_used_when_there_is_nothing_else() -> None:
    chosen = effective(TOP, accepted_evaluation(), BUILT_IN)
    assert chosen is not None
    assert chosen.line == EVALUATION


def test_of_two_equal_ones_the_lower_store_index_wins() -> None:
    chosen = effective(TOP, holding(line(id_="first"), line(id_="second")), BUILT_IN)
    assert chosen is not None
    assert chosen.line.id == "first"


@pytest.mark.parametrize("kind", [LicenseType.EXTENSION, LicenseType.GRACE_PERIOD])
def test_no_metered_license_before_its_agreement(kind: LicenseType) -> None:
    assert effective(TOP, holding(line(kind), accepted=False), BUILT_IN) is None
    assert effective(TOP, holding(line(kind)), BUILT_IN) is not None


def test_a_permanent_license_needs_no_agreement() -> None:
    assert effective(TOP, holding(line(), accepted=False), BUILT_IN) is not None


@pytest.mark.parametrize(("used", "starts"), [(0, True), (PERIOD - 1, True), (PERIOD, False), (PERIOD + 1, False)])
def test_a_used_up_license_is_not_started(used: int, *, starts: bool) -> None:
    grace = line(LicenseType.GRACE_PERIOD)
    chosen = effective(TOP, holding(grace), BUILT_IN, Consumed({grace.id: used}))
    assert (chosen is not None) is starts


def test_a_license_of_one_feature_does_nothing_for_another() -> None:
    assert effective(TOP, holding(line(feature=BASE)), BUILT_IN) is None


def test_the_highest_licensed_level_boots() -> None:
    licenses = holding(line(feature=BASE), line())
    assert boots(licenses) == BootLevel(TOP, licenses.primary[1])


def test_a_configured_level_overrides() -> None:
    licenses = holding(line(feature=BASE), line())
    assert boots(licenses, BASE) == BootLevel(BASE, licenses.primary[0])


def test_a_configured_level_without_license_falls_back() -> None:
    licenses = holding(line(feature=BASE))
    assert boots(licenses, TOP) == BootLevel(BASE, licenses.primary[0])


def test_a_configured_level_that_the_image_lacks_is_passed_over() -> None:
    licenses = holding(line(feature=BASE), line())
    assert boots(licenses, "entservices").level == TOP


def test_a_device_without_any_license_runs_its_base_level() -> None:
    assert boots(Licenses()) == BootLevel(BASE, None)


def test_an_accepted_evaluation_boots_only_when_configured() -> None:
    assert boots(accepted_evaluation()).level == BASE
    assert boots(accepted_evaluation(), TOP).level == TOP


def test_a_used_up_evaluation_does_not_boot_again() -> None:
    assert boots(accepted_evaluation(), TOP, {EVALUATION.id: PERIOD}).level == BASE


@pytest.mark.parametrize("kind", [LicenseType.EXTENSION, LicenseType.GRACE_PERIOD])
def test_extension_and_grace_boot_by_themselves(kind: LicenseType) -> None:
    assert boots(holding(line(feature=BASE), line(kind))).level == TOP


kinds = st.sampled_from([*ORDER, LicenseType.EVALUATION])
lines = st.builds(
    lambda kind, feature, number: line(kind, feature, f"{kind}/{feature}/{number}"),
    kinds,
    st.sampled_from(LEVELS),
    st.integers(0, 2),
)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Licenses, Consumed, str | None]:
    installed = draw(st.lists(lines, max_size=6, unique_by=lambda each: each.id))
    licenses = holding(*installed, accepted=False)
    for each in (*installed, EVALUATION):
        if draw(st.booleans()):
            licenses = changes.accept_eula(licenses, each, 0)
    used = {each.id: draw(st.integers(0, 61)) * DAY for each in (*installed, EVALUATION) if each.rule.metered}
    for level in LEVELS:
        if draw(st.booleans()):
            licenses = changes.set_priority(licenses, level, draw(st.sampled_from(["high", "low"])))
    return licenses, Consumed(used), draw(st.sampled_from([None, *LEVELS, "entservices"]))


Situation = tuple[Licenses, Consumed, str | None]


@given(situations())
def test_no_level_above_the_base_without_a_usable_license(situation: Situation) -> None:
    licenses, consumed, configured = situation
    chosen = next_boot_level(LEVELS, configured, licenses, BUILT_IN, consumed)
    if chosen.level != BASE:
        assert chosen.license is not None
    if chosen.license is not None:
        assert chosen.license.line.feature == chosen.level
        assert chosen.license in usable(chosen.level, licenses, BUILT_IN, consumed)


@given(situations())
def test_an_evaluation_never_wins_the_level_by_itself(situation: Situation) -> None:
    licenses, consumed, configured = situation
    chosen = next_boot_level(LEVELS, configured, licenses, BUILT_IN, consumed)
    if configured != chosen.level and chosen.license is not None:
        rivals = usable(chosen.level, licenses, BUILT_IN, consumed)
        assert any(stored.line.rule.automatic for stored in rivals)


@given(situations())
def test_nothing_usable_of_a_better_type_is_passed_over(situation: Situation) -> None:
    licenses, consumed, configured = situation
    chosen = next_boot_level(LEVELS, configured, licenses, BUILT_IN, consumed)
    if chosen.license is not None:
        rules = [stored.line.rule for stored in usable(chosen.level, licenses, BUILT_IN, consumed)]
        metered = [rule.rank for rule in rules if rule.metered]
        first = (
            metered if licenses.priorities.get(chosen.level) == "high" and metered else [each.rank for each in rules]
        )
        assert chosen.license.line.rule.rank == min(first)


# --- priorities ---------------------------------------------------------------------------------------------------


def test_at_high_a_metered_license_wins_over_a_permanent_one() -> None:
    licenses = changes.accept_eula(holding(line()), EVALUATION, 0)
    high = changes.set_priority(licenses, TOP, "high")
    for stores, kind in ((licenses, LicenseType.PERMANENT), (high, LicenseType.EVALUATION)):
        chosen = effective(TOP, stores, BUILT_IN)
        assert chosen is not None
        assert chosen.line.type is kind
        assert boots(stores) == BootLevel(TOP, chosen)
    low = changes.set_priority(high, TOP, "low")
    assert boots(low) == boots(licenses)


def test_at_high_an_evaluation_still_needs_the_boot_line() -> None:
    licenses = changes.set_priority(accepted_evaluation(), TOP, "high")
    assert boots(licenses).level == BASE
    assert boots(licenses, TOP).level == TOP


def test_at_high_an_agreement_that_is_not_accepted_is_not_passed_over() -> None:
    chosen = effective(TOP, changes.set_priority(holding(line()), TOP, "high"), BUILT_IN)
    assert chosen is not None
    assert chosen.line.type is LicenseType.PERMANENT


def test_the_priority_of_one_feature_is_nothing_to_another() -> None:
    licenses = changes.set_priority(changes.accept_eula(holding(line()), EVALUATION, 0), BASE, "high")
    chosen = effective(TOP, licenses, BUILT_IN)
    assert chosen is not None
    assert chosen.line.type is LicenseType.PERMANENT


# --- the base level -----------------------------------------------------------------------------------------------


def test_the_base_level_may_be_configured_without_a_license_for_it() -> None:
    assert boots(holding(line()), BASE) == BootLevel(BASE, None)


def test_a_level_above_it_may_not() -> None:
    assert boots(Licenses(), TOP) == BootLevel(BASE, None)


# --- stacking -----------------------------------------------------------------------------------------------------


def additive(days: int, id_: str, kind: LicenseType = LicenseType.EXTENSION, *, exclusive: bool = False) -> LicenseLine:
    return line(kind, id_=id_, period=days * DAY, exclusive=exclusive)


def left(licenses: Licenses, id_: str, used: dict[str, int] | None = None, today: int | None = None) -> int:
    stored = next(each for each in licenses.all(BUILT_IN) if each.line.id == id_)
    return cumulative_left(stored, licenses, BUILT_IN, Consumed(used or {}, today)) // DAY


def test_the_periods_of_additive_licenses_add_up() -> None:
    licenses = changes.accept_eula(holding(additive(30, "a"), additive(10, "b")), EVALUATION, 0)
    assert [left(licenses, each) for each in ("a", "b", EVALUATION.id)] == [100, 100, 100]
    assert left(licenses, EVALUATION.id, {EVALUATION.id: 20 * DAY, "b": 4 * DAY}) == 76


def test_an_exclusive_license_stands_alone() -> None:
    licenses = changes.accept_eula(holding(additive(30, "alone", exclusive=True), additive(10, "b")), EVALUATION, 0)
    assert left(licenses, "alone") == 30
    assert left(licenses, EVALUATION.id) == 70


def test_what_is_over_or_waits_for_its_agreement_does_not_follow() -> None:
    licenses = holding(additive(30, "a"), additive(10, "b"))
    assert left(licenses, "a", {"b": 10 * DAY}) == 30, "and the evaluation's agreement is not accepted"


def test_an_overdue_license_is_helped_by_what_follows() -> None:
    licenses = changes.accept_eula(holding(additive(30, "a")), EVALUATION, 0)
    assert left(licenses, EVALUATION.id, {EVALUATION.id: 65 * DAY}) == 30, "no overrun is taken"


def test_nothing_follows_a_right_to_use() -> None:
    right = line(LicenseType.EVAL_RIGHT_TO_USE, exclusive=False)
    assert left(holding(right, additive(30, "a")), right.id) == 60


# --- counted ------------------------------------------------------------------------------------------------------


def test_two_counted_licenses_add_up() -> None:
    licenses = holding(*(line(feature="SSL_VPN", id_=str(count), count=count) for count in (10, 25)))
    assert count_limit("SSL_VPN", licenses, BUILT_IN, Consumed()) == 35
    assert count_limit(TOP, licenses, BUILT_IN, Consumed()) == 0


def test_a_subscription_that_has_ended_no_longer_counts() -> None:
    licenses = holding(line(LicenseType.SUBSCRIPTION, "SSL_VPN", count=10, ends=100))
    limits = [count_limit("SSL_VPN", licenses, BUILT_IN, Consumed({}, today)) for today in (None, 99, 100, 101)]
    assert limits == [10, 10, 0, 0]
