"""Requests that grow: the time of their heads, bodies and forms grows with them and not with a power of them."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from emulator.transports.connections.slots import Slots
from emulator.transports.https.timed_http import TimedHttp, TimeOuts
from tests.growth import growth_problem
from tests.unit.transports.portal.lab import Browser, Portal

FORM = {"Content-Type": "application/x-www-form-urlencoded"}

HEADERS: dict[str, Callable[[int], tuple[str, str]]] = {
    "cookies": lambda n: ("Cookie", "a=b; " * n),
    "cookies of one name": lambda n: ("Cookie", "isrtwin=x.y.z; " * n),
    "one cookie": lambda n: ("Cookie", "isrtwin=" + "." * n),
    "quoted cookie": lambda n: ("Cookie", 'a="' + "\\1" * n),
    "token": lambda n: ("Authorization", "Bearer " + "a " * n),
    "proxies": lambda n: ("X-Forwarded-For", "192.0.2.1, " * n),
    "languages": lambda n: ("Accept-Language", "de;q=0.1, " * n),
    "host": lambda n: ("Host", "a." * n),
    "brackets of a host": lambda n: ("Host", "[" * n),
    "key": lambda n: ("Idempotency-Key", "a" * n),
    "type": lambda n: ("Content-Type", "application/json;" + " a=b;" * n),
    "origin": lambda n: ("Origin", "https://" + "a." * n),
}

QUERIES: dict[str, Callable[[int], str]] = {
    "inputs": lambda n: "a=b&" * n,
    "ampersands": lambda n: "&" * n,
    "escapes": lambda n: "text=" + "%41" * n,
    "broken escapes": lambda n: "text=" + "%4" * n,
    "digits": lambda n: "offset=" + "9" * n,
    "date": lambda n: "since=" + "2010-" * n,
}

BODIES: dict[str, Callable[[int], str]] = {
    "lists": lambda n: "[" * n,
    "closed lists": lambda n: "[" * n + "]" * n,
    "objects": lambda n: '{"udis":' * n,
    "objects in an input": lambda n: '{"udis": ' + '{"a":' * n + "1" + "}" * n + "}",
    "lists in an input": lambda n: '{"udis": ' + "[" * n + "]" * n + "}",
    "keys": lambda n: "{" + ", ".join(f'"k{number}": 1' for number in range(n)) + "}",
    "one key": lambda n: "{" + '"udis": 1, ' * n + '"udis": 1}',
    "devices": lambda n: '{"udis": [' + '"CISCO881-K9:FTX1405Z9Z9", ' * n + '"x"]}',
    "digits": lambda n: '{"udis": ' + "9" * n + "}",
    "exponent": lambda n: '{"udis": 1e' + "9" * n + "}",
    "fraction": lambda n: '{"udis": 0.' + "1" * n + "}",
    "escapes": lambda n: '{"udis": "' + "\\u0041" * n + '"}',
    "surrogates": lambda n: '{"udis": "' + "\\ud83d" * n + '"}',
    "blanks": lambda n: "{" + " " * n + "}",
    "text": lambda n: '{"udis": "' + "a:" * n + '"}',
}

FORMS: dict[str, Callable[[int], str]] = {
    "fields": lambda n: "a=b&" * n,
    "one field": lambda n: "user=" + "a" * n,
    "escapes": lambda n: "user=" + "%41" * n,
    "semicolons": lambda n: "a=b;" * n,
}

PARTS: dict[str, Callable[[int], str]] = {
    "parts": lambda n: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' * n + "--x--\r\n",
    "heads of a part": lambda n: "--x\r\n" + "A: b\r\n" * n + "\r\n\r\n--x--\r\n",
    "boundaries begun": lambda n: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + "\r\n--" * n,
    "disposition": lambda n: "--x\r\nContent-Disposition: form-data;" + ' a="b";' * n + "\r\n\r\nb\r\n--x--\r\n",
    "quotes": lambda n: '--x\r\nContent-Disposition: form-data; name="' + '\\"' * n + "\r\n\r\nb\r\n--x--\r\n",
}


@pytest.fixture(scope="module")
def browser() -> Browser:
    return Portal().browser().log_in()


@pytest.fixture(scope="module")
def token(browser: Browser) -> str:
    return browser.portal.token("lab")


@pytest.mark.parametrize("name", HEADERS)
def test_the_time_of_a_request_grows_with_its_head(name: str, browser: Browser) -> None:
    make = HEADERS[name]
    assert growth_problem(lambda head: browser.client.get("/api/v1/me", headers=[head]), make, 1000) is None


@pytest.mark.parametrize("address", ["/audit", "/api/v1/orders"])
@pytest.mark.parametrize("name", QUERIES)
def test_the_time_of_a_request_grows_with_its_query(name: str, address: str, browser: Browser) -> None:
    make = QUERIES[name]
    assert growth_problem(lambda query: browser.client.get(f"{address}?{query}"), make, 1000) is None


@pytest.mark.parametrize("name", BODIES)
def test_the_time_of_a_request_grows_with_its_body(name: str, browser: Browser, token: str) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def ask(body: str) -> None:
        answer = browser.client.post("/api/v1/paks/AAAAAAAAAAA/registrations", content=body, headers=headers)
        assert 400 <= answer.status_code < 500, answer.text
        browser.portal.wall.seconds += 60

    assert growth_problem(ask, BODIES[name], 1000) is None


@pytest.mark.parametrize("name", FORMS)
def test_the_time_of_a_form_grows_with_it(name: str, browser: Browser) -> None:
    def send(body: str) -> None:
        assert browser.client.post("/orders/new", content=body, headers=FORM).status_code < 500

    assert growth_problem(send, FORMS[name], 1000) is None


@pytest.mark.parametrize("name", PARTS)
def test_the_time_of_a_form_grows_with_its_parts(name: str, browser: Browser) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}

    def send(body: str) -> None:
        assert browser.client.post("/orders/new", content=body, headers=headers).status_code < 500

    assert growth_problem(send, PARTS[name], 500) is None


class Wire(asyncio.Transport):
    """A connection whose answers are not read."""

    closed = False

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("127.0.0.1", 1) if name in {"peername", "sockname"} else default

    def is_closing(self) -> bool:
        return self.closed

    def write(self, data: Any) -> None:
        """Leave it unread."""

    def close(self) -> None:
        self.closed = True

    abort = close

    def pause_reading(self) -> None:
        """Hand over what comes all the same."""

    def resume_reading(self) -> None:
        """Hand it over anyway."""


async def nothing(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


WIRE: dict[str, Callable[[int], str]] = {
    "headers": lambda n: "GET / HTTP/1.1\r\nHost: a\r\n" + "A: b\r\n" * n,
    "lines": lambda n: "\r\n" * n,
    "path": lambda n: "GET /" + "a" * n,
    "blanks of a header": lambda n: "GET / HTTP/1.1\r\nA:" + " " * n + "x",
    "folded header": lambda n: "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n" + " c\r\n" * n,
    "lengths": lambda n: "GET / HTTP/1.1\r\nHost: a\r\n" + "Content-Length: 0\r\n" * n + "\r\n",
    "requests": lambda n: "GET / HTTP/1.1\r\nHost: a\r\n\r\n" * n,
    "chunks": lambda n: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n" * n,
    "size of a chunk": lambda n: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + "0" * n,
}


@pytest.mark.parametrize("piece", [1, 100_000], ids=["byte by byte", "at once"])
@pytest.mark.parametrize("name", WIRE)
def test_the_time_of_what_comes_over_the_wire_grows_with_it(name: str, piece: int) -> None:
    config = uvicorn.Config(nothing, http="h11", lifespan="off", log_config=None, access_log=False)
    config.load()

    async def connect(data: bytes) -> None:
        slot = Slots(1).take(int)
        assert slot is not None
        protocol = TimedHttp(config, ServerState(), slot, TimeOuts())
        wire = Wire()
        protocol.connection_made(wire)
        for at in range(0, len(data), piece):
            if not wire.closed:
                protocol.data_received(data[at : at + piece])
        await asyncio.sleep(0)
        protocol.connection_lost(None)

    def send(data: str) -> None:
        asyncio.run(connect(data.encode()))

    assert growth_problem(send, WIRE[name], 400) is None
