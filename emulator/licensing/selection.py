"""Selection of the license that a feature uses, and of the level that the image brings up at its next boot.

C (CISCO-IMAGE-LICENSE-MGMT-MIB): at boot the device finds the highest level that it has a license for; a configured
level overrides that, but needs a license too (the base level needs none). C (CISCO-LICENSE-MGMT-MIB): an evaluation
is used only when the feature has no other license, and no metered license before its EULA is accepted. R: priority
High makes a metered license win over a permanent one. I: the order extension before grace period, and that an
evaluation never wins without a boot line; a feature uses the subscription that ends last, so that a renewal takes the
place of the one before. B.3 of the behavior notes.
"""

from collections.abc import Mapping, Sequence

import msgspec

from emulator.kernel.time import Duration
from emulator.licensing.lines import LicenseLine
from emulator.licensing.store import Licenses, StoredLicense


class Consumed(msgspec.Struct, frozen=True):
    """The use and the date against which licenses are measured, now.

    Attributes:
        used: milliseconds of use by license id: what is saved and what the running clocks have added since.
        today: the router's calendar in milliseconds since 1970; None while it was never set, and then no subscription
            is taken to be over.
    """

    used: Mapping[str, Duration] = {}
    today: int | None = None

    def left(self, line: LicenseLine) -> Duration | None:
        """Time left of a line: milliseconds, negative if it is over; None for one that does not run out."""
        if line.rule.meter == "use":
            return (line.period or 0) - self.used.get(line.id, 0)
        if line.rule.meter == "calendar" and line.ends is not None:
            return line.ends - self.today if self.today is not None else None
        return None

    def is_over(self, line: LicenseLine) -> bool:
        """Tell whether a line has run out and ended with that."""
        left = self.left(line)
        return left is not None and left <= 0 and line.rule.stops


UNLIMITED = 1_000_000
"""Number of uses that an uncounted license allows of a counted feature."""

NOTHING_CONSUMED = Consumed()


class BootLevel(msgspec.Struct, frozen=True):
    """The outcome of a boot: a level, and the license that allows it (None: the base level runs without)."""

    level: str
    license: StoredLicense | None


def usable(
    feature: str, licenses: Licenses, built_in: Sequence[LicenseLine], consumed: Consumed
) -> list[StoredLicense]:
    """List the licenses that the feature may use, the one that it would use first."""
    high = licenses.priorities.get(feature) == "high"

    def preference(stored: StoredLicense) -> tuple[bool, int, int]:
        rule = stored.line.rule
        return not (high and rule.metered), rule.rank, stored.index

    candidates = [
        stored
        for stored in licenses.all(built_in)
        if stored.line.feature == feature and licenses.accepted(stored.line) and not consumed.is_over(stored.line)
    ]
    return sorted(candidates, key=preference)


def effective(
    feature: str, licenses: Licenses, built_in: Sequence[LicenseLine], consumed: Consumed = NOTHING_CONSUMED
) -> StoredLicense | None:
    """Return the license that the feature would start to use, or None."""
    return next(iter(usable(feature, licenses, built_in, consumed)), None)


def subscription(feature: str, licenses: Licenses) -> StoredLicense | None:
    """Return the subscription that the feature uses: the one that ends last, over or not; None without one."""
    subscribed = [
        stored for stored in licenses.primary if stored.line.feature == feature and stored.line.ends is not None
    ]
    return max(subscribed, key=lambda stored: (stored.line.ends or 0, -stored.index), default=None)


def next_boot_level(
    levels: Sequence[str],
    configured: str | None,
    licenses: Licenses,
    built_in: Sequence[LicenseLine],
    consumed: Consumed = NOTHING_CONSUMED,
) -> BootLevel:
    """Compute the level of the next boot; `levels` ascend from the base level, which needs no license."""
    candidates = {level: usable(level, licenses, built_in, consumed) for level in levels}
    if configured in candidates and (candidates[configured] or configured == levels[0]):
        return BootLevel(configured, next(iter(candidates[configured]), None))
    for level in reversed(levels):
        if any(stored.line.rule.automatic for stored in candidates[level]):
            return BootLevel(level, candidates[level][0])
    return BootLevel(levels[0], None)


def cumulative_left(
    stored: StoredLicense, licenses: Licenses, built_in: Sequence[LicenseLine], consumed: Consumed
) -> Duration:
    """Time left of a metered license and of those that will follow it: the additive ones of its feature.

    C (CISCO-LICENSE-MGMT-MIB): the period remaining is cumulative over all the licenses used. An exclusive line stands
    alone, and nothing follows one that goes over into a right to use (I). What one was held beyond its end is not
    taken from its followers.
    """
    own = consumed.left(stored.line) or 0
    if stored.line.exclusive or not stored.line.rule.metered or not stored.line.rule.stops:
        return own
    followers = (
        other.line
        for other in usable(stored.line.feature, licenses, built_in, consumed)
        if other.line.id != stored.line.id and other.line.rule.metered and not other.line.exclusive
    )
    following = sum(max(consumed.left(line) or 0, 0) for line in followers)
    return max(own, 0) + following if following else own


def shares(uses: int, candidates: Sequence[StoredLicense]) -> dict[str, int]:
    """Spread the uses taken of a counted feature over its licenses: the number of uses by license id.

    C (FAQ; CISCO-LICENSE-MGMT-MIB): counted licenses of one feature are cumulative. `candidates` come in the order in
    which they are used (I): one is filled before the next; uses beyond them all stay with the last.
    """
    taken: dict[str, int] = {}
    for number, stored in enumerate(candidates, 1):
        room = uses if stored.line.count is None or number == len(candidates) else stored.line.count
        taken[stored.line.id] = min(uses, room)
        uses -= taken[stored.line.id]
    return taken


def count_limit(feature: str, licenses: Licenses, built_in: Sequence[LicenseLine], consumed: Consumed) -> int:
    """Number of simultaneous uses that the usable licenses of a feature allow together (B.7)."""
    counts = [stored.line.count for stored in usable(feature, licenses, built_in, consumed)]
    return UNLIMITED if None in counts else sum(count for count in counts if count is not None)
