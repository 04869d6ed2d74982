"""A person before a world that this process holds: until they leave, and whatever way back they ask for."""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from emulator.runtime.attach import serve_clients
from emulator.runtime.held_world import HeldWorld
from emulator.world.directory import WorldDirectory

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine
    from emulator.bench.session import Travel


WorldOpened = Callable[[HeldWorld], None]
"""Callback that receives a restored world before a terminal is attached to it."""


def work_at_terminal(
    directory: WorldDirectory,
    held: HeldWorld,
    start: str | None,
    *,
    pace: str,
    plain: bool,
    redraws: bool,
    opened: WorldOpened = lambda _held: None,
) -> int:
    """Let a person work at a world until they leave.

    Args:
        directory: of the world.
        held: the world.
        start: the router at whose console to begin; None begins at the bench.
        pace: simulated seconds in a real one, `max`, or empty for real time with short waits.
        plain: no line with time and license below the prompt.
        redraws: a message stands above the line being typed, and not in the middle of it.
        opened: called with the world whenever it was put back.
    """
    from emulator.transports.terminal import run_terminal

    while True:
        now = partial(_bench, directory, held)
        beside = serve_clients(held, directory.path)
        seen = {"plain": plain, "redraws": redraws}
        status = run_terminal(
            held.world, now, start, pace=pace, save=held.save, beside=beside, standing=held.standing, **seen
        )
        travel = held.bench.bench.travel if "bench" in held.__dict__ else None
        if travel is None:
            return status
        held, told = go_back(directory, held, travel, opened)
        start = None
        sys.stdout.write(told)
        sys.stdout.flush()


def _bench(directory: WorldDirectory, held: HeldWorld) -> "BenchLine":
    bench = held.bench
    give_past(directory, held)
    return bench


def give_past(directory: WorldDirectory, held: HeldWorld) -> None:
    """Let the bench of a held world reach its past."""
    from emulator.runtime.world_past import WorldPast

    held.bench.bench.past = WorldPast(directory, held)


def go_back(
    directory: WorldDirectory, held: HeldWorld, travel: "Travel", opened: WorldOpened = lambda _held: None
) -> tuple[HeldWorld, str]:
    """Put a world back; the world as it is then, and a line that tells of it."""
    from emulator.runtime.world_past import travelled

    back, told = travelled(directory, held, travel)
    opened(back)
    give_past(directory, back)
    return back, told
