import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.storage.filesystem import FileSystem, NoSpace
from emulator.storage.urls import parse_url


def test_sizes_count_as_declared() -> None:
    system = FileSystem(1000)
    system.write("image.bin", b"short", 0, 900)
    assert system.free == 100
    with pytest.raises(NoSpace):
        system.write("more", b"x" * 101, 0)
    assert [file.name for file in system.files] == ["image.bin"]


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


@given(
    st.lists(
        st.tuples(st.sampled_from(["write", "delete"]), st.sampled_from(["a", "A", "b", "c"]), st.integers(0, 60)),
        max_size=30,
    )
)
def test_the_device_is_never_overfull_and_slots_are_distinct(acts: list[tuple[str, str, int]]) -> None:
    system = FileSystem(100)
    for act, name, size in acts:
        if act == "delete":
            system.delete(name)
        elif system.room_for(name, size):
            system.write(name, b"", 0, size)
        else:
            with pytest.raises(NoSpace):
                system.write(name, b"", 0, size)
        assert 0 <= system.free <= 100
        slots = [file.slot for file in system.files]
        assert slots == sorted(set(slots))
        assert len({file.name.lower() for file in system.files}) == len(system.files)


@pytest.mark.parametrize(
    ("text", "device", "host", "path"),
    [
        ("flash:a.lic", "flash", "", "a.lic"),
        ("flash:/a.lic", "flash", "", "a.lic"),
        ("FLASH:", "flash", "", ""),
        ("a.lic", "flash", "", "a.lic"),
        ("usbflash0:a.lic", "usbflash0", "", "a.lic"),
        ("nvram:startup-config", "nvram", "", "startup-config"),
        ("tftp://192.0.2.10/d/a.lic", "tftp", "192.0.2.10", "d/a.lic"),
        ("tftp://192.0.2.10", "tftp", "192.0.2.10", ""),
        ("tftp:", "tftp", "", ""),
        ("tftp:a.lic", "tftp", "", "a.lic"),
    ],
)
def test_urls(text: str, device: str, host: str, path: str) -> None:
    url = parse_url(text)
    assert url is not None
    assert (url.device, url.host, url.path, url.text) == (device, host, path, text)


@pytest.mark.parametrize("text", ["disk0:a", "http://x/y", "usbflash1:a", "ftp:a"])
def test_an_unknown_device_is_no_url(text: str) -> None:
    assert parse_url(text) is None


def test_a_url_is_shown_as_ios_asks() -> None:
    local, remote = parse_url("flash:a"), parse_url("tftp://192.0.2.10/a")
    assert local is not None
    assert remote is not None
    assert (local.shown, remote.shown) == ("flash:/a", "tftp://192.0.2.10/a")
    assert (local.remote, remote.remote) == (False, True)
