"""`isrtwin bench`: the bench's prompt, or the lines given with -c."""

import sys
from argparse import Namespace

from emulator.cli.worlds import HeldWorld, hold, world_path
from emulator.sim.pacing import parse_pace
from emulator.world.directory import WorldDirectory
from emulator.world.recipe import RouterRecipe

HELP_KEY = "?"


def run(options: Namespace) -> int:
    """Stand at the bench."""
    parse_pace(options.pace)
    with WorldDirectory(world_path(options.world)) as directory:
        held = hold(directory, fresh=options.fresh, first=RouterRecipe())
        if options.lines:
            return do_lines(held, options.lines)
        from emulator.transports.terminal import run_terminal

        return run_terminal(
            held.world, lambda: held.bench, None, pace=options.pace, save=held.save, plain=options.plain
        )


def do_lines(held: HeldWorld, lines: list[str]) -> int:
    """Do each line, saved before it is told; the first that is refused ends the script."""
    bench = held.bench
    for text in lines:
        if text.endswith(HELP_KEY):
            sys.stdout.write(bench.help(text.removesuffix(HELP_KEY)))
            continue
        printed: list[str] = []
        bench.output = printed.append
        bench.submit(text)
        held.world.clock.run_while(lambda: bench.busy)
        held.save()
        sys.stdout.write("".join(printed))
        if bench.failed:
            return 1
    return 0
