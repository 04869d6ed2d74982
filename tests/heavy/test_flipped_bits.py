"""Every bit of the header fields, and thousands of others, of a world's file and its database: an error or the same."""

from pathlib import Path
from random import Random

import pytest

from emulator.backend.store.checksum import SUFFIX
from emulator.world.directory import DATABASE, FILE
from emulator.world.secret_file import SECRET
from tests.flipped_bits import Damaged, DamagedPast
from tests.sizes import trials

pytestmark = pytest.mark.heavy

HEADERS = {FILE: 800, SECRET: 520, DATABASE: 800, DATABASE + SUFFIX: 512}
"""Bits of each file that come first."""

OTHERS = trials(2_500, full=10_000)


@pytest.mark.parametrize("name", HEADERS)
def test_every_bit_of_a_header(tmp_path: Path, name: str) -> None:
    assert list(Damaged(tmp_path).others(name, range(HEADERS[name]))) == []


@pytest.mark.parametrize("name", [FILE, DATABASE])
def test_bits_anywhere(tmp_path: Path, name: str) -> None:
    damaged = Damaged(tmp_path)
    assert list(damaged.others(name, Random(7).sample(range(damaged.size(name)), OTHERS))) == []


def test_the_past(tmp_path: Path) -> None:
    """Every bit of the journal, of the labels and of what else is small; 100 of what is large."""
    past = DamagedPast(tmp_path)
    for name in past.files:
        size = past.size(name)
        bits = range(size) if size < 20_000 else Random(7).sample(range(size), 100)
        assert list(past.others(name, bits)) == [], name
