"""Lines typed at the bench without a terminal: `isrtwin bench -c`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from emulator.grammar import HELP_KEY
from emulator.kernel.errors import printable
from emulator.runtime.held_world import HeldWorld

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine


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
