"""Engines: a file is its owner's alone, its log is carried over as asked, a wrong URL is told without its secret."""

from pathlib import Path

import pytest

from emulator.databases.engines import file_engines, memory_engines, server_engines
from emulator.kernel.errors import Refused


@pytest.mark.parametrize("pages", [0, 100])
def test_a_file(tmp_path: Path, pages: int) -> None:
    file = tmp_path / "x.db"
    writer, reader = file_engines(file, checkpoint_pages=pages)
    with writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == pages
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    assert file.stat().st_mode & 0o777 == 0o600
    reader.dispose()
    writer.dispose()


def test_memory_is_one_connection() -> None:
    writer, reader = memory_engines(None)
    assert writer is reader
    writer.dispose()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://lab:secret@host/x", "databases of the kind 'mysql' are not used; write postgresql://…"),
        ("postgresql://lab:secret@host:x/y",
         "'postgresql://lab:***@host:x/y' is not the URL of a database; write postgresql://user@host/name"),
        ("x", "'x' is not the URL of a database; write postgresql://user@host/name"),
    ],
)  # fmt: skip
def test_what_is_no_server(url: str, told: str) -> None:
    with pytest.raises(Refused) as caught:
        server_engines(url)
    assert str(caught.value) == told
