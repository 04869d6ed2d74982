"""The table of calls: names and addresses stand once, and every kind of job can be asked for."""

from emulator.manager.api import jobs
from emulator.manager.api.reference import CLM_CALLS
from emulator.manager.api.table import SUBJECTS
from emulator.manager.jobs.kinds import KINDS

CALLS = [call for calls in SUBJECTS.values() for call in calls]


def test_a_name_and_an_address_stand_once() -> None:
    assert len({call.name for call in CALLS}) == len({(call.method, call.path) for call in CALLS}) == len(CALLS)


def test_every_kind_of_job_can_be_asked_for() -> None:
    asked = {call.input: call.path for call in jobs.CALLS if call.path.startswith("/jobs/") and call.status == 202}
    assert {kind.arguments: f"/jobs/{kind.name}" for kind in KINDS.values()}.items() <= asked.items()


def test_what_changes_nothing_is_asked_by_get_alone() -> None:
    reading = ("list_", "read_", "try_")
    assert [call.name for call in CALLS if (call.method == "GET") != call.name.startswith(reading)] == []


def test_each_call_of_the_first_api_is_one_of_ours_or_has_a_reason() -> None:
    ours = {call.name for call in CALLS}
    told = [here for calls in CLM_CALLS.values() for here in calls.values()]
    assert [here for here in told if here not in ours and not here.startswith("none: ")] == []
    assert len(told) == 108
