"""Traces of commands: a look changes no byte of a world and makes none; what is refused leaves nothing."""

import argparse
import shlex
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from emulator.cli.main import main
from emulator.cli.parser import parser
from emulator.world.directory import LOCK

Run = Callable[[str], int]

LOOKS = {
    "explain": ("explain R1", "explain R1 bgp", "explain R1 tftp", "explain R1 --json", "explain R1 --at {now}"),
    "export": ("export snmprec R1 --at 2010-03-01T09:04",),
    "world list": ("world list", "world list --json"),
    "world show": ("world show",),
    "world journal": ("world journal", "world journal --json"),
    "world forecast": ("world forecast", "world forecast --format csv"),
    "world replay": ("world replay",),
    "world bisect": ("world bisect 'phase R1 off'",),
    "world diff": ("world diff start", "world diff kept now"),
    "record": ("record out.yaml",),
    "lab list": ("lab list",),
    "lab paper": ("lab paper first-boot",),
    "list": ("list pids",),
    "validate": ("validate rma",),
    "schema": ("schema world",),
}
"""Commands that change nothing of a world, each with ways to ask."""

OF_A_WORLD = ("explain", "record", "world show", "world journal", "world forecast", "world replay", "world bisect",
              "world diff")  # fmt: skip

OF_A_MANAGER = {
    "discover": "192.0.2.1", "portal": "https://192.0.2.1/", "poll": "", "devices": "", "device": "A:B",
    "ledger": "", "explain": "A:B",
    "delete": "A:B", "udis": "", "deploy": "P", "resend": "A:B", "install": "A:B f.lic",
    "clear": "f A:B", "evaluate": "f A:B", "drift": "", "trust": "A:B", "expiring": "",
    "folder keep": "f", "folder rename": "f g", "folder delete": "f", "folder put": "f P", "folder take": "f P",
    "folder list": "", "access keep": "group g", "access delete": "group g", "access list": "",
    "rehostable": "A:B", "undeployed": "", "trail": "",
    "pak add": "P", "pak delete": "P", "pak list": "", "group delete": "g",
    "group rename": "g h",
    "group join": "g A:B", "group leave": "g A:B", "group list": "", "credentials delete": "c",
    "credentials list": "", "user delete": "u", "user list": "", "user password": "u",
    "report make": "devices", "report list": "", "report show": "1", "report compare": "2", "report delete": "1",
    "pair key": "", "pair keep": "p k", "pair list": "", "pair delete": "p", "bundle write": "p f", "bundle read": "f",
    "calendar": "", "metrics": "", "netbox": "devices", "alert": "--to a@b --folder mail",
    "serve": "--port 0",
    "token make": "ann laptop",
    "token revoke": "ann laptop",
    "token list": "ann",
}  # fmt: skip
"""Acts that need a license manager which is there, and what they take."""

REFUSED = {
    "console": ("console R9", "console --pid CISCO881-K8", "console --at 2010-03-01T09:00", "console --pace fast"),
    "bench": ("bench --pace fast", "bench --at 2010-03-01T09:00"),
    "run": ("run nothing", "run nothing --keep-world kept", "run rma --cast no/such/a.cast", "run a.yaml --html h"),
    "import": ("import no-such-log",),
    "serve": (
        "serve no.yaml",
        "serve --database nonsense",
        "serve --database mysql://a/b",
        "serve --port-base 0 --router-port-base {taken}",
        "serve --port-base 0 --router-port-base 0 --write-inventory /dev/null/inventory",
        "serve --pace fast",
        "serve --weather hail",
        "serve --smtp nowhere",
        "serve --host 192.0.2.1 --port-base 0",
    ),
    "world new": ("world new --start soon",),
    "world advance": ("world advance 1d",),
    "world snapshot": ("world snapshot a",),
    "world restore": ("world restore a",),
    "world fork": ("world fork a", "world fork ./a"),
    "world undo": ("world undo",),
    "lab start": ("lab start nothing", "lab start first-boot --seed x"),
    "lab text": ("lab text first-boot",),
    "lab task": ("lab task first-boot",),
    "lab check": ("lab check first-boot",),
    "lab hint": ("lab hint first-boot",),
    "lab pause": ("lab pause first-boot",),
    "lab verify": ("lab verify", "lab verify --key"),
    "lab solve": ("lab solve first-boot",),
    "lab answer": ("lab answer first-boot A b",),
    "lab back": ("lab back first-boot start",),
    "lab result": ("lab result first-boot",),
    "lab finish": ("lab finish first-boot", "lab finish first-boot --yes"),
    "lab reset": ("lab reset first-boot",),
    "lab certify": ("lab certify nothing",),
    "new": ("new scenario no/such",),
    "export": ("export snmprec R1 --world no/such", "export snmprec R9", "export picture R1"),
    **{name: tuple(f"{line} --world no/such" for line in LOOKS[name] if "{now}" not in line) for name in OF_A_WORLD},
    "lab paper": ("lab paper nothing",),
    "manager add": ("manager add",),
    "manager group keep": ("manager group keep",),
    "manager credentials keep": ("manager credentials keep",),
    "manager user keep": ("manager user keep",),
    **{f"manager {act}": (f"manager {act} {words}",) for act, words in OF_A_MANAGER.items()},
    "prove": (
        "prove --ca a.pem",
        "prove --manager-command a",
        "prove --devices 0",
        "prove --failing 101",
        'prove https://127.0.0.1:1/ --manager-command "\'"',
    ),
    "validate": ("validate nothing",),
    "list": ("list features --pid nothing",),
}
"""Ways to ask each command for what is refused where nothing is there."""

UNREFUSABLE = {"world list", "lab list", "schema"}


def commands(grammar: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """Every command of the command line, with its acts."""
    acts = next((each for each in grammar._actions if isinstance(each, argparse._SubParsersAction)), None)
    if acts is None:
        yield before
        return
    for name, each in acts.choices.items():
        yield from commands(each, f"{before} {name}".strip())


def test_every_command_is_tried() -> None:
    assert set(commands(parser())) == set(REFUSED) | UNREFUSABLE


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], let_go: Callable[[], None]
) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(line: str) -> int:
        try:
            status = main(shlex.split(line))
        except SystemExit as bad_use:  # of argparse
            status = int(bad_use.code or 0)
        let_go()
        return status

    return run


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port of an address of routers that somebody else has."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield min(taken.getsockname()[1], 65_000)


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, but for the lock."""
    found = (each for each in folder.rglob("*") if each.is_file() and not each.name.endswith(LOCK))
    return {str(each.relative_to(folder)): each.read_bytes() for each in found}


@pytest.mark.heavy
def test_a_look_changes_no_byte(run: Run, tmp_path: Path) -> None:
    assert run("bench -c 'power R1 on' -c 'advance 5m' -c 'snapshot kept' -c 'order L-880-AIS=' -c 'power R1 off'") == 0
    before = files(tmp_path / "state")
    for line in (each for lines in LOOKS.values() for each in lines):
        status = run(line.format(now="2010-03-01T09:05"))
        assert status == 0 or (status, line.split()[1]) == (1, "diff") or "bisect" in line, line
        assert files(tmp_path / "state") == before, line


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_leaves_nothing(name: str, run: Run, tmp_path: Path, taken_port: int) -> None:
    for line in REFUSED[name]:
        assert run(line.format(taken=taken_port)) == 2, line
        assert list(tmp_path.iterdir()) == [], line


@pytest.mark.parametrize("line", ["console R9 --fresh", "console --pid CISCO881-K8 --fresh"])
def test_what_is_refused_puts_no_world_aside(line: str, run: Run, tmp_path: Path) -> None:
    assert run("bench -c 'order L-880-AIS='") == 0
    before = files(tmp_path / "state")
    assert run(line) == 2
    assert files(tmp_path / "state") == before
    assert run("bench -c 'mail 1'") == 0


def test_a_world_has_the_name_that_the_list_shows(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("bench -c 'rack R7 CISCO881-K9'") == 0
    assert run("world fork trial") == 0
    capsys.readouterr()
    assert run("bench --world trial -c 'status R7'") == 0
    assert "R7" in capsys.readouterr().out
    assert run("explain R7 --world trial") == 0
    assert not (tmp_path / "trial").exists()
    assert run("world new --world other") == 0, "a name that no world has is a directory, as a path is"
    assert (tmp_path / "other" / "world.json").is_file()
