"""`isrtwin console`: a fresh world shows its first router boot; one that runs shows its prompt after RETURN."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

from emulator.cli.output import complain, show
from emulator.kernel.errors import Refused, UnknownName
from emulator.runtime.attach import at_world
from emulator.runtime.held_world import FIRST_ROUTER, HeldWorld, hold
from emulator.runtime.labs.joining import hold_in_lab
from emulator.runtime.local_terminal import work_at_terminal
from emulator.runtime.scripted_console import Script, first_router
from emulator.sim.pacing import parse_pace
from emulator.world.directory import WorldDirectory
from emulator.world.recipe import RouterRecipe


def run(options: Namespace) -> int:
    """Open a console, or type the lines given with -c."""
    parse_pace(options.pace)
    return at_world("console", options, _hold)


def _hold(directory: WorldDirectory, options: Namespace) -> int:
    first = RouterRecipe(powered=True, **({"pid": options.pid} if options.pid else {}))
    if options.router not in {None, FIRST_ROUTER} and (options.fresh or not directory.file.exists()):
        raise UnknownName("router", options.router, [FIRST_ROUTER])
    held, opened = hold_in_lab(
        directory, partial(hold, directory, fresh=options.fresh, first=first), fresh=options.fresh
    )
    name = first_router(held, options.router)
    pid = held.world.router(name).state.udi.pid
    if options.pid not in {None, pid}:
        raise Refused(f"{name} of this world is a {pid}; --pid is for a new one: add --fresh")
    with _served(held, directory) if options.real_https else nullcontext():
        if options.lines:
            return Script(held, name, show).run(options.lines)
        seen = {"plain": options.plain, "redraws": options.redraw}
        return work_at_terminal(directory, held, name, pace=options.pace, opened=opened, **seen)


@contextmanager
def _served(held: HeldWorld, directory: WorldDirectory) -> Iterator[None]:
    """Portal and call home stand beside the console; what they say goes to the standard error, apart from output."""
    from emulator.runtime.servers import Served, Where

    served = Served(held.world, directory.path, Where())
    served.start()
    try:
        for line in served.addresses():
            complain(line)
        yield
    finally:
        served.stop()
