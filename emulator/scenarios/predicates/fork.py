"""Forks of a world in memory: what would be, without touching what is.

A fork is the state of the world read anew, over a copy of its back end's records where those are asked for; open
lines are dropped, as by every saving.
"""

import msgspec
from msgspec.structs import replace

from emulator.hardware.board import BoardPhase
from emulator.router.device import Router
from emulator.world.build import open_world
from emulator.world.saved_file import encode
from emulator.world.state import WorldState
from emulator.world.world import World


def copied_state(world: World) -> WorldState:
    """The state of a world as data of its own."""
    return msgspec.json.decode(encode(replace(world.state, now=world.now)), type=WorldState)


def fork(world: World) -> World:
    """The whole world once more, its back end included."""
    return open_world(copied_state(world), secret=world.secret, records=world.backend.database.dump())


def fork_router(world: World, name: str) -> Router:
    """One router of a world once more, in a world of its own with an empty back end."""
    state = copied_state(world)
    state.routers = {name: state.routers[name]}
    return open_world(state, secret=world.secret).router(name)


def power_cycle(router: Router) -> None:
    """Cut the power and restore it, and wait until the boot comes to its end."""
    router.power_off()
    router.power_on()
    router.around.clock.settle()
    router.around.clock.run_while(lambda: router.state.board.phase is BoardPhase.BOOTING)
