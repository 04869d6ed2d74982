"""Sites over HTTPS: every client has its time-outs, and those that are slow keep nobody from being served."""

import asyncio
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Barrier, Event

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from emulator.runtime.wall_clock import host_time
from emulator.transports.connections import listener
from emulator.transports.https.certificates import identity
from emulator.transports.https.hosting import Hosting, Site
from emulator.transports.https.timed_http import TimeOuts

SHORT = TimeOuts(handshake=0.3, head=0.3, body=0.3, answer=0.3, goodbye=0.1)
LONG = TimeOuts(handshake=60, head=60, body=60, answer=60, goodbye=0.1, undisturbed=0.1, settled=0.1)
MUCH = 64 * 1024 * 1024


class Served:
    """An application that echoes, waits for a test, or answers more than a client reads."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.let_go, self.gone = folder, asyncio.Event(), Event()
        routes = [
            Route("/", self._echo, methods=["GET", "POST"]),
            Route("/much", self._much),
            Route("/slow", self._slow),
            Route("/client", self._client),
        ]
        self.site = Site(Starlette(routes=routes), "127.0.0.1", 0)
        self.trust = ssl.create_default_context()
        self.hosting: Hosting | None = None

    def start(self, time_outs: TimeOuts, proxies: Sequence[str] = ()) -> "Served":
        shown = identity(self.folder, "w", ["localhost", "127.0.0.1"], host_time())
        self.trust.load_verify_locations(shown.ca)
        self.hosting = Hosting([self.site], shown, time_outs, proxies)
        self.hosting.start()
        return self

    def stop(self) -> None:
        if self.hosting is not None:
            self.hosting.stop()

    def open_connections(self) -> int:
        assert self.hosting is not None
        [server] = self.hosting._servers
        return len(server._listener.slots)

    async def _echo(self, request: Request) -> Response:
        try:
            return PlainTextResponse(await request.body() or b"hello")
        except ClientDisconnect:
            self.gone.set()
            raise

    async def _client(self, request: Request) -> Response:
        return PlainTextResponse(request.client.host if request.client else "")

    async def _much(self, _: Request) -> Response:
        return PlainTextResponse(b"x" * MUCH)

    async def _slow(self, _: Request) -> Response:
        await asyncio.sleep(1)
        return PlainTextResponse("done")

    def connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.site.port), timeout=20)

    def encrypted(self) -> ssl.SSLSocket:
        return self.trust.wrap_socket(self.connected(), server_hostname="127.0.0.1")

    def asked(self, request: bytes) -> bytes:
        with self.encrypted() as line:
            line.sendall(request)
            return until_end(line)


def until_end(line: socket.socket) -> bytes:
    """All that is heard until the line is closed, or cut."""
    heard = bytearray()
    with suppress(OSError):
        while part := line.recv(65536):
            heard += part
    return bytes(heard)


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    yield served
    served.stop()


def drip(line: socket.socket, text: bytes) -> None:
    """Send a byte now and then until the other side has had enough."""
    with suppress(OSError):
        for byte in text:
            line.sendall(bytes([byte]))
            time.sleep(0.02)


HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-Slow: " + b"a" * 2000
BODY = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n" + b"b" * 2000


@pytest.mark.parametrize("text", [HEAD, BODY], ids=["head", "body"])
def test_a_request_that_drips_in_is_given_up(served: Served, text: bytes) -> None:
    served.start(SHORT)
    with served.encrypted() as line:
        drip(line, text)
        assert until_end(line) == b""
    assert b"hello" in served.asked(get("/"))


def test_an_application_hears_that_its_client_was_given_up(served: Served) -> None:
    served.start(SHORT)
    with served.encrypted() as line:
        line.sendall(BODY)
        assert served.gone.wait(20)


def test_a_handshake_that_never_comes_is_given_up(served: Served) -> None:
    served.start(SHORT)
    with served.connected() as line:
        assert line.recv(1) == b""


def test_no_clock_runs_while_the_server_works(served: Served) -> None:
    served.start(SHORT)
    assert served.asked(get("/slow")).endswith(b"done")


def test_an_answer_that_is_not_read_is_given_up(served: Served) -> None:
    served.start(SHORT)
    with served.encrypted() as line:
        line.sendall(get("/much"))
        while not served.open_connections():
            time.sleep(0.01)
        while served.open_connections():
            time.sleep(0.01)
        assert len(until_end(line)) < MUCH


SLOW: dict[str, Callable[[Served], socket.socket]] = {
    "no handshake": Served.connected,
    "no request": Served.encrypted,
}


@pytest.mark.parametrize("kind", SLOW)
def test_more_slow_clients_than_there_are_places(served: Served, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(listener, "MOST", 16)
    served.start(LONG)
    with ExitStack() as open_:
        for _ in range(100):
            open_.enter_context(SLOW[kind](served))
        for _ in range(5):
            assert b"hello" in served.asked(get("/"))


def test_clients_that_come_at_once_do_not_end_one_another(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "MOST", 8)
    served.start(TimeOuts())
    together = Barrier(24)

    def ask(_: int) -> bytes:
        with served.connected() as line:
            together.wait(20)
            with served.trust.wrap_socket(line, server_hostname="127.0.0.1") as secured:
                secured.sendall(get("/"))
                return until_end(secured)

    with ThreadPoolExecutor(24) as clients:
        assert [b"hello" in heard for heard in clients.map(ask, range(24))] == [True] * 24


def test_slow_bodies_hold_no_place_against_others(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "MOST", 8)
    served.start(LONG)
    with ExitStack() as open_:
        for _ in range(20):
            line = open_.enter_context(served.encrypted())
            line.sendall(BODY)
        assert b"hello" in served.asked(get("/"))


def test_several_requests_over_one_connection(served: Served) -> None:
    served.start(SHORT)
    with served.encrypted() as line:
        for number in range(5):
            body = f"{number}".encode()
            line.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n" + body)
            heard = b""
            while not heard.endswith(b"\r\n\r\n" + body):
                part = line.recv(65536)
                assert part, "the connection stays"
                heard += part
            time.sleep(SHORT.head / 3)  # all of them together take longer than one may


@pytest.mark.parametrize(
    ("proxies", "client"),
    [
        ((), "127.0.0.1"),
        (("192.0.2.1",), "127.0.0.1"),
        (("127.0.0.1",), "198.51.100.7"),
        (("127.0.0.0/8",), "198.51.100.7"),
    ],
)
def test_who_asks_is_told_by_the_connection_or_by_a_configured_proxy(
    served: Served, monkeypatch: pytest.MonkeyPatch, proxies: Sequence[str], client: str
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    served.start(LONG, proxies)
    told = b"X-Forwarded-For: 203.0.113.66, 198.51.100.7\r\nX-Forwarded-Proto: http\r\nForwarded: for=203.0.113.9\r\n"
    assert served.asked(get("/client").replace(b"\r\n\r\n", b"\r\n" + told + b"\r\n")).endswith(client.encode())


def test_a_browser_is_told_to_keep_to_https(served: Served) -> None:
    served.start(LONG)
    head = served.asked(get("/")).partition(b"\r\n\r\n")[0].lower()
    assert b"\r\nstrict-transport-security: max-age=3600" in head


FORWARD_SECRET = "ECDHE-"


def test_only_modern_ciphers_and_versions_are_spoken(served: Served) -> None:
    """Try each cipher of this OpenSSL alone: none without forward secrecy and authentication is taken."""
    served.start(LONG)
    taken = set()
    trust = ssl.create_default_context()
    trust.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    for name in sorted({each["name"] for each in trust.get_ciphers() if each["protocol"] != "TLSv1.3"}):
        client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
        client.maximum_version = ssl.TLSVersion.TLSv1_2
        client.set_ciphers(f"{name}:@SECLEVEL=0")
        with suppress(OSError), client.wrap_socket(served.connected()) as line:
            cipher = line.cipher()
            assert cipher is not None
            taken.add(cipher[0])
    assert taken
    assert all(each.startswith(FORWARD_SECRET) and ("GCM" in each or "CHACHA20" in each) for each in taken), taken
    with served.encrypted() as line:
        assert line.version() == "TLSv1.3"


def test_older_versions_are_not_spoken(served: Served) -> None:
    import warnings

    served.start(LONG)
    for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            client.minimum_version = client.maximum_version = version
        client.set_ciphers("ALL:@SECLEVEL=0")
        with pytest.raises(OSError, match=r"(?i)version|alert|unsupported|protocol|reset|eof"):
            client.wrap_socket(served.connected()).close()


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: x\r\n",
    ],
)
def test_a_request_whose_length_is_told_in_two_ways_is_refused_on_the_wire(served: Served, head: bytes) -> None:
    served.start(LONG)
    smuggled = b"0\r\n\r\nGET /client HTTP/1.1\r\nHost: localhost\r\n\r\n"
    heard = served.asked(b"POST / HTTP/1.1\r\nHost: localhost\r\n" + head + b"\r\n" + smuggled)
    assert heard.split(b"\r\n")[0].split()[1] in {b"400", b"501"}
    assert heard.count(b"HTTP/1.1 ") == 1, "nothing behind it was answered"
