"""The manager for programs: who asks is known by a token, the role decides, and every refusal has one shape."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from emulator.manager import inventory, tokens
from emulator.manager.api.table import SUBJECTS
from emulator.manager.entities import ManagerUser
from emulator.manager.roles import ManagerRole
from emulator.transports.manager_web.app import manager_app
from emulator.transports.manager_web.settings import ManagerSettings
from tests.served_manager import ServedBench, served_bench
from tests.web_client import WebClient

UDI = "CISCO881-K9:FTX1405YDC7"


class Caller:
    """A program with a token of a user of each role."""

    def __init__(self, served: ServedBench) -> None:
        self.bench = bench = served.bench
        app = manager_app(served, ManagerSettings(lambda: 0.0))
        self._client = WebClient(app, raise_server_exceptions=False)
        self._tokens = {"": "wrong"}
        for role in ManagerRole:
            inventory.keep_user(bench.context(), ManagerUser(f"u{role}", role))
            self._tokens[role] = tokens.new_token(bench.context(), f"u{role}", "t")

    def ask(self, method: str, path: str, body: Any = None, *, role: str = ManagerRole.ADMIN) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self._tokens[role]}"}
        found = self._client.request(method, f"/api/v1{path}", json=body, headers=headers)
        return found.status_code, found.json()

    def token(self, role: str) -> str:
        return self._tokens[role]

    def show(self, path: str, token: str) -> tuple[int, str, str]:
        found = self._client.get(path, headers={"Authorization": f"Bearer {token}"})
        return found.status_code, found.headers["Content-Type"], found.text


@pytest.fixture
def caller(tmp_path: Path) -> Iterator[Caller]:
    with served_bench(tmp_path) as served:
        yield Caller(served)


def test_devices_are_added_listed_and_deleted(caller: Caller) -> None:
    assert caller.ask("POST", "/devices", {"udis": [UDI, UDI]}) == (200, {"new": [UDI]})
    status, part = caller.ask("GET", "/devices?text=ydc7&limit=1")
    assert (status, part["total"], part["rows"][0]["udi"]) == (200, 1, UDI)
    assert caller.ask("GET", f"/devices/{UDI}")[1]["groups"] == []
    assert caller.ask("POST", "/devices/deletions", {"udis": [UDI]}) == (200, {"changed": 1})
    assert caller.ask("GET", f"/devices/{UDI}") == (
        404, {"error": "not_found", "message": f"Unknown device '{UDI}'. None is known."}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "body", "role", "status", "told"),
    [
        ("GET", "/self", None, "", 401, "This token is not known, or it was revoked."),
        ("POST", "/devices", {"udis": [UDI]}, "ReportMgr", 403, "'uReportMgr' may not add devices: the role is "),
        ("POST", "/devices", {"udis": ["X"]}, "Admin", 422, "udis 1: "),
        ("POST", "/devices", {"udis": [UDI], "more": 1}, "Admin", 422, "There is no input 'more' here."),
        ("POST", "/devices", [1], "Admin", 422, "The body is to be an object with the inputs."),
        ("POST", "/devices?x=1", {}, "Admin", 422, "The inputs are taken from the body, not from the query."),
        ("GET", "/jobs/7", None, "Admin", 404, "There is no job 7."),
        ("POST", "/jobs/poll", {"udis": [UDI]}, "Admin", 404, f"Unknown device '{UDI}'. None is known."),
        ("POST", "/jobs/poll", {"due": "soon"}, "Admin", 409, "'soon' is no moment; write for example "),
        ("POST", "/groups/north/members", {"udis": []}, "Admin", 404, "Unknown group 'north'. None is known."),
        ("PUT", "/devices", {}, "Admin", 405, "This address is not for that kind of request."),
        ("GET", "/nothing", None, "Admin", 404, "There is nothing at this address."),
    ],
)  # fmt: skip
def test_refusals(
    caller: Caller, method: str, path: str, body: Any, role: str, status: int, told: str
) -> None:  # fmt: skip
    found, answer = caller.ask(method, path, body, role=role)
    assert (found, answer["message"][: len(told)]) == (status, told)


def test_a_job_is_asked_for_watched_and_stopped(caller: Caller) -> None:
    status, job = caller.ask("POST", "/jobs/poll", {})
    assert (status, job["id"], job["kind"], job["state"], job["by"]) == (202, 1, "poll", "waiting", "uAdmin")
    assert caller.ask("POST", "/jobs/1/comment", {"comment": "tonight"})[1]["comment"] == "tonight"
    assert caller.ask("POST", "/jobs/1/pause")[1]["state"] == "paused"
    assert caller.ask("GET", "/jobs?open_only=true")[1]["total"] == 1
    assert caller.ask("POST", "/jobs/1/kill", role="InventoryMgr")[1]["state"] == "killed"
    assert caller.ask("GET", "/jobs?open_only=true")[1]["total"] == 0
    assert caller.ask("GET", "/jobs/1/items") == (200, {"rows": [], "total": 0, "offset": 0})
    assert caller.ask("POST", "/jobs/1/kill")[1]["message"] == "Job 1 is killed; it cannot be killed any more."


def test_a_schedule_is_kept_with_the_arguments_of_its_kind(caller: Caller) -> None:
    wanted = {"name": "nightly", "kind": "poll", "arguments": {"filter": {"group": ""}}, "every": "1d"}
    assert caller.ask("POST", "/schedules", wanted) == (200, {"changed": 1})
    [row] = caller.ask("GET", "/schedules")[1]["rows"]
    assert (row["name"], row["every"], row["by"]) == ("nightly", 86_400, "uAdmin")
    status, answer = caller.ask("POST", "/schedules", {**wanted, "arguments": {"pak": "X"}})
    assert (status, answer["message"]) == (
        409, "A job 'poll' cannot have these arguments: pak: unknown key 'pak'. Known: due, filter, udis."
    )  # fmt: skip


def test_a_deleted_user_is_kept_out(caller: Caller) -> None:
    inventory.delete_user(caller.bench.context(), "uAdmin")
    assert caller.ask("GET", "/self")[0] == 401


def test_no_answer_has_a_password(caller: Caller) -> None:
    wanted = {"name": "site", "user": "admin", "password": "swordfish", "enable": "swordfish"}
    assert caller.ask("POST", "/credentials", wanted) == (200, {"changed": 1})
    assert "swordfish" not in str([caller.ask("GET", path) for path in ("/credentials", "/trail", "/jobs", "/groups")])


def test_the_description_is_true_to_the_table(caller: Caller) -> None:
    status, document = caller.ask("GET", "/openapi.json")
    assert status == 200
    described = {
        (operation["operationId"], method.upper(), path)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert described == {(call.name, call.method, call.path) for calls in SUBJECTS.values() for call in calls}
    jsonschema_rs.meta.validate({"$defs": document["components"]["schemas"]})


def test_prometheus_reads_the_figures_with_a_token(caller: Caller) -> None:
    caller.ask("POST", "/devices", {"udis": [UDI]})
    status, kind, text = caller.show("/metrics", caller.token("ReportMgr"))
    assert (status, kind) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert 'isrtwin_manager_devices{state="never read",level=""} 1\n' in text
    assert caller.show("/metrics", "wrong")[::2] == (401, "This token is not known, or it was revoked.\n")


def test_reports_are_made_read_in_parts_and_compared(caller: Caller) -> None:
    caller.ask("POST", "/devices", {"udis": [UDI, "CISCO881-K9:FTX1405YDC8"]})
    assert caller.ask("POST", "/reports", {"report": "devices"})[1]["size"] == 2
    caller.ask("POST", "/devices/deletions", {"udis": [UDI]})
    caller.ask("POST", "/reports", {"report": "devices"})
    read = caller.ask("GET", "/reports/1?offset=1&limit=1", role="ReportMgr")[1]
    assert (read["columns"][0], [row[0] for row in read["rows"]], read["size"]) == (
        "UDI", ["CISCO881-K9:FTX1405YDC8"], 2,
    )  # fmt: skip
    changes = caller.ask("GET", "/reports/2/changes", role="ReportMgr")[1]
    assert ([row[0] for row in changes["gone"]], changes["added"], changes["earlier"]["number"]) == ([UDI], [], 1)
    assert caller.ask("DELETE", "/reports/1") == (200, {"changed": 1})
    assert [each["number"] for each in caller.ask("GET", "/reports?report=devices")[1]["rows"]] == [2]
    assert caller.ask("GET", "/reports/1")[0] == 404
    assert caller.ask("GET", "/reports/2/changes")[0] == 409
