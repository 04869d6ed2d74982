"""A world on disk whose files have a changed bit: it is told of, or the world is the same; never another one."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from emulator.backend.store.checksum import SUFFIX
from emulator.backend.store.database import Plain
from emulator.kernel.errors import DataFileError, Refused
from emulator.kernel.time import DAY
from emulator.keys.world_secret import SIZE, WorldSecret
from emulator.world.build import new_world, open_world
from emulator.world.directory import DATABASE, FILE, WorldDirectory
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.saved_file import encode
from emulator.world.secret_file import SECRET
from emulator.world.world import World
from tests.driver import SERIAL
from tests.unit.router.records import keep

FILES = (FILE, SECRET, DATABASE, DATABASE + SUFFIX)


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
            data = bytearray(whole)
            data[bit // 8] ^= 1 << bit % 8
            (self._copy / name).write_bytes(data)
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
