"""The license region: power cut in every write of a change, and of the recovery, and damaged copies."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.storage.partition import Partition, PowerFailed, Recovery, seal, unseal

OLD, NEW = b"the old content", b"the new content, which is longer"
WRITES = 4
"""Number of writes of a change."""


def holding(content: bytes) -> Partition:
    partition = Partition()
    partition.put(content)
    return partition


def committed(partition: Partition, content: bytes, fuse: int | None) -> bool:
    """Tell whether the change went through."""
    partition.fuse = fuse
    try:
        partition.commit(content)
    except PowerFailed:
        assert partition.fuse is None, "a fuse blows once"
        return False
    return True


def recovered(partition: Partition, *fuses: int) -> Recovery:
    """The recovery, with the power failing again in each of the first ones."""
    for fuse in fuses:
        partition.fuse = fuse
        try:
            result = partition.recover()
        except PowerFailed:
            continue
        partition.fuse = None
        return result
    return partition.recover()


def whole(partition: Partition) -> bool:
    return partition.journal == b"" and unseal(partition.first) == unseal(partition.second) is not None


def test_a_change_is_in_both_copies_and_leaves_no_journal() -> None:
    partition = holding(OLD)
    partition.commit(NEW)
    assert partition.content() == NEW
    assert whole(partition)
    assert partition.recover() == Recovery(NEW)


@pytest.mark.parametrize("fuse", range(WRITES + 1))
def test_power_cut_in_any_write_leaves_the_old_or_the_new(fuse: int) -> None:
    partition = holding(OLD)
    done = committed(partition, NEW, fuse)
    assert done == (fuse == WRITES)
    expected = OLD if fuse == 0 else NEW
    assert partition.content() == expected
    assert partition.recover() == Recovery(expected)
    assert partition.content() == expected
    assert whole(partition)


@pytest.mark.parametrize("fuse", range(WRITES))
@pytest.mark.parametrize("again", range(WRITES))
@pytest.mark.parametrize("third", range(WRITES))
def test_power_cut_again_while_it_recovers(fuse: int, again: int, third: int) -> None:
    partition = holding(OLD)
    committed(partition, NEW, fuse)
    decided = partition.content()
    assert recovered(partition, again, third) == Recovery(decided), "what was decided stays so, and nothing is damaged"
    assert whole(partition)


@pytest.mark.parametrize("damaged", ["first", "second"])
@pytest.mark.parametrize("damage", [b"", b"x", seal(OLD)[:-1], seal(OLD) + b"!", seal(NEW)[:8] + OLD])
def test_a_damaged_copy_is_mended_from_the_other(damaged: str, damage: bytes) -> None:
    partition = holding(OLD)
    setattr(partition, damaged, damage)
    assert partition.content() == OLD
    assert partition.recover() == Recovery(OLD, f"{damaged} copy of the license storage was restored from the other")
    assert whole(partition)
    assert partition.recover() == Recovery(OLD)


@pytest.mark.parametrize("damaged", ["first", "second"])
def test_power_cut_while_a_copy_is_mended(damaged: str) -> None:
    partition = holding(OLD)
    setattr(partition, damaged, b"damage")
    result = recovered(partition, 0)
    assert result.content == OLD
    assert result.problem is not None
    assert whole(partition)


def test_without_a_good_copy_there_is_nothing() -> None:
    partition = Partition(first=b"damage", second=b"damage")
    assert partition.content() is None
    assert partition.recover().content is None
    assert Partition().recover().content is None


def test_a_torn_journal_is_ignored() -> None:
    partition = holding(OLD)
    partition.journal = seal(NEW)[:-3]
    assert partition.recover() == Recovery(OLD)
    assert whole(partition)


def test_a_whole_journal_mends_two_damaged_copies() -> None:
    partition = Partition(seal(NEW), b"torn", b"torn")
    assert partition.recover() == Recovery(NEW)
    assert whole(partition)


def test_a_change_mends_what_was_damaged() -> None:
    partition = Partition(b"torn", b"damage", b"damage")
    partition.commit(NEW)
    assert whole(partition)


def test_a_region_survives_saving() -> None:
    partition = holding(OLD)
    committed(partition, NEW, 2)
    assert msgspec.json.decode(msgspec.json.encode(partition), type=Partition) == partition


@given(st.binary(max_size=50), st.integers(0, 60), st.integers(0, 7))
def test_a_block_with_a_changed_bit_is_not_good(content: bytes, place: int, bit: int) -> None:
    block = bytearray(seal(content))
    block[place % len(block)] ^= 1 << bit
    assert unseal(bytes(block)) is None
    assert unseal(seal(content)) == content


fuses = st.none() | st.integers(0, 5)


@given(st.lists(st.tuples(st.binary(max_size=20), fuses, st.lists(st.integers(0, 4), max_size=3)), max_size=12))
def test_a_life_of_changes_and_power_cuts(acts: list[tuple[bytes, int | None, list[int]]]) -> None:
    partition, content = holding(OLD), OLD
    for new, fuse, cuts in acts:
        before = content
        if committed(partition, new, fuse):
            content = new
        else:
            result = recovered(partition, *cuts)
            assert result.content in {before, new}
            assert result.problem is None
            content = result.content or b""
        partition.fuse = None
        assert partition.content() == content
        assert whole(partition)
