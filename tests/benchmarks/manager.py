"""The license manager: a page of its list of 30,000 devices against the bare query of its rows, and devices polled and
licensed by jobs against as many bare HTTPS requests, each over a connection of its own as each device has one.

The devices of `manager_poll` and `manager_deploy` answer within the process, so what is measured is the work of the
manager: the dialogues, reading three screens, and records that are kept as durably as ever. `ISRTWIN_BENCHMARK_DEVICES`
is their number, 200 unless it is given.
"""

import asyncio
import os
import socket
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from threading import Thread
from time import process_time

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from emulator.manager import access, inventory, passwords
from emulator.manager.access_entities import Listed, UserAccessList
from emulator.manager.entities import CredentialSet, DeviceAddress, DeviceGroup, ManagedDevice, ManagerUser
from emulator.manager.jobs import control
from emulator.manager.jobs.arguments import DeployJob, JobArguments, PollJob
from emulator.manager.jobs.runner import JobRunner
from emulator.manager.ports import LicenseBackEnd
from emulator.manager.roles import ManagerRole
from emulator.runtime.wall_clock import host_time
from emulator.transports.https.certificates import identity
from emulator.transports.https.hosting import Hosting, Site
from emulator.transports.manager_web.app import manager_app
from emulator.transports.manager_web.settings import ManagerSettings
from tests.benchmarks.figure import Figure, paired
from tests.fakes.devices import FakeBackEnd, FakeDevice, FakeNetwork
from tests.manager_pages import PAK, PASSWORD, furnish, udi
from tests.served_manager import ServedBench, served_bench
from tests.unit.manager.conftest import Bench

FLEET, PAGES, RUNS = 30_000, 20, 3
GROUPS, LIMITED = 30, "limited"
DEVICES = int(os.environ.get("ISRTWIN_BENCHMARK_DEVICES", "200"))

PAGE = "/devices?text=branch-0&level=advsecurity&sort=-seen&offset=1000"
COUNT = """SELECT count(*) FROM manager_devices WHERE level = ? AND (lower(udi) LIKE ? OR lower(hostname) LIKE ?
    OR lower(coalesce(host, '')) LIKE ?)"""
ROWS = COUNT.replace("count(*)", "*") + " ORDER BY seen DESC, udi LIMIT 50 OFFSET 1000"


def manager_table() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder, served_bench(Path(folder)) as served:
        cost, passwords._COST["n"] = passwords._COST["n"], 2
        furnish(served.bench, FLEET)
        _limit(served.bench)
        with sqlite3.connect(Path(folder) / "manager.db") as bare:

            def query() -> None:
                given = ("advsecurity", *["%branch-0%"] * 3)
                bare.execute(COUNT, given).fetchall()
                assert len(bare.execute(ROWS, given).fetchall()) == 50

            query()
            for name, user in (("manager_table", "admin"), ("manager_table_limited", LIMITED)):
                with _client(served) as client:
                    passwords._COST["n"] = 2
                    client.post("/log-in", data=_log_in(client, user))
                    passwords._COST["n"] = cost
                    page = partial(_page, client)
                    page()
                    yield paired(name, [(_timed(page), _timed(query)) for _ in range(RUNS)], "s")


def _page(client: httpx2.Client) -> None:
    shown = client.get(PAGE)
    assert shown.status_code == 200
    assert shown.text.count('name="ticked"') == 50


def _limit(bench: Bench) -> None:
    """Keep a tenth of the fleet from one user, by access lists of groups of which the user is on every third."""
    inventory.keep_user(bench.context(), ManagerUser(LIMITED, ManagerRole.INVENTORY))
    passwords.keep_password(bench.context(), LIMITED, PASSWORD)
    for number in range(GROUPS):
        name, first = f"region-{number}", number * FLEET // GROUPS
        inventory.keep_group(bench.context(), DeviceGroup(name))
        inventory.change_members(bench.context(), name, map(udi, range(first, first + FLEET // GROUPS)), join=True)
        if number < GROUPS // 6:
            users = (LIMITED,) if number % 3 == 0 else ()
            access.keep_access(bench.context(), UserAccessList(Listed.GROUP, name, users))


def manager_poll() -> Iterator[Figure]:
    yield _job("manager_poll", "poll", lambda udis: PollJob(udis=udis))


def manager_deploy() -> Iterator[Figure]:
    yield _job("manager_deploy", "deploy", lambda udis: DeployJob(udis=udis, pak=PAK))


def _job(name: str, kind: str, arguments: Callable[[tuple[str, ...]], JobArguments]) -> Figure:
    with _plain() as request:
        pairs = []
        for _ in range(RUNS):
            with tempfile.TemporaryDirectory() as folder, served_bench(Path(folder)) as served:
                udis = _under_management(served.bench)
                began = process_time()
                control.submit(served.bench.context(), kind, arguments(udis))
                asyncio.run(_runner(served.bench).run_all())
                value = (process_time() - began) / DEVICES
                job = control.show_job(served.bench.context(), 1)
                assert (job.done, job.failed) == (DEVICES, 0), job.summary
                pairs.append((value, _timed(request, DEVICES)))
    return paired(name, pairs, "s")


def _under_management(bench: Bench) -> tuple[str, ...]:
    inventory.keep_credentials(bench.context(), CredentialSet("lab", "admin", "lab"))
    devices = [udi(number) for number in range(DEVICES)]
    addresses = [DeviceAddress(f"10.0.{number // 256}.{number % 256}") for number in range(DEVICES)]
    bench.network = FakeNetwork()
    with bench.database.writing() as records:
        for each, address in zip(devices, addresses, strict=True):
            bench.network.devices[address] = FakeDevice(pid=each.pid, serial=each.serial)
            records.devices.keep(ManagedDevice(each, bench.now, address))
    return tuple(map(str, devices))


def _runner(bench: Bench) -> JobRunner:
    back_end = FakeBackEnd(DEVICES)

    @asynccontextmanager
    async def opened() -> AsyncIterator[LicenseBackEnd]:
        yield back_end

    return JobRunner(bench.context(), opened, "benchmark")


@contextmanager
def _plain() -> Iterator[Callable[[], None]]:
    """A request to a server over TLS that answers a short text, over a new connection."""

    async def answer(_: Request) -> Response:
        return PlainTextResponse("ok")

    with tempfile.TemporaryDirectory() as folder:
        shown = identity(Path(folder), "benchmark", ["127.0.0.1"], host_time())
        site = Site(Starlette(routes=[Route("/", answer)]), "127.0.0.1", 0)
        hosting = Hosting([site], shown)
        hosting.start()
        try:
            with httpx2.Client(verify=False, base_url=f"https://127.0.0.1:{site.port}") as client:

                def request() -> None:
                    assert client.get("/", headers={"Connection": "close"}).text == "ok"

                yield request
        finally:
            hosting.stop()


@contextmanager
def _client(served: ServedBench) -> Iterator[httpx2.Client]:
    app = manager_app(served, ManagerSettings(lambda: 0.0, secure=False))
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    thread = Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with httpx2.Client(base_url=base, follow_redirects=True, timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def _log_in(client: httpx2.Client, user: str) -> dict[str, str]:
    token = client.get("/log-in").text.partition('name="form_token" value="')[2].partition('"')[0]
    return {"form_token": token, "user": user, "password": PASSWORD}


def _timed(act: Callable[[], None], times: int = PAGES) -> float:
    """Seconds for one, on average."""
    began = process_time()
    for _ in range(times):
        act()
    return (process_time() - began) / times
