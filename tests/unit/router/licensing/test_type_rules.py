"""Every row that the table of license types accepts is one that a license can live by: from its file to its end."""

from collections.abc import Iterator
from functools import cache
from itertools import cycle, product
from typing import Literal

import msgspec
import pytest

from emulator.console.render.licenses.license import show_license, show_license_detail
from emulator.console.render.licenses.license_stores import SELECTIONS, show_license_all
from emulator.console.render.licenses.license_tables import show_license_feature
from emulator.kernel.time import DAY
from emulator.keys.line_text import read_line, write_line
from emulator.licensing.expiry import (
    LicenseExpired,
    LicenseExpiring,
    RightToUseAhead,
    RightToUseBegan,
    SubscriptionEnded,
    SubscriptionEnding,
)
from emulator.licensing.schedule import METERED, SUBSCRIBED, TRANSITION
from emulator.licensing.states import LicenseState
from emulator.licensing.type_rule import Agreement, Ending, TypeRule, rule_problems
from emulator.licensing.types import TYPES, LicenseType
from emulator.world.explanation.explain import explain
from emulator.world.forecast.run import first_of, forecast
from emulator.world.forecast.view import ForecastKind
from tests.unit.router.lab import BASE, TOP, Lab
from tests.unit.router.records import restored, saved

KIND = LicenseType.EXTENSION
"""Type whose row is another one in these tests."""

PERIOD = 12 * DAY
TODAY = 400 * DAY
"""Date of the installation."""

METERS: tuple[Literal["use", "calendar"], ...] = ("use", "calendar")
AGREEMENTS: tuple[Agreement, ...] = ("never", "installation", "first use")
EVENTS = (
    (LicenseExpiring, LicenseExpired), (SubscriptionEnding, SubscriptionEnded), (RightToUseAhead, RightToUseBegan)
)  # fmt: skip
ENDINGS = (
    None,
    *(
        Ending(meter, schedule, warned, ended, stops)
        for meter, stops, schedule, (warned, ended) in product(
            METERS, (True, False), (METERED, SUBSCRIBED, TRANSITION), EVENTS
        )
    ),
)
YES_OR_NO = (False, True)


def rules() -> Iterator[TypeRule]:
    """Every combination of what the columns of the table may have."""
    for ending, eula, automatic, code, movable in product(ENDINGS, AGREEMENTS, YES_OR_NO, (None, "EXT"), YES_OR_NO):
        yield TypeRule("Trial", ("trial",), 2, eula, automatic, ending, code, 7, movable)


@cache
def accepted() -> list[TypeRule]:
    return [rule for rule in rules() if not list(rule_problems(rule))]


def test_every_combination_lives_or_is_told_by_its_column() -> None:
    columns = {field.name for field in msgspec.structs.fields(TypeRule)}
    told = [where.partition(".")[0] for rule in rules() for where, _ in rule_problems(rule)]
    assert set(told) == {"eula", "movable", "code", "ending"} < columns
    metered = [rule for rule in accepted() if rule.metered]
    assert len(metered) == 18 * len(AGREEMENTS) * 2 * 2
    assert {rule.eula for rule in accepted() if not rule.metered} == {"never"}
    assert {rule.meter for rule in accepted()} == {"none", "use", "calendar"}


def screens(lab: Lab) -> str:
    """Every screen of licenses."""
    inventory, dialect = lab.router.activation.inventory, lab.router.manifest.dialect
    views = inventory.views()
    return "".join(
        [
            show_license(inventory.features(), dialect),
            show_license_detail(views, dialect),
            *(show_license_all(views, dialect, selection) for selection in SELECTIONS),
            show_license_feature(inventory.feature_rows(), right_to_use=True),
        ]
    )


def live(rule: TypeRule) -> None:
    """Install, accept, boot, forecast, save, run out, boot again, clear."""
    lab = Lab()
    ends = TODAY + PERIOD if rule.meter == "calendar" else None
    line = lab.line(KIND, "x-1", TOP, PERIOD, exclusive=True, ends=ends)
    if rule.code is not None:
        assert read_line(write_line(line)) == line
    assert lab.install(line).stored is not None
    if rule.eula == "first use":
        assert lab.router.activation.inventory.needs_eula(TOP) is not None
        lab.accept("x-1")
    assert lab.states()["x-1"] is not LicenseState.IN_USE
    lab.boot_line(None if rule.automatic else TOP)
    lab.reload()
    lab.router.set_calendar(TODAY)
    assert (lab.router.running.level, lab.router.running.license_id) == (TOP, "x-1")
    assert "License Type: Trial" in screens(lab)
    assert lab.states()["x-1"] is LicenseState.IN_USE
    kind = ForecastKind.END if rule.stops else ForecastKind.TRANSITION
    rows = [(row.kind, row.subject) for row in forecast(lab.world, 2 * PERIOD).rows if row.license == "Trial"]
    assert ((kind, TOP) in rows) == (rule.ending is not None)
    if rule.ending is None:
        return
    due = first_of(lab.world, "R1", lambda row: row.kind is kind and row.license == "Trial").at
    restored(saved(lab.world))
    lab.world.clock.run_to(due + DAY)
    assert any(isinstance(event, rule.ending.ended) and event.license_id == "x-1" for event in lab.events)
    assert explain(lab.world, "R1", TOP)
    screens(lab)
    assert lab.next_level().level == (BASE if rule.stops else TOP)
    lab.reload()
    assert lab.clear("x-1") == (lab.router.running.license_id != "x-1")
    screens(lab)


def samples() -> Iterator[TypeRule]:
    """One rule for each way to end and each agreement, the other columns in turn."""
    turn = cycle(range(12))
    for meter, stops, eula in product(("none", "use", "calendar"), (True, False), AGREEMENTS):
        found = [
            rule for rule in accepted()
            if (rule.meter, rule.stops, rule.eula) == (meter, stops, eula) and (rule.code is not None or stops)
        ]  # fmt: skip
        if found:
            yield found[next(turn) * 5 % len(found)]


@pytest.mark.parametrize("rule", list(samples()), ids=lambda rule: f"{rule.meter}-{rule.eula}-stops-{rule.stops}")
def test_a_license_lives_by_a_rule_that_is_accepted(rule: TypeRule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TYPES, KIND, rule)
    live(rule)


@pytest.mark.heavy
def test_a_license_lives_by_every_rule_that_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    for rule in accepted():
        monkeypatch.setitem(TYPES, KIND, rule)
        live(rule)
