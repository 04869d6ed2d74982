"""The JSON interface: tokens, one shape of errors, and a description that is true."""

import base64
from typing import Any

import pytest

from emulator.transports.portal.operations.table import SUBJECTS
from tests.unit.transports.portal.lab import R1, R2, Portal, credential, password_of
from tests.web_client import WebClient

OPERATIONS = [operation for operations in SUBJECTS.values() for operation in operations]


class Program:
    """Client that speaks JSON in the name of an account."""

    def __init__(self, portal: Portal, user: str = "lab") -> None:
        self.client = WebClient(portal.app, "https://portal.example", raise_server_exceptions=False)
        self.client.headers["Authorization"] = f"Bearer {portal.token(user)}"

    def post(self, path: str, **inputs: Any) -> Any:
        return self.client.post(f"/api/v1{path}", json=inputs).json()

    def get(self, path: str, **inputs: Any) -> Any:
        return self.client.get(f"/api/v1{path}", params=inputs).json()


@pytest.fixture
def program(portal: Portal) -> Program:
    return Program(portal)


def test_the_way_from_order_to_file(program: Program) -> None:
    placed = program.post("/orders", sku="L-880-AIS=", quantity=2)
    [pak] = program.get("/paks", left_only=True)["rows"]
    assert (pak["order"], pak["left"]) == (placed["number"], 2)
    found = program.post(f"/paks/{pak['pak']}/registrations", udis=[str(R1), "nonsense"], partial=True)
    assert (found["issued"], found["wrong"], found["rows"][1]["error"]) == (1, 1, "bad_udi")
    again = program.post(f"/paks/{pak['pak']}/registrations", udis=[str(R1)])
    assert (again["issued"], again["again"]) == (0, 1)
    assert program.get(f"/paks/{pak['pak']}/devices/{R1}")["rows"][0]["registered"] is True
    [device] = program.get(f"/paks/{pak['pak']}/devices")["rows"]
    answer = program.client.get(f"/api/v1/licenses/{device['license']}/file")
    assert device["file"] in answer.headers["Content-Disposition"]
    letters = program.get("/letters")
    assert letters["total"] == 3
    letter = program.get(f"/letters/{letters['rows'][0]['number']}")
    assert base64.b64decode(letter["files"][0]["content"]) == answer.content
    assert program.get(f"/devices/{R1}")["licenses"][-1]["sku"] == "L-880-AIS="
    assert [entry["act"] for entry in program.get(f"/devices/{R1}/history")["rows"]][-1] == "register"
    assert program.get("/audit", act="register")["total"] == 1


def test_a_list_that_is_done_whole_or_not_at_all_is_refused_with_its_rows(portal: Portal, program: Program) -> None:
    pak = portal.pak(5)
    rows = [str(R1), "nonsense", "CISCO881-K8:FTX1405YDC7"]
    for others in ({}, {"partial": False}):
        answer = program.client.post(f"/api/v1/paks/{pak}/registrations", json={"udis": rows, **others})
        found = answer.json()
        assert (answer.status_code, found["error"], found["field"]) == (409, "rows_refused", "udis")
        assert found["message"] == "Nothing was registered: 2 of 3 rows cannot be."
        assert [(row["row"], row["error"], row["license"]) for row in found["rows"]] == [
            (1, "", ""), (2, "bad_udi", ""), (3, "unknown_pid", "")
        ]  # fmt: skip
    assert portal.service.queries.paks(by="lab").items[0].left == 5
    assert program.post(f"/paks/{pak}/registrations", udis=rows, partial=True)["issued"] == 1
    assert "rows" not in program.post("/orders", sku="X", quantity=1)


def test_a_row_that_cannot_be_read_is_counted_from_1(portal: Portal, program: Program) -> None:
    answer = program.post(f"/paks/{portal.pak()}/registrations", udis=[str(R1), 5])
    assert (answer["field"], answer["message"]) == ("udis", "Udis 2: expected text, got a whole number.")


def test_a_program_learns_the_name_of_its_rehost(portal: Portal) -> None:
    portal.account("ann")
    program = Program(portal, "ann")
    portal.service.register(portal.pak(), [R1], 0, by="lab")
    paper = base64.b64encode(credential(R1)).decode()
    letter = program.post("/permissions", source=str(R1), credential=paper, mailed=False)
    case = program.get(f"/rehosts/{letter['ticket']}")
    assert (case["source"], case["state"]) == (str(R1), "open")
    assert program.get("/rehosts")["rows"] == [case]
    assert program.client.get("/api/v1/rehosts/PT-9").status_code == 404


def test_a_pak_on_paper_is_told_when_its_letter_is_there(portal: Portal) -> None:
    portal.account("ann")
    program = Program(portal, "ann")
    placed = program.post("/orders", sku="SL-880-AIS=", quantity=2)
    pak = portal.service.queries.paks(by="lab").items[0].code

    def answers() -> list[Any]:
        return [
            program.get("/orders"), program.get("/paks"), program.get("/letters"), program.get("/audit"),
            program.get(f"/orders/{placed['number']}/pak"),
        ]  # fmt: skip

    assert pak not in str(answers())
    assert program.get("/orders")["rows"][0]["arrives"] == placed["arrives"] == "2010-03-06T09:00:00Z"
    assert program.get(f"/orders/{placed['number']}/pak")["error"] == "in_the_post"
    for answer in (
        program.post(f"/paks/{pak}/registrations", udis=[str(R1)]),
        program.get(f"/paks/{pak}/devices"),
        program.get(f"/paks/{pak}/devices/{R1}"),
    ):
        assert answer["error"] == "unknown_pak"
    portal.now += 5 * 86_400_000
    assert [pak in str(answer) for answer in answers()] == [True, True, False, False, True]
    assert pak in program.get(f"/letters/{placed['letter']}")["body"]
    assert program.post(f"/paks/{pak}/registrations", udis=[str(R1)])["issued"] == 1


def test_an_account_is_opened_once_and_changed_on_purpose(portal: Portal, program: Program) -> None:
    lab = {"own_password": "lab"}
    inputs = {"user": "ann", "password": "the first one", **lab}
    assert program.post("/accounts", **inputs)["role"] == "customer"
    answer = program.client.post("/api/v1/accounts", json={**inputs, "role": "operator", "password": "another one"})
    assert (answer.status_code, answer.json()["error"], answer.json()["field"]) == (409, "account_exists", "user")
    assert portal.service.accounts.logs_in("ann", "the first one")
    assert program.post("/accounts/ann", role="operator", **lab)["role"] == "operator"
    assert program.get("/accounts/ann")["role"] == "operator"
    assert portal.service.accounts.logs_in("ann", "the first one")
    program.post("/accounts/ann", role="customer", **lab)
    answer = program.client.post("/api/v1/accounts/lab", json={"role": "customer", **lab})
    assert (answer.status_code, answer.json()["error"], answer.json()["field"]) == (409, "last_operator", "role")
    assert program.post("/accounts/lab", password="short", **lab)["error"] == "short_password"
    ann = Program(portal, "ann")
    assert ann.get("/accounts/lab")["error"] == "forbidden"
    assert ann.get("/accounts/ann")["user"] == "ann"
    own = {"own_password": "the first one"}
    assert ann.post("/accounts/lab", password="another one", **own)["error"] == "forbidden"
    assert ann.post("/accounts/ann", password="another one", **own)["user"] == "ann"
    assert ann.client.get("/api/v1/me").status_code == 401, "its token ended with the password"
    assert program.client.get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("user", ["lab", "ann"])
def test_a_token_alone_sets_no_password_and_makes_no_token(portal: Portal, user: str) -> None:
    portal.account("ann")
    program = Program(portal, user)
    before = portal.service.database.dump()
    asked = {
        "/accounts": {"user": "eve", "password": "the first one", "role": "operator"},
        f"/accounts/{user}": {"password": "another one"},
        "/tokens": {"name": "mine"},
    }
    for path, inputs in asked.items():
        for own, status in (({}, 422), ({"own_password": ""}, 403), ({"own_password": "a guess"}, 403)):
            answer = program.client.post(f"/api/v1{path}", json={**inputs, **own})
            assert (answer.status_code, answer.json()["field"]) == (status, "own_password"), (path, own)
    assert program.client.post(f"/api/v1/accounts/{user}", json={"address": "eve@x.example"}).status_code == 422
    assert portal.service.database.dump() == before
    assert program.post("/tokens", name="mine", own_password=password_of(user))["name"] == "mine"


def test_an_extension_is_not_granted_without_a_reason(program: Program) -> None:
    inputs = {"udi": str(R1), "feature": "advipservices", "period": "30d"}
    assert program.post("/extensions", **inputs)["message"] == "Fill in the reason."
    assert program.post("/extensions", **inputs, why=" ")["error"] == "no_grant"
    program.post("/extensions", **inputs, why="Mary at the TAC, case 6")
    [entry] = program.get("/audit", act="extension")["rows"]
    assert (entry["why"], entry["by"]) == ("Mary at the TAC, case 6", "lab")


def test_a_rehost_by_program(portal: Portal, program: Program) -> None:
    program.post(f"/paks/{portal.pak()}/registrations", udis=[str(R1)])
    assert program.get("/rehostable", source=str(R1), target=str(R2))["rows"][0]["licenses"] == 1
    paper = base64.b64encode(credential(R1)).decode()
    letter = program.post("/permissions", source=str(R1), credential=paper)
    proof = portal.answered(base64.b64decode(letter["files"][0]["content"]))
    assert program.get("/rehosts")["total"] == 1
    done = program.post("/rehosts", ticket=base64.b64encode(proof).decode(), target=str(R2))
    assert str(R2) in done["subject"]
    assert program.get("/rehosts")["total"] == 0


def test_every_error_has_one_shape(portal: Portal, program: Program) -> None:
    client = program.client
    token = client.headers["Authorization"]
    cases = [
        (client.post("/api/v1/orders", json={"sku": "L-880-AIS="}), 422, "bad_input", "quantity"),
        (client.post("/api/v1/orders", json={"sku": "L-880-AIS=", "quantity": "1"}), 422, "bad_input", "quantity"),
        (client.post("/api/v1/orders", json={"sku": "X", "quantity": 1}), 404, "unknown_sku", "sku"),
        (client.post("/api/v1/orders", json={"sku": "X", "quantity": 1, "colour": 1}), 422, "bad_input", "colour"),
        (client.post("/api/v1/orders?quantity=1", json={"sku": "X"}), 422, "bad_input", "quantity"),
        (client.post("/api/v1/orders", json=[1]), 422, "bad_input", None),
        (
            client.post("/api/v1/orders", content="{", headers={"Content-Type": "application/json"}),
            400,
            "bad_request",
            None,
        ),
        (
            client.post("/api/v1/orders", content="[" * 90_000, headers={"Content-Type": "application/json"}),
            400,
            "bad_request",
            None,
        ),
        (client.post("/api/v1/orders", content="{}", headers={"Content-Type": "text/plain"}), 415, "wrong_type", None),
        (client.post("/api/v1/orders", json={"sku": "L-880-AIS=", "quantity": 1e300}), 422, "bad_input", "quantity"),
        (client.get("/api/v1/orders", params={"limit": "many"}), 422, "bad_input", "limit"),
        (client.get("/api/v1/orders", params={"limit": "501"}), 422, "bad_input", "limit"),
        (client.get("/api/v1/letters/99"), 404, "unknown_letter", "number"),
        (client.get(f"/api/v1/letters/{'9' * 16}"), 422, "bad_input", "number"),
        (client.get("/api/v1/nothing"), 404, "not_found", None),
        (client.put("/api/v1/orders"), 405, "wrong_method", None),
        (client.get("/api/v1/orders", headers={"Authorization": token + "x"}), 401, "not_logged_in", None),
        (client.get("/api/v1/orders", headers={"Authorization": "Basic eA=="}), 401, "not_logged_in", None),
        (client.post("/api/v1/demos", json={"udi": "x", "feature": "advipservices"}), 422, "bad_input", "udi"),
        (
            client.post("/api/v1/orders", content=b"x" * 3_000_000, headers={"Content-Type": "application/json"}),
            413,
            "too_large",
            None,
        ),
    ]
    for answer, status, error, field in cases:
        found = answer.json()
        assert (answer.status_code, found["error"], found.get("field")) == (status, error, field), answer.text
        assert found["message"]
        assert set(found) <= {"error", "message", "field"}


def test_a_browser_is_not_a_program(portal: Portal) -> None:
    browser = portal.browser().log_in()
    assert browser.client.get("/api/v1/me").status_code == 401


def test_guessed_tokens_are_counted(portal: Portal, program: Program) -> None:
    good = dict(program.client.headers)
    for _ in range(10):
        assert program.client.get("/api/v1/me", headers={"Authorization": "Bearer guess"}).status_code == 401
    answer = program.client.get("/api/v1/me", headers={"Authorization": "Bearer guess"})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "6"
    assert program.client.get("/api/v1/me", headers=good).status_code == 200, "wrong ones keep no right one out"


def test_a_customer_can_do_what_a_customer_may(portal: Portal) -> None:
    portal.account("ann")
    ann = Program(portal, "ann")
    assert ann.get("/accounts")["error"] == "forbidden"
    assert ann.post("/extensions", udi=str(R1), feature="advipservices", period="1d", why="TAC")["error"] == "forbidden"
    inputs = {"user": "ann", "password": "another one", "own_password": password_of("ann")}
    assert ann.post("/accounts", **inputs)["error"] == "forbidden"
    assert ann.get("/me")["role"] == "customer"


def test_a_database_that_is_away_is_told_with_a_time(
    portal: Portal, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from emulator.backend.refusals import PortalRefusal

    def away(*_: object, **__: object) -> None:
        raise PortalRefusal.SERVICE_DOWN.error(seconds=5)

    monkeypatch.setattr(portal.service.queries, "orders", away)
    answer = program.client.get("/api/v1/orders")
    assert (answer.status_code, answer.json()["error"], answer.headers["Retry-After"]) == (503, "service_down", "5")


def test_the_description_names_every_operation_once(portal: Portal) -> None:
    text = WebClient(portal.app, "https://portal.example").get("/api/v1/openapi.json").json()
    assert text["openapi"] == "3.1.0"
    described = {(path, method) for path, methods in text["paths"].items() for method in methods}
    assert described == {(operation.path, operation.method.lower()) for operation in OPERATIONS}
    ids = [operation.name for operation in OPERATIONS]
    assert len(ids) == len(set(ids))
