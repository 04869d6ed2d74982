"""Which license wins, and which level boots (B.3 of the behaviour notes)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.time import DAY
from emulator.licensing import changes
from emulator.licensing.lines import LicenseType
from emulator.licensing.selection import BootLevel, effective, is_usable, next_boot_level
from emulator.licensing.store import Licenses
from tests.unit.licensing.lines import BASE, BUILT_IN, LEVELS, PERIOD, TOP, holding, line

EVALUATION = BUILT_IN[0]
ORDER = (LicenseType.PERMANENT, LicenseType.EXTENSION, LicenseType.GRACE_PERIOD)


def boots(licenses: Licenses, configured: str | None = None, used: dict[str, int] | None = None) -> BootLevel:
    return next_boot_level(LEVELS, configured, licenses, BUILT_IN, used or licenses.used)


def accepted_evaluation() -> Licenses:
    return changes.accept_eula(holding(line(feature=BASE)), EVALUATION, 0)


@pytest.mark.parametrize("better", range(3))
def test_permanent_goes_before_extension_before_grace_before_evaluation(better: int) -> None:
    licenses = changes.accept_eula(holding(*(line(kind) for kind in reversed(ORDER[better:]))), EVALUATION, 0)
    chosen = effective(TOP, licenses, BUILT_IN, {})
    assert chosen is not None
    assert chosen.line.type is ORDER[better]


def test_an_accepted_evaluation_is_used_when_there_is_nothing_else() -> None:
    chosen = effective(TOP, accepted_evaluation(), BUILT_IN, {})
    assert chosen is not None
    assert chosen.line == EVALUATION


def test_of_two_equal_ones_the_lower_store_index_wins() -> None:
    chosen = effective(TOP, holding(line(id_="first"), line(id_="second")), BUILT_IN, {})
    assert chosen is not None
    assert chosen.line.id == "first"


@pytest.mark.parametrize("kind", [LicenseType.EXTENSION, LicenseType.GRACE_PERIOD])
def test_no_metered_license_before_its_agreement(kind: LicenseType) -> None:
    assert effective(TOP, holding(line(kind), accepted=False), BUILT_IN, {}) is None
    assert effective(TOP, holding(line(kind)), BUILT_IN, {}) is not None


def test_a_permanent_license_needs_no_agreement() -> None:
    assert effective(TOP, holding(line(), accepted=False), BUILT_IN, {}) is not None


@pytest.mark.parametrize(("used", "usable"), [(0, True), (PERIOD - 1, True), (PERIOD, False), (PERIOD + 1, False)])
def test_a_used_up_license_is_not_started(used: int, *, usable: bool) -> None:
    licenses = holding(line(LicenseType.GRACE_PERIOD))
    assert is_usable(licenses.primary[0], licenses, {licenses.primary[0].line.id: used}) is usable


def test_a_license_of_one_feature_does_nothing_for_another() -> None:
    assert effective(TOP, holding(line(feature=BASE)), BUILT_IN, {}) is None


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
def situations(draw: st.DrawFn) -> tuple[Licenses, dict[str, int], str | None]:
    installed = draw(st.lists(lines, max_size=6, unique_by=lambda each: each.id))
    licenses = holding(*installed, accepted=False)
    for each in (*installed, EVALUATION):
        if draw(st.booleans()):
            licenses = changes.accept_eula(licenses, each, 0)
    used = {each.id: draw(st.integers(0, 61)) * DAY for each in (*installed, EVALUATION) if each.rule.metered}
    return licenses, used, draw(st.sampled_from([None, *LEVELS, "entservices"]))


@given(situations())
def test_no_level_above_the_base_without_a_usable_license(
    situation: tuple[Licenses, dict[str, int], str | None],
) -> None:
    licenses, used, configured = situation
    chosen = next_boot_level(LEVELS, configured, licenses, BUILT_IN, used)
    if chosen.level != BASE:
        assert chosen.license is not None
    if chosen.license is not None:
        assert chosen.license.line.feature == chosen.level
        assert is_usable(chosen.license, licenses, used)


@given(situations())
def test_an_evaluation_never_wins_without_a_boot_line(situation: tuple[Licenses, dict[str, int], str | None]) -> None:
    licenses, used, configured = situation
    chosen = next_boot_level(LEVELS, configured, licenses, BUILT_IN, used)
    if chosen.license is not None and chosen.license.line.type is LicenseType.EVALUATION:
        assert configured == chosen.level


@given(situations())
def test_nothing_usable_of_a_better_type_is_passed_over(situation: tuple[Licenses, dict[str, int], str | None]) -> None:
    licenses, used, configured = situation
    chosen = next_boot_level(LEVELS, configured, licenses, BUILT_IN, used)
    if chosen.license is not None:
        rivals = [
            stored.line.rule.rank
            for stored in licenses.all(BUILT_IN)
            if stored.line.feature == chosen.level and is_usable(stored, licenses, used)
        ]
        assert chosen.license.line.rule.rank == min(rivals)
