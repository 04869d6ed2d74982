"""Licenses that run out: evaluations, extensions and grace periods, by what is left of their use when last seen.

C: `show license detail` tells the period left; the clocks of these licenses count use, not the calendar. So what is
told is what was left when the device was read, and whether it was in use then.
"""

import re

import msgspec

from emulator.kernel.time import DAY, HOUR, MINUTE, SECOND, WEEK, Duration
from emulator.licensing.udi import Udi
from emulator.manager.context import ManagerContext
from emulator.manager.entities import InstalledLicense
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter

_PART = re.compile(r"(\d{1,6}) +(week|day|hour|minute|second)s?\b")
_UNITS = {"week": WEEK, "day": DAY, "hour": HOUR, "minute": MINUTE, "second": SECOND}


class ExpiringLicense(msgspec.Struct, frozen=True):
    """License that runs out: `left` is what was left of its use at the instant `seen`, in milliseconds."""

    udi: Udi
    feature: str
    type: str
    state: str
    in_use: bool
    left: Duration
    seen: int


def expiring(context: ManagerContext, chosen: DeviceFilter, within: Duration) -> list[ExpiringLicense]:
    """List licenses with at most so much left, those in use first, then by what is left.

    Raises:
        NotAllowed: the user may not read devices.
    """
    context.require(ManagerAction.READ_DEVICES)
    found = []
    with context.database.reading() as records:
        for device in records.devices.choose(chosen):
            if device.reading is None or device.seen is None:
                continue
            for each in device.reading.licenses:
                left = period_left(each.left)
                if left is not None and left <= within:
                    in_use = is_in_use(each)
                    found.append(
                        ExpiringLicense(device.udi, each.feature, each.type, each.state, in_use, left, device.seen)
                    )
    return sorted(found, key=lambda each: (not each.in_use, each.left, each.udi, each.feature))


def is_in_use(license_: InstalledLicense) -> bool:
    """Tell whether a license was in use when its device was read."""
    return "Not in Use" not in license_.state and "In Use" in license_.state


def period_left(text: str) -> Duration | None:
    """Read `8 weeks 4 days` in milliseconds; None for a license that does not run out."""
    parts = _PART.findall(text)
    return sum(int(count) * _UNITS[unit] for count, unit in parts) if parts else None
