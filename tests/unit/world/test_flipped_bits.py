"""Some of the bits that `tests/heavy/test_flipped_bits.py` changes: the headers, and a few hundred of the rest."""

from pathlib import Path
from random import Random

import pytest

from emulator.backend.store.checksum import SUFFIX
from emulator.world.directory import DATABASE, FILE
from emulator.world.secret_file import SECRET
from tests.flipped_bits import Damaged, DamagedPast

ENVELOPE = len(b'{"format":3,"sha256":"') + 64 + len(b'","world":{')


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Damaged:
    return Damaged(tmp_path_factory.mktemp("damaged"))


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("name", "header", "step"),
    [(FILE, 8 * ENVELOPE, 1), (SECRET, 8 * 65, 3), (DATABASE, 8 * 100, 5), (DATABASE + SUFFIX, 8 * 64, 3)],
)
def test_a_bit_of_a_header_is_missed(damaged: Damaged, name: str, header: int, step: int) -> None:
    assert list(damaged.others(name, range(0, header, step))) == []


@pytest.mark.parametrize("name", [FILE, DATABASE])
def test_any_bit_is_missed(damaged: Damaged, name: str) -> None:
    assert list(damaged.others(name, Random(1).sample(range(damaged.size(name)), 100))) == []


def test_no_bit_of_the_past_is_missed(tmp_path: Path) -> None:
    """Some bits of every file; the heavy suite changes all of those that are small."""
    past, kinds = DamagedPast(tmp_path), set()
    for name in past.files:
        kinds.add(Path(name).name)
        few = (
            range(0, past.size(name), 13) if past.size(name) < 20_000 else Random(1).sample(range(past.size(name)), 20)
        )
        assert list(past.others(name, few)) == [], name
    assert kinds == {FILE, SECRET, DATABASE, DATABASE + SUFFIX, "label.json", "journal.jsonl"}
