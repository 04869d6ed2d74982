"""What a router has around it: one value that all routers of a world share, wired in `world/build.py`."""

from collections.abc import Callable

import msgspec

from emulator.images.manifest import ImageCatalogue
from emulator.kernel.events import Event
from emulator.keys.sealing import SealingKey
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.udi import Udi
from emulator.router.ports import CallHome, ConfigurationReader, FileServer
from emulator.sim.clock import SimClock
from emulator.sim.timekeeper import Timekeeper


class RouterContext(msgspec.Struct, frozen=True):
    """The shared parts.

    Attributes:
        license_verifier: gives what checks the portal's signatures; looked up when it is first needed.
        device_key: gives the key that a device was made with, to sign.
        sealing_key: gives the one that opens what is sealed for it.
        seed: the world's.
    """

    images: ImageCatalogue
    clock: SimClock
    timekeeper: Timekeeper
    publish: Callable[[Event], None]
    reader: ConfigurationReader
    server: FileServer
    call_home: CallHome
    license_verifier: Callable[[], Verifier]
    device_key: Callable[[Udi], SigningKey]
    sealing_key: Callable[[Udi], SealingKey]
    seed: int
