"""One RSA key pair of a router, as its state keeps it."""

from enum import StrEnum

import msgspec

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
        at: simulated time of its making; a part of the pair's identity, so no pause shifts it.
    """

    name: str
    use: KeyUse
    bits: int
    exportable: bool
    made: WallTime
    at: int
