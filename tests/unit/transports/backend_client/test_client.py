"""Calls of the portal against a real TLS server: what is sent, what is asked again, and every way to no answer."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from emulator.keys.certificates import Issued, new_ca, new_server
from emulator.licensing.udi import Udi
from emulator.manager.entities import BackEndAccess, PakOnRecord, RegisteredUdi
from emulator.manager.errors import BackEndError
from emulator.runtime.wall_clock import host_time
from emulator.transports.backend_client import client as client_module
from emulator.transports.backend_client.client import CallLimits, PortalClient
from tests.fakes.tls_server import DRIP_BODY, DROP, SILENT, Behaviour, ScriptedServer, serving

NOW = host_time()
QUICK = CallLimits(answer=0.3, attempts=3, pause=0.01, longest=0.05, size=2_000)
R1, R2 = Udi("CISCO881-K9", "FTX1405YDC7"), Udi("CISCO881-K9", "FTX1405YDC8")
PAK = {"pak": "D4Y22SMARGQ", "sku": "L-880-AIS=", "feature": "advipservices", "quantity": 5, "left": 4, "order": "1"}
PAKS: Behaviour = (200, msgspec.json.encode({"rows": [{**PAK, "pak": "D4Y22SMARGQ9"}, PAK], "total": 2}))
PRODUCTS: Behaviour = (200, msgspec.json.encode({"rows": [{"sku": "L-880-AIS=", "type": "permanent"}]}))
FILE: Behaviour = (200, b"<xml/>")

Answer = TypeVar("Answer")


@pytest.fixture(scope="module")
def ca() -> Issued:
    return new_ca("test", NOW)


@pytest.fixture(scope="module")
def good(ca: Issued) -> Issued:
    return new_server(ca, ["localhost", "127.0.0.1"], NOW)


@contextmanager
def portal(script: list[Behaviour], shown: Issued, folder: Path) -> Iterator[ScriptedServer]:
    with serving(ScriptedServer(script, silence=1.0), shown, folder) as server:
        yield server


def ask(server: ScriptedServer, ca: Issued, act: Callable[[PortalClient], Awaitable[Answer]]) -> Answer:
    async def talk() -> Answer:
        url = f"https://localhost:{server.port}/"
        client = PortalClient(BackEndAccess(url, "t0ken", ca.certificate.decode()), QUICK)
        try:
            return await act(client)
        finally:
            await client.close()

    return asyncio.run(talk())


def test_a_pak_is_found_by_its_whole_code(ca: Issued, good: Issued, tmp_path: Path) -> None:
    with portal([PAKS, PRODUCTS], good, tmp_path) as server:
        found = ask(server, ca, lambda client: client.pak("D4Y22SMARGQ"))
    assert found == PakOnRecord("D4Y22SMARGQ", "L-880-AIS=", "advipservices", "permanent", 5, 4)
    assert [path for path, _, _ in server.requests] == ["/api/v1/paks?text=D4Y22SMARGQ", "/api/v1/products"]
    assert server.requests[0][1]["Authorization"] == "Bearer t0ken"


def test_an_identifier_stays_within_its_place_in_the_path(ca: Issued, good: Issued, tmp_path: Path) -> None:
    with portal([FILE], good, tmp_path) as server:
        ask(server, ca, lambda client: client.license_file("../paks?x=1"))
    assert [path for path, _, _ in server.requests] == ["/api/v1/licenses/..%2Fpaks%3Fx%3D1/file"]


def test_a_pak_that_is_not_there(ca: Issued, good: Issued, tmp_path: Path) -> None:
    with portal([PAKS], good, tmp_path) as server:
        assert ask(server, ca, lambda client: client.pak("D4Y22")) is None


def test_a_registration_tells_of_each_device(ca: Issued, good: Issued, tmp_path: Path) -> None:
    row = {"row": 1, "license": "", "file": "", "again": False, "error": "", "message": ""}
    rows = [
        {**row, "text": str(R2), "error": "wrong_family", "message": "It fits\nno \u202eCISCO881-K9."},
        {**row, "text": str(R1), "license": "L1", "file": "a.lic"},
    ]
    with portal([(200, msgspec.json.encode({"rows": rows}))], good, tmp_path) as server:
        found = ask(server, ca, lambda client: client.register("D4Y22SMARGQ", [R1, R2]))
    assert found == [RegisteredUdi(R1, "L1", "a.lic"), RegisteredUdi(R2, "", "", "It fits no ?CISCO881-K9.")]
    assert msgspec.json.decode(server.requests[0][2]) == {
        "udis": [str(R1), str(R2)], "partial": True, "mailed": False,
    }  # fmt: skip


def test_devices_of_a_pak_come_in_parts(ca: Issued, good: Issued, tmp_path: Path) -> None:
    parts: list[Behaviour] = [(200, msgspec.json.encode({"rows": [{"udi": str(udi)}], "total": 2})) for udi in (R1, R2)]
    with portal([*parts, (200, b'{"rows": [{"udi": "x"}], "total": 1}')], good, tmp_path) as server:
        assert ask(server, ca, lambda client: client.registered("D4Y22SMARGQ")) == {R1, R2}
        assert [path for path, _, _ in server.requests] == [
            f"/api/v1/paks/D4Y22SMARGQ/devices?offset={offset}&limit=200" for offset in (0, 1)
        ]
        with pytest.raises(BackEndError, match="answers what is no answer of a license portal"):
            ask(server, ca, lambda client: client.registered("D4Y22SMARGQ"))


def test_a_list_that_never_ends_is_given_up(
    ca: Issued, good: Issued, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "MOST_PARTS", 3)
    part: Behaviour = (200, msgspec.json.encode({"rows": [{"udi": str(R1)}], "total": 1_000_000_000}))
    with portal([part], good, tmp_path) as server, pytest.raises(BackEndError) as caught:
        ask(server, ca, lambda client: client.registered("D4Y22SMARGQ"))
    told = f"https://localhost:{server.port} goes on listing devices of PAK D4Y22SMARGQ after 3 parts"
    assert (str(caught.value), len(server.requests)) == (told, 3)


def test_licenses_are_sent_again(ca: Issued, good: Issued, tmp_path: Path) -> None:
    letter = {"number": 0, "files": [{"name": "a.lic", "content": b"<xml/>"}]}
    with portal([(200, msgspec.json.encode(letter)), (200, b'{"files": []}')], good, tmp_path) as server:
        assert ask(server, ca, lambda client: client.resend(R1)) == ("a.lic", b"<xml/>")
        assert msgspec.json.decode(server.requests[0][2]) == {"udi": str(R1), "mailed": False}
        with pytest.raises(BackEndError) as caught:
            ask(server, ca, lambda client: client.resend(R1))
    assert str(caught.value) == f"the portal sent no file for {R1}"


def test_a_device_without_an_answer(ca: Issued, good: Issued, tmp_path: Path) -> None:
    with portal([(200, b'{"rows": []}')], good, tmp_path) as server, pytest.raises(BackEndError) as caught:
        ask(server, ca, lambda client: client.register("D4Y22SMARGQ", [R1]))
    assert str(caught.value) == f"the portal answered nothing for {R1}"


@pytest.mark.parametrize(
    "first", [(503, b"{}"), (429, b"{}", "1"), (429, b"{}", "tomorrow"), (500, b""), DROP, SILENT, DRIP_BODY]
)
def test_what_may_pass_is_asked_again(ca: Issued, good: Issued, tmp_path: Path, first: Behaviour) -> None:
    with portal([first, FILE], good, tmp_path) as server:
        assert ask(server, ca, lambda client: client.license_file("L1")) == b"<xml/>"
        assert [path for path, _, _ in server.requests] == ["/api/v1/licenses/L1/file"] * 2


@pytest.mark.parametrize(
    ("always", "told", "asked"),
    [
        ((503, b"{}"), "{url} asks to wait, 3 times", 3),
        (DROP, "{url} does not answer, 3 times", 3),
        ((500, b""), "{url} fails, 3 times", 3),
        ((401, b'{"error": "x", "message": "This token is not known, or it was revoked."}'),
         "This token is not known, or it was revoked.", 1),
        ((404, b"<html>"), "{url} answers 404", 1),
        ((200, b"x" * 3_000), "{url} answers with more than 2000 bytes", 1),
    ],
)  # fmt: skip
def test_what_does_not_pass_is_told(
    ca: Issued, good: Issued, tmp_path: Path, always: Behaviour, told: str, asked: int
) -> None:
    with portal([always], good, tmp_path) as server, pytest.raises(BackEndError) as caught:
        ask(server, ca, lambda client: client.license_file("L1"))
    assert str(caught.value) == told.format(url=f"https://localhost:{server.port}")
    assert len(server.requests) == asked


def test_what_is_no_portal(ca: Issued, good: Issued, tmp_path: Path) -> None:
    with portal([FILE], good, tmp_path) as server, pytest.raises(BackEndError) as caught:
        ask(server, ca, lambda client: client.pak("D4Y22SMARGQ"))
    told = f"https://localhost:{server.port} answers what is no answer of a license portal"
    assert str(caught.value) == told


def test_a_certificate_of_another_authority(good: Issued, tmp_path: Path) -> None:
    with portal([FILE], good, tmp_path) as server, pytest.raises(BackEndError) as caught:
        ask(server, new_ca("other", NOW), lambda client: client.license_file("L1"))
    assert str(caught.value).startswith(f"the certificate of https://localhost:{server.port} is refused: ")
    assert server.requests == []
