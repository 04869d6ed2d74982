"""License types and license lines.

A line is the atom of licensing: one feature, one type, one device (C: CISCO-LICENSE-MGMT-MIB). What the types differ
in is one table, so a new type is a row. Sources: B.1 of the behaviour notes; `Grace Period` as display word is I.
"""

from enum import StrEnum

import msgspec

from emulator.kernel.time import Duration
from emulator.licensing.udi import Udi


class LicenseType(StrEnum):
    PERMANENT = "permanent"
    EXTENSION = "extension"
    GRACE_PERIOD = "grace period"
    EVALUATION = "evaluation"


class TypeRule(msgspec.Struct, frozen=True):
    """What follows from a license's type."""

    title: str
    """The word that `show license` and `show version` print."""
    rank: int
    """The lower wins when a feature has several usable licenses (B.3)."""
    metered: bool
    """Counts time of use and asks for the end user license agreement before the first."""
    automatic: bool
    """May win the choice of the boot level without a `license boot module` line (B.3)."""


TYPES = {
    LicenseType.PERMANENT: TypeRule("Permanent", rank=0, metered=False, automatic=True),
    LicenseType.EXTENSION: TypeRule("Extension", rank=1, metered=True, automatic=True),
    LicenseType.GRACE_PERIOD: TypeRule("Grace Period", rank=2, metered=True, automatic=True),
    LicenseType.EVALUATION: TypeRule("Evaluation", rank=3, metered=True, automatic=False),
}


class LicenseLine(msgspec.Struct, frozen=True):
    """One license for one feature.

    Attributes:
        id: the issuer's own number for this line; never issued twice.
        udi: the device that it is locked to, or None for one built into an image.
        period: milliseconds of use, for a metered type; None for a permanent one.
        exclusive: replaces other lines of the feature rather than adding to them.
    """

    id: str
    feature: str
    type: LicenseType
    udi: Udi | None
    period: Duration | None = None
    exclusive: bool = True
    version: str = "1.0"

    @property
    def rule(self) -> TypeRule:
        return TYPES[self.type]


def built_in_evaluation(feature: str, period: Duration) -> LicenseLine:
    """The evaluation (emergency) license that a universal image carries: not node locked, additive."""
    return LicenseLine(f"built-in/{feature}", feature, LicenseType.EVALUATION, None, period, exclusive=False)
