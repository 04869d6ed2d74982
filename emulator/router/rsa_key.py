"""One RSA key pair of a router, as its state keeps it."""

from enum import StrEnum

import msgspec

from emulator.kernel.time import Instant
from emulator.router.clocks import WallTime


class KeyUse(StrEnum):
    """The use of a key pair, as `show crypto key mypubkey rsa` and the dialog write it."""

    GENERAL = "General Purpose"
    SIGNATURE = "Signature"
    ENCRYPTION = "Encryption"


class RsaKey(msgspec.Struct, frozen=True):
    """An RSA key pair; its modulus follows from the world's secret, the device and these facts.

    Attributes:
        made: the moment by the router's calendar.
        at: the instant in simulated time.
    """

    name: str
    use: KeyUse
    bits: int
    exportable: bool
    made: WallTime
    at: Instant
