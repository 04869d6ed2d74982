"""`call_home`: a call that installs a license (signed document, log-in, debit and license in one durable transaction)
against an unsigned XML POST that writes one row to SQLite, on the same server, over the same kind of connection.
"""

import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from emulator.licensing.udi import Udi
from emulator.runtime.wall_clock import host_time
from emulator.transports.call_home.client import HttpsCarrier, ServerAddress
from emulator.transports.call_home.server import PATH, call_home_app
from emulator.transports.call_home.wire import CONTENT_TYPE, write_answer, write_call
from emulator.transports.https.certificates import identity
from emulator.transports.https.hosting import Hosting, Site
from emulator.world.call_home.protocol import Call, CallOperation, Destination
from tests.benchmarks.figure import Figure, paired
from tests.unit.transports.call_home.desks import AIS, WHO, Office, key_of

CALLS, RUNS = 150, 5
VENDOR = "tools.cisco.com"


def call_home() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield paired("call_home", _pairs(Path(folder)), "s")


def _pairs(folder: Path) -> list[tuple[float, float]]:
    office = Office(folder / "backend.sqlite")
    shown = identity(folder, "benchmark", [VENDOR], host_time())
    calls = Site(call_home_app(office.desk, lambda: True), "127.0.0.1", 0)
    plain = Site(_plain_app(folder / "plain.sqlite"), "127.0.0.1", 0)
    hosting = Hosting([calls, plain], shown)
    hosting.start()
    carrier = HttpsCarrier({}, shown.ca, key_of)
    pak = office.order(CALLS * RUNS + 1)
    destination = Destination(VENDOR, 443, PATH)
    devices = iter([Udi("CISCO881-K9", f"FTX1406{number:04d}") for number in range(CALLS * RUNS + 1)])
    waiting = list(devices)
    for device in waiting:
        office.service.manufacture(device, ["advsecurity"], 0)

    def real() -> None:
        device = waiting.pop()
        call = Call(f"{device.serial}.1", CallOperation.INSTALL, device, WHO, pak=pak, skus=(AIS,))
        body = write_call(call, key_of(device))
        answer = carrier.fetch(destination, ServerAddress("127.0.0.1", calls.port), body)
        assert isinstance(answer, bytes)

    def reference() -> None:
        answer = carrier.fetch(destination, ServerAddress("127.0.0.1", plain.port), BODY)
        assert isinstance(answer, bytes)

    try:
        real()
        reference()
        return [(_timed(real), _timed(reference)) for _ in range(RUNS)]
    finally:
        carrier.close()
        hosting.stop()
        office.service.close()


BODY = b'<?xml version="1.0" encoding="UTF-8"?><call><device>CISCO881-K9:FTX1405YDC7</device></call>'


def _timed(act: Callable[[], None]) -> float:
    """Seconds for one, on average."""
    began = perf_counter()
    for _ in range(CALLS):
        act()
    return (perf_counter() - began) / CALLS


def _plain_app(file: Path) -> Starlette:
    """Takes XML, writes a row as durably as the back end does, and answers with a file of the usual size."""
    answer = write_answer(b"x" * 1_500)
    connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("CREATE TABLE calls (id INTEGER PRIMARY KEY, device TEXT, body BLOB)")
    lock = threading.Lock()

    def write(body: bytes) -> None:
        from lxml import etree

        device = etree.fromstring(body).findtext("device")
        with lock:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO calls (device, body) VALUES (?, ?)", (device, body))
            connection.execute("COMMIT")

    async def call(request: Request) -> Response:
        body = await request.body()
        await run_in_threadpool(write, body)
        return Response(answer, media_type=CONTENT_TYPE)

    return Starlette(routes=[Route(PATH, call, methods=["POST"])])
