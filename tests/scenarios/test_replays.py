"""Every scenario that is shipped passes, and is the same to the byte on every machine."""

import os
import subprocess
import sys

import pytest

from emulator.scenarios.loader import TRANSCRIPT, find_scenario, load_scenario, scenario_names
from emulator.scenarios.runner import Runner

CARDS = ("rma", "accidental-clear", "rehost")


@pytest.mark.parametrize("name", scenario_names())
def test_a_scenario_passes_and_equals_its_transcript(name):
    file = find_scenario(name)
    replay = Runner(name, load_scenario(file), len).run()
    assert replay.difference is None
    transcript = file.parent / TRANSCRIPT
    assert transcript.is_file(), f"it is not there yet; isrtwin run {name} --transcript {transcript} writes it"
    assert replay.transcript == transcript.read_text(encoding="utf-8")


def test_the_card_scenarios_are_shipped():
    assert set(CARDS) <= set(scenario_names())


@pytest.mark.heavy
@pytest.mark.parametrize(("seed", "zone"), [("1", "Asia/Tokyo"), ("2", "America/Lima")])
def test_the_bytes_do_not_depend_on_hash_seed_directory_or_time_zone(tmp_path, seed, zone):
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
    command = [sys.executable, "-m", "emulator", "run", *CARDS, "--transcript", "all.txt"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, stdout=subprocess.DEVNULL)
    committed = "".join((find_scenario(name).parent / TRANSCRIPT).read_text(encoding="utf-8") for name in CARDS)
    assert (tmp_path / "all.txt").read_text(encoding="utf-8") == committed
