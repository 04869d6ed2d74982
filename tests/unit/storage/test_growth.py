"""Parts of a file that are there while it is written: a prefix at every instant, never more than the device holds."""

from hypothesis import given
from hypothesis import strategies as st

from emulator.storage.filesystem import FileSystem
from emulator.storage.growth import Growth

CONTENT = bytes(range(100))


def growing(capacity: int = 1000, cluster: int = 1) -> FileSystem:
    """`x`, which gets 100 bytes from instant 10 to instant 60."""
    system = FileSystem(capacity, cluster=cluster)
    system.begin("x", 7, Growth(10, 60, 0, 100, CONTENT))
    return system


def test_a_file_is_there_from_the_start_and_grows() -> None:
    system = growing()
    seen = []
    for now in (0, 10, 11, 35, 59, 60, 1000):
        system.settle(now)
        seen.append(system.files[0].size)
    assert seen == [0, 0, 2, 50, 98, 100, 100]
    assert system.files[0].content == CONTENT
    assert system.files[0].growth is None


def test_an_older_file_of_the_name_is_gone_from_the_start() -> None:
    system = FileSystem(1000)
    system.write("X", b"old", 0)
    system.begin("x", 7, Growth(10, 60, 0, 100, CONTENT))
    assert [(file.name, file.size, file.slot) for file in system.files] == [("x", 0, 1)]


def test_what_halts_stays_as_it_is() -> None:
    system = growing()
    system.halt(35)
    system.settle(60)
    [file] = system.files
    assert (file.size, file.content, file.growth) == (50, CONTENT[:50], None)


def test_a_stretch_of_no_length_is_over_at_once() -> None:
    assert Growth(5, 5, 3, 9, CONTENT).size_at(5) == 9
    assert Growth(5, 5, 3, 9, CONTENT).size_at(4) == 3


@given(
    st.lists(st.integers(0, 80), min_size=1, max_size=10), st.integers(0, 120), st.sampled_from([1, 16]),
    st.integers(0, 60),
)  # fmt: skip
def test_at_every_instant_a_prefix_and_never_overfull(
    instants: list[int], capacity: int, cluster: int, other: int
) -> None:
    system = growing(capacity, cluster)
    file, before = system.files[0], 0
    for count, now in enumerate(sorted(instants)):
        system.settle(now)
        assert CONTENT.startswith(file.content)
        assert len(file.content) == file.size >= before
        assert 0 <= system.free <= capacity
        before = file.size
        if count == 0 and system.room_for("y", other):
            system.write("y", b"", 0, other)
