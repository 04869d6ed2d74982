"""Several terminals at one world: what is typed in one process happens in the world that another one holds."""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from tests.end_to_end.test_serve import Program

pytestmark = pytest.mark.heavy


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Program]:
    program = Program(tmp_path / "w")
    program.start("--pace", "60")
    yield program
    assert program.end(signal.SIGTERM) == 0


def run(program: Program, *arguments: str, typed: str | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "emulator", *arguments, "--world", str(program.directory)],
        capture_output=True, text=True, input=typed, timeout=60, check=False,
    )  # fmt: skip


def script(place: str, *lines: str) -> list[str]:
    return [place, *(part for line in lines for part in ("-c", line))]


def test_lines_are_typed_at_a_world_that_is_served(served: Program) -> None:
    shown = run(served, *script("console", "show version | include License Level", "conf t", "hostname twin"))
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("    License Level: advsecurity   Type: Permanent\n")
    again = run(served, *script("console", "show running-config | include hostname", "no such line"))
    assert again.returncode == 1
    assert again.stdout.startswith("hostname twin\n"), "and the line was left as if nobody had been there"
    bench = run(served, *script("bench", "order L-880-AIS="))
    assert bench.stdout.startswith("sales order ")
    assert run(served, *script("bench", "power R9 on")).returncode == 1


def isrtwin(command: str, *more: str) -> "subprocess.CompletedProcess[str]":
    """A command as it was told, in a shell's words."""
    words = shlex.split(command)
    assert words[0] == "isrtwin"
    return subprocess.run(
        [sys.executable, "-m", "emulator", *words[1:], *more],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_commands_that_are_told_work_as_they_stand(served: Program) -> None:
    """Inputs of the world as it is, and those of a copy as it was; then it is played again, and recorded."""
    advice, joined = served.told.splitlines()[-3:-1]
    assert isrtwin(advice.strip(), "-c", "show users").returncode == 0
    for command in re.findall("`(isrtwin .*?)`", joined):
        shown = isrtwin(command, "-c", "show privilege" if "console" in command else "time")
        assert (shown.returncode, shown.stderr) == (0, "")
    assert served.end(signal.SIGTERM) == 0
    assert isrtwin("isrtwin world replay", "--world", str(served.directory)).returncode == 0
    played = isrtwin(f"isrtwin record {served.directory.parent / 'served.yaml'}", "--world", str(served.directory))
    assert "which replay" in played.stdout, played
    served.start("--at", "2010-03-01T09:00")
    told = re.findall("`(isrtwin .*?)`", served.told)
    assert "--world" in told[0]
    assert isrtwin(told[0], "-c", "show privilege").returncode == 0


def test_what_is_piped_is_typed_there(served: Program) -> None:
    run(served, *script("console", "show clock"))
    shown = run(served, "console", typed="\nenable\nshow privilege\n")
    assert shown.returncode == 0
    assert "Router#show privilege\nCurrent privilege level is 15\nRouter#" in shown.stdout


def test_what_only_a_holder_can_choose_is_refused(served: Program) -> None:
    for option in (["--fresh"], ["--pace", "5"], ["--real-https"], ["--pid", "CISCO881-K9"]):
        shown = run(served, "console", *option, "-c", "show clock")
        assert shown.returncode == 2
        assert shown.stderr.endswith(f"; {option[0]} is for a world that nobody holds\n")


@pytest.mark.terminal
def test_two_people_at_one_world(served: Program) -> None:
    def sit_down(place: str) -> "pexpect.spawn[str]":
        arguments = ["-m", "emulator", place, "--world", str(served.directory), "--plain"]
        return pexpect.spawn(
            sys.executable, arguments, env={**os.environ, "TERM": "xterm"}, encoding="utf-8", timeout=20,
            dimensions=(30, 100),
        )  # fmt: skip

    run(served, *script("console", "show clock"))
    console = sit_down("console")
    console.expect("RETURN")
    console.send("\r")
    console.expect("Router>")
    console.send("enable\r")
    console.expect("Router#")
    other = sit_down("console")
    other.expect("another terminal is at the console of R1")
    other.expect(pexpect.EOF)
    bench = sit_down("bench")
    bench.expect("bench>")
    bench.send("console R1\r")
    bench.expect("% another terminal is at the console of R1")
    bench.expect("bench>")
    bench.send("cable R1 FastEthernet0 out\r")
    console.expect("%LINK-3-UPDOWN: Interface FastEthernet0, changed state to down")
    console.send("\x1ex")
    console.expect("bench>")
    bench.send("console R1\r")
    bench.expect("Router#")
    console.send("\x04")
    console.expect(pexpect.EOF)
    console.close()
    assert console.exitstatus == 0
    served.end(signal.SIGTERM)
    bench.expect("the world has been closed")
    bench.expect(pexpect.EOF)
    bench.close()
    assert bench.exitstatus == 2
    served.start("--pace", "60")
