"""A request with an `Idempotency-Key` is carried out once, whatever becomes of its answers."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from emulator.backend.refusals import PortalRefusal
from emulator.backend.service import LicensingService
from emulator.backend.store import keyed_requests
from emulator.transports.portal.operations.table import SUBJECTS
from tests.unit.transports.portal.belongings import NOBODYS
from tests.unit.transports.portal.lab import Portal
from tests.unit.transports.portal.operations.test_matrix import CELLS, MADE, OK, Interface, Row
from tests.web_client import WebClient

ORDER = {"sku": "L-880-AIS=", "quantity": 1}
POSTED = {each.name: each for subject in SUBJECTS.values() for each in subject if each.method == "POST"}


class Sender:
    """A program that sends its requests with keys."""

    def __init__(self, portal: Portal, user: str = "lab") -> None:
        self.portal = portal
        self.client = WebClient(portal.app, "https://portal.example", raise_server_exceptions=False)
        self.client.headers["Authorization"] = f"Bearer {portal.token(user)}"

    def order(self, key: str, **inputs: Any) -> tuple[int, Any]:
        answer = self.client.post("/api/v1/orders", json={**ORDER, **inputs}, headers={"Idempotency-Key": key})
        return answer.status_code, answer.json()

    @property
    def orders(self) -> int:
        return int(self.client.get("/api/v1/orders").json()["total"])


@pytest.fixture
def sender(portal: Portal) -> Sender:
    return Sender(portal)


@pytest.fixture(scope="module")
def interface() -> Interface:
    return Interface()


WORKING = [
    (name, row, user)
    for name, row in CELLS
    if name in POSTED
    for user, status in (("ann", row.own), ("lab", row.own if row.operator is None else row.operator))
    if status in {OK, MADE}
]


def test_every_operation_that_is_posted_works_for_somebody_here() -> None:
    assert {name for name, _, _ in WORKING} == POSTED.keys() - {"openAccount"}


@pytest.mark.parametrize(
    ("name", "row", "user"), WORKING, ids=[f"{name}-{number}" for number, (name, _, _) in enumerate(WORKING)]
)
def test_sent_again_it_is_answered_and_nothing_is_done(interface: Interface, name: str, row: Row, user: str) -> None:
    interface.renew()
    inputs = row.given(interface.things["ann"], interface.things["ann" if user == "ann" else NOBODYS])
    interface.client.headers["Idempotency-Key"] = "k-1"
    first = interface.ask(name, inputs, user)
    after = interface.portal.service.database.dump()
    if name == "changeAccount":  # its own token ended with its password
        interface.tokens[user] = interface.portal.service.accounts.new_token(
            user, "next", 0, by=user, entropy=b"n" * 32
        )[1]
        after = interface.portal.service.database.dump()
    again = interface.ask(name, inputs, user)
    assert interface.portal.service.database.dump() == after
    if POSTED[name].draws:
        assert (again.status, "carried out before" in again.text) == (409, True)
    else:
        assert (again.status, again.text) == (first.status, first.text)


def test_an_account_is_opened_once(sender: Sender) -> None:
    asked = {"user": "carl", "password": "carl's long secret", "own_password": "lab"}
    answers = [sender.client.post("/api/v1/accounts", json=asked, headers={"Idempotency-Key": "a"}) for _ in range(2)]
    assert [(each.status_code, each.json()["user"]) for each in answers] == [(200, "carl")] * 2


class Deaf:
    """A client whose connection is gone when the answer comes."""

    def __init__(self, app: Any) -> None:
        self.app, self.lost = app, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def mute(message: Any) -> None:
            self.lost += message["type"] == "http.response.start"
            raise ConnectionResetError

        await self.app(scope, receive, mute if scope["type"] == "http" and not self.lost else send)


def test_an_order_whose_answer_was_lost_is_had_by_sending_it_again(sender: Sender) -> None:
    deaf = Deaf(sender.portal.app)
    client = WebClient(deaf, "https://portal.example", headers=dict(sender.client.headers))
    headers = {"Idempotency-Key": "lost"}
    with pytest.raises(ConnectionResetError):
        client.post("/api/v1/orders", json=ORDER, headers=headers)
    assert deaf.lost
    assert sender.orders == 1
    answer = client.post("/api/v1/orders", json=ORDER, headers=headers)
    assert answer.status_code == 201
    assert sender.orders == 1
    assert answer.json()["number"] == sender.client.get("/api/v1/orders").json()["rows"][0]["number"]


def test_where_the_process_ended_before_the_answer_was_kept_nothing_is_bought_twice(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise SystemError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(LicensingService, "keep_answer", killed)
        assert sender.order("x")[0] == 500
    status, told = sender.order("x")
    assert (status, told["error"]) == (409, "repeated")
    assert sender.orders == 1


def test_an_answer_that_cannot_be_kept_is_given(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise PortalRefusal.SERVICE_DOWN.error(seconds=5)

    monkeypatch.setattr(LicensingService, "keep_answer", away)
    assert sender.order("x")[0] == 201


def test_all_at_once_are_one_order(sender: Sender) -> None:
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda _: sender.order("same"), range(8)))
    assert {status for status, _ in answers} == {201}
    assert len({told["number"] for _, told in answers}) == 1
    assert sender.orders == 1
    assert not sender.portal.opened.key_turns._turns


def test_a_key_stands_for_one_request_of_one_account(portal: Portal, sender: Sender) -> None:
    assert sender.order("k")[0] == 201
    status, told = sender.order("k", quantity=2)
    assert (status, told["error"], told["field"]) == (422, "key_reused", "Idempotency-Key")
    portal.account("ann")
    assert Sender(portal, "ann").order("k", quantity=2)[0] == 201
    assert sender.orders == 2


def test_what_is_refused_takes_no_key(sender: Sender) -> None:
    assert sender.order("k", sku="L-880-AIX=")[0] == 404
    assert sender.order("k")[0] == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "a" * 256, "\x7f"])
def test_what_is_no_key(sender: Sender, key: str) -> None:
    status, told = sender.order(key)
    assert (status, told["error"], told["field"]) == (422, "bad_input", "Idempotency-Key")
    assert sender.orders == 0


def test_so_many_are_remembered(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyed_requests, "EVERY", 1)
    with sender.portal.service.database.writing() as records:
        for number in range(keyed_requests.KEPT + 5):
            assert records.keyed_requests.add("lab", str(number), "r")
        assert records.keyed_requests.find("lab", "4") is None
        assert records.keyed_requests.find("lab", "5") is not None


def test_no_copy_of_the_records_has_them(sender: Sender) -> None:
    sender.order("k")
    assert "keyed_requests" not in sender.portal.service.database.dump()
