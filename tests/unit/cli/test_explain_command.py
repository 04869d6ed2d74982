"""`isrtwin explain`: text and JSON, a world that is held elsewhere, and what is refused."""

import json
from pathlib import Path

import pytest

from emulator.cli.main import main
from emulator.world.directory import WorldDirectory


@pytest.fixture
def world(tmp_path: Path) -> Path:
    path = tmp_path / "w"
    assert main(["world", "new", "--world", str(path)]) == 0
    return path


def explained(world: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(["explain", *words, "--world", str(world)])
    return status, *capsys.readouterr()


def test_text_and_json_tell_the_same(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for subject in (["R1"], ["R1", "bgp"], ["R1", "call-home"], ["R1", "tftp"]):
        status, text, _ = explained(world, capsys, *subject)
        assert status == 0
        plain = json.loads(explained(world, capsys, *subject, "--json")[1])
        assert text.startswith(f"R1 {plain['subject']}: {'yes' if plain['holds'] else 'no'}\n")
        for link in plain["links"]:
            assert f"{link['name']:<13} {link['state']:<11} {link['fact']}\n" in text
        assert all(step["line"] in text for step in plain["next"])


def test_what_is_refused(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ([], ["--json"]):
        told = explained(world, capsys, "R1", "advipservice", *form)
        assert told == (2, "", "isrtwin: unknown level or feature 'advipservice'. Did you mean advipservices?\n")
        assert explained(world, capsys, "R2", *form) == (2, "", "isrtwin: unknown router 'R2'. Known: R1\n")


def test_json_of_a_world_that_is_held_elsewhere(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with WorldDirectory(world):
        status, _, problem = explained(world, capsys, "R1", "--json")
    assert status == 2
    assert problem.endswith("without --json it answers by itself\n")


def test_forecast_of_a_world(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["bench", "--world", str(world), "-c", "order SL-880-AIS="])
    at = ["--world", str(world), "--for", "30d"]
    capsys.readouterr()
    assert main(["world", "forecast", *at]) == 0
    assert "mail comes: Product authorization key" in capsys.readouterr().out
    assert main(["world", "forecast", *at, "--json"]) == 0
    [row] = json.loads(capsys.readouterr().out)["rows"]
    assert (row["kind"], row["router"]) == ("letter", "")
    assert main(["world", "forecast", "--world", str(world), "--for", "soon"]) == 2
    assert "'soon' is not a duration" in capsys.readouterr().err
