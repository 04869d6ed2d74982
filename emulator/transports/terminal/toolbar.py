"""The line below the prompt: simulated time, pace, and what the router's license is worth now.

Whoever runs the terminal may show something else than the licenses, so that a lab does not give itself away.
"""

from collections.abc import Callable

from emulator.hardware.board import BoardPhase
from emulator.kernel.time import MINUTE, clock_line, format_duration
from emulator.router.device import Router
from emulator.world.world import World

Standing = Callable[[World, str], str]
"""The last part of the line, for the console of one router, or with an empty name for the bench."""


def toolbar(world: World, name: str, pace: str, standing_at: Standing) -> str:
    """The text for the console of one router, or with an empty name for the bench."""
    standing = standing_at(world, name)
    return f" {clock_line(world.calendar(world.now)).removesuffix(' UTC')}   {pace}   {standing}"


def standings(world: World, name: str) -> str:
    """Level and license of one router, or with an empty name of all."""
    shown = [name] if name else list(world.routers)
    return "   ".join(standing_of(world.router(each)) for each in shown)


def standing_of(router: Router) -> str:
    """`R1 advipservices (Evaluation, 59d23h left)`; of a router that does not run, what it does instead."""
    running = router.state.running
    if running is None or router.state.board.phase is not BoardPhase.RUNNING:
        return f"{router.name} {router.state.board.phase}"
    stored = router.activation.inventory.in_use()
    if stored is None:
        return f"{router.name} {running.level}"
    line = stored.line
    left = ""
    rest = max(router.activation.inventory.consumed().left(line) or 0, 0)
    if line.period is not None:
        left = f", {format_duration(rest // MINUTE * MINUTE)} left"
    return f"{router.name} {running.level} ({line.rule.title}{left})"
