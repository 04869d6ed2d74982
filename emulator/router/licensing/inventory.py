"""The licenses of a router at this moment: the side of software activation that only reads.

`Activation` changes them. While the router does not run, the stores can be read but nothing is in use.
"""

from collections.abc import Sequence

from emulator.images.manifest import FeatureTerms, ImageManifest
from emulator.licensing import changes
from emulator.licensing.lines import LicenseLine
from emulator.licensing.selection import (
    BootLevel,
    Consumed,
    count_limit,
    next_boot_level,
    shares,
    subscription,
    usable,
)
from emulator.licensing.store import Licenses, StoredLicense, StoreName
from emulator.licensing.types import LicenseType
from emulator.licensing.views import FeatureRow, FeatureView, LicenseView, feature_views, license_views
from emulator.router.context import RouterCore
from emulator.router.licensing.metering import Metering
from emulator.router.licensing.storage import LicenseRegion
from emulator.router.state import Running


class LicenseInventory:
    """The licenses of a router: its stores, the running image's lines, and the state of the clocks.

    Attributes:
        manifest: the running image; None while IOS does not run.
    """

    __slots__ = ("_metering", "_region", "_router", "_state", "manifest")

    def __init__(self, router: RouterCore, region: LicenseRegion, metering: Metering) -> None:
        self._router, self._state = router, router.state
        self._region, self._metering = region, metering
        self.manifest: ImageManifest | None = None

    @property
    def licenses(self) -> Licenses:
        """Current stores."""
        return self._region.licenses

    @property
    def built_in(self) -> Sequence[LicenseLine]:
        """Lines that the running image brings along."""
        return self.built_in_of(self.manifest) if self.manifest else ()

    def built_in_of(self, manifest: ImageManifest) -> Sequence[LicenseLine]:
        """Lines that an image brings along on this router."""
        return manifest.built_in_as_right if self._state.right_to_use else manifest.built_in

    @property
    def capacity(self) -> int:
        """Number of lines that the primary store holds."""
        return changes.EXPANDED_CAPACITY if self._state.store_expanded else changes.STORE_CAPACITY

    def all(self) -> tuple[StoredLicense, ...]:
        """List every stored license, the running image's included."""
        return self.licenses.all(self.built_in)

    def in_use(self) -> StoredLicense | None:
        """License that the running level uses, or None."""
        running = self._state.running
        if running is None or running.license_id is None:
            return None
        return next((stored for stored in self.all() if stored.line.id == running.license_id), None)

    def is_in_use(self, stored: StoredLicense) -> bool:
        """Tell whether a feature uses the license now."""
        return stored.line.id in self._in_use_ids()

    def subscriptions(self) -> tuple[StoredLicense, ...]:
        """List the subscriptions that features of the running image use; none while IOS does not run."""
        features = self.manifest.licensable if self.manifest else ()
        found = (subscription(feature, self.licenses) for feature in features)
        return tuple(stored for stored in found if stored is not None)

    def consumed(self) -> Consumed:
        """Use and date against which licenses are measured, now."""
        running, now = self._state.running, self._router.now
        used = {**self.licenses.used, **{clock.line.id: clock.used(now) for clock in self._metering.uses()}}
        calendar = running.calendar if running else None
        today = calendar.at(now).epoch_ms if calendar and calendar.is_set else None
        return Consumed(used, today)

    def store_title(self, store: StoreName) -> str:
        """Name of a store, as the running image gives it."""
        return self.manifest.dialect.store_title(store) if self.manifest is not None else str(store)

    def usable(self, feature: str) -> list[StoredLicense]:
        """List the licenses that a feature may use now, the preferred one first; none where the image lacks it."""
        if self.manifest is None or feature not in self.manifest.licensable:
            return []
        return usable(feature, self.licenses, self.built_in, self.consumed())

    def is_extended(self, feature: str) -> bool:
        """Tell whether an extension license of a feature has time left, so that it goes on beyond a subscription."""
        return any(stored.line.type is LicenseType.EXTENSION for stored in self.usable(feature))

    def count_limit(self, feature: str) -> int:
        """Number of simultaneous uses that the licenses of a counted feature allow now."""
        if self.manifest is None or feature not in self.manifest.licensable:
            return 0
        return count_limit(feature, self.licenses, self.built_in, self.consumed())

    def seat_shares(self) -> dict[str, int]:
        """Uses taken of counted features by id of the license that allows them; only those that are taken."""
        running = self._state.running
        seats = running.seats if running is not None else {}
        return {
            license_id: share
            for feature, taken in seats.items()
            for license_id, share in shares(taken, self.usable(feature)).items()
            if share
        }

    def views(self) -> tuple[LicenseView, ...]:
        """List every license, ready to be shown."""
        seats = self._state.running.seats if self._state.running else {}
        supported = self.manifest.licensable if self.manifest is not None else None
        return license_views(self.licenses, self.built_in, self.consumed(), self._in_use_ids(), seats, supported)

    def features(self) -> tuple[FeatureView, ...]:
        """List every licensable feature of the running image, and those that have a license beyond them."""
        manifest, _ = self.loaded()
        views = self.views()
        others = (view.line.feature for view in views)
        names = tuple(dict.fromkeys((*manifest.licensable, *others)))
        return feature_views(names, views, self.licenses, self.built_in, self.consumed())

    def feature_rows(self) -> tuple[FeatureRow, ...]:
        """List the rows of `show license feature` for the running image."""
        manifest, running = self.loaded()
        built_in = {line.feature: line for line in self.built_in}
        used = {stored.line.feature for stored in self.all() if self.is_in_use(stored)}
        base = manifest.levels[0]
        enabled = {running.level} | used | ({base} if manifest.dialect.license_base_enabled else set())
        own = {terms.feature: terms for terms in manifest.terms}
        rows = []
        for feature in manifest.licensable:
            terms = own.get(feature) or FeatureTerms(
                feature,
                enforcement=feature != base,
                evaluation=feature in built_in,
                right_to_use=feature in built_in and not built_in[feature].rule.stops,
            )
            rows.append(
                FeatureRow(
                    feature,
                    enforcement=terms.enforcement,
                    evaluation=terms.evaluation,
                    subscription=feature in manifest.subscriptions,
                    enabled=feature in enabled,
                    right_to_use=terms.right_to_use,
                )
            )
        return tuple(rows)

    def next_level(self) -> BootLevel:
        """Level that a reload now would bring up, by the running configuration."""
        manifest, running = self.loaded()
        configured = running.configuration.boot_level(manifest.license_module)
        return next_boot_level(manifest.levels, configured, self.licenses, self.built_in, self.consumed())

    def needs_eula(self, feature: str) -> StoredLicense | None:
        """Metered license that the feature would need and whose agreement is not yet accepted; None without one."""
        consumed = self.consumed()
        if self.usable(feature) or feature not in self.loaded()[0].licensable:
            return None
        waiting = [
            stored
            for stored in self.all()
            if stored.line.feature == feature
            and not self.licenses.accepted(stored.line)
            and not consumed.is_over(stored.line)
        ]
        return min(waiting, key=lambda stored: stored.line.rule.rank, default=None)

    def _in_use_ids(self) -> tuple[str, ...]:
        """Ids of the licenses that the level and the other features use; a level that does not run uses none."""
        running = self._state.running
        if running is None:
            return ()
        level = [running.license_id] if running.license_id else []
        levels = self.manifest.levels if self.manifest else ()
        subscribed = (stored.line.id for stored in self.subscriptions() if stored.line.feature not in levels)
        return (*level, *subscribed, *self.seat_shares())

    def loaded(self) -> tuple[ImageManifest, Running]:
        """Return the running image, and its memory.

        Raises:
            RuntimeError: IOS does not run.
        """
        if self.manifest is None or self._state.running is None:
            raise RuntimeError(f"{self._state.name} is not running")
        return self.manifest, self._state.running
