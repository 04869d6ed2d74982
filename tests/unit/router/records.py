"""The event record of a world, and copies of it through its saved form."""

from typing import Any

import msgspec

from emulator.backend.store.database import Database
from emulator.kernel.events import Event
from emulator.world.build import open_world
from emulator.world.directory import WorldDirectory
from emulator.world.state import WorldState
from emulator.world.world import World
from tests.backend_records import records_of


def recorded(world: World) -> list[Event]:
    """Everything that happens from now on, in order."""
    events: list[Event] = []
    world.listeners.append(events.append)
    return events


class Saved(msgspec.Struct):
    """A world's file and the records of its back end."""

    world: WorldState
    backend: dict[str, list[dict[str, Any]]]


def saved(world: World) -> bytes:
    """The world as it would be written to disk, the records of its back end included."""
    world.state.now = world.now
    return msgspec.json.encode(Saved(world.state, records_of(world).plain), order="deterministic")


def keep(world: World, directory: WorldDirectory) -> None:
    """Write a world whose back end is in memory into a directory."""
    database = Database(directory.database)
    database.claim(world.state.identity, new=True)
    database.load(world.backend.database.dump())
    database.close()
    world.state.now = world.now
    directory.keep_secret(world.secret)
    directory.save(world.state)


def restored(data: bytes) -> World:
    copy = msgspec.json.decode(data, type=Saved)
    return open_world(copy.world, records=copy.backend)
