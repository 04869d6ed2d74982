"""Where a world meets the terminal that the program was started in."""

import asyncio
import errno
import os
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from emulator.sim.pacing import parse_pace
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine
    from emulator.transports.terminal.live_clock import LiveTime
    from emulator.transports.terminal.toolbar import Standing


def run_terminal(
    world: World,
    bench: "Callable[[], BenchLine]",
    start: str | None,
    *,
    pace: str,
    save: Callable[[], None],
    beside: "Callable[[LiveTime], AbstractAsyncContextManager[None]]",
    plain: bool = False,
    standing: "Standing | None" = None,
) -> int:
    """Let a person work at the world until they leave.

    Args:
        start: the router at whose console to begin; None begins at the bench.
        pace: simulated seconds in a real one, `max`, or empty for real time with short waits.
        save: called after every input that has taken effect, and at the end.
        beside: what goes on in the same loop and the same time while a person is there.
        plain: no line with time and license below the prompt.
        standing: tells what that line says in place of the licenses.

    Raises:
        Refused: the pace is none.
        UnknownName: there is no such router.
    """
    parse_pace(pace)
    if start is not None:
        world.router(start)
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        from emulator.transports.terminal.piped import Piped

        piped = Piped(world, bench, save, sys.stdin, sys.stdout)
        piped.hold(start)
    else:
        asyncio.run(_hold_terminal(world, bench, start, pace, save, beside, plain=plain, standing=standing))
    save()
    return 0


async def _hold_terminal(
    world: World,
    bench: "Callable[[], BenchLine]",
    start: str | None,
    pace: str,
    save: Callable[[], None],
    beside: "Callable[[LiveTime], AbstractAsyncContextManager[None]]",
    *,
    plain: bool,
    standing: "Standing | None",
) -> None:
    from prompt_toolkit.input.vt100 import Vt100Input
    from prompt_toolkit.output.vt100 import Vt100_Output

    from emulator.transports.terminal.conversation import Conversation
    from emulator.transports.terminal.live_clock import LiveTime

    source, output = Vt100Input(sys.stdin), Vt100_Output.from_pty(sys.stdout, term=os.environ.get("TERM"))
    output.enable_cpr = False
    live = LiveTime(world.clock, parse_pace(pace))
    conversation = Conversation(world, bench, live, save, source, output, plain=plain, standing=standing)
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert task is not None
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, task.cancel)
    try:
        with source.raw_mode():
            async with beside(live):
                await conversation.hold(start)
    except asyncio.CancelledError:
        """Asked to end: what was done is kept."""
    except OSError as error:
        if error.errno != errno.EIO:  # the terminal is gone
            raise
