"""The host's clock is set a day forward and a day back while a world is served: only its answers' dates tell of it.

libfaketime gives the server another wall clock; the clock that measures time goes on, as when a host is set.
"""

import signal
import ssl
import threading
import time
from email.utils import parsedate_to_datetime
from http.client import HTTPSConnection
from itertools import pairwise
from pathlib import Path

import pytest

from emulator.kernel.time import HOUR
from emulator.runtime.wall_clock import seconds_since_1970
from emulator.transports.https.certificates import CA, FOLDER
from emulator.world.directory import FILE
from emulator.world.saved_file import read
from tests.chaos.clients import HonestClient
from tests.chaos.host import threads
from tests.chaos.test_everything_at_once import CLIENTS, Server, made

pytestmark = pytest.mark.chaos

DAY = 86_400
JUMPS = (0, DAY, -DAY, 0, -DAY, DAY)
FORWARD = sum(later > earlier for earlier, later in pairwise((0, *JUMPS)))
"""Number of times that a wait measured by the wall clock ends at once."""


def library() -> Path:
    """The library that the package `faketime` installs."""
    [found] = Path("/usr/lib").glob("*/faketime/libfaketime.so.1")
    return found


class SetClock:
    """The wall clock of the processes that are started under it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.set(0)

    def set(self, offset: int) -> None:
        self._file.write_text(f"{offset:+d}\n", encoding="ascii")

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }


def date_of(port: int, trust: ssl.SSLContext) -> float:
    """The wall clock of a server, as its answers tell."""
    line = HTTPSConnection("127.0.0.1", port, context=trust, timeout=20)
    try:
        line.request("GET", "/log-in")
        answer = line.getresponse()
        assert answer.status == 200
        return parsedate_to_datetime(answer.getheader("Date", "")).timestamp()
    finally:
        line.close()


def instant(directory: Path) -> int:
    """Instant of the saved world, in simulated milliseconds."""
    return read((directory / FILE).read_bytes()).now


def test_the_clock_of_the_host_jumps(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    token, paks = made(tmp_path / "world", None)
    clock = SetClock(tmp_path / "offset")
    server = Server(tmp_path / "world", tmp_path / "log", clock.environment)
    server.start()
    request.addfinalizer(server.kill)
    ca = tmp_path / "world" / FOLDER / CA
    trust, stop = ssl.create_default_context(cafile=str(ca)), threading.Event()
    clients = [HonestClient(number, server.port, ca, token, pak, stop) for number, pak in enumerate(paks)]
    began = time.monotonic()
    with threads(clients, stop):
        for offset in JUMPS:
            clock.set(offset)
            done, saved = [len(client.done) for client in clients], (tmp_path / "world" / FILE).stat().st_ino
            while abs(date_of(server.port, trust) - seconds_since_1970() - offset) > 60:
                time.sleep(0.1)
            while (tmp_path / "world" / FILE).stat().st_ino == saved:
                time.sleep(0.1)
            assert all(len(client.done) > before for client, before in zip(clients, done, strict=True))
            assert not any(client.mistakes for client in clients)
    lasted = time.monotonic() - began
    assert {status for client in clients for status in client.statuses} <= {200, 503}
    away = sum(client.statuses.get(503, 0) for client in clients)
    assert away <= FORWARD * CLIENTS, "SQLAlchemy measures by the wall clock how long a connection is waited for"
    assert sum(client.without_time for client in clients) == 0, "503 tells when to come again"
    assert instant(tmp_path / "world") < (lasted + 60) * 1000 < HOUR, "simulated time passes as real time does"
    assert server.end(signal.SIGTERM) == 0
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
