"""The events of a license that runs out: warnings ahead of its end, and the end itself.

Which of them a license gives follows from its type (`types.TYPES`). C: the traps of CISCO-LICENSE-MGMT-MIB.
"""

from emulator.kernel.events import Event
from emulator.kernel.time import Duration


class LicenseEvent(Event, frozen=True, kw_only=True):
    """An event of a feature's license."""

    feature: str
    version: str


class WarningEvent(LicenseEvent, frozen=True, kw_only=True):
    """A warning ahead of the end; `left` is the time that remains, in milliseconds."""

    license_id: str
    left: Duration


class EndEvent(LicenseEvent, frozen=True, kw_only=True):
    """The end of a license: reported at once (`ago` 0), and again by the type's schedule."""

    license_id: str
    ago: Duration


class LicenseExpiring(WarningEvent, frozen=True, kw_only=True):
    pass


class LicenseExpired(EndEvent, frozen=True, kw_only=True):
    pass


class SubscriptionEnding(WarningEvent, frozen=True, kw_only=True):
    pass


class SubscriptionEnded(EndEvent, frozen=True, kw_only=True):
    pass


class RightToUseAhead(WarningEvent, frozen=True, kw_only=True):
    """An evaluation will soon go over into a right to use."""


class RightToUseBegan(EndEvent, frozen=True, kw_only=True):
    """An evaluation went over into a right to use."""
