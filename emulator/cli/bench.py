"""`isrtwin bench`: the bench's prompt, or the lines given with -c."""

from argparse import Namespace
from functools import partial

from emulator.cli.output import show
from emulator.runtime.attach import at_world
from emulator.runtime.held_world import hold
from emulator.runtime.labs.joining import hold_in_lab
from emulator.runtime.local_terminal import give_past, go_back, work_at_terminal
from emulator.runtime.scripted_bench import do_lines
from emulator.sim.pacing import parse_pace
from emulator.world.directory import WorldDirectory
from emulator.world.recipe import RouterRecipe


def run(options: Namespace) -> int:
    """Stand at the bench."""
    parse_pace(options.pace)
    return at_world("bench", options, _hold)


def _hold(directory: WorldDirectory, options: Namespace) -> int:
    take = partial(hold, directory, fresh=options.fresh, first=RouterRecipe())
    held, opened = hold_in_lab(directory, take, fresh=options.fresh)
    if options.lines:
        give_past(directory, held)
        return do_lines(held, held.bench, options.lines, show, partial(go_back, directory, opened=opened))
    seen = {"plain": options.plain, "redraws": options.redraw}
    return work_at_terminal(directory, held, None, pace=options.pace, opened=opened, **seen)
