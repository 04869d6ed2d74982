"""A lab that ships is fair, with one seed; the gate plays all with five, and a named command with 200."""

import pytest

from emulator.cli.main import main
from emulator.labs.shipped import lab_names


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["first-boot"])
def test_a_lab_is_fair(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert name in lab_names()
    assert main(["lab", "certify", name, "--seeds", "1"]) == 0
    assert f"{name}: fair; 1 seed, " in capsys.readouterr().out
