"""Which license a feature uses, and which level the image brings up at its next boot.

C (CISCO-IMAGE-LICENSE-MGMT-MIB): at boot the device finds the highest level that it has a license for; a configured
level overrides that, but needs a license too. C (CISCO-LICENSE-MGMT-MIB): an evaluation is used only when the feature
has no other license, and no metered license before its EULA is accepted. I: the order extension before grace period,
and that an evaluation never wins without a boot line. B.3 of the behaviour notes.
"""

from collections.abc import Mapping, Sequence

import msgspec

from emulator.kernel.time import Duration
from emulator.licensing.lines import LicenseLine
from emulator.licensing.store import HistoryKind, Licenses, StoredLicense

Usage = Mapping[str, Duration]
"""Milliseconds used by license id, now: what is saved and what the running clocks have added since."""


class BootLevel(msgspec.Struct, frozen=True):
    """What a boot would start: a level, and the license that allows it (None: the base level runs without)."""

    level: str
    license: StoredLicense | None


def is_expired(line: LicenseLine, usage: Usage) -> bool:
    """Whether a metered license has used up its period."""
    return line.period is not None and usage.get(line.id, 0) >= line.period


def is_usable(stored: StoredLicense, licenses: Licenses, usage: Usage) -> bool:
    """Whether a feature may start to use this license."""
    line = stored.line
    if not line.rule.metered:
        return True
    return licenses.ever(HistoryKind.EULA_ACCEPTED, line.id) and not is_expired(line, usage)


def effective(
    feature: str, licenses: Licenses, built_in: Sequence[LicenseLine], usage: Usage, *, automatic: bool = False
) -> StoredLicense | None:
    """The license that the feature would start to use, or None.

    `automatic` leaves out the types that need an explicit boot line.
    """
    usable = [
        stored
        for stored in licenses.all(built_in)
        if stored.line.feature == feature
        and is_usable(stored, licenses, usage)
        and (stored.line.rule.automatic or not automatic)
    ]
    return min(usable, key=lambda stored: (stored.line.rule.rank, stored.index), default=None)


def next_boot_level(
    levels: Sequence[str],
    configured: str | None,
    licenses: Licenses,
    built_in: Sequence[LicenseLine],
    usage: Usage,
) -> BootLevel:
    """The level of the next boot; `levels` ascend from the base level, which needs no license to run."""
    if configured is not None and configured in levels:
        stored = effective(configured, licenses, built_in, usage)
        if stored or configured == levels[0]:
            return BootLevel(configured, stored)
    for level in reversed(levels):
        if stored := effective(level, licenses, built_in, usage, automatic=True):
            return BootLevel(level, stored)
    return BootLevel(levels[0], None)
