"""Every call and every page for a user whom access lists leave out: what is not seen is answered as what is not there.

The table of calls and the routes of the pages are the lists, and the actions of `test_matrix` tell who may call.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from emulator.kernel.errors import Refused
from emulator.manager import passwords, tokens
from emulator.manager.api.call import ManagerCall
from emulator.manager.jobs import control
from emulator.manager.report_entities import ReportKind
from emulator.manager.reports.use_cases import list_reports, show_report
from emulator.manager.roles import ManagerRole, actions_of
from emulator.transports.manager_web.all_pages import manager_pages
from emulator.transports.manager_web.app import manager_app
from emulator.transports.manager_web.settings import ManagerSettings
from tests.hidden_fleet import (
    HIDDEN,
    HIDDEN_PAK,
    HIDDEN_SKU,
    INSIDE,
    MISSING,
    MISSING_PAK,
    NAMES,
    OUTSIDE,
    SECRETS,
    hide,
)
from tests.manager_pages import PASSWORD, ManagerBrowser
from tests.served_manager import ServedBench, served_bench
from tests.unit.transports.manager_web.test_matrix import ACTIONS, CALLS
from tests.web_client import WebClient

OTHERS = {
    "kind": "poll", "every": "1d", "skus": "L-*", "comment": "x", "feature": "advipservices",
    "level": "advipservices", "contract": "S",
    "content": "eA==", "query": "sort=-seen", "about": "group", "report": "devices", "new": "other",
}  # fmt: skip
"""Inputs that name nothing."""

ADMINS = {name for name, action in ACTIONS.items() if action and action not in actions_of(ManagerRole.INVENTORY)}
"""Calls that no user makes whom a list can leave out."""

NAMES_GIVEN = {"keep_group": "group", "keep_policy": "policy", "keep_schedule": "schedule", "keep_folder": "folder"}
"""Calls that give something a name, and what; one that is taken by what is not seen cannot be given."""

OWN = {"read_self", "list_views", "keep_view", "delete_view"}
"""Calls about what the user alone has."""

SHOWS_NO_NAMES = {"list_rehostable", "read_self", "list_views", "list_jobs", "read_job", "list_reports", "read_changes"}
"""Looks that name no device, group, PAK or folder."""


def values(call: ManagerCall[Any, Any], *, there: bool) -> dict[str, Any]:
    """Inputs that name what is hidden, or the like that is not there."""
    udi, pak = (HIDDEN, HIDDEN_PAK) if there else (MISSING, MISSING_PAK)
    name = NAMES.get(call.path.split("/")[1], "other") if there else "missing"
    subject = NAMES["groups"] if there else "missing"
    known: dict[str, Any] = {
        **OTHERS, "udi": str(udi), "udis": [str(udi)], "source": str(udi), "failed": str(udi), "target": str(udi),
        "replacement": str(udi), "text": udi.serial, "code": pak, "pak": pak, "paks": [pak], "group": subject,
        "folder": NAMES["folders"] if there else "missing", "name": name, "subject": subject, "job": 1 if there else 99,
        "number": 12 if there else 99, "sku": HIDDEN_SKU if there else "missing",
    }  # fmt: skip
    if call.name == "submit_install":
        known["name"] = "a.lic"
    return {field: known[field] for field in call.input.__struct_fields__ if field in known}


class Program:
    """A program with tokens of those inside and outside, and of an Admin."""

    def __init__(self, served: ServedBench) -> None:
        context = served.bench.context()
        self._client = WebClient(manager_app(served, ManagerSettings(lambda: 0.0)), raise_server_exceptions=False)
        self._tokens = {user: tokens.new_token(context, user, "t") for user in (INSIDE, OUTSIDE)}

    def ask(self, call: ManagerCall[Any, Any], given: dict[str, Any], user: str) -> tuple[int, str]:
        inner = {name: value for name, value in given.items() if f"{{{name}}}" not in call.path}
        body, query = (inner, None) if call.method == "POST" else (None, inner)
        found = self._client.request(
            call.method, f"/api/v1{call.path.format(**given)}", json=body, params=query,
            headers={"Authorization": f"Bearer {self._tokens[user]}"},
        )  # fmt: skip
        return found.status_code, found.text


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedBench]:
    with served_bench(tmp_path_factory.mktemp("fleet")) as served:
        hide(served.bench.context())
        yield served


@pytest.fixture(scope="module")
def program(served: ServedBench) -> Program:
    return Program(served)


def without_names(text: str, given: dict[str, Any]) -> str:
    """A text without the names that were asked for, which an answer may tell again."""
    told = {each for value in given.values() for each in (value if isinstance(value, list) else [str(value)])}
    for name in sorted(told - {str(value) for value in OTHERS.values()}, key=lambda name: (-len(name), name)):
        text = text.replace(name, "…")
    return text


@pytest.mark.parametrize("name", sorted(CALLS.keys() - ADMINS - NAMES_GIVEN.keys()))
def test_what_is_hidden_is_answered_as_what_is_not_there(program: Program, name: str) -> None:
    told = []
    for there in (True, False):
        given = values(CALLS[name], there=there)
        status, answer = program.ask(CALLS[name], given, OUTSIDE)
        assert status != 500
        told.append((status, re.sub(r'"id":\d+', "", without_names(answer, given))))
    assert told[0] == told[1] or name in OWN
    assert [secret for secret in SECRETS if secret in told[0][1]] == []


@pytest.mark.parametrize("name", sorted(NAMES_GIVEN))
def test_a_name_of_what_is_hidden_is_not_given_to_something_else(program: Program, name: str) -> None:
    given = values(CALLS[name], there=True)
    if name in {"keep_policy", "keep_schedule"}:
        given = {field: value for field, value in given.items() if field != "group"} | {"arguments": {}}
        given = {field: value for field, value in given.items() if field in CALLS[name].input.__struct_fields__}
    status, answer = program.ask(CALLS[name], given, OUTSIDE)
    told = f"'{given['name']}' cannot be the name of a {NAMES_GIVEN[name]} of yours; choose another one."
    assert (status, json.loads(answer)) == (409, {"error": "refused", "message": told})


@pytest.mark.parametrize("name", sorted({name for name, call in CALLS.items() if call.method == "GET"} - ADMINS))
def test_a_look_leaves_out_what_is_hidden_and_shows_it_to_who_is_on_the_lists(program: Program, name: str) -> None:
    call = CALLS[name]
    required = {field.name for field in msgspec.structs.fields(call.input) if field.required}
    if not required:
        _, outside = program.ask(call, {}, OUTSIDE)
        assert [secret for secret in SECRETS if secret in outside] == []
    given = {field: value for field, value in values(call, there=True).items() if field in required}
    status, inside = program.ask(call, given, INSIDE)
    assert status == 200
    assert any(secret in inside for secret in SECRETS) or name in SHOWS_NO_NAMES


PLACES = {
    "udi:path": (HIDDEN, MISSING), "code": (HIDDEN_PAK, MISSING_PAK), "job": (1, 99), "number": (12, 99),
    "format": ("csv", "csv"), "name:path": (NAMES["policies"], "missing"),
}  # fmt: skip
"""Words in the addresses of pages: what is hidden, and what is not there."""


@pytest.mark.heavy
def test_pages_show_nothing_hidden(served: ServedBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(passwords._COST, "n", 2)
    passwords.keep_password(served.bench.context(), OUTSIDE, PASSWORD)
    browser = ManagerBrowser(served)
    browser.log_in(OUTSIDE)
    told, statuses = [], dict[str, set[int]]()
    for page in manager_pages():
        if page.show is None or page.public:
            continue
        words = re.findall(r"{([^}]+)}", page.path)
        for at in (0, 1) if words else (0,):
            address = page.path
            for word in words:
                address = address.replace(f"{{{word}}}", str(PLACES[word][at]))
            answer = browser.show(address)
            shown = answer.text
            for word in words:
                shown = shown.replace(str(PLACES[word][at]), "…")
            told += [(address, secret) for secret in SECRETS if secret in shown]
            statuses.setdefault(page.path, set()).add(answer.status_code)
            if words and answer.status_code == 200:
                told.append((address, "shown"))
    assert told == []
    assert [path for path, found in statuses.items() if len(found) > 1 or 500 in found] == []


@pytest.mark.parametrize("number", range(1, 13))
def test_a_kept_report_has_the_rows_that_are_seen(served: ServedBench, number: int) -> None:
    """The last two are about a hidden group; that of the audit trail is an Admin's."""
    outside, inside = (served.bench.context(user) for user in (OUTSIDE, INSIDE))
    if number >= 11:
        with pytest.raises(Refused, match=f"there is no report {number}"):
            show_report(outside, number)
        return
    if show_report(served.bench.context(), number).head.kind is ReportKind.TRAIL:
        return
    report = show_report(outside, number)
    assert report.head.size == len(report.rows)
    assert report.head in list_reports(outside)
    assert [secret for secret in SECRETS for row in report.rows if secret in "".join(row)] == []
    assert len(report.rows) < len(show_report(inside, number).rows) or report.head.kind in {ReportKind.EXPIRED}


def test_a_job_of_others_is_seen_where_all_of_it_is(served: ServedBench) -> None:
    kinds = {job.id for job in control.list_jobs(served.bench.context(OUTSIDE))[0] if job.by != OUTSIDE}
    assert kinds == set()
    assert {1, 2} <= {job.id for job in control.list_jobs(served.bench.context(INSIDE))[0]}
