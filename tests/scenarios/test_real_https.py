"""Scenarios that call home give the same transcript when the calls travel over real HTTPS."""

from pathlib import Path

import pytest

from emulator.cli.main import main
from emulator.runtime.servers import Served
from emulator.scenarios.loader import TRANSCRIPT, find_scenario, scenario_names

CALLING = {"call-home-upgrade", "accidental-clear-online", "rehost-call-home"}
NAMES = sorted(CALLING | ({"upgrade-by-pak"} & set(scenario_names())))


@pytest.mark.parametrize("name", NAMES)
def test_the_transcript_is_that_of_a_replay_in_process(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    served: list[Served] = []
    start = Served.start

    def noted(self: Served) -> None:
        served.append(self)
        start(self)

    monkeypatch.setattr(Served, "start", noted)
    came = tmp_path / "transcript.txt"
    assert main(["run", name, "--real-https", "--transcript", str(came)]) == 0, capsys.readouterr().out[-2000:]
    assert came.read_bytes() == (find_scenario(name).parent / TRANSCRIPT).read_bytes()
    assert len(served) == 1
