"""Screens as people's scripts read them: the public TextFSM templates of ntc-templates understand them.

The output is what the router shows; where a template reads less than there is, the output stays and it is noted here:
a feature without any license comes as an entry with empty fields, an inactive license is not in `show license` at
all, and this family prints no base MAC address for the template of `show version`.
"""

from collections.abc import Callable

import pytest
from ntc_templates.parse import parse_output  # type: ignore[import-untyped]

from emulator.console.render.periods import license_period
from emulator.console.render.periods import uptime as uptime_words
from emulator.kernel.time import DAY, HOUR
from emulator.licensing.states import LicenseState
from emulator.licensing.types import LicenseType
from emulator.licensing.views import FeatureView
from tests.driver import ConsoleDriver
from tests.unit.router.lab import BASE, EVALUATION, IMAGE, IPS, SSL, TOP, Lab

Make = Callable[[], Lab]
NEW_YEAR = 1_293_840_000_000
"""1 January 2011."""


def factory() -> Lab:
    return Lab()


def accepted() -> Lab:
    lab = Lab()
    lab.accept()
    return lab


def evaluating() -> Lab:
    lab = Lab().evaluate()
    lab.used_for(5 * DAY)
    return lab


def last_minutes() -> Lab:
    lab = Lab().evaluate()
    lab.used_for(60 * DAY - HOUR // 2)
    return lab


def expired_in_use() -> Lab:
    lab = Lab().evaluate()
    lab.used_for(61 * DAY)
    return lab


def expired() -> Lab:
    lab = expired_in_use()
    lab.reload()
    return lab


def bought() -> Lab:
    lab = Lab()
    lab.install(lab.line(LicenseType.PERMANENT, "bought"))
    return lab


def upgraded() -> Lab:
    lab = bought()
    lab.reload()
    return lab


def rehosted() -> Lab:
    lab = upgraded()
    lab.revoke("bought", lab.line(LicenseType.GRACE_PERIOD, "grace", period=60 * DAY))
    lab.pass_time(20 * DAY)
    return lab


def extended() -> Lab:
    lab = expired()
    lab.install(lab.line(LicenseType.EXTENSION, "more", period=30 * DAY))
    return lab


def right_to_use() -> Lab:
    lab = Lab(right_to_use=True).evaluate()
    lab.used_for(61 * DAY)
    return lab


def subscribed() -> Lab:
    lab = Lab()
    lab.install(lab.line(LicenseType.SUBSCRIPTION, "ips", IPS, ends=NEW_YEAR))
    lab.router.set_calendar(NEW_YEAR - 100 * DAY)
    return lab


def counted() -> Lab:
    lab = Lab()
    lab.install(lab.line(LicenseType.PERMANENT, "seats", SSL, count=10))
    assert lab.router.activation.feature_use.take_seat(SSL)
    return lab


def without_any() -> Lab:
    return Lab(factory=())


S = LicenseState
CASES: dict[Make, tuple[str, LicenseState | None]] = {
    factory: (TOP, S.EULA_PENDING),
    accepted: (TOP, S.EULA_ACCEPTED),
    evaluating: (TOP, S.IN_USE),
    last_minutes: (TOP, S.IN_USE),
    expired_in_use: (TOP, S.EXPIRED_IN_USE),
    expired: (TOP, S.EXPIRED_NOT_IN_USE),
    bought: (TOP, S.NOT_IN_USE),
    upgraded: (BASE, S.NOT_IN_USE),
    rehosted: (TOP, S.IN_USE),
    extended: (TOP, S.EULA_ACCEPTED),
    right_to_use: (TOP, S.IN_USE),
    subscribed: (IPS, S.IN_USE),
    counted: (SSL, S.IN_USE),
    without_any: (BASE, None),
}
"""A router, and the state of one of its features."""


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_show_license_is_read_in_every_state(make: Make) -> None:
    lab = make()
    features = {view.feature: view for view in lab.router.activation.inventory.features()}
    feature, state = CASES[make]
    chosen = features[feature].license
    assert (chosen.state if chosen else None) == state
    console = ConsoleDriver(lab.world).log_in().type("show license")
    features = {view.feature: view for view in lab.router.activation.inventory.features()}
    rows = parse_output(platform="cisco_ios", command="show license", data=console.shown)
    assert [row["feature"] for row in rows] == list(features)
    for row in rows:
        assert {key: value.strip() for key, value in row.items()} == fields(
            features[row["feature"]], lab.router.manifest.dialect.license_unused_period
        )


def fields(feature: FeatureView, unused: str) -> dict[str, str]:
    """Entries that the template should find of a feature, where an image shows an unused period in that way."""
    view = feature.license
    names = ("period_left", "period_used", "license_type", "license_state", "license_count", "license_priority")
    if view is None:
        return {"feature": feature.feature, **dict.fromkeys(names, "")}
    runs_out = view.line.rule.meter != "none" and view.title != "RightToUse"
    told = unused == "not activated" or (unused == "by type" and not view.line.rule.stops)
    never = runs_out and told and view.state is S.EULA_PENDING and not view.ever_used
    left = "Not Activated" if never else license_period(feature.left or 0).strip() if runs_out else "Life time"
    used = license_period(view.used or 0).strip() if runs_out and (view.ever_used or never) else ""
    values = (left, used, view.title, str(view.state), view.count_text, str(view.priority))
    return {"feature": feature.feature, **dict(zip(names, values, strict=True))}


def test_every_state_is_among_them() -> None:
    assert {state for _, state in CASES.values()} == {*LicenseState, None} - {LicenseState.INACTIVE}


def test_an_inactive_license_is_not_in_show_license() -> None:
    lab = upgraded()
    assert lab.states()[EVALUATION] is LicenseState.INACTIVE
    console = ConsoleDriver(lab.world).log_in().type("show license")
    console.sees_nothing_of("Inactive")


def test_show_version_is_read() -> None:
    lab = upgraded()
    lab.pass_time(9 * DAY)
    console = ConsoleDriver(lab.world).log_in().type("show version")
    [row] = parse_output(platform="cisco_ios", command="show version", data=console.shown)
    router = lab.router
    assert row["software_image"] == router.manifest.image_id
    assert row["version"] == router.manifest.version
    assert row["hostname"] == router.hostname
    assert row["uptime"] == uptime_words(router.uptime())
    assert row["running_image"].endswith(IMAGE)
    assert row["hardware"] == [router.platform.model]
    assert row["reload_reason"] == "Reload Command"
    assert row["serial"] == [router.state.udi.serial]
    assert row["config_register"] == "0x2102"
    assert row["mac_address"] == []
