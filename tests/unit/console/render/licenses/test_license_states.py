"""`show license`, `detail` and `all` in every state of the table (B.2), for every type that can be in it."""

import pytest

from emulator.console.render.licenses.license import periods, show_license, show_license_detail
from emulator.console.render.licenses.license_stores import SELECTIONS, show_license_all
from emulator.images.manifest import Dialect
from emulator.kernel.time import DAY, WEEK
from emulator.licensing import changes
from emulator.licensing.lines import LicenseLine, built_in_evaluation
from emulator.licensing.selection import Consumed
from emulator.licensing.store import Licenses
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi
from emulator.licensing.views import feature_views, license_views

ME = Udi("CISCO881-K9", "FTX1405YDC7")
TOP = "advipservices"
NEW_YEAR = 1_293_840_000_000
"""1 January 2011."""


def screens(
    line: LicenseLine, used: int = 0, *, accepted: bool = True, in_use: bool = False, today: int | None = None
) -> tuple[str, str, str]:
    """The three screens of a device with this license alone."""
    licenses, built_in = Licenses(), [line]
    if line.udi is not None:
        licenses, _ = changes.install(licenses, line, ME, 0)
        built_in = []
    if accepted:
        licenses = changes.accept_eula(licenses, line, 0)
    consumed = Consumed({line.id: used}, today)
    views = license_views(licenses, built_in, consumed, (line.id,) if in_use else (), {line.feature: 3})
    shown = feature_views((line.feature,), views, licenses, built_in, consumed)
    return show_license(shown, Dialect()), show_license_detail(views, Dialect()), show_license_all(views, Dialect())


def line(kind: LicenseType, count: int | None = None) -> LicenseLine:
    if kind in {LicenseType.EVALUATION, LicenseType.EVAL_RIGHT_TO_USE}:
        return built_in_evaluation(TOP, 60 * DAY, right_to_use=kind is LicenseType.EVAL_RIGHT_TO_USE)
    ends = NEW_YEAR if kind is LicenseType.SUBSCRIPTION else None
    period = None if kind in {LicenseType.PERMANENT, LicenseType.SUBSCRIPTION} else 60 * DAY
    return LicenseLine("x-1", TOP, kind, ME, period, count=count, ends=ends)


METERED = (LicenseType.EXTENSION, LicenseType.GRACE_PERIOD, LicenseType.EVALUATION)
STATES = [
    (False, 0, False, "8  weeks 4  days", "Active, Not in Use, EULA not accepted", "None"),
    (True, 0, False, "8  weeks 4  days", "Active, Not in Use, EULA accepted", "Low"),
    (True, 5 * DAY, True, "7  weeks 6  days", "Active, In Use", "Low"),
    (True, 60 * DAY, True, "0  minute  0  second  ", "Expired, In Use", "Low"),
    (True, 70 * DAY, False, "0  minute  0  second  ", "Expired, Not in Use", "Low"),
]


@pytest.mark.parametrize("kind", METERED)
@pytest.mark.parametrize(("accepted", "used", "in_use", "left", "state", "priority"), STATES)
def test_a_metered_license(
    kind: LicenseType, *, accepted: bool, used: int, in_use: bool, left: str, state: str, priority: str
) -> None:
    features, detail, everything = screens(line(kind), used, accepted=accepted, in_use=in_use)
    title = line(kind).rule.title
    for screen in (features, detail, everything):
        assert f"\tLicense Type: {title}\n\tLicense State: {state}\n" in screen
        assert f"\tLicense Count: Non-Counted\n\tLicense Priority: {priority}\n" in screen
    assert f"\tPeriod left: {left}\n" in features
    assert ("\tPeriod Used: " in features) == (used > 0)
    for screen in (detail, everything):
        assert "\t    Evaluation total period: 8  weeks 4  days \n" in screen
        assert f"\t    Evaluation period left: {left.rstrip()}" in screen


@pytest.mark.parametrize(
    ("accepted", "used", "in_use", "left", "title", "state"),
    [
        (False, 0, False, "Not Activated", "EvalRightToUse", "Active, Not in Use, EULA not accepted"),
        (True, 0, False, "8  weeks 4  days", "EvalRightToUse", "Active, Not in Use, EULA accepted"),
        (True, 5 * DAY, True, "7  weeks 6  days", "EvalRightToUse", "Active, In Use"),
        (True, 60 * DAY, True, "Life time", "RightToUse", "Active, In Use"),
        (True, 80 * DAY, False, "Life time", "RightToUse", "Active, Not in Use, EULA accepted"),
    ],
)
def test_an_evaluation_that_becomes_a_right_to_use(
    *, accepted: bool, used: int, in_use: bool, left: str, title: str, state: str
) -> None:
    features, detail, everything = screens(line(LicenseType.EVAL_RIGHT_TO_USE), used, accepted=accepted, in_use=in_use)
    assert f"\tPeriod left: {left}\n" in features
    for screen in (features, detail, everything):
        assert f"\tLicense Type: {title}\n\tLicense State: {state}\n" in screen
    assert "<SN>NOTLOCKED</SN></UDI><T>RTU</T>\n" in detail
    assert ("Evaluation total period" in detail) == (title == "EvalRightToUse")


@pytest.mark.parametrize(
    ("today", "in_use", "left", "state"),
    [
        (None, True, "Not Activated", "Active, In Use"),
        (NEW_YEAR - 3 * WEEK, True, "3  weeks 0  day", "Active, In Use"),
        (NEW_YEAR - 3 * WEEK, False, "3  weeks 0  day", "Active, Not in Use"),
        (NEW_YEAR + DAY, True, "0  minute  0  second  ", "Expired, In Use"),
        (NEW_YEAR + DAY, False, "0  minute  0  second  ", "Expired, Not in Use"),
    ],
)
def test_a_subscription(*, today: int | None, in_use: bool, left: str, state: str) -> None:
    features, detail, _ = screens(line(LicenseType.SUBSCRIPTION), in_use=in_use, today=today)
    assert f"\tPeriod left: {left}\n" in features
    for screen in (features, detail):
        assert f"\tLicense Type: Subscription\n\tLicense State: {state}\n" in screen
        assert "\tLicense Priority: Medium\n" in screen
    assert "\t    Subscription end date: 00:00:00 UTC Sat Jan 1 2011\n" in detail
    assert ("Subscription period left" in detail) == (today is not None)


@pytest.mark.parametrize(("count", "words"), [(None, "Non-Counted"), (5, "5/3/0  (Active/In-use/Violation)"),
                                              (2, "2/3/1  (Active/In-use/Violation)")])  # fmt: skip
def test_a_permanent_license(count: int | None, words: str) -> None:
    features, detail, everything = screens(line(LicenseType.PERMANENT, count), in_use=True)
    for screen in (features, detail, everything):
        assert f"\tLicense Count: {words}\n\tLicense Priority: Medium\n" in screen
    assert "\tPeriod left: Life time\n" in features


def test_what_each_selection_shows() -> None:
    licenses, _ = changes.install(Licenses(), line(LicenseType.PERMANENT), ME, 0)
    licenses, _ = changes.install(licenses, LicenseLine("x-2", TOP, LicenseType.EXTENSION, ME, 9 * DAY), ME, 0)
    other = built_in_evaluation("other", 9 * DAY)
    licenses = changes.accept_eula(licenses, other, 0)
    views = license_views(licenses, [built_in_evaluation(TOP, 9 * DAY), other], Consumed(), ("x-1",))
    chosen = {name: sum(map(picks, views)) for name, picks in SELECTIONS.items()}
    assert chosen == {"all": 4, "evaluation": 2, "expiring": 1, "in-use": 1, "permanent": 1}
    assert all(periods(view, used=True) == "" for view in views if view.line.type is LicenseType.PERMANENT)
