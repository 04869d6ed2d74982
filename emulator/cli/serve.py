"""`isrtwin serve`: a world that runs by itself: its routers by SSH and Telnet, its portal and its call-home server.

What was acknowledged is in the database before it is acknowledged; the routers are saved every few seconds, at the
end, and after every line that was typed. Stopped by Ctrl-C or SIGTERM.
"""

import asyncio
import contextlib
import logging
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from emulator.cli.output import say
from emulator.runtime.attach import serve_clients
from emulator.runtime.autosave import Saver
from emulator.runtime.held_world import FIRST_ROUTER, HeldWorld, hold
from emulator.runtime.inventory import prepare, without_password, write_inventory
from emulator.runtime.labs.joining import hold_in_lab
from emulator.runtime.router_addresses import addresses_in, first_addresses
from emulator.runtime.router_servers import ServedRouters
from emulator.runtime.router_sockets import RouterSockets, router_sockets
from emulator.runtime.servers import Served, Where, proxy_addresses, server_sockets, smtp_address
from emulator.runtime.tables_ahead import read_tables_ahead
from emulator.runtime.visiting import check_visit, visited
from emulator.runtime.world_file import read_world
from emulator.runtime.world_paths import world_option, world_path
from emulator.sim.pacing import Rates, parse_pace
from emulator.transports.connections.repeated_messages import RepeatedMessages
from emulator.transports.https.certificates import authority
from emulator.transports.https.hosting import is_loopback
from emulator.transports.vty.weather import Weather
from emulator.world.directory import WorldDirectory
from emulator.world.recipe import RouterRecipe, WorldRecipe

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

WEATHER_LOG = "weather.log"
"""Name of the log of what befell the clients, in the directory of the world."""


def run(options: Namespace) -> int:
    """Serve until a signal stops the process; return the exit status."""
    _log_to_standard_error()
    if options.class_file is not None:
        from emulator.cli.serve_class import serve_class

        return serve_class(options, STOPPING)
    rates = parse_pace(options.pace or "1")
    where = Where(
        options.host,
        options.port_base,
        smtp_address(options.smtp),
        proxy_addresses(options.proxy),
        gallery=options.gallery,
        consoles=options.consoles,
    )
    recipe = read_world(options.recipe) if options.recipe is not None else None
    path = world_path(options.world, recipe.name if recipe is not None else "default")
    check_visit(options.at, fresh=options.fresh)
    with visited(path, options.at) as visited_path:
        return _serve(visited_path, options, recipe, where, rates)


def _serve(path: Path, options: Namespace, recipe: WorldRecipe | None, where: Where, rates: Rates) -> int:
    weather = Weather(options.weather, options.seed or 1, _noted_in(path / WEATHER_LOG))
    read_tables_ahead()
    with contextlib.ExitStack() as stack:
        at = None if path.exists() else stack.enter_context(contextlib.closing(server_sockets(where)))
        directory = stack.enter_context(WorldDirectory(path))
        at = at or stack.enter_context(contextlib.closing(server_sockets(where)))
        begins = options.fresh or not directory.file.exists()
        racked = (recipe.routers if recipe is not None else [FIRST_ROUTER]) if begins else None

        def addresses() -> Mapping[str, str]:
            return addresses_in(directory.rack()) if racked is None else first_addresses(racked)

        sockets = stack.enter_context(contextlib.closing(router_sockets(options.router_port_base, addresses)))
        if options.write_inventory is not None:
            prepare(options.write_inventory)
        take = partial(
            hold,
            directory,
            fresh=options.fresh,
            first=RouterRecipe(powered=True),
            recipe=recipe,
            seed=options.seed,
            database=options.database,
        )
        held, _ = hold_in_lab(directory, take, fresh=options.fresh)
        stack.callback(held.world.backend.close)
        served = Served(held.world, directory.path, where, at=at, warnings=held.warnings)
        served.start()
        try:
            inventory = partial(_write_inventory, options.write_inventory, recipe)
            asyncio.run(_run_world(held, rates, served, sockets, directory.path, inventory, weather))
        finally:
            with _undisturbed():
                served.stop()
                held.save()
    return 0


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Ignore further requests to stop while the world is saved for the last time."""
    before = [(number, signal.signal(number, signal.SIG_IGN)) for number in STOPPING]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _noted_in(file: Path) -> Callable[[str], None]:
    """A log of what happens, in a file; a line that the disk does not take is dropped."""

    def note(text: str) -> None:
        with contextlib.suppress(OSError), file.open("a", encoding="utf-8") as log:
            log.write(f"{text}\n")

    return note


def _log_to_standard_error() -> None:
    """Warnings go to the standard error, so many of a kind a minute; where nobody takes them they are dropped."""
    handler = logging.StreamHandler()
    handler.addFilter(RepeatedMessages(time.monotonic))
    handler.setFormatter(logging.Formatter("isrtwin: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.raiseExceptions = False
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)  # whoever asked is told that the service is away


def _write_inventory(folder: Path | None, recipe: WorldRecipe | None, routers: ServedRouters) -> list[str]:
    """Write the files for the clients of the routers; says what there is to know of them."""
    if folder is None:
        return []
    startups = {name: router.startup or "" for name, router in (recipe.routers if recipe else {}).items()}
    hosts = routers.inventory(startups)
    write_inventory(folder, hosts)
    told = [f"Inventory:  {folder} (ssh_config, Ansible, Nornir, pyATS)"]
    if unknown := without_password(hosts):
        more = f" and {len(unknown) - 1} more" if unknown[1:] else ""
        told.append(f"            no password is known of {unknown[0]}{more}; add it to these files")
    return told


def tell(held: HeldWorld, directory: Path, served: Served, routers: ServedRouters, inventory: Sequence[str]) -> None:
    """Say where everything is."""
    say(f"World {held.world.state.name}, {len(held.world.routers)} router(s)")
    for line in served.addresses():
        say(line)
    if not is_loopback(served.where.host):
        say("Warning: other machines can reach this; whoever knows the log-in can use it.")
    option = world_option(directory)
    for line in [*routers.table(option), *inventory]:
        say(line)
    say(f"`isrtwin console{option}` and `isrtwin bench{option}` join it from other terminals.")
    say("Ctrl-C stops.")
    sys.stdout.flush()


async def _run_world(
    held: HeldWorld,
    rates: Rates,
    served: Served,
    sockets: RouterSockets,
    directory: Path,
    inventory: Callable[[ServedRouters], list[str]],
    weather: Weather | None,
) -> None:
    from emulator.transports.terminal.live_clock import LiveTime

    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in STOPPING:
        if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:  # `nohup` has it ignored
            loop.add_signal_handler(number, stopping.set)
    live = LiveTime(held.world.clock, rates)
    routers = ServedRouters(held.world, live, sockets, Saver(held).tick, weather, partial(authority, directory))
    served.consoles.begin(routers.sessions, held.new_bench, live.set_rates)
    written = inventory(routers)
    tell(held, directory, served, routers, written)
    async with serve_clients(held, directory)(live):
        passing = loop.create_task(routers.run(stopping))
        ended = loop.create_task(stopping.wait())
        done, _ = await asyncio.wait({passing, ended}, return_when=asyncio.FIRST_COMPLETED)
        passing.cancel()
        ended.cancel()
        await asyncio.gather(passing, ended, return_exceptions=True)
        served.consoles.end()
    if passing in done:
        passing.result()
