"""A program that was killed is known by its mark, which nobody locks; one that lives is not taken for dead."""

from pathlib import Path

from emulator.runtime.running_marks import FOLDER, dead_programs, marked


def test_the_dead_are_told_from_the_living(tmp_path: Path) -> None:
    with marked(tmp_path, "alive"):
        (tmp_path / FOLDER / "killed").touch()
        assert list(dead_programs(tmp_path)) == ["killed"]
        assert list(dead_programs(tmp_path)) == []
    assert list((tmp_path / FOLDER).iterdir()) == []
