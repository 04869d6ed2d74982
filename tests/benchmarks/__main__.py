"""Run the benchmarks named, or all."""

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Iterator

from tests.benchmarks.figure import Figure
from tests.benchmarks.table import BENCHMARKS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all if none is given")
    parser.add_argument("--except", dest="left_out", action="append", default=[], metavar="NAME", help="leave one out")
    asked = parser.parse_args()
    names = [name for name in asked.names or BENCHMARKS if name not in asked.left_out]
    if unknown := [name for name in asked.names + asked.left_out if name not in BENCHMARKS]:
        parser.error(f"unknown benchmark {unknown[0]}; known: {', '.join(BENCHMARKS)}")
    kept = True
    for name in names:
        benchmark = BENCHMARKS[name]
        module = importlib.import_module(f"tests.benchmarks.{benchmark.module}")
        measure: Callable[[], Iterator[Figure]] = getattr(module, name)
        for figure in measure():
            print(json.dumps(figure.row(benchmark.budget)), flush=True)
            kept = kept and figure.ratio <= benchmark.budget
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
