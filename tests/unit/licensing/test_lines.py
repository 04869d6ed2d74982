"""The tables of types and of schedules (B.1, B.5)."""

import pytest

from emulator.kernel.time import DAY
from emulator.licensing.lines import TYPES, LicenseType, built_in_evaluation
from emulator.licensing.schedule import Schedule
from tests.unit.licensing.lines import line


def test_every_type_has_a_row() -> None:
    assert set(TYPES) == set(LicenseType)


def test_no_two_types_have_one_word() -> None:
    for words in ([rule.title for rule in TYPES.values()], [rule.code for rule in TYPES.values()]):
        assert len(set(words)) == len(words)


@pytest.mark.parametrize("kind", LicenseType)
def test_what_runs_out_has_a_schedule_and_nothing_else_has(kind: LicenseType) -> None:
    assert (TYPES[kind].schedule is not None) == (TYPES[kind].meter != "none")


SCHEDULES = dict.fromkeys(rule.schedule for rule in TYPES.values() if rule.schedule is not None)


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


def test_permanent_before_extension_before_grace_before_evaluation() -> None:
    order = sorted((kind for kind in TYPES if kind is not LicenseType.SUBSCRIPTION), key=lambda kind: TYPES[kind].rank)
    assert order[:3] == [LicenseType.PERMANENT, LicenseType.EXTENSION, LicenseType.GRACE_PERIOD]
    assert len({TYPES[kind].rank for kind in order[3:]}) == 1


@pytest.mark.parametrize("right_to_use", [False, True])
def test_a_built_in_evaluation_is_additive_and_not_node_locked(*, right_to_use: bool) -> None:
    built_in = built_in_evaluation("advipservices", 60 * DAY, right_to_use=right_to_use)
    assert (built_in.udi, built_in.exclusive, built_in.count, built_in.ends) == (None, False, None, None)
    assert built_in.rule.stops == (not right_to_use)
