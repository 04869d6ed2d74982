"""Entities of the exchange between two managers: the pair, and what a bundle carries.

C: two managers, one inside a closed network and one outside, with data copied between them. I: the form of a bundle.
Passwords, tokens and addresses of devices are in none.
"""

from enum import StrEnum

import msgspec

from emulator.licensing.udi import Udi
from emulator.manager.entities import DeviceReading


class ManagerPair(msgspec.Struct, frozen=True):
    """Another manager that bundles are exchanged with.

    Attributes:
        name: as it is called here.
        key: its public key, in hexadecimal digits.
        sent, sent_digest: number and digest of the last bundle written for it; 0 and empty before the first.
        acknowledged: number of the last one that it said it had read.
        received, received_digest: number and digest of the last bundle read of it.
        received_at: the instant at which that was read.
    """

    name: str
    key: str
    sent: int = 0
    sent_digest: str = ""
    acknowledged: int = 0
    received: int = 0
    received_digest: str = ""
    received_at: int | None = None


class BundledDevice(msgspec.Struct, frozen=True):
    """Device in a bundle, with its groups and its last known state; `replaced_by` has its licenses (RMA)."""

    udi: str
    groups: tuple[str, ...]
    seen: int | None
    reading: DeviceReading | None
    replaced_by: str = ""


class BundledLicense(msgspec.Struct, frozen=True):
    """License file in a bundle."""

    id: str
    udi: str
    pak: str
    feature: str
    file: str
    content: bytes
    obtained: int
    deployed: int | None


class BundleContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Content of a bundle.

    Attributes:
        receiver: the public key of the manager that it is for.
        number: 1 for the first bundle to that manager, and so on.
        before: digest of the bundle before it; empty for the first.
        read, read_digest: number and digest of the last bundle that the sender had read of the receiver.
    """

    receiver: str
    number: int
    before: str
    made: int
    read: int
    read_digest: str
    devices: tuple[BundledDevice, ...]
    licenses: tuple[BundledLicense, ...]


class BundleOutcome(StrEnum):
    """Outcome of reading a bundle."""

    READ = "read"
    REPEATED = "read before"


class ReadBundle(msgspec.Struct, frozen=True):
    """Changes that a bundle makes, or would make.

    Attributes:
        new: devices that were not known.
        updated: devices whose state in the bundle is later than the one that was known.
        licenses: licenses that were not known, by their ids.
        deployed: licenses that were known and are on their devices by now.
        restored: whether the records here are older than what the other manager has read of them.
    """

    pair: str
    number: int
    made: int
    outcome: BundleOutcome
    new: tuple[Udi, ...] = ()
    updated: tuple[Udi, ...] = ()
    licenses: tuple[str, ...] = ()
    deployed: tuple[str, ...] = ()
    restored: bool = False
