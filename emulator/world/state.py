"""A whole world as plain data, its back end aside: what is written to disk, and what a world is restored from.

The back end's records, letters included, are in a database of their own. The format has a number. A newer one is
refused, an older one is brought up by numbered steps in `upgrades.py`.
"""

from datetime import timedelta

import msgspec

from emulator.hardware.board import BoardPhase
from emulator.hardware.stages import boot_stages
from emulator.images.manifest import ImageManifest
from emulator.kernel.time import Instant
from emulator.router.state import RouterState
from emulator.storage.filesystem import CLUSTER, FileSystem
from emulator.world.recipe import LAST_MOMENT, parse_start

FORMAT = 3

STICK_CAPACITY = 512_000_000
SERVER_CAPACITY = 8_000_000_000


class WorldState(msgspec.Struct):
    """The whole state of a world between two inputs.

    Attributes:
        start: the calendar at instant 0, ISO 8601.
        seed: the public seed, from which serial numbers, addresses and faults follow.
        identity: names the world to a database, so that no other one uses it.
        secret_mark: the mark of the secret that its keys follow from; the secret has a file of its own.
        stick: the lab's USB stick while it is not plugged in.
        server: the directory of the lab's TFTP server.
        shelf: devices that were taken out of the rack, by UDI; what they have used stays used.
        database: the URL of the server that has the records of the back end; None: they are in a file beside.
        stretch, inputs: its place in its history: the stretch, and the number of its inputs that took effect.
        addresses: the number of the loopback address at which a device is served, by UDI; given once.
        down: servers of the lab that do not answer.
        portal_opens: when the portal opens again, as it is used from the bench.
        images: images of this world alone, by file name: captures of real routers told of them.
    """

    name: str
    start: str
    seed: int
    identity: str
    secret_mark: str
    now: Instant = 0
    routers: dict[str, RouterState] = {}
    shelf: dict[str, RouterState] = {}
    images: dict[str, ImageManifest] = {}
    database: str | None = None
    stretch: int = 0
    inputs: int = 0
    addresses: dict[str, int] = {}
    down: list[str] = []
    portal_opens: Instant = 0
    stick: FileSystem | None = msgspec.field(default_factory=lambda: FileSystem(STICK_CAPACITY, cluster=CLUSTER))
    server: FileSystem = msgspec.field(default_factory=lambda: FileSystem(SERVER_CAPACITY))


def inconsistency(state: WorldState) -> str | None:
    """Describe the inconsistency of a state whose types are right, as in an edited file; None without one."""
    try:
        start = parse_start(state.start)
    except ValueError as error:
        return str(error)
    if not 0 <= state.now <= (LAST_MOMENT - start) // timedelta(milliseconds=1):
        return "its time is outside the calendar"
    for name, router in state.routers.items():
        board = router.board
        if router.name != name:
            return f"the router {name} calls itself {router.name}"
        if (board.phase is BoardPhase.RUNNING) and router.running is None:
            return f"the router {name} runs without a memory"
        if not 0 <= board.stage <= len(boot_stages()):
            return f"the router {name} is in a boot stage that there is not"
    return None
