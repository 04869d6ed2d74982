"""Processes of the program's own run nothing that lies in the working folder."""

import os
import sys
from multiprocessing import get_context
from pathlib import Path

import pytest

from emulator.runtime.own_processes import SAFE, SEARCHED, module_search, starting_processes


def test_a_process_runs_no_module_of_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(SEARCHED, raising=False)
    for name in ("multiprocessing", "pickle", "runpy", "struct"):
        Path(f"{name}.py").write_text("open('ran', 'w')\nraise SystemExit(3)\n", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [folder for folder in sys.path if folder])
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None, raising=False)
    with starting_processes():
        process = get_context("spawn").Process(target=os.getpid)
        process.start()
    process.join()
    assert process.exitcode == 0
    assert not Path("ran").exists()


def test_the_environment_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SAFE, raising=False)
    monkeypatch.setenv(SEARCHED, os.pathsep.join(("", ".", "/elsewhere")))
    before = dict(os.environ)
    assert module_search() == {SAFE: "1", SEARCHED: os.pathsep.join((str(Path.cwd()), "/elsewhere"))}
    with starting_processes():
        assert os.environ[SAFE] == "1"
    assert os.environ == before
