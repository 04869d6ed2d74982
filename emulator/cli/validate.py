"""`isrtwin validate`: say whether scenario files are right, and everything that is wrong with them."""

import sys
from argparse import Namespace

from emulator.kernel.errors import EmulatorError
from emulator.scenarios.loader import Mistakes, find_scenario, load


def run(options: Namespace) -> int:
    """Check each file; all complaints are told before leaving."""
    status = 0
    for name in options.files:
        try:
            scenario = load(name, find_scenario(name))
        except EmulatorError as error:
            for each in error.found if isinstance(error, Mistakes) else (error,):
                print(f"isrtwin: {each}", file=sys.stderr)
            status = 2
        else:
            many = f", {len(scenario.variants)} variants" if len(scenario.variants) > 1 else ""
            print(f"{name}: ok, {len(scenario.places)} steps{many}")
    return status
