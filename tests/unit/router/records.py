"""The event record of a world, and copies of it through its saved form."""

import msgspec

from emulator.kernel.events import Event
from emulator.world.build import open_world
from emulator.world.directory import encode
from emulator.world.state import WorldState
from emulator.world.world import World


def recorded(world: World) -> list[Event]:
    """Everything that happens from now on, in order."""
    events: list[Event] = []
    world.listeners.append(events.append)
    return events


def saved(world: World) -> bytes:
    """The world as it would be written to disk."""
    world.state.now = world.now
    return encode(world.state)


def restored(data: bytes) -> World:
    return open_world(msgspec.json.decode(data, type=WorldState))
