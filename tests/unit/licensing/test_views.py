"""The state of each license, row by row of the table (B.2)."""

import pytest

from emulator.kernel.time import DAY
from emulator.licensing import changes
from emulator.licensing.lines import LicenseType
from emulator.licensing.store import Licenses
from emulator.licensing.views import LicenseState, LicenseView, Priority, feature_views, license_views
from tests.unit.licensing.lines import BASE, BUILT_IN, PERIOD, TOP, holding, line

EVALUATION = BUILT_IN[0]
PERMANENT = line()


def view(licenses: Licenses, id_: str, used: int = 0, *, in_use: bool = False) -> LicenseView:
    views = license_views(licenses, BUILT_IN, {id_: used}, id_ if in_use else None)
    return next(each for each in views if each.line.id == id_)


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
def test_a_metered_license(accepted: bool, used: int, in_use: bool, state: str, priority: str) -> None:
    licenses = changes.accept_eula(Licenses(), EVALUATION, 0) if accepted else Licenses()
    seen = view(licenses, EVALUATION.id, used, in_use=in_use)
    assert (seen.state, seen.priority, seen.left, seen.used) == (state, priority, PERIOD - used, used)


@pytest.mark.parametrize(("in_use", "state"), [(True, "Active, In Use"), (False, "Active, Not in Use")])
def test_a_permanent_license(*, in_use: bool, state: str) -> None:
    seen = view(holding(PERMANENT), PERMANENT.id, in_use=in_use)
    assert (seen.state, seen.priority, seen.left, seen.used) == (state, Priority.MEDIUM, None, None)


@pytest.mark.parametrize("used", [0, 5 * DAY, PERIOD])
def test_an_evaluation_beside_a_permanent_license_is_inactive(used: int) -> None:
    licenses = changes.accept_eula(holding(PERMANENT), EVALUATION, 0)
    seen = view(licenses, EVALUATION.id, used)
    assert (seen.state, seen.priority, seen.shadowed) == (LicenseState.INACTIVE, Priority.NONE, True)


def test_an_evaluation_in_use_stays_so_until_the_reload_after_a_permanent_one_came() -> None:
    licenses = changes.accept_eula(holding(PERMANENT), EVALUATION, 0)
    assert view(licenses, EVALUATION.id, DAY, in_use=True).state is LicenseState.IN_USE


def test_nothing_is_left_below_zero() -> None:
    assert view(Licenses(), EVALUATION.id, PERIOD + DAY).left == 0


def test_whether_it_was_ever_used() -> None:
    assert not view(Licenses(), EVALUATION.id).ever_used
    assert view(Licenses(), EVALUATION.id, 1).ever_used


def test_views_come_by_feature_and_then_by_preference() -> None:
    licenses = holding(line(feature=BASE), line(LicenseType.GRACE_PERIOD), line(LicenseType.EXTENSION), PERMANENT)
    order = [(each.line.feature, each.line.type) for each in license_views(licenses, BUILT_IN, {}, None)]
    assert order == [
        (TOP, LicenseType.PERMANENT), (TOP, LicenseType.EXTENSION), (TOP, LicenseType.GRACE_PERIOD),
        (TOP, LicenseType.EVALUATION), (BASE, LicenseType.PERMANENT),
    ]  # fmt: skip


def test_a_feature_shows_the_license_in_use_then_the_best_that_is_not_shadowed() -> None:
    licenses = changes.accept_eula(holding(PERMANENT), EVALUATION, 0)

    def shown(in_use: str | None) -> str:
        [feature] = feature_views((TOP,), license_views(licenses, BUILT_IN, {}, in_use))
        assert feature.license is not None
        return feature.license.line.id

    assert shown(None) == PERMANENT.id
    assert shown(EVALUATION.id) == EVALUATION.id


def test_a_feature_without_any_license_has_none() -> None:
    assert [each.license for each in feature_views((BASE, TOP), ())] == [None, None]
