"""Some of the bits that `tests/heavy/test_flipped_bits.py` changes: the headers, and a few hundred of the rest."""

from random import Random

import pytest

from emulator.backend.store.checksum import SUFFIX
from emulator.world.directory import DATABASE, FILE
from emulator.world.secret_file import SECRET
from tests.flipped_bits import Damaged

ENVELOPE = len(b'{"format":3,"sha256":"') + 64 + len(b'","world":{')


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Damaged:
    return Damaged(tmp_path_factory.mktemp("damaged"))


@pytest.mark.parametrize(
    ("name", "header", "step"),
    [(FILE, 8 * ENVELOPE, 1), (SECRET, 8 * 65, 3), (DATABASE, 8 * 100, 5), (DATABASE + SUFFIX, 8 * 64, 3)],
)
def test_a_bit_of_a_header_is_missed(damaged: Damaged, name: str, header: int, step: int) -> None:
    assert list(damaged.others(name, range(0, header, step))) == []


@pytest.mark.parametrize("name", [FILE, DATABASE])
def test_any_bit_is_missed(damaged: Damaged, name: str) -> None:
    assert list(damaged.others(name, Random(1).sample(range(damaged.size(name)), 100))) == []
