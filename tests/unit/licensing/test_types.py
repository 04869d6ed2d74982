"""The table of license types (B.1): its rows, and what is told of a row that a license could not live by."""

from enum import StrEnum
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from emulator.kernel.errors import DataFileError
from emulator.kernel.time import DAY
from emulator.licensing.expiry import EndEvent, LicenseExpired, LicenseExpiring, SubscriptionEnding, WarningEvent
from emulator.licensing.schedule import Schedule
from emulator.licensing.type_rule import TypeRule, checked
from emulator.licensing.types import (
    BECOMES_A_RIGHT,
    ON_A_DATE,
    RIGHT_TO_USE,
    RIGHT_TO_USE_MIB_TYPE,
    TYPES,
    USED_UP,
    LicenseType,
)
from tests.unit.licensing.lines import line

SCHEDULES = dict.fromkeys(rule.ending.schedule for rule in TYPES.values() if rule.ending is not None)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_the_warnings_of_a_schedule_come_nearer_to_the_end(schedule: Schedule) -> None:
    ahead = schedule.ahead
    assert list(ahead) == sorted(set(ahead), reverse=True)
    assert ahead[-1] > 0


@pytest.mark.parametrize(
    ("kind", "title", "metered", "eula", "automatic"),
    [
        (LicenseType.PERMANENT, "Permanent", False, "never", True),
        (LicenseType.SUBSCRIPTION, "Subscription", False, "never", True),
        (LicenseType.EXTENSION, "Extension", True, "installation", True),
        (LicenseType.GRACE_PERIOD, "Grace Period", True, "installation", True),
        (LicenseType.EVALUATION, "Evaluation", True, "first use", False),
        (LicenseType.EVAL_RIGHT_TO_USE, "EvalRightToUse", True, "first use", False),
    ],
)
def test_the_rows(kind: LicenseType, title: str, metered: bool, eula: str, automatic: bool) -> None:
    rule = line(kind).rule
    assert (rule.title, rule.metered, rule.eula, rule.automatic) == (title, metered, eula, automatic)
    assert rule.stops == (kind is not LicenseType.EVAL_RIGHT_TO_USE)


TAKEN = {RIGHT_TO_USE: RIGHT_TO_USE_MIB_TYPE}


def test_permanent_before_extension_before_grace_before_evaluation() -> None:
    order = (LicenseType.PERMANENT, LicenseType.EXTENSION, LicenseType.GRACE_PERIOD, LicenseType.EVALUATION)
    ranks = [TYPES[kind].rank for kind in order]
    assert ranks == sorted(set(ranks))
    assert TYPES[LicenseType.EVAL_RIGHT_TO_USE].rank == ranks[-1]


# --- wrong rows ------------------------------------------------------------------------------------------------------


def told(rules: dict[LicenseType, TypeRule]) -> str:
    with pytest.raises(DataFileError) as caught:
        checked("types.py", LicenseType, rules, TAKEN)
    return str(caught.value)


def with_rule(kind: LicenseType, **changes: Any) -> dict[LicenseType, TypeRule]:
    return {**TYPES, kind: replace(TYPES[kind], **changes)}


class Overdrawn(EndEvent, frozen=True, kw_only=True):
    """An end that tells more than a license's clock knows."""

    debt: int


PERMANENT, EVALUATION, SUBSCRIPTION = LicenseType.PERMANENT, LicenseType.EVALUATION, LicenseType.SUBSCRIPTION
AGAIN_AT_ONCE, LATER_AND_LATER, AT_THE_END = Schedule((), 0), Schedule((DAY, 2 * DAY), None), Schedule((DAY, 0), None)


@pytest.mark.parametrize(
    ("kind", "changes", "problem"),
    [
        (EVALUATION, {"eula": "nevr"}, "LicenseType.EVALUATION.eula: unknown value 'nevr'. Did you mean never?"),
        (EVALUATION, {"rank": "1"}, "LicenseType.EVALUATION.rank: expected a whole number, got text"),
        (EVALUATION, {"ending": 5}, "LicenseType.EVALUATION.ending: expected keys and values, got a whole number"),
        (EVALUATION, {"title": "Eval\n"}, "LicenseType.EVALUATION.title: 'Eval?' is no title"),
        (EVALUATION, {"words": ()}, "LicenseType.EVALUATION.words: a type has a word of its own"),
        (EVALUATION, {"words": ("try out",)}, "LicenseType.EVALUATION.words: 'try out' is no word"),
        (EVALUATION, {"words": ("none",)}, "LicenseType.EVALUATION.words: 'none' stands for no type"),
        (EVALUATION, {"words": ("evaluation", "license")}, "EVALUATION.words: 'license' stands for no type"),
        (EVALUATION, {"code": "EV AL"}, "LicenseType.EVALUATION.code: 'EV AL' is no code"),
        (EVALUATION, {"movable": True}, "LicenseType.EVALUATION.movable: what counts time of use stays on its device"),
        (PERMANENT, {"eula": "first use"}, "LicenseType.PERMANENT.eula: is 'first use', but only a license that"),
        (SUBSCRIPTION, {"eula": "installation"}, "LicenseType.SUBSCRIPTION.eula: is 'installation', but only a"),
        (SUBSCRIPTION, {"code": None}, "LicenseType.SUBSCRIPTION.code: only a license that counts time of use"),
        (PERMANENT, {"title": "Evaluation"}, "EVALUATION.title: 'Evaluation' is that of PERMANENT; write"),
        (PERMANENT, {"title": "RightToUse"}, "LicenseType.PERMANENT.title: 'RightToUse' is that of RightToUse; write"),
        (PERMANENT, {"words": ("subscription",)}, "SUBSCRIPTION.words: 'subscription' is that of PERMANENT; write"),
        (PERMANENT, {"mib_type": 11}, "LicenseType.PERMANENT.mib_type: expected a whole number <= 10"),
        (PERMANENT, {"mib_type": 9}, "LicenseType.PERMANENT.mib_type: '9' is that of RightToUse; free: "),
        (PERMANENT, {"code": "EXT"}, "LicenseType.EXTENSION.code: 'EXT' is that of PERMANENT; write one of its own"),
        (EVALUATION, {"ending": replace(USED_UP, meter="usee")}, "meter: unknown value 'usee'. Did you mean use?"),
        (EVALUATION, {"ending": replace(USED_UP, schedule=7)}, "schedule: expected keys and values, got a"),
        (EVALUATION, {"ending": replace(USED_UP, schedule=AGAIN_AT_ONCE)}, "ending.schedule.again: the time between"),
        (EVALUATION, {"ending": replace(USED_UP, schedule=LATER_AND_LATER)}, "ending.schedule.ahead: the times left"),
        (EVALUATION, {"ending": replace(USED_UP, schedule=AT_THE_END)}, "ending.schedule.ahead: the times left"),
        (EVALUATION, {"ending": replace(USED_UP, ended=LicenseExpiring)}, "ended: unknown event 'LicenseExpiring'. D"),
        (EVALUATION, {"ending": replace(USED_UP, warned=LicenseExpired)}, "warned: unknown event 'LicenseExpired'. D"),
        (EVALUATION, {"ending": replace(USED_UP, warned=WarningEvent)}, "warned: unknown event 'WarningEvent'. "),
        (EVALUATION, {"ending": replace(USED_UP, ended=Overdrawn)}, "ended: Overdrawn needs 'debt', which no license"),
        (SUBSCRIPTION, {"ending": replace(ON_A_DATE, stops=False)}, "ending.stops: what runs out on a date ends with"),
        (EVALUATION, {"ending": replace(BECOMES_A_RIGHT, meter="calendar")}, "EVALUATION.eula: is 'first use'"),
    ],
)  # fmt: skip
def test_a_row_that_no_license_could_live_by_is_told(kind: LicenseType, changes: dict[str, Any], problem: str) -> None:
    message = told(with_rule(kind, **changes))
    assert message.startswith("types.py:")
    assert problem in message


def test_a_type_without_a_row_is_told() -> None:
    rules = {kind: rule for kind, rule in TYPES.items() if kind is not SUBSCRIPTION}
    assert told(rules) == "types.py:LicenseType.SUBSCRIPTION: has no rule"


def test_a_type_with_the_value_of_another_is_told() -> None:
    class Kind(StrEnum):
        PERMANENT = "permanent"
        LIFELONG = "permanent"

    with pytest.raises(DataFileError) as caught:
        checked("types.py", Kind, {Kind.PERMANENT: TYPES[PERMANENT]}, TAKEN)
    assert str(caught.value) == "types.py:Kind.LIFELONG: has the value of PERMANENT; write one of its own"


def test_the_events_of_another_way_to_end_are_no_mistake() -> None:
    changed = with_rule(EVALUATION, ending=msgspec.structs.replace(USED_UP, warned=SubscriptionEnding))
    assert checked("types.py", LicenseType, changed, TAKEN) == changed
