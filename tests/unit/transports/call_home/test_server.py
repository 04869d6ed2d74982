"""Client and server over real TLS: whole calls, hostile requests, and an end in the middle of one."""

import ssl
import threading
from collections.abc import Iterator
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from emulator.kernel.effects import Pending
from emulator.kernel.errors import Refused
from emulator.licensing.udi import Udi
from emulator.router.ports import CallRefused
from emulator.runtime.wall_clock import host_time
from emulator.transports.call_home.client import HttpsCarrier, Patience, ServerAddress
from emulator.transports.call_home.server import PATH, call_home_app
from emulator.transports.call_home.wire import CALL_LIMIT
from emulator.transports.https.certificates import Identity, identity
from emulator.transports.https.hosting import Hosting, Site
from emulator.world.call_home.protocol import Answer, Call, CallOperation, Destination
from tests.fakes.outage import outage
from tests.unit.transports.call_home.desks import AIS, ONE, WHO, Office, key_of

VENDOR = "tools.cisco.com"
NOW = host_time()


class Net:
    """A server that runs, and devices that call it."""

    def __init__(self, folder: Path) -> None:
        self.office = Office(folder / "backend.sqlite")
        self.identity: Identity = identity(folder, "test", [VENDOR, "127.0.0.1"], NOW)
        self.app = call_home_app(
            self.office.desk, lambda: self.office.service.accounts.password_mark("lab") is not None
        )
        self.site = Site(self.app, "127.0.0.1", 0)
        self.hosting = Hosting([self.site], self.identity)
        self.hosting.start()
        hosts = {VENDOR: ServerAddress("127.0.0.1", self.site.port)}
        self.carrier = HttpsCarrier(hosts, self.identity.ca, key_of, Patience(answer=5, attempts=2, pause=0.01))

    def call(self, operation: CallOperation, path: str = PATH, **what: object) -> Answer | CallRefused:
        call = Call("X.1", operation, ONE, WHO, **what)  # type: ignore[arg-type]
        reply = self.carrier(Destination(VENDOR, 443, path), call)
        assert isinstance(reply, Pending)
        answer: Answer | CallRefused = reply.result()
        return answer

    def connection(self) -> HTTPSConnection:
        context = ssl.create_default_context(cafile=str(self.identity.ca))
        return HTTPSConnection("127.0.0.1", self.site.port, context=context, timeout=5)

    def raw(self, method: str, path: str, body: bytes = b"", kind: str = "application/xml") -> int:
        connection = self.connection()
        try:
            connection.request(method, path, body, {"Content-Type": kind})
            return connection.getresponse().status
        finally:
            connection.close()

    def close(self) -> None:
        self.carrier.close()
        self.hosting.stop()
        self.office.service.close()


@pytest.fixture
def net(tmp_path: Path) -> Iterator[Net]:
    net = Net(tmp_path)
    yield net
    net.close()


def test_a_license_comes_over_the_wire(net: Net) -> None:
    pak = net.office.order(3)
    file = net.call(CallOperation.INSTALL, pak=pak, skus=(AIS,))
    assert isinstance(file, bytes)
    assert net.call(CallOperation.INSTALL, pak=pak, skus=(AIS,)) == file
    assert net.office.left(pak) == 2


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status"),
    [
        ("POST", PATH, b"", "application/xml", 400),
        ("POST", PATH, b"<a/>", "application/xml", 400),
        ("POST", PATH, b"<a/>", "text/html", 415),
        ("POST", PATH, b"x" * (CALL_LIMIT + 1), "application/xml", 413),
        ("GET", PATH, b"", "application/xml", 405),
        ("POST", "/", b"", "application/xml", 404),
        ("GET", "/../../etc/passwd", b"", "application/xml", 404),
        ("GET", "/health", b"", "text/plain", 200),
    ],
)
def test_requests_that_are_no_calls(net: Net, method: str, path: str, body: bytes, kind: str, status: int) -> None:
    assert net.raw(method, path, body, kind) == status


def test_a_path_that_is_not_served(net: Net) -> None:
    assert net.call(CallOperation.RESEND, path="/elsewhere") == CallRefused("unavailable", VENDOR)


def test_a_mistake_in_the_server_is_no_answer(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net.office.service, "resend", lambda *_, **__: 1 // 0)
    assert net.call(CallOperation.RESEND) == CallRefused("unavailable", VENDOR)


def test_a_port_that_is_taken_is_told(net: Net) -> None:
    with pytest.raises(Refused, match=f"cannot serve at 127.0.0.1 port {net.site.port}: Address already in use"):
        Site(net.app, "127.0.0.1", net.site.port)


def test_many_devices_at_once_never_pass_the_quantity(net: Net) -> None:
    pak = net.office.order(20)
    devices = [Udi("CISCO881-K9", f"FTX1405Z{number:03d}") for number in range(30)]
    for device in devices:
        net.office.service.manufacture(device, ["advsecurity"], 0)
    got: list[object] = []

    def install(device: Udi) -> None:
        reply = net.carrier(
            Destination(VENDOR, 443, PATH), Call("X.1", CallOperation.INSTALL, device, WHO, pak=pak, skus=(AIS,))
        )
        assert isinstance(reply, Pending)
        got.append(reply.result())

    threads = [threading.Thread(target=install, args=[device]) for device in devices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    files = {each for each in got if isinstance(each, bytes)}
    refused = [each for each in got if isinstance(each, CallRefused)]
    assert len(files) == 20
    assert {each.cause for each in refused} == {"pak spent"}
    assert net.office.left(pak) == 0


@pytest.mark.heavy
def test_the_records_are_away_and_come_back(net: Net) -> None:
    """`/health` and calls say so while it lasts, and need no restart afterwards."""
    with outage(net.office.service.database):
        assert net.raw("GET", "/health") == 503
        assert net.call(CallOperation.RESEND) == CallRefused("unavailable", VENDOR)
    assert net.raw("GET", "/health") == 200
    assert isinstance(net.call(CallOperation.RESEND), bytes)


def test_health_answers_while_the_records_hang(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emulator.transports.call_home.server.HEALTH_PATIENCE", 0.05)
    hung = threading.Event()
    monkeypatch.setattr(net.office.service.accounts, "password_mark", lambda _: hung.wait(20))
    try:
        assert [net.raw("GET", "/health") for _ in range(5)] == [503] * 5
    finally:
        hung.set()
