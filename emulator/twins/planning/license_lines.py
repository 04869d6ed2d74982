"""The licenses of a twin as plain values, and the words and forms in which they were captured."""

import msgspec

from emulator.captures.reading.commands import Kind
from emulator.kernel.time import Duration
from emulator.licensing.types import RIGHT_TO_USE, TYPES, LicenseType

TITLES = {rule.title: kind for kind, rule in TYPES.items()} | {RIGHT_TO_USE: LicenseType.EVAL_RIGHT_TO_USE}
BUILT_IN_TYPES = tuple(kind for kind, rule in TYPES.items() if rule.eula == "first use")
"""Types of the licenses that an image brings along, whose agreement is asked for at the first use."""

OLD_STORE = "Evaluation License Storage"
WHOLE = (Kind.LICENSE_DETAIL, Kind.LICENSE_ALL, Kind.LICENSE)
"""The forms that list every license."""

FORMS = (*WHOLE, Kind.LICENSE_PERMANENT, Kind.LICENSE_IN_USE, Kind.LICENSE_EVALUATION, Kind.LICENSE_EXPIRING)
"""Forms of `show license`, the fullest first."""

EVALUATION_DAYS = 60
"""Days of every evaluation that an image brings along (C: the FAQ)."""

UNKNOWN_COUNT = 10
"""Count of a counted evaluation, where no screen tells it (I)."""


class PlannedLicense(msgspec.Struct, frozen=True):
    """One license of the twin, built in or installed."""

    feature: str
    type: LicenseType
    built_in: bool
    in_use: bool
    accepted: bool
    high: bool = False
    period: Duration | None = None
    used: Duration = 0
    count: int | None = None
    seats: int = 0
    ends: str | None = None
    left: Duration | None = None
    exclusive: bool = True
    index: int | None = None
    version: str = "1.0"
