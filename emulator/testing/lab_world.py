"""The world of one test: its routers, its bench, its time, its snapshots, and its routers on the loopback interface."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from emulator.bench.session import Travel
from emulator.kernel.errors import Refused
from emulator.runtime.held_world import HeldWorld, hold
from emulator.runtime.inventory import InventoryHost, write_inventory
from emulator.runtime.local_terminal import give_past, go_back
from emulator.runtime.router_sockets import RouterSockets, router_sockets
from emulator.runtime.scripted_bench import do_lines
from emulator.testing.background import BackgroundServer
from emulator.testing.lab_router import LabRouter
from emulator.world.directory import WorldDirectory
from emulator.world.recipe import WorldRecipe

Result = TypeVar("Result")

INVENTORY = "inventory"


class LabWorld:
    """A world in a folder of its own; nothing passes in it but what the test lets pass, unless it is served."""

    def __init__(self, folder: Path, recipe: WorldRecipe) -> None:
        """Build the world.

        Args:
            folder: empty, or not there yet.
            recipe: a world file.

        Raises:
            Refused: the folder cannot be used.
        """
        self.folder = folder
        self._stack = ExitStack()
        self._directory = self._stack.enter_context(WorldDirectory(folder / "world"))
        self._recipe = recipe
        self.held = hold(self._directory, fresh=False, first=None, recipe=recipe)
        self._server: BackgroundServer | None = None
        self._sockets: RouterSockets | None = None
        """Of all servers of this world, so that clients that come in between wait for the next one."""
        self._routers: dict[str, LabRouter] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End what is served and let go of the folder."""
        with self._stack:
            self._stop_serving()
            self.held.world.close()

    def do(self, act: Callable[[], Result]) -> Result:
        """Do something with what the world is made of, in its thread if it is served."""
        return act() if self._server is None else self._server.call(act)

    # --- routers and bench -------------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[LabRouter]:
        return (self.router(name) for name in self.held.world.routers)

    def router(self, name: str) -> LabRouter:
        """A router of the rack.

        Raises:
            UnknownName: it is not there.
        """
        known = self.held.world.router(name).name
        return self._routers.setdefault(known, LabRouter(self, known))

    def bench(self, *lines: str) -> str:
        """Type lines at the bench; gives what they print.

        Raises:
            Refused: a line was refused; its words are those of the bench.
        """
        return self.do(lambda: self._bench(lines))

    def advance(self, duration: str) -> None:
        """Let simulated time pass: `59d`, `12h30m`.

        Raises:
            Refused: it is no duration.
        """
        self.bench(f"advance {duration}")

    @property
    def now(self) -> datetime:
        """The moment on the calendar."""
        world = self.held.world
        return world.calendar(world.now)

    # --- faults ------------------------------------------------------------------------------------------------

    def cut_power(self, router: str, *, during: str | None = None, after: str = "0s") -> None:
        """Take the power from a router.

        Args:
            router: its name.
            during: a line that is typed at its console before, and that the power fails in.
            after: simulated time after which it fails there.

        Raises:
            Refused: the line was through before the power failed.
        """
        if during is not None:
            self.router(router).begin(during, after)
        self.bench(f"power {router} off")

    def restore_power(self, router: str) -> None:
        """Give a router its power back; it boots as time passes."""
        self.bench(f"power {router} on")

    # --- snapshots ---------------------------------------------------------------------------------------------

    def snapshot(self, name: str) -> None:
        """Keep the present state under a name.

        Raises:
            Refused: the name is taken.
        """
        self.bench(f"snapshot {name}")

    def restore(self, name: str) -> None:
        """Go back to a snapshot; clients of the routers are cut off and find them at the same ports.

        Raises:
            Refused: there is none of that name.
        """
        served = self._server is not None
        self._stop_serving()
        try:
            self.bench(f"restore {name}")
        finally:
            if served:
                self._serve()

    # --- the network -------------------------------------------------------------------------------------------

    def ssh(self, router: str) -> InventoryHost:
        """Address and credentials of a router for a client; all are served from now on, and this one has booted.

        Raises:
            Refused: a port cannot be had, or the router has no power.
        """
        self._serve()
        self.router(router).wait()
        return self._hosts()[self.router(router).name]

    @property
    def inventory(self) -> Path:
        """The folder with `ssh_config` and the files of other programs for the routers that are served.

        Raises:
            Refused: they cannot be written.
        """
        self._serve()
        write_inventory(self.folder / INVENTORY, list(self._hosts().values()))
        return self.folder / INVENTORY

    def _hosts(self) -> Mapping[str, InventoryHost]:
        server = self._server
        assert server is not None
        startups = {name: router.startup or "" for name, router in self._recipe.routers.items()}
        return {host.name: host for host in self.do(lambda: server.routers.inventory(startups))}

    def _serve(self) -> None:
        """Serve the routers, at the ports of before if they were served once."""
        if self._server is not None:
            return
        if self._sockets is None:
            self._sockets = router_sockets(0)
            self._stack.callback(self._sockets.close)
        self._server = BackgroundServer(self.held.world, self._sockets.duplicate())

    def _stop_serving(self) -> None:
        if self._server is not None:
            server, self._server = self._server, None
            server.stop()

    def _go_back(self, held: HeldWorld, travel: Travel) -> tuple[HeldWorld, str]:
        self.held, told = go_back(self._directory, held, travel)
        return self.held, told

    def _bench(self, lines: tuple[str, ...]) -> str:
        printed: list[str] = []
        give_past(self._directory, self.held)
        failed = do_lines(self.held, self.held.bench, list(lines), printed.append, self._go_back)
        told = "".join(printed)
        if failed:
            raise Refused(told.strip())
        return told
