"""Forks of a world in memory: what would be, without touching what is.

A fork is the state of the world read anew, over a copy of its back end's records where those are asked for. Open lines
are dropped, as by every saving, unless the sessions at the consoles are carried over.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from emulator.console.line.open_session import OpenSession, open_session, resume
from emulator.hardware.board import BoardPhase
from emulator.router.device import Router
from emulator.world.build import open_world
from emulator.world.saved_file import encode
from emulator.world.state import WorldState
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.backend.store.plain import Plain


def copied_state(world: World) -> WorldState:
    """Copy the state of a world."""
    return msgspec.json.decode(encode(replace(world.state, now=world.now)), type=WorldState)


def fork(world: World, records: "Plain | None" = None) -> World:
    """Fork a whole world, its back end included.

    Args:
        records: those of its back end, where they are at hand; left out, they are read.
    """
    return open_world(copied_state(world), secret=world.secret, records=records or world.backend.database.dump())


def sessions(world: World) -> dict[str, OpenSession]:
    """Copy the sessions at the consoles of a world that wait for what a person types, by router."""
    found = ((name, open_session(line)) for name, line in world.consoles())
    return {name: session for name, session in found if session is not None}


def resume_sessions(world: World, carried: Mapping[str, OpenSession]) -> None:
    """Go on with sessions at the consoles of a copy of the world in which they were open."""
    for name, session in carried.items():
        resume(world.lines_of(name).console, session)


def fork_routers(world: World, names: Iterable[str]) -> World:
    """Some routers of a world once more, with an empty back end."""
    state = replace(world.state, now=world.now, routers={name: world.router(name).state for name in names}, shelf={})
    return open_world(msgspec.json.decode(msgspec.json.encode(state), type=WorldState), secret=world.secret)


def fork_alone(world: World, name: str) -> World:
    """Fork one router into a world of its own with an empty back end; the others are not copied."""
    alone = replace(world.state, now=world.now, routers={name: world.router(name).state}, shelf={})
    return open_world(msgspec.json.decode(encode(alone), type=WorldState), secret=world.secret)


def fork_router(world: World, name: str) -> Router:
    """Fork one router and return its copy, as `fork_alone` makes it."""
    return fork_alone(world, name).router(name)


def power_cycle(router: Router) -> None:
    """Cut the power and restore it, and wait until the boot comes to its end."""
    router.power_off()
    router.power_on()
    await_boot(router)


def reload(router: Router) -> None:
    """Restart IOS without saving, and wait until the boot comes to its end."""
    router.reload()
    await_boot(router)


def await_boot(router: Router) -> None:
    """Let time pass until a boot that is under way comes to its end."""
    router.context.clock.settle()
    router.context.clock.run_while(lambda: router.state.board.phase is BoardPhase.BOOTING)
