"""What the back end tells of, beside mail: PAKs, what a device could give up, what it is entitled to."""

import msgspec

from emulator.backend.state import LicenseState
from emulator.licensing.lines import LicenseLine, LicenseType


class PakContent(msgspec.Struct, frozen=True):
    """One product behind a PAK.

    Attributes:
        count: uses at one time that each license of a counted feature allows; None for one that is not counted.
        ordered, available: devices that the PAK was bought for, and that are left.
        families: router families that its licenses may be issued for.
        registered: the device that asked has its license out of this PAK; it gets the same again, at no debit.
    """

    sku: str
    description: str
    feature: str
    type: LicenseType
    count: int | None
    ordered: int
    available: int
    families: tuple[str, ...]
    registered: bool


class Rehostable(msgspec.Struct, frozen=True):
    """One product that a device could give up; `licenses` says how many licenses of it the device has."""

    sku: str
    type: LicenseType
    features: tuple[str, ...]
    licenses: int


class Entitlement(msgspec.Struct, frozen=True):
    """A license that was issued to a device.

    Attributes:
        sku: what was bought; None for a factory, demo or extension license.
        state: whether it still stands or has moved on.
    """

    line: LicenseLine
    source: str
    created: str
    sku: str | None
    state: LicenseState
