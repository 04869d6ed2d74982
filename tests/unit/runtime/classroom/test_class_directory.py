"""The directory of a class: secrets of its own, one server, private files, and worlds that are whole or not there."""

import re
import stat
from pathlib import Path

import pytest

from emulator.kernel.errors import DataFileError, Refused
from emulator.runtime.classroom.class_directory import ClassDirectory


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "class"


def test_codes_and_seeds_are_each_learners_own_and_stay(path: Path) -> None:
    learners = [f"learner-{number}" for number in range(500)]
    with ClassDirectory(path) as directory:
        codes = {id_: directory.code(id_) for id_ in learners}
        seeds = {(id_, lab): directory.seed_of(id_, lab) for id_ in learners for lab in ("one", "two")}
    assert len(set(codes.values())) == len(learners)
    assert len(set(seeds.values())) == len(seeds)
    assert all(re.fullmatch(r"([2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}", code) for code in codes.values())
    with ClassDirectory(path) as directory:
        assert {id_: directory.code(id_) for id_ in learners} == codes
        assert {(id_, lab): directory.seed_of(id_, lab) for id_, lab in seeds} == seeds


def test_another_class_has_other_codes(tmp_path: Path) -> None:
    with ClassDirectory(tmp_path / "a") as one, ClassDirectory(tmp_path / "b") as other:
        assert one.code("ann") != other.code("ann")
        assert one.seed_of("ann", "lab") != other.seed_of("ann", "lab")
        assert one.key("class result").public != other.key("class result").public


def test_everything_is_the_owners_alone(path: Path) -> None:
    with ClassDirectory(path) as directory:
        page = path.parent / "page.md"
        page.write_text("text", encoding="utf-8")
        directory.keep_page("lab", page)
        directory.make_world("ann", "lab", lambda new: new.mkdir(mode=0o700))
        modes = {each: stat.S_IMODE(each.lstat().st_mode) for each in (path, *path.rglob("*"))}
    assert {mode for each, mode in modes.items() if each.is_dir()} == {0o700}
    assert {mode for each, mode in modes.items() if each.is_file()} == {0o600}


def test_one_process_serves_a_class(path: Path) -> None:
    with ClassDirectory(path), pytest.raises(Refused, match="is served by another isrtwin"), ClassDirectory(path):
        pass


def test_a_folder_of_other_things_stays_as_it_is(path: Path) -> None:
    path.mkdir(mode=0o755)
    (path / "letter").write_text("text", encoding="utf-8")
    with pytest.raises(Refused, match="it has other files"), ClassDirectory(path):
        pass
    assert stat.S_IMODE(path.stat().st_mode) == 0o755


@pytest.mark.parametrize("content", [b"", b"known 1\n", b"0123\n", b"\xff\n"])
def test_a_damaged_secret_is_told(content: bytes, path: Path) -> None:
    with ClassDirectory(path):
        pass
    (path / "secret").write_bytes(content)
    with pytest.raises(DataFileError, match="secret"), ClassDirectory(path):
        pass


def test_a_secret_that_is_gone_is_not_replaced_under_the_learners(path: Path) -> None:
    with ClassDirectory(path) as directory:
        directory.make_world("ann", "lab", lambda new: new.mkdir())
    (path / "secret").unlink()
    with pytest.raises(DataFileError, match="is missing, and the codes of the learners with it"), ClassDirectory(path):
        pass
    assert not (path / "secret").exists()


def test_a_world_whose_making_is_cut_off_is_made_anew(path: Path) -> None:
    def cut_off(new: Path) -> None:
        new.mkdir()
        (new / "half").touch()
        raise KeyboardInterrupt

    with ClassDirectory(path) as directory:
        with pytest.raises(KeyboardInterrupt):
            directory.make_world("ann", "lab", cut_off)
        assert not directory.world("ann", "lab").exists()
        directory.make_world("ann", "lab", lambda new: new.mkdir())
        assert list(directory.world("ann", "lab").iterdir()) == []


def test_a_page_that_changes_is_told_and_the_class_goes_on_with_its_own(path: Path) -> None:
    page = path.parent / "page.md"
    page.write_text("first, with site.cfg", encoding="utf-8")
    (path.parent / "site.cfg").write_text("hostname shop", encoding="utf-8")
    (path.parent / "letter").write_text("private", encoding="utf-8")
    with ClassDirectory(path) as directory:
        assert directory.keep_page("lab", page)
        assert sorted(file.name for file in directory.page("lab").parent.iterdir()) == ["lab.md", "site.cfg"]
        assert directory.keep_page("lab", page)
        (path.parent / "site.cfg").write_text("hostname depot", encoding="utf-8")
        assert not directory.keep_page("lab", page)
        (path.parent / "site.cfg").write_text("hostname shop", encoding="utf-8")
        page.write_text("second", encoding="utf-8")
        assert not directory.keep_page("lab", page)
        page.write_bytes(b"\xff")
        assert not directory.keep_page("lab", page)
        page.unlink()
        assert not directory.keep_page("lab", page)
        assert directory.page("lab").read_text(encoding="utf-8") == "first, with site.cfg"
