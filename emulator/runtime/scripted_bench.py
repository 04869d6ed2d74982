"""Lines typed at the bench without a terminal: `isrtwin bench -c`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from emulator.console.line.phases import PromptKind
from emulator.grammar import HELP_KEY
from emulator.kernel.errors import printable
from emulator.runtime.held_world import HeldWorld

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine
    from emulator.bench.session import Travel

GoBack = Callable[[HeldWorld, "Travel"], tuple[HeldWorld, str]]
"""Puts a world back, and gives it as it is then, with a line that tells of it."""


def do_lines(
    held: HeldWorld,
    bench: "BenchLine",
    lines: list[str],
    show: Callable[[str], object],
    travel: GoBack | None = None,
) -> int:
    """Do each line, saved before it is shown; the first that is refused ends the script, and is named.

    Args:
        held: the world.
        bench: where they are typed.
        lines: typed one after the other.
        show: takes what is printed.
        travel: goes back where a line asks for it, and gives the world as it is then; None where that is not allowed.
    """
    for number, text in enumerate(lines, 1):
        if text.endswith(HELP_KEY) and bench.prompt.kind is PromptKind.COMMAND:
            show(bench.help(text.removesuffix(HELP_KEY)))
            continue
        printed: list[str] = []
        bench.output = printed.append
        bench.submit(text)
        _finish(held, bench)
        held.save()
        if travel is not None and bench.bench.travel is not None:
            held, told = travel(held, bench.bench.travel)
            bench = held.bench
            printed.append(told)
        show("".join(printed))
        if bench.bench.left:
            break
        if bench.failed:
            left = len(lines) - number
            if left:
                show(f"% line {number} of {len(lines)} failed: '{printable(text.strip())}'; {left} not done\n")
            return 1
    if bench.prompt.kind is PromptKind.QUESTION:
        show(f"{bench.prompt.text.strip()}\n% this question was not answered; give the answer as the next line\n")
        bench.interrupt()
        return 1
    return 0


def _finish(held: HeldWorld, bench: "BenchLine") -> None:
    held.world.clock.run_while(lambda: bench.busy)
