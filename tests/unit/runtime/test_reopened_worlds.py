"""One process opens a world again and again and goes back in it: its records are never those of another state."""

import gc
import random
from functools import partial
from pathlib import Path

import pytest

from emulator.backend.store.database import Database
from emulator.cli.main import main
from emulator.kernel.errors import Refused
from emulator.runtime import time_travel
from emulator.runtime.held_world import HeldWorld, hold
from emulator.runtime.local_terminal import give_past, go_back
from emulator.runtime.scripted_bench import do_lines
from emulator.world.directory import HeldElsewhere, WorldDirectory
from emulator.world.history import History
from emulator.world.recipe import RouterRecipe

FIRST = RouterRecipe(serial="FTX1405YDC7")


def numbers(path: Path) -> list[str]:
    """The sales orders in a database that nobody has open."""
    database = Database(path)
    try:
        return [str(row["number"]) for row in database.dump().get("orders", [])]
    finally:
        database.close()


def ordered(directory: WorldDirectory, *, closed: bool) -> HeldWorld:
    held = hold(directory, fresh=False, first=FIRST)
    do_lines(held, held.bench, ["order L-880-AIS="], len)
    if closed:
        held.world.close()
    return held


class Workshop:
    """A world, its snapshots and its forks, with the orders that each must have."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.path, self._dice = folder / "world", random.Random(seed)
        self.orders: dict[str, list[str]] = {}
        self.now: list[str] = []
        self._kept: list[HeldWorld] = []
        """Worlds that nobody closed, of which some are forgotten between two acts."""
        self._number = 0

    def step(self) -> None:
        act = self._dice.choice([self.order, self.order, self.snapshot, self.restore, self.undo, self.fork, self.stand])
        with WorldDirectory(self.path) as directory:
            act(directory)
        if self._dice.random() < 0.5:
            self._kept.clear()
            gc.collect()
        assert numbers(self.path / "backend.sqlite") == self.now

    def order(self, directory: WorldDirectory) -> None:
        held = ordered(directory, closed=self._dice.random() < 0.5)
        self._kept.append(held)
        held.world.close()
        self.now = numbers(directory.database)

    def snapshot(self, directory: WorldDirectory) -> None:
        self._number += 1
        state = directory.load()
        if state is not None:
            History(directory).snapshot(state, f"s{self._number}")
            self.orders[f"s{self._number}"] = list(self.now)

    def restore(self, directory: WorldDirectory) -> None:
        for _ in range(self._dice.choice([1, 2])):
            if not self.orders:
                return
            if self._dice.random() < 0.5:
                self._kept.append(hold(directory, fresh=False, first=FIRST))
            name = self._dice.choice(sorted(self.orders))
            time_travel.restore(directory, name)
            self.now = list(self.orders[name])

    def undo(self, directory: WorldDirectory) -> None:
        if self._dice.random() < 0.5 and self.now:
            self._kept.append(hold(directory, fresh=False, first=FIRST))
        try:
            time_travel.undo(directory)
        except Refused:
            return
        self.now = numbers(directory.database)

    def fork(self, directory: WorldDirectory) -> None:
        if directory.load() is None:
            return
        self._number += 1
        name = self._dice.choice([None, *sorted(self.orders)])
        target = self.path.with_name(f"fork{self._number}")
        time_travel.fork(directory, target, name)
        with WorldDirectory(target) as other:
            self._kept.append(ordered(other, closed=False))
        expected = self.now if name is None else self.orders[name]
        found = numbers(target / "backend.sqlite")
        assert set(found) > set(expected)
        assert len(found) == len(expected) + 1

    def stand(self, directory: WorldDirectory) -> None:
        """Stand at the bench and go back there, twice."""
        held = hold(directory, fresh=False, first=FIRST)
        give_past(directory, held)
        self._number += 1
        name = f"s{self._number}"
        self._kept.append(held)
        lines = [f"snapshot {name}", "order L-880-AIS=", f"restore {name}", "order L-880-AIS=", f"restore {name}"]
        printed: list[str] = []
        do_lines(held, held.bench, lines, printed.append, partial(go_back, directory))
        directory.close_worlds()
        self.now = self.orders[name] = numbers(directory.database)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.heavy) for seed in range(1, 6))])
def test_records_are_those_of_the_state_whatever_is_still_open(tmp_path: Path, seed: int) -> None:
    workshop = Workshop(tmp_path, seed)
    with WorldDirectory(workshop.path) as directory:
        workshop.order(directory)
    for _ in range(12):
        workshop.step()


def test_a_world_that_a_command_left_open_spoils_no_restored_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    gc.disable()
    try:
        for words in (["world", "new"], ["bench", "-c", "order L-880-AIS="], ["world", "snapshot", "one"],
                      ["bench", "-c", "order L-880-AIS="], ["world", "advance", "1d"],
                      ["world", "restore", "one"]):  # fmt: skip
            assert main(words) == 0
    finally:
        gc.enable()
    gc.collect()
    assert main(["world", "show"]) == 0
    assert capsys.readouterr().err == ""


def test_a_world_is_closed_before_its_directory_is_let_go(tmp_path: Path) -> None:
    with WorldDirectory(tmp_path / "world") as directory:
        held = ordered(directory, closed=False)
        database = held.world.backend.database
        with pytest.raises(HeldElsewhere), WorldDirectory(tmp_path / "world"):
            pass
    assert not (tmp_path / "world" / "backend.sqlite-wal").exists()
    mark = (tmp_path / "world" / "backend.sqlite.sha256").read_bytes()
    database.close()
    assert (tmp_path / "world" / "backend.sqlite.sha256").read_bytes() == mark != b"unsettled"
