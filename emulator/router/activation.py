"""Software activation on one router: its license stores, what is in use, and the clocks.

Every change makes a new `Licenses` by a pure rule and commits it to the license region as one transaction. After a
change the next boot level is announced by the caller, since IOS tells of it a moment later (C: about 0.15 s after an
installation). Where the power fails during a commit, nothing after it happens: `Abandoned` ends whatever ran.
"""

from collections.abc import Callable, Sequence

from emulator.images.manifest import ImageManifest
from emulator.kernel.effects import Abandoned
from emulator.kernel.events import Event
from emulator.kernel.time import Instant
from emulator.licensing import changes, events
from emulator.licensing.changes import Installation, InstallResult, Revocation, RevokeResult
from emulator.licensing.file import FileLine
from emulator.licensing.lines import LicenseLine
from emulator.licensing.selection import (
    BootLevel,
    Consumed,
    count_limit,
    cumulative_left,
    effective,
    next_boot_level,
    usable,
)
from emulator.licensing.store import HistoryKind, Licenses, MetersPriority, StoredLicense
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.usage import UsageClock
from emulator.licensing.views import FeatureRow, FeatureView, LicenseView, feature_views, license_views
from emulator.router.metering import LevelClock, Metering
from emulator.router.region import LicenseRegion
from emulator.router.state import Operation, RouterState, Running
from emulator.sim.clock import SimClock
from emulator.sim.timekeeper import Timekeeper

NEAR_LIMIT = 0.8
"""A counted license warns at this share of its count (C)."""


class Activation:
    """The licensing side of a router. While it does not run, the stores can be read but nothing is in use."""

    __slots__ = (
        "_clock", "_found", "_manifest", "_metering", "_publish", "_region", "_state", "_timekeeper",
    )  # fmt: skip

    def __init__(
        self,
        state: RouterState,
        clock: SimClock,
        timekeeper: Timekeeper,
        publish: Callable[[Event], None],
        power_fails: Callable[[], None],
    ) -> None:
        self._state, self._clock, self._timekeeper, self._publish = state, clock, timekeeper, publish
        self._region = LicenseRegion(state.partition, power_fails)
        self._manifest: ImageManifest | None = None
        self._metering = Metering()
        self._found: Event | None = None

    # --- the life of a boot ------------------------------------------------------------------------------------

    def recover(self) -> None:
        """The check of the license region at boot; what it finds is told once IOS runs and has a clock."""
        at, router = self._clock.now, self._state.name
        lost, problem = self._region.recover()
        self._found = None
        if lost:
            self._found = events.StorageLost(at=at, router=router)
        elif problem is not None:
            self._found = events.StorageDamaged(at=at, router=router, problem=problem)

    def choose(self, manifest: ImageManifest, configured: str | None) -> BootLevel:
        """The level that a boot of this image brings up now."""
        return next_boot_level(
            manifest.levels, configured, self.licenses, self._built_in(manifest), Consumed(self.licenses.used)
        )

    def start(self, manifest: ImageManifest) -> None:
        """IOS has started with the level in `state.running`: whatever runs out begins to count."""
        self._manifest = manifest
        if self._found is not None:
            self._publish(self._found)
        self._count_level(told=None)
        self.recount_subscriptions()

    def resume(self, manifest: ImageManifest) -> None:
        """A saved world goes on: the clocks continue without repeating themselves."""
        self._manifest = manifest
        self._count_level(told=self._clock.now)
        self._count_counted(resumed=True)
        self.recount_subscriptions(told=self._clock.now)

    def stop(self, *, orderly: bool) -> None:
        """IOS stops. An orderly stop saves all use; a power cut forgets what was not yet saved.

        What a power cut leaves was written before it, so it is put in place beyond its reach.
        """
        after, now = self.licenses, self._clock.now
        for clock in self._metering.uses():
            after = after.saving_use(clock.line.id, clock.used(now) if orderly else clock.saved(now))
        self._region.keep_earlier(after)
        self._metering = Metering()
        self._timekeeper.dismiss(self._key)
        self._manifest = None

    # --- what there is -----------------------------------------------------------------------------------------

    @property
    def licenses(self) -> Licenses:
        """The stores as they are."""
        return self._region.licenses

    @property
    def built_in(self) -> Sequence[LicenseLine]:
        """The lines that the running image brings along."""
        return self._built_in(self._manifest) if self._manifest else ()

    def _built_in(self, manifest: ImageManifest) -> Sequence[LicenseLine]:
        return manifest.built_in_as_right if self._state.right_to_use else manifest.built_in

    @property
    def capacity(self) -> int:
        """Lines that the primary store holds."""
        return changes.EXPANDED_CAPACITY if self._state.store_expanded else changes.STORE_CAPACITY

    def all(self) -> tuple[StoredLicense, ...]:
        """Every stored license, the running image's included."""
        return self.licenses.all(self.built_in)

    def in_use(self) -> StoredLicense | None:
        """The license that the running level uses."""
        running = self._state.running
        if running is None or running.license_id is None:
            return None
        return next((stored for stored in self.all() if stored.line.id == running.license_id), None)

    def is_in_use(self, stored: StoredLicense) -> bool:
        """Whether a feature uses the license now."""
        return stored.line.id in self._in_use_ids()

    def consumed(self) -> Consumed:
        """What has been used up, now."""
        running, now = self._state.running, self._clock.now
        used = {**self.licenses.used, **{clock.line.id: clock.used(now) for clock in self._metering.uses()}}
        calendar = running.calendar if running else None
        today = calendar.at(self._clock.now).epoch_ms if calendar and calendar.is_set else None
        return Consumed(used, today)

    def views(self) -> tuple[LicenseView, ...]:
        """Every license, ready to be shown."""
        seats = self._state.running.seats if self._state.running else {}
        return license_views(self.licenses, self.built_in, self.consumed(), self._in_use_ids(), seats)

    def features(self) -> tuple[FeatureView, ...]:
        """Every licensable feature of the running image, and those that have a license beyond them."""
        manifest, _ = self._loaded()
        views = self.views()
        others = (view.line.feature for view in views)
        names = tuple(dict.fromkeys((*manifest.licensable, *others)))
        return feature_views(names, views, self.licenses, self.built_in, self.consumed())

    def feature_rows(self) -> tuple[FeatureRow, ...]:
        """What can be said of each licensable feature of the running image."""
        manifest, running = self._loaded()
        built_in = {line.feature: line for line in self.built_in}
        used = {stored.line.feature for stored in self.all() if self.is_in_use(stored)}
        base = manifest.levels[0]
        return tuple(
            FeatureRow(
                feature,
                enforcement=feature != base,
                evaluation=feature in built_in,
                subscription=feature in manifest.subscriptions,
                enabled=feature in {base, running.level} | used,
                right_to_use=feature in built_in and not built_in[feature].rule.stops,
            )
            for feature in manifest.licensable
        )

    def next_level(self) -> BootLevel:
        """What a reload now would bring up, as far as the running configuration decides."""
        manifest, running = self._loaded()
        configured = running.configuration.boot_level(manifest.license_module)
        return next_boot_level(manifest.levels, configured, self.licenses, self.built_in, self.consumed())

    def needs_eula(self, feature: str) -> StoredLicense | None:
        """The metered license that the feature would have to use, when its agreement is not accepted yet."""
        consumed = self.consumed()
        if usable(feature, self.licenses, self.built_in, consumed):
            return None
        waiting = [
            stored
            for stored in self.all()
            if stored.line.feature == feature
            and not self.licenses.accepted(stored.line)
            and not consumed.is_over(stored.line)
        ]
        return min(waiting, key=lambda stored: stored.line.rule.rank, default=None)

    # --- changes -----------------------------------------------------------------------------------------------

    def examine(self, line: LicenseLine) -> InstallResult:
        """What installing a line would come to."""
        return changes.examine(self.licenses, line, self._state.udi, self.capacity)

    def install(self, entry: FileLine) -> Installation:
        """Install one line of a license file; an agreement that it asks for at installation counts as given."""
        after, installation = changes.install(
            self.licenses, entry.line, self._state.udi, self._clock.now, entry.comment, self.capacity, entry
        )
        if installation.stored is None:
            return installation
        asked = entry.line.rule.eula == "installation" and not self.licenses.eula_for_all
        self._region.keep(changes.accept_eula(after, entry.line, self._clock.now) if asked else after)
        self._tell(events.LicenseInstalled, installation.stored)
        if asked:
            self._tell(events.EulaAccepted, installation.stored)
        self._stores_changed()
        return installation

    def accept_eula(self, stored: StoredLicense) -> None:
        """The user accepted the agreement of a metered license."""
        self._region.keep(changes.accept_eula(self.licenses, stored.line, self._clock.now))
        self._tell(events.EulaAccepted, stored)
        self._stores_changed()

    def accept_eula_for_all(self) -> None:
        """The user accepted the agreement for all software of the device."""
        self._region.keep(changes.accept_eula_for_all(self.licenses))
        self._publish(events.EulaAcceptedForAll(at=self._clock.now, router=self._state.name))
        self._stores_changed()

    def clear(self, stored: StoredLicense) -> bool:
        """Remove an installed license; refused if it is in use, for it may have come into use since it was listed."""
        if self.is_in_use(stored):
            return False
        self._region.keep(changes.clear(self.licenses, stored, self._clock.now))
        self._tell(events.LicenseCleared, stored)
        self._stores_changed()
        return True

    def comment(self, stored: StoredLicense, text: str) -> None:
        """Write an installed license's comment, or take it away with an empty text."""
        self._region.keep(changes.set_comment(self.licenses, stored, text))

    def modify_priority(self, feature: str, priority: MetersPriority) -> None:
        """Let the metered licenses of a feature win over its permanent one, or not."""
        self._region.keep(changes.set_priority(self.licenses, feature, priority))
        version = next((each.line.version for each in self.all() if each.line.feature == feature), "1.0")
        self._publish(
            events.PriorityChanged(
                at=self._clock.now, router=self._state.name, feature=feature, version=version, priority=priority
            )
        )

    def examine_ticket(self, ticket: PermissionTicket) -> RevokeResult:
        """What carrying out a permission ticket would come to."""
        return changes.examine_ticket(self.licenses, ticket, self._state.udi)

    def revoke(self, ticket: PermissionTicket) -> Revocation:
        """Carry out a permission ticket; a level that used a revoked license goes on with the grace period."""
        after, revocation = changes.revoke(self.licenses, ticket, self._clock.now, self.capacity)
        self._region.keep(after)
        lost = {stored.line.id for stored in revocation.revoked}
        if self._state.running is not None and self._state.running.license_id in lost:
            self._take_over(self._state.running)
        for stored in revocation.revoked:
            self._tell(events.LicenseRevoked, stored)
        for stored in revocation.granted:
            self._tell(events.LicenseInstalled, stored)
        self._stores_changed()
        return revocation

    def announce_next_level(self) -> None:
        """Tell which level the next boot will bring up."""
        if self._state.running is not None:
            self._publish(self._chosen_event(self._clock.now, self.next_level()))

    def require_eula(self, level: str) -> None:
        """A level was configured, but its agreement was not accepted."""
        self._publish(events.EulaRequired(at=self._clock.now, router=self._state.name, level=level))

    def request_failed(self, feature: str) -> None:
        """A feature asked for a license and got none."""
        self._state.count(Operation.REFUSED)
        self._publish(
            events.LicenseRequestFailed(at=self._clock.now, router=self._state.name, feature=feature, version="1.0")
        )

    # --- counted features --------------------------------------------------------------------------------------

    def take_seat(self, feature: str) -> bool:
        """One more use of a counted feature; refused when its licenses allow no more."""
        _, running = self._loaded()
        limit = count_limit(feature, self.licenses, self.built_in, self.consumed())
        taken = running.seats.get(feature, 0)
        if taken >= limit:
            self.request_failed(feature)
            return False
        running.seats[feature] = taken + 1
        self._state.count(Operation.GRANTED)
        self._count_counted()
        at, router, version = self._clock.now, self._state.name, "1.0"
        if taken + 1 == limit:
            told: Event = events.UsageAtLimit(
                at=at, router=router, feature=feature, version=version, in_use=taken + 1, count=limit
            )
            self._publish(told)
        elif taken < NEAR_LIMIT * limit <= taken + 1:
            told = events.UsageNearLimit(
                at=at, router=router, feature=feature, version=version, in_use=taken + 1, count=limit
            )
            self._publish(told)
        return True

    def give_seat(self, feature: str) -> bool:
        """End one use of a counted feature; says whether there was one."""
        _, running = self._loaded()
        taken = running.seats.get(feature, 0)
        if taken:
            running.seats[feature] = taken - 1
            self._state.count(Operation.RELEASED)
            self._count_counted()
        return taken > 0

    # --- the clocks as a timed object --------------------------------------------------------------------------

    def recount_subscriptions(self, told: Instant | None = None) -> None:
        """Start the subscriptions' clocks anew: at a boot, after a change of the stores, or of the calendar."""
        manifest, _ = self._loaded()
        today, now = self.consumed().today, self._clock.now
        heard = {} if told is None else {clock.line.id: clock.told(now) for clock in self._metering.subscriptions}
        self._metering.subscriptions = tuple(
            UsageClock(self._state.name, line, 0, now, heard.get(line.id, told), left=line.ends - today)
            for line in (stored.line for stored in self.licenses.primary)
            if today is not None and line.ends is not None and line.feature in manifest.licensable
        )
        self._timekeeper.enrol(self._key, self)

    def next_deadline(self) -> Instant | None:
        """When a license next has something to say."""
        return self._metering.next_deadline()

    def advance(self, now: Instant) -> list[Event]:
        """What has come due; at expiry the history notes it and the next level is computed anew."""
        happened: list[Event] = []
        try:
            for event in self._metering.advance(now):
                happened.append(event)
                if isinstance(event, events.LicenseExpired) and event.ago == 0:
                    self._note_end(event.at, event.license_id)
                    self._count_counted()
                    happened.append(self._chosen_event(event.at, self.next_level()))
            level = self._metering.level
            if level is not None and (end := level.used_up_at()) is not None and end <= now:
                self._note_end(end, level.line.id)
                self._take_over(self._loaded()[1])
        except Abandoned:
            return []
        return happened

    # --- inside ------------------------------------------------------------------------------------------------

    def _note_end(self, at: Instant, license_id: str) -> None:
        """A license in use has used up its own period; one that was held beyond it was used for longer."""
        clock = next(clock for clock in self._metering.uses() if clock.line.id == license_id)
        line = clock.line
        after = self.licenses.saving_use(line.id, max(line.period or 0, clock.used(self._clock.now)))
        if not after.ever(HistoryKind.EXPIRED, line.id):
            after = after.noting(at, HistoryKind.EXPIRED, line)
        self._region.keep(after)

    def _take_over(self, running: Running) -> None:
        """The level goes on with the next license of its feature."""
        substitute = effective(running.level, self.licenses, self.built_in, self.consumed())
        running.license_id = substitute.line.id if substitute else None
        running.in_use_since = self._clock.now
        running.used_before = self.licenses.used.get(running.license_id, 0) if running.license_id else 0
        self._count_level(told=self._clock.now)

    def _stores_changed(self) -> None:
        """What counts may have followers now that it had not before, and subscriptions may have come or gone."""
        if self._state.running is not None:
            now, level = self._clock.now, self._metering.level
            self._count_level(told=now if level is None else level.clock.told(now))
            self._count_counted()
            self.recount_subscriptions(told=now)

    def _count_level(self, told: Instant | None) -> None:
        _, running = self._loaded()
        self._metering.level = None
        stored = self.in_use()
        if stored is not None and stored.line.rule.metered:
            line, since = stored.line, running.in_use_since
            at_start = Consumed({**self.licenses.used, line.id: running.used_before})
            own = at_start.left(line) or 0
            total = cumulative_left(stored, self.licenses, self.built_in, at_start)
            clock = UsageClock(self._state.name, line, running.used_before, since, told, left=total)
            self._metering.level = LevelClock(clock, own, total)
        self._timekeeper.enrol(self._key, self)

    def _count_counted(self, *, resumed: bool = False) -> None:
        """Start and stop the clocks of counted features: a metered license counts while the feature has users.

        The licenses of a feature allow uses together, so all of them count at one time (I).
        """
        _, running = self._loaded()
        now, consumed = self._clock.now, self.consumed()
        active = {
            stored.line.id: stored.line
            for feature, taken in running.seats.items()
            if taken
            for stored in usable(feature, self.licenses, self.built_in, consumed)
            if stored.line.rule.metered and stored.line.id != running.license_id
        }
        ended = [license_id for license_id in running.counting if license_id not in active]
        after = self.licenses
        for license_id in ended:
            after = after.saving_use(license_id, consumed.used.get(license_id, 0))
            del running.counting[license_id]
        going_on = {clock.line.id: clock for clock in self._metering.counted}
        clocks = []
        for license_id, line in active.items():
            if license_id not in going_on:
                told = now if resumed and license_id in running.counting else None
                since = running.counting.setdefault(license_id, now)
                used = self.licenses.used.get(license_id, 0)
                clock = UsageClock(self._state.name, line, used, since, told, left=(line.period or 0) - used)
                going_on[license_id] = clock
            clocks.append(going_on[license_id])
        self._metering.counted = tuple(clocks)
        if after is not self.licenses:
            self._region.keep(after)
        self._timekeeper.enrol(self._key, self)

    def _in_use_ids(self) -> tuple[str, ...]:
        running = self._state.running
        if running is None:
            return ()
        ids = [running.license_id] if running.license_id else []
        consumed = self.consumed()
        for stored in self.all():
            line = stored.line
            subscribed = line.rule.meter == "calendar" and line.feature in self._loaded()[0].licensable
            seated = line.count is not None and running.seats.get(line.feature, 0) > 0
            if subscribed or (seated and self.licenses.accepted(line) and not consumed.is_over(line)):
                ids.append(line.id)
        return tuple(ids)

    def _loaded(self) -> tuple[ImageManifest, Running]:
        if self._manifest is None or self._state.running is None:
            raise RuntimeError(f"{self._state.name} is not running")
        return self._manifest, self._state.running

    def _tell(self, kind: type[events.StoredLicenseEvent], stored: StoredLicense) -> None:
        line = stored.line
        self._publish(
            kind(
                at=self._clock.now,
                router=self._state.name,
                feature=line.feature,
                version=line.version,
                index=stored.index,
                store=stored.store,
            )
        )

    def _chosen_event(self, at: Instant, chosen: BootLevel) -> events.NextLevelChosen:
        manifest, _ = self._loaded()
        return events.NextLevelChosen(
            at=at,
            router=self._state.name,
            module=manifest.license_module,
            level=chosen.level,
            license=chosen.license.line.feature if chosen.license else None,
        )

    @property
    def _key(self) -> tuple[str, str]:
        return self._state.name, "usage"
