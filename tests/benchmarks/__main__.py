"""Run the benchmarks named, or all."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator

from tests.benchmarks.figure import Figure
from tests.benchmarks.fleet import fleet_clock
from tests.benchmarks.grammar import parse_complete
from tests.benchmarks.prompt import first_prompt
from tests.benchmarks.replays import scenario_cpu

BENCHMARKS: dict[str, Callable[[], Iterator[Figure]]] = {
    "fleet_clock": fleet_clock,
    "first_prompt": first_prompt,
    "parse_complete": parse_complete,
    "scenario_cpu": scenario_cpu,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all if none is given")
    names = parser.parse_args().names or list(BENCHMARKS)
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"unknown benchmark {unknown[0]}; known: {', '.join(BENCHMARKS)}")
    kept = True
    for name in names:
        for figure in BENCHMARKS[name]():
            print(json.dumps(figure.row()), flush=True)
            kept = kept and figure.ratio <= figure.budget
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
