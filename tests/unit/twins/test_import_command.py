"""`isrtwin import` on the command line: what it makes, what it tells, and that nothing is changed when it fails."""

import json
from pathlib import Path

import pytest

from emulator.cli.main import main
from tests.unit.twins.recordings import CAPTURES

ADVSECURITY = CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt"
SESSION = CAPTURES / "session.c881.netmiko.show-ip-interface-brief.txt"


@pytest.fixture
def world(tmp_path: Path) -> str:
    return str(tmp_path / "world")


def files_of(world: str) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in Path(world).glob("*") if file.name == "world.json"}


def test_a_capture_becomes_a_router_that_prints_its_bytes(world: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(ADVSECURITY), "--world", world]) == 0
    assert (
        capsys.readouterr().out == "R1 is CISCO881-K9:FTX1829800Q, called pynet-rtr2\n  show version: the same bytes\n"
    )
    for _ in range(2):  # time stands still
        assert main(["console", "--world", world, "-c", "show version"]) == 0
        assert capsys.readouterr().out == ADVSECURITY.read_text(encoding="utf-8")


def test_a_second_import_adds_a_router_under_a_name_of_its_own(world: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(ADVSECURITY), "--world", world])
    assert main(["import", str(SESSION), "--world", world, "--name", "Branch"]) == 0
    assert "Branch is CISCO881-K9:" in capsys.readouterr().out
    main(["console", "Branch", "--world", world, "-c", "show ip interface brief"])
    assert capsys.readouterr().out in SESSION.read_text(encoding="utf-8")
    main(["console", "R1", "--world", world, "-c", "show version"])
    assert capsys.readouterr().out == ADVSECURITY.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([str(ADVSECURITY)], "R1 of this world has the serial number FTX1829800Q already"),
        ([str(SESSION), "--name", "R1"], "there is a router R1 already"),
        ([str(SESSION), "--name", "A", "--name", "B"], "2 names were given, but there are captures of 1 devices"),
        (["nothing.txt"], "nothing.txt: cannot be read: No such file or directory"),
    ],
)
def test_bad_use_changes_nothing(
    world: str, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", str(ADVSECURITY), "--world", world])
    before = files_of(world)
    capsys.readouterr()
    assert main(["import", *arguments, "--world", world]) == 2
    assert told in capsys.readouterr().err
    assert files_of(world) == before


def test_nothing_usable_is_told_and_makes_no_world(
    world: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    useless = tmp_path / "notes.txt"
    useless.write_text("remember the milk\n", encoding="utf-8")
    assert main(["import", str(useless), "--world", world]) == 1
    assert "nothing was found that a router could be made from" in capsys.readouterr().err
    assert not Path(world).exists()


def test_the_report_can_be_had_as_json(world: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(SESSION), "--world", world, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    (twin,) = report["twins"]
    assert (twin["host"], twin["router"]) == ("cisco1", "R1")
    assert twin["printed"][0]["differing"] == 0
    assert {"assumed"} == {note["matter"] for note in twin["notes"]}
