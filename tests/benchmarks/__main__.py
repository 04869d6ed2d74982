"""Run the benchmarks named, or all."""

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Iterator

from tests.benchmarks.figure import Figure

MODULES = {
    "fleet_clock": "fleet",
    "router_memory": "fleet",
    "snapshot": "fleet",
    "first_prompt": "prompt",
    "parse_complete": "grammar",
    "scenario_cpu": "replays",
    "license_issue": "issue",
    "call_home": "call_home",
}
"""The module of each figure; imported when it is asked for, so that none needs what another does."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MODULES)}; all if none is given")
    names = parser.parse_args().names or list(MODULES)
    if unknown := [name for name in names if name not in MODULES]:
        parser.error(f"unknown benchmark {unknown[0]}; known: {', '.join(MODULES)}")
    kept = True
    for name in names:
        module = importlib.import_module(f"tests.benchmarks.{MODULES[name]}")
        measure: Callable[[], Iterator[Figure]] = getattr(module, name)
        for figure in measure():
            print(json.dumps(figure.row()), flush=True)
            kept = kept and figure.ratio <= figure.budget
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
