"""License types and license lines.

A line is the atom of licensing: one feature, one type, one device (C: CISCO-LICENSE-MGMT-MIB). All that the types
differ in is one table, so a new type is a row, its wording and its tests. Sources: B.1 of the behaviour notes; display
words: C for Permanent, Evaluation, EvalRightToUse; I for the others. R: what is metered by use stays on its device.
"""

from enum import StrEnum
from typing import Literal

import msgspec

from emulator.kernel.time import Duration
from emulator.licensing.expiry import (
    EndEvent,
    LicenseExpired,
    LicenseExpiring,
    RightToUseAhead,
    RightToUseBegan,
    SubscriptionEnded,
    SubscriptionEnding,
    WarningEvent,
)
from emulator.licensing.schedule import METERED, SUBSCRIBED, TRANSITION, Schedule
from emulator.licensing.udi import Udi


class LicenseType(StrEnum):
    PERMANENT = "permanent"
    EXTENSION = "extension"
    GRACE_PERIOD = "grace period"
    EVALUATION = "evaluation"
    EVAL_RIGHT_TO_USE = "evaluation, then right to use"
    SUBSCRIPTION = "subscription"


Meter = Literal["none", "use", "calendar"]
"""Cause of a license's end: none, time of use on the system clock, or a date."""


class TypeRule(msgspec.Struct, frozen=True):
    """The rules that follow from a license's type.

    Attributes:
        title: the word that `show license` and `show version` print.
        rank: the lower wins when a feature has several usable licenses (B.3).
        meter: the cause of its end.
        eula: when its agreement is asked for: never, at installation, or before its first use.
        automatic: may win the choice of the boot level without a `license boot module` line (B.3).
        schedule: when it warns of its end; None for one that never runs out.
        code: the class word of its line in a license file; None for one that is only ever built into an image.
        movable: may leave its device in a rehost or RMA, once it was bought.
        stops: ends when it has run out; one that does not goes over into a right to use.
        warned, ended: the events of its warnings and of its end.
    """

    title: str
    rank: int
    meter: Meter
    eula: Literal["never", "installation", "first use"]
    automatic: bool
    schedule: Schedule | None
    code: str | None
    movable: bool = False
    stops: bool = True
    warned: type[WarningEvent] = LicenseExpiring
    ended: type[EndEvent] = LicenseExpired

    @property
    def metered(self) -> bool:
        """Tell whether the license counts time of use."""
        return self.meter == "use"


TYPES = {
    LicenseType.PERMANENT: TypeRule(
        "Permanent", 0, "none", "never", automatic=True, schedule=None, code="NORMAL", movable=True
    ),
    LicenseType.SUBSCRIPTION: TypeRule(
        "Subscription", 1, "calendar", "never", automatic=True, schedule=SUBSCRIBED, code="SUBSCR", movable=True,
        warned=SubscriptionEnding, ended=SubscriptionEnded,
    ),
    LicenseType.EXTENSION: TypeRule(
        "Extension", 2, "use", "installation", automatic=True, schedule=METERED, code="EXT"
    ),
    LicenseType.GRACE_PERIOD: TypeRule(
        "Grace Period", 3, "use", "installation", automatic=True, schedule=METERED, code="GRACE"
    ),
    LicenseType.EVALUATION: TypeRule(
        "Evaluation", 4, "use", "first use", automatic=False, schedule=METERED, code="EVAL"
    ),
    LicenseType.EVAL_RIGHT_TO_USE: TypeRule(
        "EvalRightToUse", 4, "use", "first use", automatic=False, schedule=TRANSITION, code=None, stops=False,
        warned=RightToUseAhead, ended=RightToUseBegan,
    ),
}  # fmt: skip

RIGHT_TO_USE = "RightToUse"
"""Display word of an EvalRightToUse license whose period is over."""


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


def built_in_evaluation(
    feature: str, period: Duration, *, right_to_use: bool = False, count: int | None = None
) -> LicenseLine:
    """Build the evaluation (emergency) license that a universal image carries: not node locked, additive."""
    kind = LicenseType.EVAL_RIGHT_TO_USE if right_to_use else LicenseType.EVALUATION
    return LicenseLine(f"built-in/{feature}", feature, kind, None, period, exclusive=False, count=count)
