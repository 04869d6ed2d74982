"""`isrtwin bench`: the bench's prompt, or the lines given with -c."""

import sys
from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from emulator.cli.worlds import HeldWorld, at_world, hold
from emulator.kernel.errors import printable
from emulator.sim.pacing import parse_pace
from emulator.world.directory import WorldDirectory
from emulator.world.recipe import RouterRecipe

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine

HELP_KEY = "?"


def run(options: Namespace) -> int:
    """Stand at the bench."""
    parse_pace(options.pace)
    return at_world("bench", options, _hold)


def _hold(directory: WorldDirectory, options: Namespace) -> int:
    held = hold(directory, fresh=options.fresh, first=RouterRecipe())
    if options.lines:
        return do_lines(held, held.bench, options.lines, sys.stdout.write)
    from emulator.cli.attaching import doorway
    from emulator.transports.terminal import run_terminal

    return run_terminal(
        held.world, lambda: held.bench, None, pace=options.pace, save=held.save,
        beside=doorway(held, directory.path), plain=options.plain,
    )  # fmt: skip


def do_lines(held: HeldWorld, bench: "BenchLine", lines: list[str], show: Callable[[str], object]) -> int:
    """Do each line, saved before it is shown; the first that is refused ends the script, and is named."""
    for number, text in enumerate(lines, 1):
        if text.endswith(HELP_KEY):
            show(bench.help(text.removesuffix(HELP_KEY)))
            continue
        printed: list[str] = []
        bench.output = printed.append
        bench.submit(text)
        held.world.clock.run_while(lambda: bench.busy)
        held.save()
        show("".join(printed))
        if bench.failed:
            left = len(lines) - number
            if left:
                show(f"% line {number} of {len(lines)} failed: '{printable(text.strip())}'; {left} not done\n")
            return 1
    return 0
