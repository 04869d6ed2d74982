"""Forms that were left at a portal: found after a restart, gone when they are done or displaced, never in the way."""

import stat
from pathlib import Path

import pytest

from emulator.runtime.draft_files import DraftFiles
from emulator.transports.web.drafts import MOST_EACH, Drafts


def test_a_form_that_was_left_is_found_after_a_restart(tmp_path: Path) -> None:
    drafts = Drafts(DraftFiles(tmp_path / "drafts", "a world"))
    drafts.keep("ann", "rma", {"failed": ("A",), "why": ("dead", "on arrival")})
    drafts.keep("ann", "../register", {"pak": ("B",)})
    drafts.keep("bob", "rma", {"failed": ("C",)})
    drafts.drop("bob", "rma")
    again = Drafts(DraftFiles(tmp_path / "drafts", "a world"))
    assert again.find("ann", "rma") == {"failed": ("A",), "why": ("dead", "on arrival")}
    assert again.find("ann", "../register") == {"pak": ("B",)}
    assert again.find("bob", "rma") is None
    [folder] = (tmp_path / "drafts").iterdir()
    assert [stat.S_IMODE(file.stat().st_mode) for file in (folder, *folder.iterdir())] == [0o700, 0o600, 0o600]
    assert Drafts(DraftFiles(tmp_path / "drafts", "a fresh world")).find("ann", "rma") is None


def test_what_is_displaced_leaves_no_file(tmp_path: Path) -> None:
    drafts = Drafts(DraftFiles(tmp_path, "a world"))
    for number in range(20):
        drafts.keep("ann", f"transfer {number}", {"why": ("x" * (MOST_EACH // 4),)})
    assert len(list(tmp_path.glob("*/*"))) == 3


def test_a_file_that_is_no_draft_and_a_full_disk_are_told_and_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Drafts(DraftFiles(tmp_path, "a world")).keep("ann", "rma", {"failed": ("A",)})
    [file] = tmp_path.glob("*/*")
    file.write_text("{")
    drafts = Drafts(DraftFiles(tmp_path, "a world"))
    assert f"{file} is no form that was left, and is passed over" in caplog.text
    full = Drafts(DraftFiles(file, "a world"))
    full.keep("ann", "rma", {"failed": ("A",)})
    assert "takes no form that was left:" in caplog.text
    assert full.find("ann", "rma") == {"failed": ("A",)}
    drafts.keep("ann", "rma", {"failed": ("A",)})
    assert drafts.find("ann", "rma") == {"failed": ("A",)}
