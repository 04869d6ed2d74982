"""`isrtwin record`: what was typed in a world since it began, as a scenario that replays."""

from argparse import Namespace

from emulator.cli.output import say
from emulator.runtime.held_world import world_path
from emulator.runtime.recorded.writing import record
from emulator.world.directory import WorldDirectory


def run(options: Namespace) -> int:
    """Write the scenario."""
    with WorldDirectory(world_path(options.world)) as directory:
        say(record(directory, options.file, options.title))
    return 0
