"""A line of somebody else's file touches the host below that file's folder alone; every verb that can touch it at all.

The verbs are found in the bench's tables by the types of their arguments.
"""

import importlib
import os
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import emulator.bench.verbs
from emulator.bench.host_files import NOWHERE, FilesBelow, HostFiles, NoFiles, PersonsFiles
from emulator.bench.line import BenchLine
from emulator.bench.session import TYPES, FileToReadType, FileToWriteType
from emulator.grammar import Command
from emulator.kernel.errors import Refused
from emulator.kernel.host_paths import below
from emulator.scenarios.loader import Mistakes, load_scenario
from emulator.scenarios.runner import Runner
from tests.driver import BenchDriver, world_of

CONTENT = b"in the lab"


def commands() -> Iterator[Command]:
    for module in pkgutil.iter_modules(emulator.bench.verbs.__path__):
        yield from importlib.import_module(f"{emulator.bench.verbs.__name__}.{module.name}").COMMANDS


def verbs_of(kind: type) -> list[str]:
    """Lines of the bench with an argument of a type."""
    names = [name for name, type_ in TYPES.items() if type(type_) is kind]
    return [command.line for command in commands() if any(f":{name}>" in command.line for name in names)]


READING, WRITING = verbs_of(FileToReadType), verbs_of(FileToWriteType)

WORDS = {"<medium:usb|tftp>": "usb", "<file:Word>": "inside.txt", "[<replace:replace>]": "{replace}"}
"""Values of the other arguments of these lines; a verb with another one is added here."""


def line_with(form: str, path: str, *, replace: bool = False) -> str:
    """A line of that form, with a path of the host."""
    for part, word in WORDS.items():
        form = form.replace(part, word)
    for name in ("file:FileToRead", "path:FileToWrite"):
        form = form.replace(f"<{name}>", path)
    form = form.replace("[", "").replace("]", "").replace("{replace}", "replace" if replace else "")
    assert "<" not in form, f"{form}: say in WORDS what this argument is to be"
    return " ".join(form.split())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A scenario's folder, and round it what it must not reach."""
    folder = tmp_path / "scenario"
    (folder / "sub").mkdir(parents=True)
    (folder / ".hidden").write_bytes(b"hidden")
    (folder / "own.txt").write_bytes(b"own")
    (folder / "sub" / "own.txt").write_bytes(b"own")
    (tmp_path / "outside.txt").write_bytes(b"secret")
    (tmp_path / "scenario-too").mkdir()
    (tmp_path / "scenario-too" / "outside.txt").write_bytes(b"secret")
    (folder / "link").symlink_to(tmp_path / "outside.txt")
    (folder / "dangling").symlink_to(tmp_path / "new.txt")
    (folder / "out").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder / "loop")
    return folder


OUTSIDE = [
    "../outside.txt", "sub/../../outside.txt", "{tmp}/outside.txt", "link", "out/outside.txt", "dangling",
    "out/new.txt", "../scenario-too/outside.txt", "../new.txt", "{tmp}/new.txt", "loop",
    ".hidden", "sub/.new", ".ssh/authorized_keys",
    "/etc/passwd", "/dev/zero", "/proc/self/environ", "..", "/", "out", "own.txt/../../outside.txt", "a" * 300,
    "a/" * 3000 + "a", "\x00", "sub/\x00",
]  # fmt: skip


def bench_with(files: HostFiles) -> BenchDriver:
    bench = BenchDriver(world_of())
    bench.line = BenchLine(bench.world, files)
    bench.line.output = bench._show
    bench.world.store("usb", "inside.txt", CONTENT, len(CONTENT))
    return bench


def everything(top: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in sorted(top.rglob("*"))}


def test_there_are_verbs_of_both_kinds() -> None:
    assert READING
    assert WRITING


@pytest.mark.parametrize("asked", OUTSIDE, ids=lambda asked: ascii(asked[:30]))
@pytest.mark.parametrize("form", READING + WRITING)
def test_a_scenario_reaches_nothing_outside_its_folder(folder: Path, tmp_path: Path, form: str, asked: str) -> None:
    before = everything(tmp_path)
    bench = bench_with(FilesBelow(folder))
    for replace in (False, True):
        bench.is_refused(line_with(form, asked.replace("{tmp}", str(tmp_path)), replace=replace))
    assert [file.name for file in bench.world.medium("usb").files] == ["inside.txt"]
    assert everything(tmp_path) == before


@pytest.mark.parametrize("form", READING)
def test_a_scenario_reads_below_its_folder(folder: Path, form: str) -> None:
    bench = bench_with(FilesBelow(folder))
    bench.succeeds(line_with(form, "sub/own.txt"))
    stored = bench.world.medium("usb").find("own.txt")
    assert stored is not None
    assert stored.content == b"own"


@pytest.mark.parametrize("form", WRITING)
def test_a_scenario_writes_below_its_folder_and_over_its_own_files_alone(folder: Path, form: str) -> None:
    bench = bench_with(FilesBelow(folder))
    assert bench.succeeds(line_with(form, "sub")) == "inside.txt (10 bytes) written to sub/inside.txt\n"
    assert (folder / "sub" / "inside.txt").read_bytes() == CONTENT
    bench.succeeds(line_with(form, "sub/inside.txt", replace=True))
    assert bench.is_refused(line_with(form, "own.txt", replace=True)).endswith(
        "own.txt was there before; a scenario writes over none but its own files\n"
    )
    assert (folder / "own.txt").read_bytes() == b"own"


@pytest.mark.parametrize("form", READING + WRITING)
def test_a_bench_without_files_reaches_none(folder: Path, form: str) -> None:
    assert bench_with(NoFiles()).is_refused(line_with(form, str(folder / "own.txt"))) == f"% {NOWHERE}\n"


def test_relative_paths_of_a_person_begin_where_they_sit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    bench = bench_with(PersonsFiles(folder))
    bench.succeeds("put usb own.txt")
    assert bench.succeeds("get own.txt usb to there.txt") == "own.txt (3 bytes) written to there.txt\n"
    assert (folder / "there.txt").read_bytes() == b"own"
    bench.succeeds("put tftp ../outside.txt")


def test_a_scenario_that_is_played_is_held_to_its_folder(folder: Path, tmp_path: Path) -> None:
    (folder / "scenario.yaml").write_text(
        "title: A thief\nteaches: {question: Why?, lesson: Because.}\nrouters: {R1: {}}\nsteps:\n"
        "  - {bench: put usb ../outside.txt, refused: true, sees: is not below the folder}\n"
        "  - {bench: put usb own.txt}\n"
        f"  - {{bench: get own.txt usb to {tmp_path}/stolen.txt, refused: true, sees: is not below the folder}}\n"
        "  - {bench: get own.txt usb to .profile, refused: true, sees: is hidden}\n"
    )
    scenario = load_scenario(folder / "scenario.yaml")
    assert Runner("thief", scenario, len, folder=folder).run().difference is None
    assert Runner("thief", scenario, len).run().difference is not None, "without a folder there are no files at all"
    assert not (tmp_path / "stolen.txt").exists()
    assert not (folder / ".profile").exists()


def test_the_folder_itself_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(folder)
    assert below(tmp_path / "alias", "own.txt") == folder / "own.txt"
    with pytest.raises(Refused, match="not below the folder"):
        below(tmp_path / "alias", "../outside.txt")


@pytest.mark.parametrize(
    "name", ["../part.yaml", "{tmp}/part.yaml", "parts/out.yaml", "parts/../../part.yaml", ".part.yaml"]
)
def test_a_scenario_includes_nothing_from_outside_its_folder(folder: Path, tmp_path: Path, name: str) -> None:
    for file in (tmp_path / "part.yaml", folder / ".part.yaml"):
        file.write_text("steps:\n  - {bench: time}\n")
    (folder / "parts").mkdir()
    (folder / "parts" / "out.yaml").symlink_to(tmp_path / "part.yaml")
    (folder / "scenario.yaml").write_text(
        "title: A thief\nteaches: {question: Why?, lesson: Because.}\nrouters: {R1: {}}\nsteps:\n"
        f"  - include: {name.replace('{tmp}', str(tmp_path))}\n"
    )
    with pytest.raises(Mistakes, match=r"scenario.yaml:5: .*(is not below the folder|is hidden)"):
        load_scenario(folder / "scenario.yaml")


def test_a_pipe_below_the_folder_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(Refused, match="pipe is neither a file nor a folder"):
        below(folder, "pipe")
