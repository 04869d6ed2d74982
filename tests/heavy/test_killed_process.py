"""The emulator itself is killed with `kill -9` while it works: its world opens, at a state that some input had left."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from emulator.world.build import open_world
from emulator.world.directory import FILE, WorldDirectory
from tests.heavy.lab import Lab, prepared

pytestmark = pytest.mark.heavy

RUNS = 30
"""Kills a case."""

CONSOLE = ["console", "R1"]
BENCH = ["bench"]
INSTALL = ["license install flash:{file}", "write memory", "license comment add advipservices mine"]
REGISTER = ["order L-880-AIS=", "portal register {pak} R2", "advance 3d", "portal resend R1"]


def world_file(directory: Path) -> Path:
    return directory / FILE


def made(directory: Path) -> dict[str, str]:
    """A world on disk whose R1 has its license file in flash; the value is what its lines refer to."""
    lab = Lab(prepared("R1", "R2"))
    lab.do("order L-880-AIS= quantity 2")
    lab.register(0, "R1")
    letter = lab.world.post.arrived()[-1]
    [attachment] = letter.attachments
    lab.router("R1").state.flash.write(attachment.name, attachment.content, 0)
    with WorldDirectory(directory) as held:
        lab.world.state.now = lab.world.now
        held.save(lab.world.state)
    return {"file": attachment.name, "pak": next(iter(lab.world.state.backend.paks))}


def program(where: Sequence[str], directory: Path, lines: Sequence[str]) -> list[str]:
    arguments = [argument for line in lines for argument in ("-c", line)]
    return [sys.executable, "-m", "emulator", *where, "--world", str(directory), *arguments]


def await_saves(process: subprocess.Popen[bytes], file: Path, number: int) -> None:
    """Wait until the process has saved its world so often, or has ended."""
    seen, before = 0, file.stat().st_ino
    while seen < number and process.poll() is None:
        if (now := file.stat().st_ino) != before:
            seen, before = seen + 1, now


@pytest.mark.parametrize(("where", "lines"), [(CONSOLE, INSTALL), (BENCH, REGISTER)], ids=["console", "bench"])
def test_a_killed_process_leaves_a_world_of_some_input(where: list[str], lines: list[str], tmp_path: Path) -> None:
    facts = made(tmp_path / "origin")
    typed = [line.format(**facts) for line in lines]
    origin = world_file(tmp_path / "origin").read_bytes()
    states = [origin]
    for count in range(1, len(typed) + 1):
        directory = tmp_path / f"whole{count}"
        directory.mkdir()
        world_file(directory).write_bytes(origin)
        subprocess.run(program(where, directory, typed[:count]), check=True, capture_output=True)
        states.append(world_file(directory).read_bytes())
    assert len(set(states)) == len(states), "every line changes the world"

    dice, found = random.Random(1), []
    for run in range(RUNS):
        directory = tmp_path / f"killed{run}"
        directory.mkdir()
        world_file(directory).write_bytes(origin)
        process = subprocess.Popen(
            program(where, directory, typed), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)
        )
        await_saves(process, world_file(directory), run % (len(typed) + 1))
        time.sleep(dice.uniform(0, 0.01))
        process.kill()
        process.wait()
        left = world_file(directory).read_bytes()
        assert left in states
        found.append(states.index(left))
        with WorldDirectory(directory) as held:
            state = held.load()
        assert state is not None
        assert open_world(state).router("R1").activation.licenses.primary
    assert len(set(found)) > 1, "no kill came in time"
