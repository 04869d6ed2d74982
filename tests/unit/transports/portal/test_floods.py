"""Floods by one account or address: memory stays bounded, and others go on as if nothing were."""

import threading
from collections.abc import Iterator, Mapping

import pytest

from emulator.transports.connections.intake import AT_ONCE
from emulator.transports.portal import jobs as portal_jobs
from emulator.transports.portal.jobs import KEPT, MOST_ROWS_EACH, Jobs
from emulator.transports.portal.operation import PortalRequest
from emulator.transports.portal.registered_row import RegisteredRow
from emulator.transports.portal.settings import PortalSettings
from emulator.transports.portal.spreadsheets import SpreadsheetRow
from emulator.transports.web.caller import Caller
from emulator.transports.web.problems import Busy
from tests.unit.transports.portal.lab import Portal, password_of


class Rows:
    rows: tuple[RegisteredRow, ...] = ()


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


ROWS = [SpreadsheetRow(number, "x", None) for number in range(1000)]


def request(portal: Portal, account: str) -> PortalRequest:
    return PortalRequest(portal.opened, Caller(account, "192.0.2.1"))


def start(jobs: Jobs, asked: PortalRequest, rows: list[SpreadsheetRow]) -> portal_jobs.Job:
    return jobs.start(asked, "P", rows, partial=True, mailed=False, why="")


def test_a_flood_of_registrations_displaces_only_its_own(portal: Portal) -> None:
    clock = Clock()
    jobs = Jobs(lambda *_: Rows(), clock)
    ann, flood = request(portal, "ann"), request(portal, "flood")
    hers = start(jobs, ann, ROWS[:1])
    for _ in range(1000):
        start(jobs, flood, ROWS[:100])
    assert jobs.find(hers.id, "ann") is hers
    assert jobs.find(hers.id, "flood") is None
    assert sum(job.total for job in jobs._jobs.of("flood")) <= MOST_ROWS_EACH
    clock.seconds += KEPT + 1
    assert jobs.find(hers.id, "ann") is None
    assert len(jobs._jobs) == 0, "what nobody looks at is freed"


def test_long_lists_of_one_account_wait_while_others_begin(portal: Portal) -> None:
    go = threading.Event()

    def register(_request: PortalRequest, _inputs: Mapping[str, object]) -> Rows:
        go.wait(30)
        return Rows()

    jobs = Jobs(register, Clock())
    flood, ann = request(portal, "flood"), request(portal, "ann")
    running = [start(jobs, flood, ROWS) for _ in range(portal_jobs.MOST_UNFINISHED_EACH)]
    for _ in range(100):
        with pytest.raises(Busy):
            start(jobs, flood, ROWS)
    running.append(start(jobs, ann, ROWS))
    go.set()
    jobs.close()
    assert all(job.finished for job in running)
    assert jobs._under_way.used == 0


@pytest.mark.heavy
def test_a_flood_of_log_in_pages_takes_no_memory_and_no_form_of_others(portal: Portal) -> None:
    ann = portal.browser()
    portal.account("ann")
    flood = portal.browser()
    for _ in range(300):
        flood.client.cookies.clear()
        flood.open("/log-in")
    ann.send("/log-in", user="ann", password=password_of("ann"))
    assert ann.path == "/"
    assert len(portal.opened.sessions._named) == 1


def test_a_form_before_the_log_in_is_small(portal: Portal) -> None:
    browser = portal.browser()
    browser.send("/log-in", user="x" * 100_000, password="x")
    assert browser.status == 413

    def pieces() -> Iterator[bytes]:
        yield b"user=x"

    answer = browser.client.post(
        "/log-in", content=pieces(), headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 413, "one that does not tell its length is refused"


def test_what_an_account_sends_is_bounded_in_the_long_run(portal: Portal) -> None:
    portal.account("ann")
    browsers = {user: portal.browser().log_in(user) for user in ("lab", "ann")}
    portal.opened.intakes.take("ann", AT_ONCE)
    answer = browsers["ann"].open("/orders/new").send("/orders/new", sku="L-880-AIS=", quantity="1")
    assert (answer.status, answer.answer.headers["Retry-After"]) == (429, "1")
    assert browsers["lab"].open("/orders/new").send("/orders/new", sku="L-880-AIS=", quantity="1").status == 200
    portal.wall.seconds += 1
    assert browsers["ann"].open("/orders/new").send("/orders/new", sku="L-880-AIS=", quantity="1").status == 200


def test_bodies_under_way_are_bounded_for_each_account(portal: Portal) -> None:
    portal.account("ann")
    browsers = {user: portal.browser().log_in(user) for user in ("lab", "ann")}
    with portal.opened.bodies.reserved("ann", PortalSettings().bodies):
        answer = browsers["ann"].open("/orders/new").send("/orders/new", sku="L-880-AIS=", quantity="1")
        assert (answer.status, answer.answer.headers["Retry-After"]) == (429, "2")
        headers = {"Authorization": f"Bearer {portal.token('ann')}"}
        assert browsers["ann"].client.post("/api/v1/orders", headers=headers, json={}).json()["error"] == "busy"
        assert browsers["lab"].open("/orders/new").send("/orders/new", sku="L-880-AIS=", quantity="1").status == 200
    assert browsers["ann"].open("/orders/new").send("/orders/new", sku="L-880-AIS=", quantity="1").status == 200
    assert portal.opened.bodies.used == portal.opened.log_in_forms.used == 0
