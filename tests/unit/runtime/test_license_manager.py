"""The manager's folder: its key is made once, is its owner's alone, and the passwords open with no other."""

from pathlib import Path

import pytest

from emulator.kernel.errors import DataFileError, Refused
from emulator.keys.secret_box import new_key
from emulator.manager import inventory
from emulator.manager.entities import CredentialSet
from emulator.runtime.license_manager import DATABASE, KEY, manager_folder, opened_manager


def test_the_folder_is_private_and_is_found_again(tmp_path: Path) -> None:
    folder = tmp_path / "m"
    with opened_manager(folder) as context:
        inventory.keep_credentials(context, CredentialSet("lab", "admin", "lab"))
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / KEY).stat().st_mode & 0o777 == 0o600
    assert (folder / DATABASE).stat().st_mode & 0o777 == 0o600
    with opened_manager(folder) as context:
        assert context.credential_sets([]) == [CredentialSet("lab", "admin", "lab")]


def test_another_key_opens_no_password(tmp_path: Path) -> None:
    with opened_manager(tmp_path) as context:
        inventory.keep_credentials(context, CredentialSet("lab", "admin", "lab"))
    (tmp_path / KEY).write_bytes(new_key())
    with pytest.raises(DataFileError) as caught, opened_manager(tmp_path) as context:
        context.credential_sets([])
    assert str(caught.value) == (
        f"{tmp_path}/key: is not the key to the passwords in the database; put it back, or add them again"
    )
    with opened_manager(tmp_path) as context:
        inventory.keep_credentials(context, CredentialSet("lab", "admin", "again"))
        assert context.credential_sets([]) == [CredentialSet("lab", "admin", "again")]


def test_a_damaged_key_is_told(tmp_path: Path) -> None:
    (tmp_path / KEY).write_bytes(b"short")
    with pytest.raises(DataFileError) as caught, opened_manager(tmp_path):
        pass
    assert str(caught.value) == f"{tmp_path}/key: is damaged; put a copy back"


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Refused) as caught, opened_manager(tmp_path / "file"):
        pass
    assert str(caught.value) == f"{tmp_path}/file cannot be used: it is a file"


def test_the_usual_folder_is_in_the_state_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert manager_folder(None) == tmp_path / "isrtwin" / "manager"
    assert manager_folder(tmp_path / "m") == tmp_path / "m"
