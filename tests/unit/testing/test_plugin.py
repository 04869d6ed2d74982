"""The plugin for pytest as others use it: the example of its page, and what a test is told that asks for too much."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from emulator.kernel.errors import Refused, UnknownName
from emulator.runtime.world_file import read_world
from emulator.testing import plugin
from emulator.testing.lab_world import LabWorld

ROOT = Path(__file__).parents[3]
DOCUMENT = ROOT / "docs" / "testing.md"
HERE = "-p", plugin.__name__, "-p", "no:cacheprovider"
"""The plugin of this checkout, whether the package is installed or not."""


def run(folder: Path, text: str) -> str:
    """Output of pytest for a file of tests."""
    (folder / "test_it.py").write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
    command = [sys.executable, "-m", "pytest", "-q", *HERE]
    told = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        check=False,
        text=True,
        capture_output=True,
        timeout=120,
    )
    return told.stdout + told.stderr


@pytest.mark.heavy
def test_the_example_of_the_page_runs(tmp_path: Path):
    (example,) = re.findall(r"^```python\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    told = run(tmp_path, example)
    assert re.search(rf"^{example.count('def test_')} passed in", told, re.MULTILINE), told


WRONG = {
    "'nowhere.yaml'": "nowhere.yaml: cannot be read",
    "routers={'R1': {'pid': 'CISCO881-K8'}}": "Did you mean CISCO881-K9",
    "router={}": "router",
    "'a.yaml', 'b.yaml'": "takes a world file, or the fields of one",
    "'a.yaml', seed=1": "takes a world file, or the fields of one",
}
"""Marks, and what a person is told."""


@pytest.mark.heavy
def test_a_wrong_mark_is_told_without_a_traceback(tmp_path: Path):
    tests = (
        f"@pytest.mark.isrtwin({mark})\ndef test_{number}(isrtwin_world): ...\n" for number, mark in enumerate(WRONG)
    )
    told = run(tmp_path, "import pytest\n" + "".join(tests))
    parts = re.split(r"^_+ ERROR at setup of test_\d _+$", told, flags=re.MULTILINE)[1:]
    for words, part in zip(WRONG.values(), parts, strict=True):
        assert words in part
        assert "def " not in part


def test_nothing_of_it_is_loaded_for_other_tests(tmp_path: Path):
    told = run(tmp_path, "import sys\ndef test_it(): assert 'emulator.runtime' not in sys.modules\n")
    assert "1 passed" in told, told


@pytest.fixture
def world(tmp_path: Path):
    with LabWorld(tmp_path / "lab", read_world(Path(plugin.__file__).with_name("world.yaml"))) as made:
        yield made


def test_a_router_is_typed_at_once_it_has_booted(world: LabWorld):
    router = world.router("R1")
    assert "UTC" in router.type("show clock")
    assert router.screen.index("Press RETURN") < router.screen.index("R1#show clock")


def test_what_is_unknown_or_refused_is_told(world: LabWorld):
    with pytest.raises(UnknownName, match="R2"):
        world.router("R2")
    with pytest.raises(Refused, match=r"L-880-AIS=\?"):
        world.bench("order L-880-AIX=")
    with pytest.raises(Refused, match="'soon'"):
        world.advance("soon")
    world.cut_power("R1")
    with pytest.raises(Refused, match="R1 has no power"):
        world.router("R1").type("show clock")


def test_power_fails_within_a_command_or_not_at_all(world: LabWorld):
    router = world.router("R1")
    router.type("configure terminal", "hostname branch", "end")
    with pytest.raises(Refused, match="'show clock' was through before 0s"):
        world.cut_power("R1", during="show clock")
    world.cut_power("R1", during="write memory")
    world.restore_power("R1")
    assert "hostname R1" in router.type("show running-config | include hostname")


def test_a_snapshot_is_gone_back_to(world: LabWorld):
    router = world.router("R1")
    router.wait()
    before = world.now
    world.snapshot("before")
    world.advance("59d")
    assert (world.now - before).days == 59
    world.restore("before")
    assert world.now == before
    assert "UTC" in router.type("show clock")


@pytest.mark.heavy
def test_a_served_world_gives_its_ports_back(world: LabWorld):
    host = world.ssh("R1")
    world.snapshot("served")
    world.restore("served")
    assert world.ssh("R1") == host
    with socket.create_connection((host.address, host.telnet), timeout=20) as client:
        client.settimeout(20)
        seen = b""
        while b"Username:" not in seen:
            seen += client.recv(1024)
    world.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host.address, host.telnet), timeout=20)
