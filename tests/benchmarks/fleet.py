"""`fleet_clock`: 30,000 evaluations in use, starts spread, one simulated year, every message recorded.

The reference is bare SimPy: one process a router that waits for the same instants and records as many events.
"""

from collections.abc import Iterator
from time import process_time

import simpy

from emulator.kernel.events import Event
from emulator.kernel.time import DAY, MINUTE
from emulator.licensing.lines import built_in_evaluation
from emulator.licensing.usage import UsageClock
from emulator.sim.clock import SimClock
from emulator.sim.timekeeper import Timekeeper
from tests.benchmarks.figure import Figure, paired

ROUTERS = 30_000
YEAR = 365 * DAY
SPREAD = 7 * MINUTE
RUNS = 3


def fleet_clock() -> Iterator[Figure]:
    pairs = []
    for _ in range(RUNS):
        value, record = _ours()
        reference = _bare({router: [event.at for event in events] for router, events in record.items()})
        pairs.append((value, reference))
    yield paired("fleet_clock", pairs, "s CPU", budget=3.0)


def _ours() -> tuple[float, dict[str, list[Event]]]:
    record: list[Event] = []
    line = built_in_evaluation("advipservices", 60 * DAY)
    begun = process_time()
    clock = SimClock()
    keeper = Timekeeper(clock, record.append)
    for number in range(ROUTERS):
        name, since = f"R{number:05d}", number * SPREAD
        keeper.enrol((name, "usage"), UsageClock(name, line, 0, since, since))
    clock.run_to(YEAR)
    value = process_time() - begun
    by_router: dict[str, list[Event]] = {}
    for event in record:
        by_router.setdefault(event.router, []).append(event)
    return value, by_router


def _bare(instants: dict[str, list[int]]) -> float:
    record: list[tuple[int, str]] = []

    def router(env: simpy.Environment, name: str, deadlines: list[int]) -> Iterator[simpy.Event]:
        for deadline in deadlines:
            yield env.timeout(deadline - env.now)
            record.append((int(env.now), name))

    begun = process_time()
    env = simpy.Environment()
    for name, deadlines in instants.items():
        env.process(router(env, name, deadlines))  # type: ignore[arg-type]
    env.run(until=YEAR + 1)
    return process_time() - begun
