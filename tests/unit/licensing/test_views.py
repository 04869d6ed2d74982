"""The state of each license, row by row of the table, and what a screen shows of it (B.2, A.11)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.time import DAY
from emulator.licensing import changes
from emulator.licensing.lines import LicenseLine
from emulator.licensing.selection import Consumed
from emulator.licensing.states import STATE_OF, TRANSITIONS, LicenseState
from emulator.licensing.store import Licenses
from emulator.licensing.types import LicenseType
from emulator.licensing.views import FeatureView, LicenseView, Priority, feature_views, license_views
from tests.unit.licensing.lines import BASE, BUILT_IN, PERIOD, TOP, holding, line

EVALUATION = BUILT_IN[0]
PERMANENT = line()
METERED = [LicenseType.EXTENSION, LicenseType.GRACE_PERIOD, LicenseType.EVALUATION, LicenseType.EVAL_RIGHT_TO_USE]


def view(
    licenses: Licenses,
    id_: str,
    used: int = 0,
    *,
    in_use: bool = False,
    today: int | None = None,
    seats: int = 0,
) -> LicenseView:
    using = (id_,) if in_use else ()
    views = license_views(licenses, BUILT_IN, Consumed({id_: used}, today), using, {"SSL_VPN": seats})
    return next(each for each in views if each.line.id == id_)


def seated(licenses: Licenses, users: int, used: dict[str, int] | None = None) -> tuple[list[str], str]:
    """Words of `show license detail` about each license of the counted feature, and `show license` of them all."""
    consumed = Consumed(used or {})
    views = license_views(licenses, (), consumed, (), {"SSL_VPN": users})
    [feature] = feature_views(["SSL_VPN"], views, licenses, (), consumed)
    return [each.count_text for each in views], feature.count_text


def features(
    licenses: Licenses, *names: str, in_use: tuple[str, ...] = (), used: dict[str, int] | None = None
) -> list[FeatureView]:
    consumed = Consumed(used or {})
    views = license_views(licenses, BUILT_IN, consumed, in_use)
    return list(feature_views(names, views, licenses, BUILT_IN, consumed))


@pytest.mark.parametrize("kind", METERED)
@pytest.mark.parametrize(
    ("accepted", "used", "in_use", "state", "priority"),
    [
        (False, 0, False, "Active, Not in Use, EULA not accepted", "None"),
        (True, 0, False, "Active, Not in Use, EULA accepted", "Low"),
        (True, 5 * DAY, False, "Active, Not in Use, EULA accepted", "Low"),
        (True, 5 * DAY, True, "Active, In Use", "Low"),
        (True, PERIOD, True, "Expired, In Use", "Low"),
        (True, PERIOD, False, "Expired, Not in Use", "Low"),
        (False, PERIOD, False, "Expired, Not in Use", "None"),
    ],
)
def test_a_metered_license(
    kind: LicenseType, accepted: bool, used: int, in_use: bool, state: str, priority: str
) -> None:
    if kind is LicenseType.EVAL_RIGHT_TO_USE and used == PERIOD:
        state = "Active, In Use" if in_use else f"Active, Not in Use, EULA {'' if accepted else 'not '}accepted"
    one = line(kind)
    seen = view(holding(one, accepted=accepted), one.id, used, in_use=in_use)
    assert (seen.state, seen.priority, seen.left, seen.used) == (state, priority, PERIOD - used, used)
    assert (seen.in_use, seen.count_text, seen.ever_used) == (None, "Non-Counted", used > 0)


def test_the_agreement_for_all_is_an_agreement() -> None:
    licenses = changes.accept_eula_for_all(Licenses())
    assert view(licenses, EVALUATION.id).state is LicenseState.EULA_ACCEPTED


@pytest.mark.parametrize(
    ("used", "title"), [(0, "EvalRightToUse"), (PERIOD - 1, "EvalRightToUse"), (PERIOD, "RightToUse")]
)
def test_an_evaluation_that_became_a_right_is_called_so(used: int, title: str) -> None:
    one = line(LicenseType.EVAL_RIGHT_TO_USE)
    assert view(holding(one), one.id, used).title == title


@pytest.mark.parametrize("kind", sorted(set(LicenseType) - {LicenseType.EVAL_RIGHT_TO_USE}))
def test_any_other_keeps_its_name(kind: LicenseType) -> None:
    one = line(kind, ends=5)
    assert view(holding(one), one.id, PERIOD, today=9).title == one.rule.title


@pytest.mark.parametrize(("in_use", "state"), [(True, "Active, In Use"), (False, "Active, Not in Use")])
def test_a_permanent_license(*, in_use: bool, state: str) -> None:
    seen = view(holding(PERMANENT), PERMANENT.id, in_use=in_use)
    assert (seen.state, seen.priority, seen.left, seen.used) == (state, Priority.MEDIUM, None, None)


@pytest.mark.parametrize(
    ("today", "in_use", "state", "left"),
    [
        (None, True, "Active, In Use", None),
        (None, False, "Active, Not in Use", None),
        (9 * DAY, True, "Active, In Use", DAY),
        (9 * DAY, False, "Active, Not in Use", DAY),
        (10 * DAY, True, "Expired, In Use", 0),
        (12 * DAY, False, "Expired, Not in Use", 0),
    ],
)
def test_a_subscription(today: int | None, in_use: bool, state: str, left: int | None) -> None:
    one = line(LicenseType.SUBSCRIPTION, ends=10 * DAY)
    seen = view(holding(one, PERMANENT), one.id, in_use=in_use, today=today)
    assert (seen.state, seen.priority, seen.left, seen.used) == (state, Priority.MEDIUM, left, None)
    assert not seen.shadowed


@pytest.mark.parametrize("used", [0, 5 * DAY, PERIOD])
def test_an_evaluation_beside_a_permanent_license_is_inactive(used: int) -> None:
    licenses = changes.accept_eula(holding(PERMANENT), EVALUATION, 0)
    seen = view(licenses, EVALUATION.id, used)
    assert (seen.state, seen.priority, seen.shadowed) == (LicenseState.INACTIVE, Priority.NONE, True)


def test_at_high_it_is_not() -> None:
    licenses = changes.accept_eula(changes.set_priority(holding(PERMANENT), TOP, "high"), EVALUATION, 0)
    seen = view(licenses, EVALUATION.id)
    assert (seen.state, seen.priority, seen.shadowed) == (LicenseState.EULA_ACCEPTED, Priority.HIGH, False)
    assert view(licenses, PERMANENT.id).priority is Priority.MEDIUM


def test_an_evaluation_in_use_stays_so_until_the_reload_after_a_permanent_one_came() -> None:
    licenses = changes.accept_eula(holding(PERMANENT), EVALUATION, 0)
    assert view(licenses, EVALUATION.id, DAY, in_use=True).state is LicenseState.IN_USE


def test_nothing_is_left_below_zero() -> None:
    assert view(Licenses(), EVALUATION.id, PERIOD + DAY).left == 0


@pytest.mark.parametrize(
    ("kind", "seats", "text"),
    [
        (LicenseType.PERMANENT, 0, "10/0/0  (Active/In-use/Violation)"),
        (LicenseType.PERMANENT, 10, "10/10/0  (Active/In-use/Violation)"),
        (LicenseType.PERMANENT, 12, "10/12/2  (Active/In-use/Violation)"),
        (LicenseType.EVALUATION, 0, "0/0  (In-use/Violation)"),
        (LicenseType.EVALUATION, 12, "12/2  (In-use/Violation)"),
    ],
)
def test_a_counted_license_says_its_count(kind: LicenseType, seats: int, text: str) -> None:
    one = line(kind, "SSL_VPN", count=10)
    assert view(holding(one), one.id, seats=seats).count_text == text


def test_views_come_by_feature_and_then_by_preference() -> None:
    licenses = holding(line(feature=BASE), line(LicenseType.GRACE_PERIOD), line(LicenseType.EXTENSION), PERMANENT)
    order = [(each.line.feature, each.line.type) for each in license_views(licenses, BUILT_IN, Consumed())]
    assert order == [
        (TOP, LicenseType.PERMANENT), (TOP, LicenseType.EXTENSION), (TOP, LicenseType.GRACE_PERIOD),
        (TOP, LicenseType.EVALUATION), (BASE, LicenseType.PERMANENT),
    ]  # fmt: skip


@pytest.mark.parametrize("in_use", [(), (EVALUATION.id,)])
def test_a_feature_shows_the_license_in_use_then_the_best_that_is_not_shadowed(in_use: tuple[str, ...]) -> None:
    licenses = changes.accept_eula(holding(PERMANENT), EVALUATION, 0)
    [feature] = features(licenses, TOP, in_use=in_use)
    assert feature.license is not None
    assert feature.license.line.id == (EVALUATION.id if in_use else PERMANENT.id)


def test_a_feature_without_any_license_has_none() -> None:
    assert features(Licenses(), BASE, "SSL_VPN") == [FeatureView(BASE, None), FeatureView("SSL_VPN", None)]


def test_a_feature_shows_the_period_of_all_that_will_be_used() -> None:
    extension = line(LicenseType.EXTENSION, exclusive=False, period=30 * DAY)
    licenses = changes.accept_eula(holding(extension), EVALUATION, 0)
    [feature] = features(licenses, TOP, in_use=(EVALUATION.id,), used={EVALUATION.id: 50 * DAY})
    assert feature.license is not None
    assert (feature.license.line, feature.license.left, feature.left) == (EVALUATION, 10 * DAY, 40 * DAY)


def test_a_feature_shows_the_count_of_all() -> None:
    licenses = holding(*(line(feature="SSL_VPN", id_=str(count), count=count) for count in (10, 25)))
    [feature] = features(licenses, "SSL_VPN")
    assert feature.count == 35


@pytest.mark.parametrize(
    ("users", "each", "together"),
    [
        (0, ["10/0/0", "25/0/0"], "35/0/0"),
        (10, ["10/10/0", "25/0/0"], "35/10/0"),
        (30, ["10/10/0", "25/20/0"], "35/30/0"),
        (35, ["10/10/0", "25/25/0"], "35/35/0"),
        (36, ["10/10/0", "25/26/1"], "35/36/1"),
    ],
)
def test_counted_licenses_of_a_feature_are_one_pool(users: int, each: list[str], together: str) -> None:
    licenses = holding(*(line(feature="SSL_VPN", id_=str(count), count=count) for count in (10, 25)))
    words = "  (Active/In-use/Violation)"
    assert seated(licenses, users) == ([f"{counts}{words}" for counts in each], together + words)


def test_users_of_a_license_that_ended_are_a_violation() -> None:
    licenses = holding(line(LicenseType.EXTENSION, "SSL_VPN", "over", count=10))
    assert seated(licenses, 4, {"over": PERIOD}) == (["4/4  (In-use/Violation)"], "4/4  (In-use/Violation)")


@given(st.lists(st.tuples(st.sampled_from([*METERED[:3], LicenseType.PERMANENT]), st.integers(1, 30)), max_size=4),
       st.integers(0, 100))  # fmt: skip
def test_a_violation_is_what_the_licenses_together_do_not_allow(
    counted: list[tuple[LicenseType, int]], users: int
) -> None:
    licenses = holding(*(line(kind, "SSL_VPN", f"{at}", count=count) for at, (kind, count) in enumerate(counted)))
    views = license_views(licenses, (), Consumed(), (), {"SSL_VPN": users})
    limit = sum(count for _, count in counted)
    if views:
        assert sum(each.in_use or 0 for each in views) == users
        assert sum(each.violation for each in views) == max(users - limit, 0)


@pytest.mark.parametrize("kind", [LicenseType.EXTENSION, LicenseType.GRACE_PERIOD, LicenseType.EVALUATION])
@pytest.mark.parametrize(("held", "used", "overrun"), [(5, 5, 0), (60, 60, 0), (74, 60, 14)])
def test_time_held_after_the_end_is_a_figure_of_its_own(kind: LicenseType, held: int, used: int, overrun: int) -> None:
    one = line(kind)
    seen = view(holding(one), one.id, held * DAY, in_use=True)
    assert (seen.used, seen.left, seen.overrun) == (used * DAY, (60 - used) * DAY, overrun * DAY)


@pytest.mark.parametrize("exclusive", [True, False])
def test_a_fresh_evaluation_counts_before_an_expired_grace_period(*, exclusive: bool) -> None:
    grace = line(LicenseType.GRACE_PERIOD, exclusive=exclusive)
    [feature] = features(holding(grace), TOP, used={grace.id: PERIOD + 14 * DAY})
    assert feature.license is not None
    assert (feature.license.line, feature.left) == (EVALUATION, PERIOD)


@pytest.mark.parametrize("kind", sorted(LicenseType))
def test_a_license_for_what_the_image_lacks_is_inactive(kind: LicenseType) -> None:
    one = line(kind, "SSL_VPN", ends=10 * DAY)
    [seen] = license_views(holding(one), (), Consumed(), supported=(BASE, TOP))
    assert (seen.state, seen.priority, seen.supported) == (LicenseState.INACTIVE, Priority.NONE, False)


# --- the tables of states -----------------------------------------------------------------------------------------


def test_only_what_cannot_be_is_missing_from_the_table() -> None:
    """Licenses without a meter have no agreement to wait for, and nothing is in use without its agreement."""
    missing = set(product([False, True], repeat=4)) - set(STATE_OF)
    assert missing == {(metered, using, over, False) for metered, using, over in product([False, True], repeat=3)
                       if not metered or using}  # fmt: skip


lines = st.builds(
    lambda kind, feature, number, count: line(
        kind, feature, f"{kind}/{feature}/{number}", count=count, ends=10 * DAY, exclusive=number > 0
    ),
    st.sampled_from(sorted(LicenseType)),
    st.sampled_from([BASE, TOP, "SSL_VPN"]),
    st.integers(0, 1),
    st.none() | st.integers(1, 10),
)


@given(st.lists(lines, max_size=6, unique_by=lambda each: each.id), st.data())
def test_every_license_can_be_shown_whatever_happened_to_it(installed: list[LicenseLine], data: st.DataObject) -> None:
    licenses = holding(*installed, accepted=False)
    everything = (*installed, EVALUATION)
    for each in everything:
        if data.draw(st.booleans()):
            licenses = changes.accept_eula(licenses, each, 0)
    for feature in (BASE, TOP):
        if data.draw(st.booleans()):
            licenses = changes.set_priority(licenses, feature, data.draw(st.sampled_from(["high", "low"])))
    used = {each.id: data.draw(st.integers(0, 61)) * DAY for each in everything if each.rule.metered}
    consumed = Consumed(used, data.draw(st.none() | st.just(9 * DAY) | st.just(11 * DAY)))
    in_use = tuple(each.id for each in everything if data.draw(st.booleans()))
    views = license_views(licenses, BUILT_IN, consumed, in_use, {"SSL_VPN": 3})
    assert {each.line.id for each in views} == {each.id for each in everything}
    for seen in views:
        assert (seen.state in {LicenseState.IN_USE, LicenseState.EXPIRED_IN_USE}) == (seen.line.id in in_use)
        assert seen.left is None or seen.left >= 0
        assert seen.title
        assert seen.count_text
    for shown in feature_views((BASE, TOP, "SSL_VPN"), views, licenses, BUILT_IN, consumed):
        assert (shown.license is None) == (not any(each.line.feature == shown.feature for each in views))
        assert shown.left is None or shown.left >= 0


def test_every_state_leads_somewhere_and_is_led_to() -> None:
    assert set(TRANSITIONS) == set(LicenseState) == set(STATE_OF.values()) | {LicenseState.INACTIVE}
    reached = {LicenseState.EULA_PENDING, LicenseState.NOT_IN_USE}
    while more := {state for each in reached for states in TRANSITIONS[each].values() for state in states} - reached:
        reached |= more
    assert reached == set(LicenseState)
