"""A portal under pressure: of ten requests one is told 429, one 503, and of one the answer is lost once it was done."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from emulator.runtime.wall_clock import host_time
from emulator.transports.https.certificates import identity
from emulator.transports.https.hosting import Hosting, Site
from emulator.transports.proving.throttled_portal import Pressure, ThrottledPortal

ASKED: list[tuple[str, str, bytes, bytes]] = []


async def portal(scope: Any, receive: Any, send: Any) -> None:
    """A portal that writes down what it was asked."""
    headers = dict(scope["headers"])
    body = (await receive())["body"]
    ASKED.append(
        (scope["method"], f"{scope['path']}?{scope['query_string'].decode()}", headers[b"authorization"], body)
    )
    await send({"type": "http.response.start", "status": 201, "headers": [(b"content-type", b"text/x-told")]})
    await send({"type": "http.response.body", "body": b"done"})


@pytest.fixture
def throttled(tmp_path: Path) -> Iterator[tuple[ThrottledPortal, httpx2.Client]]:
    ASKED.clear()
    shown = identity(tmp_path, "portal", ["127.0.0.1"], host_time())
    behind = Site(portal, "127.0.0.1", 0)
    app = ThrottledPortal(behind.url, shown.ca.read_text())
    before = Site(app, "127.0.0.1", 0)
    hosting = Hosting([behind, before], shown)
    hosting.start()
    trust = ssl.create_default_context(cafile=shown.ca)
    with httpx2.Client(base_url=before.url, verify=trust, trust_env=False) as client:
        yield app, client
    hosting.stop()
    app.close()


@pytest.mark.heavy
def test_pressure_comes_by_turns(throttled: tuple[ThrottledPortal, httpx2.Client]) -> None:
    app, client = throttled
    outcomes = []
    for number in range(1, 11):
        try:
            answer = client.post(f"/a/b%2Fc?n={number}", content=b"body", headers={"Authorization": "Bearer t"})
        except httpx2.RemoteProtocolError:
            outcomes.append("lost")
            continue
        outcomes.append(f"{answer.status_code} {answer.headers.get('retry-after', answer.text)}")
    assert outcomes == ["201 done"] * 2 + ["429 1"] + ["201 done"] * 2 + ["lost"] + ["201 done"] * 2 + [
        "503 1",
        "201 done",
    ]
    assert [asked[1] for asked in ASKED] == [f"/a/b/c?n={number}" for number in (1, 2, 4, 5, 6, 7, 8, 10)]
    assert {(method, token, body) for method, _, token, body in ASKED} == {("POST", b"Bearer t", b"body")}
    assert app.met == {Pressure.TOO_MANY: 1, Pressure.LOST: 1, Pressure.UNAVAILABLE: 1}
