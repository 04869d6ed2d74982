"""The front of HTTPS: a request with two lengths, a key that does not belong to its certificate."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from emulator.kernel.errors import DataFileError
from emulator.keys.certificates import still_good
from emulator.transports.https.certificates import CA, CA_KEY, FOLDER, SERVER, SERVER_KEY, identity
from emulator.transports.https.known_names import KnownNames
from emulator.transports.https.one_length import OneLength

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NAMES, OTHER_NAMES = ("localhost",), ("localhost", "another.example")


@pytest.mark.parametrize(
    ("names", "status"),
    [((b"content-length", b"transfer-encoding"), 400), ((b"content-length",), 200), ((b"transfer-encoding",), 200)],
)
def test_a_request_has_one_length(names: tuple[bytes, ...], status: int) -> None:
    sent: list[Any] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def take(message: Any) -> None:
        sent.append(message)

    asyncio.run(OneLength(app)({"type": "http", "headers": [(name, b"1") for name in names]}, None, take))
    assert sent[0]["status"] == status


@pytest.mark.parametrize(
    ("hosts", "status"),
    [
        *(((host,), 200) for host in (b"localhost", b"LOCALHOST:8443", b"[::1]", b"[::1]:8443", b"127.0.0.1:1")),
        *(((host,), 400) for host in (b"", b"a.example", b"localhost.a.example:8443", b"[::2]:8443", b"[", b"[x]:1")),
        *(((host,), 400) for host in (b"\xff", b"a.example@127.0.0.1", b"localhost/a", b"localhost, a.example")),
        ((), 400),
        ((b"localhost", b"a.example"), 400),
    ],
)
def test_a_server_is_asked_by_its_own_names_alone(hosts: tuple[bytes, ...], status: int) -> None:
    sent: list[Any] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def take(message: Any) -> None:
        sent.append(message)

    named = KnownNames(app, ("localhost", "127.0.0.1", "::1"))
    asyncio.run(named({"type": "http", "headers": [(b"host", host) for host in hosts]}, None, take))
    assert sent[0]["status"] == status


@pytest.mark.parametrize("damage", [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", b"\xff\0"])
@pytest.mark.parametrize(
    ("name", "names"),
    [(CA, NAMES), (CA_KEY, NAMES), (SERVER_KEY, NAMES), (CA, OTHER_NAMES), (CA_KEY, OTHER_NAMES)],
)
def test_a_damaged_file_is_told_with_its_folder(
    tmp_path: Path, name: str, names: tuple[str, ...], damage: bytes
) -> None:
    identity(tmp_path, "w", NAMES, NOW)
    (tmp_path / FOLDER / name).write_bytes(damage)
    with pytest.raises(DataFileError, match="remove both") as told:
        identity(tmp_path, "w", names, NOW)
    assert told.value.path == str(tmp_path / FOLDER)


def test_a_damaged_certificate_of_the_server_gives_way_to_a_new_one(tmp_path: Path) -> None:
    identity(tmp_path, "w", NAMES, NOW)
    (tmp_path / FOLDER / SERVER).write_bytes(b"\xff\0")
    made = identity(tmp_path, "w", NAMES, NOW)
    assert still_good(made.certificate.read_bytes(), made.ca.read_bytes(), NAMES, NOW)


@pytest.mark.parametrize(("name", "names"), [(SERVER_KEY, NAMES), (CA_KEY, OTHER_NAMES)])
def test_a_key_of_another_certificate_is_told(tmp_path: Path, name: str, names: tuple[str, ...]) -> None:
    identity(tmp_path / "other", "w", NAMES, NOW)
    identity(tmp_path, "w", NAMES, NOW)
    (tmp_path / FOLDER / name).write_bytes((tmp_path / "other" / FOLDER / name).read_bytes())
    with pytest.raises(DataFileError, match="do not belong together"):
        identity(tmp_path, "w", names, NOW)
