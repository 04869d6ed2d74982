"""Private files are private under any umask, and files that others could touch are refused or narrowed."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from emulator.kernel.private_files import open_private, private_folder, write_private


@pytest.fixture(autouse=True, params=[0, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_a_new_folder_and_a_new_file(tmp_path: Path) -> None:
    private_folder(tmp_path / "a" / "b")
    write_private(tmp_path / "a" / "b" / "file", b"one")
    os.close(open_private(tmp_path / "a" / "b" / "other"))
    assert mode(tmp_path / "a" / "b") == 0o700
    assert {mode(file) for file in (tmp_path / "a" / "b").iterdir()} == {0o600}


def test_a_folder_that_was_wider_is_narrowed_with_all_that_is_in_it(tmp_path: Path) -> None:
    folder, outside = tmp_path / "w", tmp_path / "outside"
    (folder / "mail").mkdir(parents=True)
    outside.touch()
    for path, wide in ((folder, 0o755), (folder / "mail", 0o777), (outside, 0o644)):
        path.chmod(wide)
    for name in ("lock", "mail/1.eml"):
        (folder / name).touch()
        (folder / name).chmod(0o666)
    (folder / "link").symlink_to(outside)
    private_folder(folder)
    assert [mode(folder / name) for name in ("", "mail", "lock", "mail/1.eml")] == [0o700, 0o700, 0o600, 0o600]
    assert mode(outside) == 0o644


def test_a_file_that_was_wider_is_narrowed(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    file.touch()
    file.chmod(0o666)
    os.close(open_private(file))
    assert mode(file) == 0o600


def test_a_folder_that_users_share_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    folder.chmod(0o1777)
    with pytest.raises(OSError, match="users share it"):
        private_folder(folder)
    assert mode(folder) == 0o1777


@pytest.mark.parametrize("what", [private_folder, open_private])
def test_what_belongs_to_somebody_else_is_refused(
    tmp_path: Path, what: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "theirs"
    place.mkdir() if what is private_folder else place.touch()
    monkeypatch.setattr(os, "geteuid", lambda: place.stat().st_uid + 1)
    with pytest.raises(PermissionError, match="belongs to another user"):
        what(place)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="Too many levels of symbolic links"):
        open_private(tmp_path / "lock")
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "file"
    write_private(file, b"one, and more of it")
    write_private(file, b"two")
    assert file.read_bytes() == b"two"
    (tmp_path / ".file.tmp").mkdir()
    with pytest.raises(OSError, match="Is a directory"):
        write_private(file, b"three")
    assert file.read_bytes() == b"two"
