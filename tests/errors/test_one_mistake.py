"""One mistake in a scenario file is told in one line, with the line of the file that it is in: over all keys."""

from pathlib import Path

import pytest
from msgspec.structs import fields

from emulator.scenarios.loader import load
from emulator.scenarios.model import ClientConnection, Meanwhile, Scenario, Step
from emulator.scenarios.predicates import Question
from emulator.world.recipe import RouterRecipe
from tests.errors.planted import DATA, KEYS, WHOLE, parts, told_of_misspelt
from tests.mistakes import misspelt


def test_the_whole_scenario_is_right_and_has_every_key() -> None:
    load("whole", WHOLE)
    wanted = {
        field.encode_name
        for record in (Scenario, Step, RouterRecipe, ClientConnection, Meanwhile, Question)
        for field in fields(record)
    }
    assert wanted - {path.rpartition(".")[2] for path, _ in parts(DATA)} == set()


@pytest.mark.parametrize("key", ["title", "pid", "meanwhile", "after", "client", "ask"])
def test_a_misspelt_key_is_told_once_at_its_line(key: str, tmp_path: Path) -> None:
    """A key of each kind of part; `tests/heavy` misspells all of them."""
    path = next(path for path in KEYS if path.rpartition(".")[2] == key)
    found, line = told_of_misspelt(path, tmp_path)
    assert [each.where for each in found] == [line]
    assert found[0].problem.endswith(f"unknown key '{misspelt(key)}'. Did you mean {key}?")
