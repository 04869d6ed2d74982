"""However a process is ended, by its terminal or its user, it ends without a traceback, and the world is kept."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from emulator.cli.main import main
from emulator.world.directory import WorldDirectory
from tests.served import serving

pytestmark = pytest.mark.heavy

PROGRAM = [sys.executable, "-m", "emulator"]


def inputs_kept(directory: Path) -> int:
    """Read the saved state of a world that nobody holds."""
    with WorldDirectory(directory) as held:
        state = held.load()
        assert state is not None
        return state.inputs


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "world"


@pytest.mark.parametrize("place", ["console", "bench"])
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_terminal_that_is_gone(world: Path, place: str, number: signal.Signals) -> None:
    assert main(["bench", "--world", str(world), "-c", "status"]) == 0
    before = inputs_kept(world)
    child = pexpect.spawn(
        PROGRAM[0], [*PROGRAM[1:], "bench", "--world", str(world), "--plain"], encoding="utf-8", timeout=30
    )
    child.expect("bench>")
    child.sendline("order L-880-AIS=")
    child.sendline("status")
    child.expect("Not in Use")
    if place == "console":
        child.sendline("console R1")
        child.expect("R1")
    child.kill(number)
    child.expect(pexpect.EOF)
    child.close()
    assert "Traceback" not in str(child.before)
    assert inputs_kept(world) > before


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """A program that these tests start hears SIGHUP, though they may run where it is ignored, as below `nohup`."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("numbers", [(signal.SIGHUP,), (signal.SIGINT, signal.SIGINT, signal.SIGINT)])
def test_serve_is_told_once_or_several_times(world: Path, numbers: tuple[signal.Signals, ...]) -> None:
    process, told = serving("--world", str(world), "--port-base", "0", "--router-port-base", "0")
    for number in numbers:
        process.send_signal(number)
    told += process.communicate(timeout=60)[0]
    assert process.returncode == 0, told
    assert "Traceback" not in told
    assert inputs_kept(world) >= 0


@pytest.mark.parametrize("ignored", [False, True], ids=["heard", "ignored"])
def test_a_run_whose_terminal_is_gone(world: Path, ignored: bool) -> None:
    """`nohup` has the signal ignored, and it stays so."""
    line = ["run", "upgrade-by-pak", "--step"]
    child = pexpect.spawn(PROGRAM[0], [*PROGRAM[1:], *line], encoding="utf-8", timeout=30, ignore_sighup=ignored)
    child.expect("step> ")
    child.kill(signal.SIGHUP)
    if ignored:
        child.sendline("")
        child.expect("step> ")
        child.kill(signal.SIGTERM)
    told = child.read()
    child.close()
    assert "Traceback" not in told
    assert child.exitstatus == 128 + (signal.SIGTERM if ignored else signal.SIGHUP)


@pytest.mark.parametrize("line", ["list commands", "run upgrade-by-pak"])
def test_a_reader_that_goes_away(world: Path, line: str) -> None:
    """Close the output early, as `isrtwin ... | head` does."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        done = subprocess.run([*PROGRAM, *line.split()], stdout=pipe, stderr=subprocess.PIPE, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"")
