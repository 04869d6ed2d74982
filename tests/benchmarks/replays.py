"""`scenario_cpu`: each shipped scenario replayed, imports aside, against one second of CPU."""

from collections.abc import Iterator
from time import process_time

from emulator.scenarios.loader import find_scenario, load_scenario, scenario_names
from emulator.scenarios.runner import Runner
from tests.benchmarks.figure import Figure


def scenario_cpu() -> Iterator[Figure]:
    scenarios = {name: load_scenario(find_scenario(name)) for name in scenario_names()}
    for name, scenario in scenarios.items():
        Runner(name, scenario, len).run()
        begun = process_time()
        replay = Runner(name, scenario, len).run()
        value = process_time() - begun
        assert replay.difference is None, name
        yield Figure(f"scenario_cpu {name}", value, 1.0, "s CPU")
