"""License types: all that they differ in is one table, so a new type is a row, its wording and its tests.

Sources: B.1 of the behavior notes; display words: C for Permanent, Evaluation, EvalRightToUse; I for the others.
"""

from enum import StrEnum

from emulator.licensing.expiry import (
    LicenseExpired,
    LicenseExpiring,
    RightToUseAhead,
    RightToUseBegan,
    SubscriptionEnded,
    SubscriptionEnding,
)
from emulator.licensing.schedule import METERED, SUBSCRIBED, TRANSITION
from emulator.licensing.type_rule import Ending, TypeRule, checked


class LicenseType(StrEnum):
    PERMANENT = "permanent"
    EXTENSION = "extension"
    GRACE_PERIOD = "grace period"
    EVALUATION = "evaluation"
    EVAL_RIGHT_TO_USE = "evaluation, then right to use"
    SUBSCRIPTION = "subscription"


RIGHT_TO_USE = "RightToUse"
"""Display word of an EvalRightToUse license whose period is over."""

RIGHT_TO_USE_MIB_TYPE = 9
"""Number of such a license in CISCO-LICENSE-MGMT-MIB."""

USED_UP = Ending("use", METERED, warned=LicenseExpiring, ended=LicenseExpired)
BECOMES_A_RIGHT = Ending("use", TRANSITION, warned=RightToUseAhead, ended=RightToUseBegan, stops=False)
ON_A_DATE = Ending("calendar", SUBSCRIBED, warned=SubscriptionEnding, ended=SubscriptionEnded)

TYPES = checked(
    "emulator/licensing/types.py",
    LicenseType,
    {
        LicenseType.PERMANENT: TypeRule(
            "Permanent", ("permanent",), 0, "never", automatic=True, ending=None, code="NORMAL", mib_type=4,
            movable=True,
        ),
        LicenseType.SUBSCRIPTION: TypeRule(
            "Subscription", ("subscription",), 1, "never", automatic=True, ending=ON_A_DATE, code="SUBSCR", mib_type=5,
            movable=True,
        ),
        LicenseType.EXTENSION: TypeRule(
            "Extension", ("extension",), 2, "installation", automatic=True, ending=USED_UP, code="EXT", mib_type=2
        ),
        LicenseType.GRACE_PERIOD: TypeRule(
            "Grace Period", ("grace-period",), 3, "installation", automatic=True, ending=USED_UP, code="GRACE",
            mib_type=3,
        ),
        LicenseType.EVALUATION: TypeRule(
            "Evaluation", ("evaluation",), 4, "first use", automatic=False, ending=USED_UP, code="EVAL", mib_type=1
        ),
        LicenseType.EVAL_RIGHT_TO_USE: TypeRule(
            "EvalRightToUse", ("right-to-use", "evaluation"), 4, "first use", automatic=False, ending=BECOMES_A_RIGHT,
            code=None, mib_type=8,
        ),
    },
    taken={RIGHT_TO_USE: RIGHT_TO_USE_MIB_TYPE},
)  # fmt: skip
