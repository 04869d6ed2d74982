"""`isrtwin export`: what a router of a world is, in the form of another program. The world stays as it is."""

from argparse import Namespace

from emulator.cli.output import show
from emulator.kernel.errors import Refused
from emulator.runtime.held_world import look_at
from emulator.runtime.visiting import visited
from emulator.runtime.world_paths import existing_world, world_path
from emulator.snmp.recording import record_lines


def run(options: Namespace) -> int:
    """Print the record of a router.

    Raises:
        Refused: it does not run.
        UnknownName: there is no such router.
    """
    with visited(world_path(options.world), options.at) as path, existing_world(path) as directory:
        world = look_at(directory)
        router = world.router(options.router)
        if router.state.running is None:
            raise Refused(f"{router.name} does not run, so it answers nothing by SNMP")
        show("".join(f"{line}\n" for line in record_lines(router)))
    return 0
