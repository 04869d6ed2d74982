"""A world on disk whose files have a changed bit: it is told of, or the world is the same; never another one."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from emulator.backend.store.checksum import SUFFIX
from emulator.backend.store.database import Plain
from emulator.kernel.errors import DataFileError, Refused
from emulator.kernel.time import DAY
from emulator.keys.world_secret import SIZE, WorldSecret
from emulator.runtime.held_world import hold
from emulator.runtime.replay import read_state
from emulator.world.build import new_world, open_world
from emulator.world.directory import DATABASE, FILE, WorldDirectory
from emulator.world.history import History
from emulator.world.journal import last_number
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.saved_file import encode
from emulator.world.secret_file import SECRET, read_secret
from emulator.world.world import World
from tests.driver import SERIAL
from tests.unit.router.records import keep

FILES = (FILE, SECRET, DATABASE, DATABASE + SUFFIX)


def flipped(data: bytes, bit: int) -> bytes:
    """Bytes with one bit changed."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


class DamagedPast:
    """The history and a snapshot of one world, each time with one bit changed.

    Attributes:
        files: what is kept of the past, by its path below the directory of the world.
    """

    def __init__(self, folder: Path) -> None:
        directory = WorldDirectory(folder / "world")
        with directory:
            held = hold(directory, fresh=False, first=RouterRecipe(serial=SERIAL))
            held.bench.submit("order L-880-AIS=")
            held.save()
            History(directory).snapshot(held.world.state, "bought")
            for line in ("rack R2 CISCO881-K9", "advance 1d", "status"):
                held.bench.submit(line)
                held.world.clock.settle()
                held.world.clock.run_while(lambda: held.bench.busy)
                held.save()
            held.world.close()
        self._history, below = History(directory), directory.path
        self.files = {
            str(path.relative_to(below)): path
            for part in ("history", "snapshots")
            for path in sorted((below / part).rglob("*"))
            if path.is_file()
        }
        self.expected = self._read()

    def size(self, name: str) -> int:
        """Bits of a file."""
        return 8 * self.files[name].stat().st_size

    def others(self, name: str, bits: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Each bit whose change makes another past of it, or breaks the program, and how."""
        path = self.files[name]
        whole = path.read_bytes()
        for bit in bits:
            path.write_bytes(flipped(whole, bit))
            try:
                if self._read() != self.expected:
                    yield bit, "another past"
            except (DataFileError, Refused):
                pass
            finally:
                path.write_bytes(whole)

    def _read(self) -> tuple[object, ...]:
        """All that is kept of the past."""
        history = self._history
        copies = [history.origin(1), history.find("bought")]
        states = [read_state(folder) for folder in copies]
        secrets = [read_secret(folder, state).text() for folder, state in zip(copies, states, strict=True)]
        last = last_number(history.origin(1) / "journal.jsonl")
        labels = history.label(copies[0]), history.snapshots()
        return states, secrets, labels, list(history.entries(1)), last


class Damaged:
    """Copies of one world with orders, licenses and letters in it, each with one bit changed."""

    def __init__(self, folder: Path) -> None:
        self._whole, self._copy = folder / "whole", folder / "copy"
        recipe = WorldRecipe(routers={"R1": RouterRecipe(serial=SERIAL)})
        world = new_world(recipe, secret=WorldSecret.parse("5a" * SIZE))
        for sku in ("L-880-AIS=", "SL-880-AIS="):
            order, _ = world.backend.order(sku, 2, world.now, by="lab")
        world.backend.register(order.pak, [world.router("R1").state.udi], world.now, by="lab")
        world.clock.run_to(DAY)
        with WorldDirectory(self._whole) as directory:
            keep(world, directory)
        shutil.copytree(self._whole, self._copy)
        self.expected = self._opened()

    def size(self, name: str) -> int:
        """Bits of a file."""
        return 8 * (self._whole / name).stat().st_size

    def others(self, name: str, bits: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Each bit whose change makes another world of it, or breaks the program, and how."""
        whole = (self._whole / name).read_bytes()
        for bit in bits:
            (self._copy / name).write_bytes(flipped(whole, bit))
            try:
                if self._opened() != self.expected:
                    yield bit, "another world"
            except (DataFileError, Refused):
                pass
            finally:
                self._restore()

    def _restore(self) -> None:
        for name in FILES:
            shutil.copyfile(self._whole / name, self._copy / name)
        shutil.rmtree(self._copy / "old", ignore_errors=True)
        for suffix in ("-wal", "-shm"):
            (self._copy / (DATABASE + suffix)).unlink(missing_ok=True)

    def _opened(self) -> tuple[bytes, Plain, bytes]:
        """The world as whoever opens it has it."""
        with WorldDirectory(self._copy) as directory:
            state = directory.load()
            if state is None:
                raise AssertionError("a world was not found")
            world: World = open_world(state, directory.database, secret=directory.secret)
            try:
                return encode(world.state), world.backend.database.dump(), world.license_key.public
            finally:
                world.close()
