"""The emulator itself is killed with `kill -9` while it works: its world opens, at a state that some input had left.

An act of the back end is in its database before the world's file tells of what it led to, so the records may be one
input ahead of the world: what was done is there, though nobody was told. They are never behind, nor further ahead.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from emulator.backend.store.database import Database
from emulator.world.build import open_world
from emulator.world.directory import DATABASE, FILE, WorldDirectory
from emulator.world.saved_file import encode
from tests.backend_records import records_of
from tests.heavy.lab import Lab, prepared
from tests.unit.router.records import keep

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
        keep(lab.world, held)
    return {"file": attachment.name, "pak": next(iter(records_of(lab.world).paks))}


def program(where: Sequence[str], directory: Path, lines: Sequence[str]) -> list[str]:
    arguments = [argument for line in lines for argument in ("-c", line)]
    return [sys.executable, "-m", "emulator", *where, "--world", str(directory), *arguments]


def await_saves(process: subprocess.Popen[bytes], file: Path, number: int) -> None:
    """Wait until the process has saved its world so often, or has ended."""
    seen, before = 0, file.stat().st_ino
    while seen < number and process.poll() is None:
        if (now := file.stat().st_ino) != before:
            seen, before = seen + 1, now


def copy_of(origin: Path, directory: Path) -> Path:
    """A directory with the same world."""
    return shutil.copytree(origin, directory, ignore=shutil.ignore_patterns("lock"))


def kept(directory: Path) -> tuple[bytes, bytes]:
    """Content of a world's directory: its state, the place in its history aside, and the records of its back end."""
    database = Database(directory / DATABASE)
    records = database.dump()
    database.close()
    with WorldDirectory(directory) as held:
        state = held.load()
    assert state is not None
    return encode(replace(state, stretch=0, inputs=0)), msgspec.json.encode(records)


@pytest.mark.parametrize(("where", "lines"), [(CONSOLE, INSTALL), (BENCH, REGISTER)], ids=["console", "bench"])
def test_a_killed_process_leaves_a_world_of_some_input(where: list[str], lines: list[str], tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    facts = made(origin)
    typed = [line.format(**facts) for line in lines]
    states = [kept(origin)]
    for count in range(1, len(typed) + 1):
        directory = copy_of(origin, tmp_path / f"whole{count}")
        subprocess.run(program(where, directory, typed[:count]), check=True, capture_output=True)
        states.append(kept(directory))
    assert len(set(states)) == len(states), "every line changes the world or the records"

    dice, found = random.Random(1), []
    for run in range(RUNS):
        directory = copy_of(origin, tmp_path / f"killed{run}")
        process = subprocess.Popen(
            program(where, directory, typed), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)
        )
        await_saves(process, world_file(directory), run % (len(typed) + 1))
        time.sleep(dice.uniform(0, 0.01))
        process.kill()
        process.wait()
        world, records = kept(directory)
        places = [
            (before, after)
            for before, (as_world, _) in enumerate(states)
            for after, (_, as_records) in enumerate(states)
            if as_world == world and as_records == records and after - before in {0, 1}
        ]
        assert places, "the records are those of the world's last input, or of the one after it"
        found.append(places[0])
        with WorldDirectory(directory) as held:
            state = held.load()
            assert state is not None
            again = open_world(state, held.database, secret=held.secret)
            assert again.router("R1").activation.inventory.licenses.primary
            assert again.post.count() == len(again.post.arrived())
            again.close()
    assert len(set(found)) > 1, "no kill came in time"
