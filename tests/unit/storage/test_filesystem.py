"""The FAT file system as a value: sizes, names, directories, clusters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.storage.filesystem import FileSystem, NoSpace, clean


def test_sizes_count_as_declared() -> None:
    system = FileSystem(1000)
    system.write("image.bin", b"short", 0, 900)
    assert system.free == 100
    with pytest.raises(NoSpace):
        system.write("more", b"x" * 101, 0)
    assert [file.name for file in system.files] == ["image.bin"]


def test_space_is_given_in_whole_clusters() -> None:
    system = FileSystem(4096 * 3, cluster=4096)
    system.write("a", b"x", 0)
    system.write("b", b"", 0)
    assert system.free == 4096 * 2
    assert system.room_for("c", 4096 * 2)
    assert not system.room_for("c", 4096 * 2 + 1)
    assert system.room_for("A", 4096 * 3)


def test_a_file_of_the_same_name_makes_room_and_keeps_its_slot() -> None:
    system = FileSystem(1000)
    system.write("a", b"", 0, 600)
    system.write("b", b"", 0, 300)
    system.write("A", b"new", 5, 700)
    assert [(file.slot, file.name, file.size) for file in system.files] == [(1, "A", 700), (2, "b", 300)]
    assert system.free == 0


def test_case_does_not_matter() -> None:
    system = FileSystem(1000)
    system.write("License.LIC", b"x", 0)
    assert system.find("license.lic") is system.files[0]
    assert system.delete("LICENSE.lic")
    assert not system.delete("LICENSE.lic")


def test_a_new_file_takes_the_next_slot() -> None:
    system = FileSystem(1000)
    for name in "abc":
        system.write(name, b"", 0)
    system.delete("b")
    assert system.write("d", b"", 0).slot == 4


@pytest.mark.parametrize(
    ("path", "cleaned"),
    [("", ""), ("/", ""), ("/a", "a"), ("a//b/", "a/b"), ("../../a", "a"), ("a/../b", "b"), ("./a", "a")],
)
def test_a_path_cannot_leave_the_device(path: str, cleaned: str) -> None:
    assert clean(path) == cleaned


def tree() -> FileSystem:
    """`Dir` with a file and a directory with one more, beside a file whose name begins the same."""
    system = FileSystem(1000)
    system.make_directory("Dir", 0)
    system.make_directory("Dir/inner", 0)
    for name in ("Dir/a", "Dir/inner/b", "Directory.txt"):
        system.write(name, b"x", 0)
    return system


def test_a_directory_shows_what_lies_in_it_itself() -> None:
    system = tree()
    assert [file.name for file in system.entries()] == ["Dir", "Directory.txt"]
    assert [file.name for file in system.entries("dir")] == ["Dir/inner", "Dir/a"]
    assert [system.is_directory(path) for path in ("", "DIR/inner", "Dir/a", "none")] == [True, True, False, False]


def test_deleting_a_directory_deletes_what_is_in_it() -> None:
    system = tree()
    assert system.delete("dir")
    assert [file.name for file in system.files] == ["Directory.txt"]


def test_renaming_a_directory_takes_along_what_is_in_it() -> None:
    system = tree()
    system.rename("dir", "new")
    assert sorted(file.name for file in system.files) == ["Directory.txt", "new", "new/a", "new/inner", "new/inner/b"]


def test_text_is_what_is_kept_whole_and_can_be_read() -> None:
    system = FileSystem(1000)
    assert system.write("a", "hostname Zürich\n".encode(), 0).text == "hostname Zürich\n"
    assert system.write("b", b"x", 0, 2).text is None
    assert system.write("c", b"\xff", 0).text is None
    assert system.write("d", b"\0", 0).text is None
    assert system.make_directory("e", 0).text is None


@given(
    st.sampled_from([1, 7, 16]),
    st.lists(
        st.tuples(
            st.sampled_from(["write", "delete", "mkdir"]), st.sampled_from(["a", "A", "b", "c", "d/x"]),
            st.integers(0, 60),
        ),
        max_size=30,
    ),
)  # fmt: skip
def test_the_device_is_never_overfull_and_slots_are_distinct(cluster: int, acts: list[tuple[str, str, int]]) -> None:
    system = FileSystem(100, cluster=cluster)
    for act, name, size in acts:
        if act == "delete":
            system.delete(name)
        elif act == "mkdir":
            system.make_directory(name, 0)
        elif system.room_for(name, size):
            system.write(name, b"", 0, size)
        else:
            with pytest.raises(NoSpace):
                system.write(name, b"", 0, size)
        assert 0 <= system.free <= 100
        slots = [file.slot for file in system.files]
        assert slots == sorted(set(slots))
        assert len({file.name.lower() for file in system.files}) == len(system.files)
