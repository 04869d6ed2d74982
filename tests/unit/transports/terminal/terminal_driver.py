"""A small program for tests in a real terminal: a fresh world at the pace given, saved nowhere."""

import sys
from contextlib import nullcontext

from emulator.bench.line import BenchLine
from emulator.transports.terminal import run_terminal
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe


def main() -> int:
    pace, start = sys.argv[1:3]
    world = new_world(WorldRecipe(routers={"R1": RouterRecipe(serial="FTX1405YDC7", powered=start == "R1")}))
    return run_terminal(
        world,
        lambda: BenchLine(world),
        None if start == "bench" else start,
        pace=pace,
        save=lambda: None,
        beside=lambda _live: nullcontext(),
        plain="plain" in sys.argv,
    )


if __name__ == "__main__":
    sys.exit(main())
