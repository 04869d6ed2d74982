"""What happens to licenses. The messages that tell of it are in `router/messages.toml`."""

from emulator.kernel.events import Event
from emulator.kernel.time import Duration
from emulator.licensing.store import StoreName


class LicenseEvent(Event, frozen=True, kw_only=True):
    """Something that happened to the license of a feature."""

    feature: str
    version: str


class StoredLicenseEvent(LicenseEvent, frozen=True, kw_only=True):
    """… to one that has a place in a store."""

    index: int
    store: StoreName


class LicenseInstalled(StoredLicenseEvent, frozen=True, kw_only=True):
    pass


class LicenseCleared(StoredLicenseEvent, frozen=True, kw_only=True):
    pass


class LicenseRevoked(StoredLicenseEvent, frozen=True, kw_only=True):
    pass


class EulaAccepted(StoredLicenseEvent, frozen=True, kw_only=True):
    pass


class LicenseExpiring(LicenseEvent, frozen=True, kw_only=True):
    """A warning ahead of expiry; `left` is the time of use that remains."""

    left: Duration


class LicenseExpired(LicenseEvent, frozen=True, kw_only=True):
    """The period is used up; told at once (`ago` 0) and every week after."""

    license_id: str
    ago: Duration


class NextLevelChosen(Event, frozen=True, kw_only=True):
    """The level of the next boot was computed, at a boot or after a change; `license` None: without a license."""

    module: str
    level: str
    license: str | None


class EulaRequired(Event, frozen=True, kw_only=True):
    """A level was configured whose license waits for its agreement."""

    level: str
