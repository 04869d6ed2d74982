"""A thousand routers that run, copied from one that was booted: booting each would take minutes."""

import msgspec

from emulator.licensing.udi import Udi
from emulator.world.state import WorldState
from emulator.world.world import World

ROUTERS = 1000


def running_fleet(booted: World) -> WorldState:
    """Return the state of a world with a thousand routers, each like R1 but for its identity; the world is closed."""
    state = booted.state
    state.now = booted.now
    image = msgspec.json.encode(state.routers["R1"])
    for place in range(1, ROUTERS):
        router = msgspec.json.decode(image, type=type(state.routers["R1"]))
        router.name, router.udi = f"R1x{place}", Udi("CISCO881-K9", f"FTX1405{place:04d}"[:11])
        state.routers[router.name] = router
    booted.close()
    return state
