"""`isrtwin record`: what was typed in a world since it began, as a scenario that replays."""

from argparse import Namespace

from emulator.cli.output import say
from emulator.runtime.recorded.writing import record
from emulator.runtime.world_paths import existing_world, world_path


def run(options: Namespace) -> int:
    """Write the scenario."""
    with existing_world(world_path(options.world)) as directory:
        say(record(directory, options.file, options.title))
    return 0
