"""Run the benchmarks named, or all.

What else the machine does makes a figure worse and never better, so one over its budget is measured again, up to three
times in all, and the best counts.
"""

import argparse
import gc
import importlib
import json
import sys
from collections.abc import Callable, Iterator

from tests.benchmarks.figure import Figure
from tests.benchmarks.table import BENCHMARKS

MOST = 3
"""Times that a benchmark is measured."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Run the benchmarks named, or all.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all if none is given")
    parser.add_argument("--except", dest="left_out", action="append", default=[], metavar="NAME", help="leave one out")
    asked = parser.parse_args()
    names = [name for name in asked.names or BENCHMARKS if name not in asked.left_out]
    if unknown := [name for name in asked.names + asked.left_out if name not in BENCHMARKS]:
        parser.error(f"unknown benchmark {unknown[0]}; known: {', '.join(BENCHMARKS)}")
    over: list[str] = []
    for name in names:
        benchmark = BENCHMARKS[name]
        module = importlib.import_module(f"tests.benchmarks.{benchmark.module}")
        measure: Callable[[], Iterator[Figure]] = getattr(module, name)
        left = _over(measure, benchmark.budget)
        for _ in range(MOST - 1):
            left &= _over(measure, benchmark.budget) if left else left
        over += sorted(left)
    if over:
        print(f"over budget: {', '.join(over)}", file=sys.stderr)
    return 1 if over else 0


def _over(measure: Callable[[], Iterator[Figure]], budget: float) -> set[str]:
    """Measure and print once; the names of the figures over their budget.

    What earlier ones left is taken out of the search for garbage, or the next one would pay for its size.
    """
    gc.collect()
    gc.freeze()
    over = set()
    for figure in measure():
        print(json.dumps(figure.row(budget)), flush=True)
        if figure.ratio > budget:
            over.add(figure.name)
    return over


if __name__ == "__main__":
    sys.exit(main())
