"""The states of a license, as tables (B.2 of the behavior notes).

Which state a license is in follows from a few facts (`STATE_OF`); what can lead from one to another is
`TRANSITIONS`, from which the diagram in the documents is drawn. C: the states, after clmgmtLicenseStatus, and the
words for permanent and never-used licenses; I: the words for expired ones, and that a license for a feature that the
running image does not have is `Inactive`.
"""

from enum import StrEnum


class LicenseState(StrEnum):
    """The state of a license; the value is the text that `show license` prints."""

    IN_USE = "Active, In Use"
    NOT_IN_USE = "Active, Not in Use"
    EULA_PENDING = "Active, Not in Use, EULA not accepted"
    EULA_ACCEPTED = "Active, Not in Use, EULA accepted"
    EXPIRED_IN_USE = "Expired, In Use"
    EXPIRED_NOT_IN_USE = "Expired, Not in Use"
    INACTIVE = "Inactive"


class Cause(StrEnum):
    """The cause of a change of state."""

    EULA = "EULA accepted"
    BOOT_USES = "boot uses it"
    BOOT_LEAVES = "boot does not use it"
    RUNS_OUT = "runs out"
    OTHER_PERMANENT = "permanent license of its feature installed"
    PERMANENT_GONE = "permanent license of its feature gone"
    RENEWED = "subscription of its feature that ends later installed"
    TAKES_OVER = "its feature goes on with another license, one being revoked or used up, or a better one installed"
    PRIORITY = "priority of its feature modified"
    USE_TAKEN = "a use of its counted feature taken"
    USE_GIVEN = "the last use of its counted feature given back"
    CALENDAR = "calendar set, or lost at a boot"


STATE_OF = {
    # (metered, in use, over, agreement accepted)
    (False, True, False, True): LicenseState.IN_USE,
    (False, False, False, True): LicenseState.NOT_IN_USE,
    (False, True, True, True): LicenseState.EXPIRED_IN_USE,
    (False, False, True, True): LicenseState.EXPIRED_NOT_IN_USE,
    (True, True, False, True): LicenseState.IN_USE,
    (True, True, True, True): LicenseState.EXPIRED_IN_USE,
    (True, False, True, True): LicenseState.EXPIRED_NOT_IN_USE,
    (True, False, True, False): LicenseState.EXPIRED_NOT_IN_USE,
    (True, False, False, True): LicenseState.EULA_ACCEPTED,
    (True, False, False, False): LicenseState.EULA_PENDING,
}

S, C = LicenseState, Cause

_SHADOW_GONE = (S.EULA_ACCEPTED, S.EULA_PENDING, S.EXPIRED_NOT_IN_USE)
_UNUSED = (S.NOT_IN_USE, S.EULA_ACCEPTED, S.INACTIVE)

TRANSITIONS: dict[LicenseState, dict[Cause, tuple[LicenseState, ...]]] = {
    S.EULA_PENDING: {C.EULA: (S.EULA_ACCEPTED,), C.OTHER_PERMANENT: (S.INACTIVE,), C.PRIORITY: (S.INACTIVE,)},
    S.EULA_ACCEPTED: {
        C.BOOT_USES: (S.IN_USE,),
        C.TAKES_OVER: (S.IN_USE,),
        C.USE_TAKEN: (S.IN_USE,),
        C.OTHER_PERMANENT: (S.INACTIVE,),
        C.PRIORITY: (S.INACTIVE,),
    },
    S.NOT_IN_USE: {
        C.BOOT_USES: (S.IN_USE,),
        C.TAKES_OVER: (S.IN_USE,),
        C.USE_TAKEN: (S.IN_USE,),
        C.RUNS_OUT: (S.EXPIRED_NOT_IN_USE,),
        C.CALENDAR: (S.EXPIRED_NOT_IN_USE,),
    },
    S.IN_USE: {
        C.BOOT_LEAVES: _UNUSED,
        C.USE_GIVEN: _UNUSED,
        C.RUNS_OUT: (S.EXPIRED_IN_USE,),
        C.CALENDAR: (S.EXPIRED_IN_USE,),
        C.TAKES_OVER: (S.EXPIRED_NOT_IN_USE, *_UNUSED),
        C.OTHER_PERMANENT: (S.IN_USE,),
        C.RENEWED: (S.NOT_IN_USE,),
    },
    S.EXPIRED_IN_USE: {
        C.BOOT_LEAVES: (S.EXPIRED_NOT_IN_USE, S.INACTIVE),
        C.TAKES_OVER: (S.EXPIRED_NOT_IN_USE, S.INACTIVE),
        C.CALENDAR: (S.IN_USE,),
        C.RENEWED: (S.EXPIRED_NOT_IN_USE,),
    },
    S.EXPIRED_NOT_IN_USE: {
        C.OTHER_PERMANENT: (S.INACTIVE,),
        C.PRIORITY: (S.INACTIVE,),
        C.CALENDAR: (S.NOT_IN_USE,),
        C.TAKES_OVER: (S.EXPIRED_IN_USE,),
    },
    S.INACTIVE: {
        C.PERMANENT_GONE: _SHADOW_GONE,
        C.PRIORITY: _SHADOW_GONE,
        C.TAKES_OVER: (S.IN_USE,),
        C.USE_TAKEN: (S.IN_USE,),
    },
}
"""Successors of each state by cause. Where one cause leads to several states, the license decides: one that no longer
stands behind a permanent one is shown by its agreement and by what is left of it, and one that is no longer used
likewise (`Not in Use` without a meter, `Inactive` behind a permanent one). IN_USE stays through the installation of a
permanent license until the next boot; of a counted feature, whose uses its licenses share in order of preference, the
better one takes them at once. Of two causes in one instant (an agreement, and a level that goes on with that
license), each takes its own step. The table is that of one image: where another boots that has the feature or lacks
it, the licenses for it come out of `Inactive` or go into it.
"""
