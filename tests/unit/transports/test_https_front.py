"""The front of HTTPS: a request with two lengths, a key that does not belong to its certificate."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from emulator.kernel.errors import DataFileError
from emulator.transports.https.certificates import FOLDER, SERVER_KEY, identity
from emulator.transports.https.one_length import OneLength

NOW = datetime(2026, 1, 1, tzinfo=UTC)


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


@pytest.mark.parametrize("damage", [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", b"\xff\0"])
def test_a_damaged_key_is_told_with_its_folder(tmp_path: Path, damage: bytes) -> None:
    identity(tmp_path, "w", ["localhost"], NOW)
    (tmp_path / FOLDER / SERVER_KEY).write_bytes(damage)
    with pytest.raises(DataFileError, match="remove it"):
        identity(tmp_path, "w", ["localhost"], NOW)
