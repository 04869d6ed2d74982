"""The file of a database is as it was left, or that is told of; also after a process was killed."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from emulator.backend.store import checkpoints
from emulator.backend.store.checksum import UNSETTLED, check_log, checksum_file, verified
from emulator.backend.store.database import Database, Plain
from emulator.kernel.errors import DataFileError, Refused

KILLED = """
import os, signal, sys
from pathlib import Path
from emulator.backend.store.database import Database
database = Database(Path(sys.argv[1]))
for number in range(3):
    with database.writing() as records:
        records.counters.take("license", 10)
        records.connection.exec_driver_sql(
            "INSERT INTO accounts VALUES (?, 'operator', 'x', 'a@b.example', 0)", (f"user{number}",)
        )
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """A database whose last acts are in its log alone."""
    file = tmp_path / "backend.sqlite"
    done = subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert file.with_name("backend.sqlite-wal").stat().st_size
    return file


def dumped(file: Path) -> Plain:
    database = Database(file)
    try:
        return database.dump()
    finally:
        database.close()


def test_a_database_that_was_closed_has_its_checksum(tmp_path: Path) -> None:
    file = tmp_path / "backend.sqlite"
    Database(file).close()
    assert verified(file) == checksum_file(file).read_text(encoding="ascii") != UNSETTLED
    dumped(file)


def test_one_that_nobody_closed_has_it_at_the_end_of_the_process(tmp_path: Path) -> None:
    file = tmp_path / "backend.sqlite"
    code = KILLED.replace("os.kill(os.getpid(), signal.SIGKILL)", "")
    subprocess.run([sys.executable, "-c", code, str(file)], check=True)
    assert not file.with_name("backend.sqlite-wal").exists()
    assert verified(file) != UNSETTLED


def test_what_a_killed_process_committed_is_there(killed: Path) -> None:
    assert [row["name"] for row in dumped(killed)["accounts"]] == ["user0", "user1", "user2"]


@pytest.mark.heavy
def test_a_changed_bit_of_a_log_is_told_of(killed: Path) -> None:
    """No bit of a frame makes SQLite forget acts; what does not count is the salt of the last frame alone."""
    log = killed.with_name("backend.sqlite-wal")
    whole = log.read_bytes()
    frame = 24 + int.from_bytes(whole[8:12])
    starts = [at for at in range(32, len(whole), frame) if whole[at + 8 : at + 16] == whole[16:24]]
    assert len(starts) > 1, "what follows is left over from before the log began anew"
    last_salt = range(8 * (starts[-1] + 8), 8 * (starts[-1] + 16))
    bits = [*range(8 * (32 + 24)), *Random(1).sample(range(8 * (starts[-1] + frame)), 60)]
    for bit in bits:
        if bit in last_salt:
            continue
        data = bytearray(whole)
        data[bit // 8] ^= 1 << bit % 8
        log.write_bytes(data)
        with pytest.raises(DataFileError):
            verified(killed)
    log.write_bytes(whole)
    check_log(log)


def test_a_log_that_became_long_is_carried_over_under_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "LONG_LOG", 1)
    monkeypatch.setattr(checkpoints, "SHARE", 1 << 30)
    file = tmp_path / "backend.sqlite"
    database = Database(file)
    before = verified(file)
    with database.writing() as records:
        records.counters.take("license")
    assert verified(file) not in {before, UNSETTLED}
    database.close()


def test_an_unsettled_one_is_checked_for_its_structure_and_settled(tmp_path: Path) -> None:
    file = tmp_path / "backend.sqlite"
    Database(file).close()
    checksum_file(file).write_text(UNSETTLED, encoding="ascii")
    dumped(file)
    assert verified(file) != UNSETTLED
    checksum_file(file).write_text(UNSETTLED, encoding="ascii")
    data = file.read_bytes()
    file.write_bytes(data[:8192] + bytes(8192) + data[16384:])
    with pytest.raises((DataFileError, Refused), match=r"damaged|cannot be used"):
        Database(file)
    assert file.read_bytes() == data[:8192] + bytes(8192) + data[16384:], "it is left as it is"


def test_one_without_a_checksum_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "backend.sqlite"
    Database(file).close()
    checksum_file(file).unlink()
    with pytest.raises(DataFileError, match="has no checksum beside it"):
        Database(file)
    assert not checksum_file(file).exists()


def test_a_damaged_one_is_not_given_a_new_checksum(tmp_path: Path) -> None:
    file = tmp_path / "backend.sqlite"
    Database(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO counters VALUES ('order', 7)")
    connection.close()
    for _ in range(2):
        with pytest.raises(DataFileError, match="does not have the checksum"):
            Database(file)
