"""`isrtwin validate`: say whether scenario and world files are right, and everything that is wrong with them."""

import re
import sys
from argparse import Namespace
from pathlib import Path

from emulator.kernel.errors import EmulatorError
from emulator.runtime.world_file import read_world
from emulator.scenarios.loader import Mistakes, find_scenario, load

WORLD = re.compile(r"^routers:", re.MULTILINE)
SCENARIO = re.compile(r"^(title|teaches|steps):", re.MULTILINE)
"""Keys that tell a world from a scenario, which has routers as well."""


def run(options: Namespace) -> int:
    """Check each file; all complaints are told before leaving."""
    status = 0
    for name in options.files:
        try:
            print(f"{name}: ok, {_checked(name)}")
        except EmulatorError as error:
            for each in error.found if isinstance(error, Mistakes) else (error,):
                print(f"isrtwin: {each}", file=sys.stderr)
            status = 2
    return status


def _checked(name: str) -> str:
    """How much is in a file that is right.

    Raises:
        EmulatorError: it is wrong, or there is no such scenario.
    """
    if _is_world(Path(name)):
        return f"{len(read_world(Path(name)).routers)} routers"
    scenario = load(name, find_scenario(name))
    many = f", {len(scenario.variants)} variants" if len(scenario.variants) > 1 else ""
    return f"{len(scenario.places)} steps{many}"


def _is_world(file: Path) -> bool:
    if not file.is_file():
        return False
    text = file.read_text(encoding="utf-8", errors="replace")
    return WORLD.search(text) is not None and SCENARIO.search(text) is None
