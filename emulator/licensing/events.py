"""Events in the life of licenses. The messages that tell of it are in `router/messages.toml`."""

from emulator.kernel.events import Event
from emulator.licensing.expiry import LicenseEvent
from emulator.licensing.types import LicenseType


class StoredLicenseEvent(LicenseEvent, frozen=True, kw_only=True):
    """An event of a license in a store, with its store index and the store's name as the image gives it."""

    index: int
    store: str
    type: LicenseType = LicenseType.PERMANENT
    comment: str = ""


class LicenseInstalled(StoredLicenseEvent, frozen=True, kw_only=True):
    pass


class LicenseCleared(StoredLicenseEvent, frozen=True, kw_only=True):
    pass


class LicenseRevoked(StoredLicenseEvent, frozen=True, kw_only=True):
    pass


class EulaAccepted(StoredLicenseEvent, frozen=True, kw_only=True):
    pass


class NextLevelChosen(Event, frozen=True, kw_only=True):
    """The level of the next boot was computed, at a boot or after a change; `license` is None without a license."""

    module: str
    level: str
    license: str | None


class EulaRequired(Event, frozen=True, kw_only=True):
    """A level was configured whose license waits for its agreement."""

    level: str


class EulaAcceptedForAll(Event, frozen=True, kw_only=True):
    """The agreement was accepted for all software of the device."""


class PriorityChanged(LicenseEvent, frozen=True, kw_only=True):
    """`license modify priority` moved a feature's metered license."""

    priority: str


class LicenseRequestFailed(LicenseEvent, frozen=True, kw_only=True):
    """A feature asked for a license, or one more use of a counted one, and got none."""


class UsageNearLimit(LicenseEvent, frozen=True, kw_only=True):
    """A counted license is used to four fifths."""

    in_use: int
    count: int


class UsageAtLimit(LicenseEvent, frozen=True, kw_only=True):
    """A counted license is used to its limit."""

    in_use: int
    count: int


class StorageDamaged(Event, frozen=True, kw_only=True):
    """The license storage failed its check at boot; `problem` says which part, and what was done."""

    problem: str


class StorageLost(Event, frozen=True, kw_only=True):
    """Loss of the license storage: no good copy of it was left."""
