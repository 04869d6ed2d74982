"""Use of licenses by features other than the level: seats of counted features, and updates of subscription features.

C: a counted license warns near its count and refuses beyond it. I: of the licenses of a feature, those count use whose
share of the seats is taken.
"""

from collections.abc import Callable

from emulator.licensing import events
from emulator.licensing.usage import UsageClock
from emulator.router.context import RouterCore
from emulator.router.licensing.inventory import LicenseInventory
from emulator.router.licensing.metering import Metering
from emulator.router.licensing.storage import LicenseRegion
from emulator.router.state import LicenseCounter

VERSION = "1.0"
"""Version of a license that a feature asks for (C)."""

NEAR_LIMIT = 0.8
"""Share of its count at which a counted license warns (C)."""


class FeatureUse:
    """The use that features of one router make of its licenses."""

    __slots__ = ("_enrol", "_inventory", "_metering", "_region", "_router", "_state")

    def __init__(
        self,
        router: RouterCore,
        region: LicenseRegion,
        metering: Metering,
        inventory: LicenseInventory,
        enrol: Callable[[], None],
    ) -> None:
        """Begin with no use.

        `enrol` tells the timekeeper of clocks that were started or stopped.
        """
        self._router, self._state = router, router.state
        self._region, self._metering, self._inventory, self._enrol = region, metering, inventory, enrol

    def take_seat(self, feature: str) -> bool:
        """Take one more use of a counted feature; returns False when its licenses allow no more."""
        _, running = self._inventory.loaded()
        limit = self._inventory.count_limit(feature)
        taken = running.seats.get(feature, 0)
        if taken >= limit:
            self.request_failed(feature)
            return False
        running.seats[feature] = taken + 1
        self._state.count(LicenseCounter.GRANTED)
        self.recount()
        told = {"feature": feature, "version": VERSION, "in_use": taken + 1, "count": limit}
        if taken + 1 == limit:
            self._router.tell(events.UsageAtLimit, **told)
        elif taken < NEAR_LIMIT * limit <= taken + 1:
            self._router.tell(events.UsageNearLimit, **told)
        return True

    def release_seat(self, feature: str) -> bool:
        """End one use of a counted feature; returns False if there was none."""
        _, running = self._inventory.loaded()
        taken = running.seats.get(feature, 0)
        if taken:
            running.seats[feature] = taken - 1
            self._state.count(LicenseCounter.RELEASED)
            self.recount()
        return taken > 0

    def may_update(self, feature: str) -> bool:
        """Tell whether a subscription feature has a license in force, without which it may not update."""
        if self._inventory.usable(feature):
            self._state.count(LicenseCounter.GRANTED)
            return True
        self.request_failed(feature)
        return False

    def request_failed(self, feature: str) -> None:
        """Count and publish that a feature asked for a license and got none."""
        self._state.count(LicenseCounter.REFUSED)
        self._router.tell(events.LicenseRequestFailed, feature=feature, version=VERSION)

    def recount(self, *, resumed: bool = False) -> None:
        """Start and stop the clocks of counted features: a metered license counts while the feature has users.

        Of the licenses of a feature, those count whose share of the uses is taken (I).
        """
        _, running = self._inventory.loaded()
        now, consumed = self._router.now, self._inventory.consumed()
        shares = self._inventory.seat_shares()
        active = {
            stored.line.id: stored.line
            for stored in self._inventory.all()
            if stored.line.id in shares and stored.line.rule.metered and stored.line.id != running.license_id
        }
        ended = [license_id for license_id in running.counting if license_id not in active]
        after = self._inventory.licenses
        for license_id in ended:
            after = after.saving_use(license_id, consumed.used.get(license_id, 0))
            del running.counting[license_id]
        going_on = {clock.line.id: clock for clock in self._metering.counted}
        clocks = []
        for license_id, line in active.items():
            if license_id not in going_on:
                told = now if resumed and license_id in running.counting else None
                since = running.counting.setdefault(license_id, now)
                used = self._inventory.licenses.used.get(license_id, 0)
                clock = UsageClock(self._state.name, line, used, since, told, left=(line.period or 0) - used)
                going_on[license_id] = clock
            clocks.append(going_on[license_id])
        self._metering.counted = tuple(clocks)
        if after is not self._inventory.licenses:
            self._region.keep(after)
        self._enrol()
