"""Every call of the manager by every role, and by nobody: the table of calls is the list, and a new one needs a row.

Who may not is told so before anything is looked for: the same of what is there as of what is not.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from emulator.manager.api.call import ManagerCall
from emulator.manager.api.table import SUBJECTS
from emulator.manager.roles import ManagerAction, ManagerRole, actions_of
from tests.served_manager import served_bench
from tests.unit.transports.manager_web.test_api import Caller

CALLS: dict[str, ManagerCall[Any, Any]] = {call.name: call for calls in SUBJECTS.values() for call in calls}

ACTIONS: dict[str, ManagerAction | None] = {
    "list_devices": ManagerAction.READ_DEVICES,
    "read_device": ManagerAction.READ_DEVICES,
    "list_applicable": ManagerAction.READ_DEVICES,
    "read_history": ManagerAction.READ_DEVICES,
    "add_devices": ManagerAction.CREATE_DEVICES,
    "delete_devices": ManagerAction.DELETE_DEVICES,
    "read_explanation": ManagerAction.READ_DEVICES,
    "trust_keys": ManagerAction.MANAGE_CREDENTIALS,
    "list_groups": ManagerAction.READ_DEVICES,
    "keep_group": ManagerAction.MANAGE_GROUPS,
    "rename_group": ManagerAction.MANAGE_GROUPS,
    "delete_group": ManagerAction.MANAGE_GROUPS,
    "join_group": ManagerAction.MANAGE_GROUPS,
    "leave_group": ManagerAction.MANAGE_GROUPS,
    "list_credentials": ManagerAction.MANAGE_CREDENTIALS,
    "keep_credentials": ManagerAction.MANAGE_CREDENTIALS,
    "delete_credentials": ManagerAction.MANAGE_CREDENTIALS,
    "list_paks": ManagerAction.READ_PAKS,
    "read_pak": ManagerAction.READ_PAKS,
    "list_licenses": ManagerAction.DEPLOY,
    "delete_pak": ManagerAction.MANAGE_PAKS,
    "list_folders": ManagerAction.READ_PAKS,
    "keep_folder": ManagerAction.MANAGE_PAKS,
    "rename_folder": ManagerAction.MANAGE_PAKS,
    "delete_folder": ManagerAction.MANAGE_PAKS,
    "put_into_folder": ManagerAction.MANAGE_PAKS,
    "take_out_of_folder": ManagerAction.MANAGE_PAKS,
    "list_access_lists": ManagerAction.MANAGE_PAKS,
    "keep_access_list": ManagerAction.MANAGE_ACCESS,
    "delete_access_list": ManagerAction.MANAGE_ACCESS,
    "list_undeployed": ManagerAction.DEPLOY,
    "list_rehosts": ManagerAction.DEPLOY,
    "list_rehostable": ManagerAction.DEPLOY,
    "list_expiring": ManagerAction.READ_DEVICES,
    "list_policies": ManagerAction.READ_DEVICES,
    "keep_policy": ManagerAction.DEPLOY,
    "delete_policy": ManagerAction.DEPLOY,
    "try_policy": ManagerAction.DEPLOY,
    "execute_policy": ManagerAction.DEPLOY,
    "submit_poll": ManagerAction.POLL,
    "submit_discover": ManagerAction.DISCOVER,
    "submit_deploy": ManagerAction.DEPLOY,
    "submit_preview": ManagerAction.DEPLOY,
    "submit_obtain": ManagerAction.DEPLOY,
    "submit_deploy_held": ManagerAction.DEPLOY,
    "submit_resend": ManagerAction.DEPLOY,
    "submit_install": ManagerAction.DEPLOY,
    "submit_rehost": ManagerAction.DEPLOY,
    "submit_rma": ManagerAction.DEPLOY,
    "submit_annotate": ManagerAction.DEPLOY,
    "submit_clear": ManagerAction.DEPLOY,
    "submit_evaluate": ManagerAction.DEPLOY,
    "submit_drift": ManagerAction.POLL,
    "submit_refresh_paks": ManagerAction.MANAGE_PAKS,
    "list_jobs": ManagerAction.READ_DEVICES,
    "read_job": ManagerAction.READ_DEVICES,
    "list_job_items": ManagerAction.READ_DEVICES,
    "comment_job": ManagerAction.POLL,
    "pause_job": ManagerAction.POLL,
    "resume_job": ManagerAction.POLL,
    "kill_job": ManagerAction.POLL,
    "retry_job": ManagerAction.POLL,
    "delete_job": ManagerAction.POLL,
    "list_reports": ManagerAction.READ_REPORTS,
    "make_report": ManagerAction.MAKE_REPORTS,
    "read_report": ManagerAction.READ_REPORTS,
    "read_changes": ManagerAction.READ_REPORTS,
    "delete_report": ManagerAction.MAKE_REPORTS,
    "list_schedules": ManagerAction.READ_DEVICES,
    "keep_schedule": ManagerAction.POLL,
    "delete_schedule": ManagerAction.POLL,
    "read_portal": ManagerAction.MANAGE_BACK_END,
    "choose_portal": ManagerAction.MANAGE_BACK_END,
    "read_self": None,
    "list_users": ManagerAction.MANAGE_USERS,
    "keep_user": ManagerAction.MANAGE_USERS,
    "delete_user": ManagerAction.MANAGE_USERS,
    "keep_password": ManagerAction.MANAGE_USERS,
    "new_token": ManagerAction.MANAGE_USERS,
    "revoke_token": ManagerAction.MANAGE_USERS,
    "read_trail": ManagerAction.READ_TRAIL,
    "list_views": ManagerAction.READ_DEVICES,
    "keep_view": ManagerAction.READ_DEVICES,
    "delete_view": ManagerAction.READ_DEVICES,
}
"""Actions that the user of a call must be allowed; None: every user may. Jobs and schedules ask for their kind's."""

R1, R2 = "CISCO881-K9:FTX1405YDC7", "CISCO881-K9:FTX1405YDC8"
THERE: dict[str, Any] = {
    "udi": R1, "udis": [R1], "source": R1, "failed": R1, "target": R2, "replacement": R2, "name": "first",
    "token": "first", "user": "lab", "password": "lab", "code": "D4Y22SMARGQ", "pak": "D4Y22SMARGQ", "job": 1,
    "number": 1,
    "content": "eA==", "contract": "SC-1", "feature": "advipservices", "level": "advipservices",
    "comment": "x", "kind": "poll", "every": "1d",
    "skus": "L-880-*", "sku": "L-880-AIS=",
    "report": "devices", "about": "device", "subject": R1, "new": "second", "paks": ["D4Y22SMARGQ"],
    "query": "sort=-seen", "url": "https://127.0.0.1:8443/",
}  # fmt: skip
BY_KIND = {"delete_schedule"}
"""Calls whose permission depends on what they name, which every role may list: one that is not there is told."""

MISSING = THERE | {"udi": R2, "udis": [R2], "name": "none", "code": "D4Y22SMARGZ", "pak": "D4Y22SMARGZ", "subject": R2}


def asked(caller: Caller, call: ManagerCall[Any, Any], values: dict[str, Any], role: str) -> tuple[int, Any]:
    needed = {field.name: values[field.name] for field in msgspec.structs.fields(call.input) if field.required}
    path = call.path.format(**needed)
    body = {name: value for name, value in needed.items() if f"{{{name}}}" not in call.path}
    return caller.ask(call.method, path, body if call.method == "POST" else None, role=role)


@pytest.fixture
def caller(tmp_path: Path) -> Iterator[Caller]:
    with served_bench(tmp_path) as served:
        caller = Caller(served)
        caller.ask("POST", "/devices", {"udis": [R1, R2]})
        caller.ask("POST", "/groups", {"name": "first"})
        caller.ask("POST", "/jobs/poll", {"udis": [R1]})
        caller.ask("POST", "/schedules", {"name": "first", "kind": "poll", "every": "1d"})
        yield caller


def test_every_call_has_a_row() -> None:
    assert ACTIONS.keys() == CALLS.keys()


@pytest.mark.parametrize("name", CALLS)
def test_a_call_is_open_to_those_whose_role_allows_it(caller: Caller, name: str) -> None:
    call, action = CALLS[name], ACTIONS[name]
    assert asked(caller, call, THERE, "")[0] == 401
    for role in ManagerRole:
        if action is not None and action not in actions_of(role):
            refusals = [asked(caller, call, values, role) for values in (THERE, THERE if name in BY_KIND else MISSING)]
            assert [status for status, _ in refusals] == [403, 403], role
            assert json.dumps(refusals[0][1]) == json.dumps(refusals[1][1])
    for role in reversed(ManagerRole):
        if action is None or action in actions_of(role):
            status, answer = asked(caller, call, THERE, role)
            assert status not in {401, 403, 422, 500}, (role, answer)
