"""License lines: the atom of licensing, one feature, one type, one device (C: CISCO-LICENSE-MGMT-MIB)."""

import msgspec

from emulator.kernel.time import Duration
from emulator.licensing.type_rule import TypeRule
from emulator.licensing.types import TYPES, LicenseType
from emulator.licensing.udi import Udi


class LicenseLine(msgspec.Struct, frozen=True):
    """A license for one feature.

    Attributes:
        id: the issuer's own number for this line; never issued twice.
        udi: the device that it is locked to, or None for one built into an image.
        period: milliseconds of use, for a type metered by use; None for the others.
        exclusive: replaces other lines of the feature rather than adding to them.
        count: how many uses at one time it allows; None for one that is not counted.
        ends: the date on which a subscription ends, in milliseconds since 1970.
    """

    id: str
    feature: str
    type: LicenseType
    udi: Udi | None
    period: Duration | None = None
    exclusive: bool = True
    version: str = "1.0"
    count: int | None = None
    ends: int | None = None

    @property
    def rule(self) -> TypeRule:
        return TYPES[self.type]

    @property
    def lasts(self) -> bool:
        """Tell whether it has no end, by use or by date."""
        return self.period is None and self.ends is None


def built_in_evaluation(
    feature: str, period: Duration, *, right_to_use: bool = False, count: int | None = None
) -> LicenseLine:
    """Build the evaluation (emergency) license that a universal image carries: not node locked, additive."""
    kind = LicenseType.EVAL_RIGHT_TO_USE if right_to_use else LicenseType.EVALUATION
    return LicenseLine(f"built-in/{feature}", feature, kind, None, period, exclusive=False, count=count)
