"""Meeting point of a world and the terminal that the program was started in."""

import asyncio
import codecs
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
    from emulator.transports.terminal.conversation import Conversation
    from emulator.transports.terminal.live_clock import LiveTime
    from emulator.transports.terminal.plain_conversation import PlainConversation
    from emulator.transports.terminal.toolbar import Standing

CHUNK = 65536


def run_terminal(
    world: World,
    bench: "Callable[[], BenchLine]",
    start: str | None,
    *,
    pace: str,
    save: Callable[[], None],
    beside: "Callable[[LiveTime], AbstractAsyncContextManager[None]]",
    standing: "Standing | None" = None,
    plain: bool = False,
    redraws: bool = False,
) -> int:
    """Let a person work at the world until they leave.

    Args:
        start: the router at whose console to begin; None begins at the bench.
        pace: simulated seconds in a real one, `max`, or empty for real time with short waits.
        save: called after every input that has taken effect, and at the end.
        beside: what goes on in the same loop and the same time while a person is there.
        standing: tells what the line below the prompt says in place of the licenses.
        plain: no line with time and license below the prompt.
        redraws: a message stands above the line being typed, which is drawn anew, and not in the middle of it.

    Raises:
        Refused: the pace is none.
        UnknownName: there is no such router.
    """
    parse_pace(pace)
    if start is not None:
        world.router(start)
    if not sys.stdin.isatty():
        from emulator.transports.terminal.piped import Piped

        piped = Piped(world, bench, save, sys.stdin, sys.stdout)
        piped.hold(start)
    elif is_dumb(os.environ.get("TERM")) or not sys.stdout.isatty():
        asyncio.run(_hold_plain_terminal(world, bench, start, pace, save, beside))
    else:
        seen = {"plain": plain, "redraws": redraws}
        asyncio.run(_hold_terminal(world, bench, start, pace, save, beside, standing, **seen))
    save()
    return 0


def is_dumb(term: str | None) -> bool:
    """Tell whether a terminal, by its `TERM`, cannot move its cursor."""
    return term in {"dumb", "unknown"}


async def _hold_plain_terminal(
    world: World,
    bench: "Callable[[], BenchLine]",
    start: str | None,
    pace: str,
    save: Callable[[], None],
    beside: "Callable[[LiveTime], AbstractAsyncContextManager[None]]",
) -> None:
    from prompt_toolkit.input.vt100 import raw_mode

    from emulator.transports.terminal.live_clock import LiveTime
    from emulator.transports.terminal.plain_conversation import PlainConversation

    live = LiveTime(world.clock, parse_pace(pace))
    conversation = PlainConversation(world, bench, live, save, _write)
    characters = codecs.getincrementaldecoder("utf-8")("replace")
    terminal = sys.stdin.fileno()

    def read() -> None:
        try:
            data = os.read(terminal, CHUNK)
        except OSError:
            data = b""
        if data:
            conversation.typed(characters.decode(data))
        else:
            conversation.gone()
            asyncio.get_running_loop().remove_reader(terminal)

    asyncio.get_running_loop().add_reader(terminal, read)
    with raw_mode(terminal):
        await _until_ended(conversation, live, start, beside)


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


async def _hold_terminal(
    world: World,
    bench: "Callable[[], BenchLine]",
    start: str | None,
    pace: str,
    save: Callable[[], None],
    beside: "Callable[[LiveTime], AbstractAsyncContextManager[None]]",
    standing: "Standing | None",
    *,
    plain: bool,
    redraws: bool,
) -> None:
    from prompt_toolkit.input.vt100 import Vt100Input
    from prompt_toolkit.output.vt100 import Vt100_Output

    from emulator.transports.terminal.conversation import Conversation
    from emulator.transports.terminal.live_clock import LiveTime

    source, output = Vt100Input(sys.stdin), Vt100_Output.from_pty(sys.stdout, term=os.environ.get("TERM"))
    output.enable_cpr = False
    live = LiveTime(world.clock, parse_pace(pace))
    conversation = Conversation(world, bench, live, save, source, output, standing, plain=plain, redraws=redraws)
    with source.raw_mode():
        await _until_ended(conversation, live, start, beside)


async def _until_ended(
    conversation: "Conversation | PlainConversation",
    live: "LiveTime",
    start: str | None,
    beside: "Callable[[LiveTime], AbstractAsyncContextManager[None]]",
) -> None:
    """Hold a conversation until it ends, the program is asked to end, or the terminal is gone."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert task is not None
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, task.cancel)
    try:
        async with beside(live):
            await conversation.hold(start)
    except asyncio.CancelledError:
        """Asked to end: what was done is kept."""
    except OSError as error:
        if error.errno != errno.EIO:  # the terminal is gone
            raise
