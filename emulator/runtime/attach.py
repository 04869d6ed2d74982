"""Several terminals at one world: the process that holds it lets others of the same person join.

The holder does for a client what the client's own process would have done: the same conversation, script or pipe, with
the client's terminal in place of its own. Simulated time is one for all: whoever waits for a boot makes it pass for
everybody, and the pace set at one bench is everybody's. A console has one terminal at a time.
"""

import io
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from emulator.kernel.errors import Refused
from emulator.runtime.held_world import HeldWorld
from emulator.runtime.visiting import check_visit, visited
from emulator.runtime.world_paths import world_path
from emulator.world.directory import HeldElsewhere, WorldDirectory

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine
    from emulator.transports.attach.protocol import ClientPlace
    from emulator.transports.attach.server import Client
    from emulator.transports.terminal.live_clock import LiveTime

HOLDERS_OWN = ("at", "fresh", "pid", "pace", "real_https")
"""Options that only the process that holds the world can use."""


def at_world(place: "ClientPlace", options: Namespace, work: Callable[[WorldDirectory, Namespace], int]) -> int:
    """Hold a world and work there; where another process holds it, join it (`console` or `bench`)."""
    check_visit(options.at, fresh=options.fresh)
    home = world_path(options.world)
    try:
        with visited(home, options.at) as path, WorldDirectory(path) as directory:
            directory.home = home
            return work(directory, options)
    except HeldElsewhere as held:
        return attach_to_holder(place, options, held)


def attach_to_holder(place: "ClientPlace", options: Namespace, held: Refused) -> int:
    """Work as a client at the world that another process holds, as `held` says, and return the exit status.

    Raises:
        Refused: that process takes no clients, or an option is not for them.
    """
    for name in HOLDERS_OWN:
        if getattr(options, name, None):
            raise Refused(f"{held}; --{name.replace('_', '-')} is for a world that nobody holds")
    from emulator.transports.attach.client import NotServed, attach, opening

    piped = None if options.lines is not None or sys.stdin.isatty() else sys.stdin.read()
    seen = {"plain": options.plain, "redraws": options.redraw}
    wanted = opening(place, getattr(options, "router", None), options.lines, piped, **seen)
    try:
        return attach(world_path(options.world), wanted)
    except NotServed:
        raise held from None


def serve_clients(held: HeldWorld, directory: Path) -> "Callable[[LiveTime], AbstractAsyncContextManager[None]]":
    """Server of the terminals that join a held world, to run beside its conversation."""
    from emulator.transports.attach.server import serve

    return lambda live: serve(directory, partial(_receive, held, live))


async def _receive(held: HeldWorld, live: "LiveTime", client: "Client") -> int:
    from emulator.bench.host_files import NoFiles, PersonsFiles
    from emulator.bench.line import BenchLine
    from emulator.runtime.scripted_console import first_router

    opening = client.opening
    files = PersonsFiles(Path(opening.directory)) if Path(opening.directory).is_absolute() else NoFiles()

    def bench() -> BenchLine:
        line = BenchLine(held.world, files)
        held.furnish(line.bench)
        return line

    name = first_router(held, opening.router) if opening.place == "console" else None
    if name is not None and held.world.lines_of(name).console.terminal.connected:
        raise Refused(f"another terminal is at the console of {name}")
    if opening.lines is not None:
        return _type(held, name, bench(), list(opening.lines), client)
    if opening.piped is not None:
        from emulator.transports.terminal.piped import Piped

        Piped(held.world, bench, held.save, io.StringIO(opening.piped), cast("TextIO", client)).hold(name)
        return 0
    return await _converse(held, live, client, bench, name)


def _type(held: HeldWorld, name: str | None, bench: "BenchLine", lines: list[str], client: "Client") -> int:
    from emulator.runtime.scripted_bench import do_lines
    from emulator.runtime.scripted_console import Script

    if name is None:
        return do_lines(held, bench, lines, client.write)
    try:
        return Script(held, name, client.write).run(lines)
    finally:
        at = held.world.lines_of(name)
        at.console.terminal.client_gone()


async def _converse(
    held: HeldWorld, live: "LiveTime", client: "Client", bench: "Callable[[], BenchLine]", name: str | None
) -> int:
    from emulator.transports.terminal.run import is_dumb

    if is_dumb(client.opening.term):
        await _converse_plainly(held, live, client, bench, name)
    else:
        await _converse_with_cursor(held, live, client, bench, name)
    held.save()
    return 0


async def _converse_plainly(
    held: HeldWorld, live: "LiveTime", client: "Client", bench: "Callable[[], BenchLine]", name: str | None
) -> None:
    from emulator.transports.terminal.plain_conversation import PlainConversation

    conversation = PlainConversation(held.world, bench, live, held.save, client.write)
    client.pressed, client.gone = conversation.typed, conversation.gone
    await conversation.hold(name)


async def _converse_with_cursor(
    held: HeldWorld, live: "LiveTime", client: "Client", bench: "Callable[[], BenchLine]", name: str | None
) -> None:
    from prompt_toolkit.application import create_app_session
    from prompt_toolkit.data_structures import Size
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output.vt100 import Vt100_Output

    from emulator.transports.terminal.conversation import Conversation

    screen, term = cast("TextIO", client), client.opening.term
    output = Vt100_Output(screen, lambda: Size(client.rows, client.columns), term=term, enable_cpr=False)
    with create_pipe_input() as source, create_app_session(input=source, output=output):
        client.pressed, client.gone = source.send_text, source.close
        seen = {"plain": client.opening.plain, "redraws": client.opening.redraws}
        talk = Conversation(held.world, bench, live, held.save, source, output, held.standing, **seen)
        await talk.hold(name)
