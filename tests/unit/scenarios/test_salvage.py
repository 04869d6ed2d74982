"""Scenarios without their mistakes, whatever the keys are called."""

import pytest

from emulator.kernel.datafile import mistakes
from emulator.scenarios.model import Scenario
from emulator.scenarios.salvage import salvaged


@pytest.mark.parametrize("key", ["", ".", "a.b", "[", "]", "[0]", "\x1b]0;owned\a\x1b[2J", "routers[", "steps.0"])
@pytest.mark.parametrize("place", ["top", "routers", "steps", "variables"])
def test_a_key_that_looks_like_a_path_is_taken_out(key: str, place: str) -> None:
    wrong: dict[str, object] = {key: 1}
    header = {"title": "x", "variables": {"V": "1"}, **(wrong if place == "top" else {place: wrong})}
    data, _ = salvaged(header)
    assert not list(mistakes(data, Scenario))
    assert data["title"] == "x"
