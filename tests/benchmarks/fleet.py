"""Figures of a world of 30,000 routers.

`fleet_clock`: every router has its evaluation in use, starts spread over a week; one simulated year with every
message recorded as text. The reference is bare SimPy: one process a router that waits for the same instants and
records as many messages of the same length.
`router_memory`: what one idle router, back-end records included, takes in such a world; measured with a third of them,
for watching each allocation takes ten times as long.
`forecast`: what becomes of that world in a year, told from a fork of it, against `fleet_clock`'s own run.
`snapshot`: saving that world, against encoding the same plain data and writing it to a file.
`fork`: a world of its own out of that one, records included, against saving it.
"""

import gc
import tempfile
import tracemalloc
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from time import process_time

import msgspec
import simpy
from msgspec.structs import replace

from emulator.kernel.events import Event
from emulator.kernel.time import DAY, SECOND
from emulator.licensing.udi import Udi
from emulator.router.syslog_messages import message_of
from emulator.runtime.held_world import hold
from emulator.runtime.time_travel import fork_state
from emulator.world.build import new_world, open_world, rack
from emulator.world.directory import WorldDirectory
from emulator.world.forecast.run import forecast as look_ahead
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.state import WorldState
from emulator.world.world import World
from tests.benchmarks.figure import Figure
from tests.driver import BenchDriver, ConsoleDriver

ROUTERS = 30_000
WATCHED = 10_000
YEAR = 365 * DAY
SPREAD = 20 * SECOND


def fleet() -> WorldState:
    """A world whose routers all run on their evaluation."""
    return msgspec.json.decode(_saved_fleet(), type=WorldState)


@cache
def _saved_fleet() -> bytes:
    """World of the fleet as it is saved: one router is driven there by hand, the others are its like."""
    world = new_world(WorldRecipe(routers={"R00000": RouterRecipe(serial="FTX14050000", powered=True)}))
    console = ConsoleDriver(world, "R00000").boot()
    console.type("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "write")
    console.type("reload", "")
    BenchDriver(world).do("advance 5m")
    state = world.state
    state.now = world.now
    image = msgspec.json.encode(state.routers["R00000"])
    for place in range(1, ROUTERS):
        router = msgspec.json.decode(image, type=type(state.routers["R00000"]))
        router.name, router.udi = f"R{place:05d}", Udi("CISCO881-K9", f"FTX1405{place:04d}"[:11])
        assert router.running is not None
        router.running = replace(router.running, in_use_since=router.running.in_use_since - place * SPREAD)
        state.routers[router.name] = router
    return msgspec.json.encode(state)


def fleet_clock() -> Iterator[Figure]:
    world = open_world(fleet())
    record: list[tuple[int, str, str]] = []
    value = _year(world, record)
    instants: dict[str, list[int]] = {}
    for at, router, _text in record:
        instants.setdefault(router, []).append(at)
    yield Figure("fleet_clock", value, _bare(instants, world.now - YEAR), "s CPU")


def _year(world: World, record: list[tuple[int, str, str]]) -> float:
    def listen(event: Event) -> None:
        text = message_of(event, world.routers[event.router].state.udi)
        if text is not None:
            record.append((event.at, event.router, text))

    world.listeners.append(listen)
    gc.collect()
    begun = process_time()
    world.clock.run_to(world.now + YEAR)
    return process_time() - begun


def _bare(instants: dict[str, list[int]], start: int) -> float:
    record: list[tuple[int, str, str]] = []

    def router(env: simpy.Environment, name: str, deadlines: list[int]) -> Iterator[simpy.Event]:
        for deadline in deadlines:
            yield env.timeout(deadline - env.now)
            record.append((int(env.now), name, f"%LICENSE-1-EXPIRED: License for feature of {name} has expired"))

    gc.collect()
    begun = process_time()
    env = simpy.Environment(initial_time=start)
    for name, deadlines in instants.items():
        env.process(router(env, name, deadlines))  # type: ignore[arg-type]
    env.run(until=start + YEAR + 1)
    return process_time() - begun


def forecast() -> Iterator[Figure]:
    world = open_world(fleet())
    gc.collect()
    begun = process_time()
    look_ahead(world, YEAR)
    value = process_time() - begun
    yield Figure("forecast", value, _year(world, []), "s CPU")


def router_memory() -> Iterator[Figure]:
    world = new_world(WorldRecipe(routers={"first": RouterRecipe()}))
    gc.collect()
    tracemalloc.start()
    for place in range(WATCHED):
        rack(world, f"R{place:05d}", RouterRecipe())
    gc.collect()
    value = tracemalloc.get_traced_memory()[0] / WATCHED
    tracemalloc.stop()
    yield Figure("router_memory", value, 4096, "bytes")


def snapshot() -> Iterator[Figure]:
    state = fleet()
    with tempfile.TemporaryDirectory() as scratch, WorldDirectory(Path(scratch) / "world") as directory:
        begun = process_time()
        directory.save(state)
        value = process_time() - begun
        begun = process_time()
        (Path(scratch) / "plain").write_bytes(msgspec.json.encode(state))
        yield Figure("snapshot", value, process_time() - begun, "s CPU")


def fork() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as scratch, WorldDirectory(Path(scratch) / "world") as directory:
        held = hold(directory, fresh=True, first=RouterRecipe())
        held.world.close()
        state = fleet()
        state.secret_mark, state.identity = held.world.state.secret_mark, held.world.state.identity
        begun = process_time()
        fork_state(state, directory.path, Path(scratch) / "fork")
        value = process_time() - begun
        begun = process_time()
        directory.save(state)
        yield Figure("fork", value, process_time() - begun, "s CPU")
