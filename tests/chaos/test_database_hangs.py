"""A PostgreSQL server that does nothing and tells nobody: answers are 503 in bounded time, then all is well."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.backend.store.database import Database
from emulator.databases import engines, server_connections
from emulator.kernel.errors import Refused
from tests.chaos.host import PostgresServer
from tests.unit.transports.portal.lab import Portal

pytestmark = pytest.mark.chaos

SILENCE, CONNECT = 1.0, 2
"""Seconds that are waited here; libpq takes no connect time-out below 2."""

PATIENT = 60.0
"""Seconds after which an answer counts as none."""


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    server.start()
    yield server
    server.remove()


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_connections, "SILENCE", SILENCE)
    monkeypatch.setitem(engines.SERVER_PATIENCE, "connect_timeout", CONNECT)


def test_a_portal_answers_while_its_database_hangs(server: PostgresServer) -> None:
    portal = Portal(database=Database(server.url))
    browser, token = portal.browser().log_in(), portal.token()
    client = browser.client
    client.headers["Authorization"] = f"Bearer {token}"
    order = {"sku": "L-880-AIS=", "quantity": 1}
    assert client.post("/api/v1/orders", json=order).status_code == 201
    with server.frozen(), ThreadPoolExecutor(8) as many:
        posted = [many.submit(client.post, "/api/v1/orders", json=order) for _ in range(8)]
        read = [many.submit(client.get, "/api/v1/orders") for _ in range(8)]
        answers = [each.result(PATIENT) for each in (*posted, *read)]
        assert {answer.status_code for answer in answers} == {503}
        assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers)
        assert browser.open("/orders").status == 503
    placed = client.post("/api/v1/orders", json=order)
    assert placed.status_code == 201
    found = client.get("/api/v1/orders").json()
    assert placed.json()["number"] in {row["number"] for row in found["rows"]}
    portal.service.close()


def test_nothing_is_opened_while_it_hangs(server: PostgresServer) -> None:
    with server.frozen(), pytest.raises(Refused, match="cannot be used: connection timeout expired"):
        Database(server.url)


def test_a_lock_that_somebody_keeps_is_waited_for_in_bounded_time(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = server_connections._SET_LIMITS.replace("'10s'", "'300ms'")
    monkeypatch.setattr(server_connections, "_SET_LIMITS", short)
    database = Database(server.url)
    with database.writing() as records:
        records.connection.exec_driver_sql("LOCK TABLE accounts")
        with pytest.raises(PortalError) as caught, database.writing() as others:
            others.accounts.all(0, 1)
    assert caught.value.refusal is PortalRefusal.SERVICE_DOWN
    database.close()
