"""The world that a command works on, and the place of its back end's records."""

import subprocess
import sys
from pathlib import Path

import pytest

from emulator.kernel.errors import Refused
from emulator.runtime.held_world import hold, shown
from emulator.world.build import rack
from emulator.world.directory import BEGUN, WorldDirectory
from emulator.world.recipe import RouterRecipe

FIRST = RouterRecipe(serial="FTX1405YDC7")


def test_a_new_world_has_its_records_beside_it(tmp_path: Path) -> None:
    with WorldDirectory(tmp_path) as directory:
        held = hold(directory, fresh=False, first=FIRST)
        held.world.backend.order("L-880-AIS=", 1, 0, by="lab")
        held.world.close()
        again = hold(directory, fresh=False, first=None)
        assert again.world.backend.queries.orders(by="lab").total == 1
        assert again.world.post.count() == 1
        again.world.close()


def test_a_fresh_one_forgets_them(tmp_path: Path) -> None:
    with WorldDirectory(tmp_path) as directory:
        held = hold(directory, fresh=False, first=FIRST)
        held.world.backend.order("L-880-AIS=", 1, 0, by="lab")
        held.world.close()
        held = hold(directory, fresh=True, first=FIRST)
        assert held.world.backend.queries.orders(by="lab").total == 0
        assert held.world.backend.queries.devices(by="lab").total == 1
        held.world.close()


def test_what_was_begun_and_never_saved_leaves_no_records_behind(tmp_path: Path) -> None:
    """A process that is killed while it makes a world has not saved it; the next one begins with nothing."""
    with WorldDirectory(tmp_path) as directory:
        held = hold(directory, fresh=False, first=FIRST)
        held.world.close()
        directory.file.unlink()
        (directory.path / BEGUN).touch()
        held = hold(directory, fresh=False, first=None)
        assert held.world.backend.queries.devices(by="lab").total == 0
        held.world.close()


def test_a_device_that_was_made_and_never_racked_can_be_racked(tmp_path: Path) -> None:
    with WorldDirectory(tmp_path) as directory:
        held = hold(directory, fresh=False, first=None)
        saved = directory.file.read_bytes()
        first = rack(held.world, "R1", RouterRecipe()).state.udi
        held.world.close()
        directory.file.write_bytes(saved)  # killed after the factory wrote it down, before the world did
        held = hold(directory, fresh=False, first=None)
        assert rack(held.world, "R1", RouterRecipe()).state.udi == first
        assert held.world.backend.queries.devices(by="lab").total == 1
        held.world.close()


def test_a_world_does_not_change_its_database(tmp_path: Path) -> None:
    with WorldDirectory(tmp_path) as directory:
        hold(directory, fresh=False, first=FIRST).world.close()
        with pytest.raises(Refused, match="keeps its records in its directory; start anew with --fresh"):
            hold(directory, fresh=False, first=None, database="postgresql://joe@db/x")


def test_a_fresh_world_is_not_begun_in_the_place_of_one_whose_records_are_on_a_server(tmp_path: Path) -> None:
    with WorldDirectory(tmp_path) as directory:
        held = hold(directory, fresh=False, first=FIRST)
        held.world.state.database = "postgresql://joe:s3cret@db/x"
        held.save()
        held.world.close()
        before = directory.file.read_bytes()
        told = r"keeps its records in postgresql://joe:\*\*\*@db/x, where --fresh would leave them"
        with pytest.raises(Refused, match=told):
            hold(directory, fresh=True, first=FIRST)
        assert directory.file.read_bytes() == before


def test_each_new_world_has_a_secret_of_its_own_and_the_seed_that_is_asked_for(tmp_path: Path) -> None:
    keys, serials = [], []
    for number, seed in enumerate((5, 5, 6)):
        with WorldDirectory(tmp_path / str(number)) as directory:
            world = hold(directory, fresh=False, first=RouterRecipe(), seed=seed).world
            keys.append(world.license_key.public)
            serials.append(world.router("R1").state.udi.serial)
            world.close()
    assert len(set(keys)) == 3
    assert serials[0] == serials[1] != serials[2]


def test_a_password_is_not_shown() -> None:
    assert shown("postgresql://joe:s3cret@db/x") == "postgresql://joe:***@db/x"
    assert shown("postgresql://joe@db/x") == "postgresql://joe@db/x"
    assert shown(None) == "its directory"


@pytest.mark.heavy
def test_a_console_that_needs_no_back_end_does_not_load_one(tmp_path: Path) -> None:
    lines = (
        "import sys; from emulator.cli.main import main;"
        f"arguments = ['console', '--world', {str(tmp_path / 'world')!r}, '-c', 'show version'];"
        "assert main(arguments) == 0;"
        "print(*sorted({name.partition('.')[0] for name in sys.modules} & {'sqlalchemy', 'alembic', 'psycopg'}))"
    )
    first, again = (
        subprocess.run([sys.executable, "-c", lines], check=True, capture_output=True, text=True).stdout.splitlines()
        for _ in range(2)
    )
    assert first[-1] == "sqlalchemy", "the first router was made"
    assert again[-1] == ""
