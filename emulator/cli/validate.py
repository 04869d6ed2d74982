"""`isrtwin validate`: say whether scenario files are right, and where they are not."""

import sys
from argparse import Namespace

from emulator.kernel.errors import DataFileError, UnknownName
from emulator.scenarios.loader import find_scenario, load_scenario


def run(options: Namespace) -> int:
    """Check each file; all complaints are told before leaving."""
    status = 0
    for name in options.files:
        try:
            scenario = load_scenario(find_scenario(name))
        except (DataFileError, UnknownName) as error:
            print(f"isrtwin: {error}", file=sys.stderr)
            status = 2
        else:
            print(f"{name}: ok, {len(scenario.steps)} steps")
    return status
