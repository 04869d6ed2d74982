"""Software activation on one router: its license stores, what is in use, and the clocks.

Every change makes a new `Licenses` by a pure rule and commits it to the license region as one transaction. After a
change the next boot level is announced by the caller, since IOS tells of it a moment later (C: about 0.15 s after an
installation). Where the power fails during a commit, nothing after it happens: `Abandoned` ends whatever ran.
"""

from typing import Any, Protocol

from msgspec.structs import replace

from emulator.images.manifest import ImageManifest
from emulator.kernel.effects import Abandoned
from emulator.kernel.events import Event
from emulator.kernel.time import Instant
from emulator.licensing import changes, events
from emulator.licensing.changes import Installation, InstallResult, Revocation, RevokeResult
from emulator.licensing.expiry import EndEvent
from emulator.licensing.file import FileLine
from emulator.licensing.lines import LicenseLine
from emulator.licensing.selection import (
    BootLevel,
    Consumed,
    cumulative_left,
    effective,
    next_boot_level,
)
from emulator.licensing.store import HistoryKind, MetersPriority, StoredLicense
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.udi import Udi
from emulator.licensing.usage import UsageClock
from emulator.router.context import RouterCore
from emulator.router.licensing.feature_use import VERSION, FeatureUse
from emulator.router.licensing.inventory import LicenseInventory
from emulator.router.licensing.metering import LevelClock, Metering
from emulator.router.licensing.storage import LicenseRegion
from emulator.router.state import Running


class LicensedRouter(RouterCore, Protocol):
    """A router as its licensing sees it."""

    def power_off(self) -> None:
        """Cut the power, as a fault does that is set for a write of the license region."""


class Activation:
    """The licensing of a router: changes of its licenses, and their notices as time passes.

    Attributes:
        inventory: the licenses as they are now.
        feature_use: the use that features other than the level make of them.
    """

    __slots__ = ("_metering", "_recovery", "_region", "_router", "_state", "feature_use", "inventory")

    def __init__(self, router: LicensedRouter) -> None:
        self._router, self._state = router, router.state
        self._region, self._metering = LicenseRegion(router.state.partition, router.power_off), Metering()
        self.inventory = LicenseInventory(router, self._region, self._metering)
        self.feature_use = FeatureUse(router, self._region, self._metering, self.inventory, self._enrol)
        self._recovery: tuple[bool, str | None] = (False, None)

    # --- the life of a boot ------------------------------------------------------------------------------------

    def recover(self) -> None:
        """Check the license region at boot; the findings are reported once IOS runs and has a clock."""
        self._recovery = self._region.recover()

    def choose(self, manifest: ImageManifest, configured: str | None) -> BootLevel:
        """Choose the level that a boot of this image brings up now."""
        return next_boot_level(
            manifest.levels,
            configured,
            self.inventory.licenses,
            self.inventory.built_in_of(manifest),
            Consumed(self.inventory.licenses.used),
        )

    def start(self, manifest: ImageManifest) -> None:
        """Start the clocks: IOS has started with the level in `state.running`."""
        self.inventory.manifest = manifest
        lost, problem = self._recovery
        if lost:
            self._router.tell(events.StorageLost)
        elif problem is not None:
            self._router.tell(events.StorageDamaged, problem=problem)
        self._count_level(told=None)
        self.recount_subscriptions()

    def resume(self, manifest: ImageManifest) -> None:
        """Resume the clocks of a saved world without repeating their notices."""
        self.inventory.manifest = manifest
        self._count_level(told=self._router.now)
        self.feature_use.recount(resumed=True)
        self.recount_subscriptions(told=self._router.now)

    def pause(self) -> None:
        """Stop the clocks after a break until `resume`; nothing is saved."""
        self._metering.clear()
        self._router.context.timekeeper.dismiss(self._key)
        self.inventory.manifest = None

    def stop(self, *, orderly: bool) -> None:
        """Stop metering as IOS stops: an orderly stop saves all use, a power cut forgets the use not yet saved.

        The use that a power cut leaves was written earlier, so storing it cannot fail.
        """
        after, now = self.inventory.licenses, self._router.now
        for clock in self._metering.uses():
            after = after.saving_use(clock.line.id, clock.used(now) if orderly else clock.saved(now))
        self._region.keep_earlier(after)
        self.pause()

    # --- changes -----------------------------------------------------------------------------------------------

    def examine(self, line: LicenseLine) -> InstallResult:
        """Find out how an installation of a line would end."""
        return changes.examine(self.inventory.licenses, line, self._state.udi, self.inventory.capacity)

    def install(self, entry: FileLine) -> Installation:
        """Install a line of a license file; an agreement that it asks for at installation counts as given."""
        licenses, capacity = self.inventory.licenses, self.inventory.capacity
        after, installation = changes.install(
            licenses, entry.line, self._state.udi, self._router.now, entry.comment, capacity, entry
        )
        if installation.stored is None:
            return installation
        asked = entry.line.rule.eula == "installation" and not licenses.eula_for_all
        self._region.keep(changes.accept_eula(after, entry.line, self._router.now) if asked else after)
        self._tell_stored(events.LicenseInstalled, installation.stored)
        if asked:
            self._tell_stored(events.EulaAccepted, installation.stored)
        self._stores_changed()
        return installation

    def accept_eula(self, stored: StoredLicense) -> None:
        """Record that the user accepted the agreement of a metered license."""
        self._region.keep(changes.accept_eula(self.inventory.licenses, stored.line, self._router.now))
        self._tell_stored(events.EulaAccepted, stored)
        self._stores_changed()

    def accept_eula_for_all(self) -> None:
        """Record that the user accepted the agreement for all software of the device."""
        self._region.keep(changes.accept_eula_for_all(self.inventory.licenses))
        self._router.tell(events.EulaAcceptedForAll)
        self._stores_changed()

    def clear(self, stored: StoredLicense) -> bool:
        """Remove an installed license; returns False if it is in use, perhaps since it was listed."""
        if self.inventory.is_in_use(stored):
            return False
        self._region.keep(changes.clear(self.inventory.licenses, stored, self._router.now))
        self._tell_stored(events.LicenseCleared, stored)
        self._stores_changed()
        return True

    def comment(self, stored: StoredLicense, text: str) -> None:
        """Set an installed license's comment; an empty text removes it."""
        self._region.keep(changes.set_comment(self.inventory.licenses, stored, text))

    def modify_priority(self, feature: str, priority: MetersPriority) -> None:
        """Let the metered licenses of a feature win over its permanent one, or not."""
        self._region.keep(changes.set_priority(self.inventory.licenses, feature, priority))
        version = next((each.line.version for each in self.inventory.all() if each.line.feature == feature), VERSION)
        self._router.tell(events.PriorityChanged, feature=feature, version=version, priority=priority)

    def examine_ticket(self, ticket: PermissionTicket) -> RevokeResult:
        """Find out how `license revoke` with a permission ticket would end."""
        return changes.examine_ticket(self.inventory.licenses, ticket, self._state.udi)

    def revoke(self, ticket: PermissionTicket, target: Udi | None = None) -> Revocation:
        """Carry out a permission ticket; a level that used a revoked license goes on with the grace period.

        `target` is the device for which call home revokes; it is remembered until `end_transfer`.
        """
        kept = replace(ticket, grant=self.granted(ticket))
        after, revocation = changes.revoke(
            self.inventory.licenses, kept, self._router.now, self.inventory.capacity, target
        )
        self._region.keep(after)
        lost = {stored.line.id for stored in revocation.revoked}
        if self._state.running is not None and self._state.running.license_id in lost:
            self._take_over(self._state.running)
        for stored in revocation.revoked:
            self._tell_stored(events.LicenseRevoked, stored)
        for stored in revocation.granted:
            self._tell_stored(events.LicenseInstalled, stored)
        self._stores_changed()
        return revocation

    def granted(self, ticket: PermissionTicket) -> tuple[LicenseLine, ...]:
        """List the grace-period lines of a ticket that this router keeps.

        They keep what runs (C: the FAQ), so a level that this boot did not bring up gets none, which would raise the
        next one (I).
        """
        manifest, running = self.inventory.loaded()
        higher = manifest.levels[manifest.levels.index(running.level) + 1 :]
        return tuple(line for line in ticket.grant if line.feature not in higher)

    def begin_transfer(self, ticket: PermissionTicket, target: Udi) -> None:
        """Remember that call home is about to hand in the answer to a ticket that was carried out before."""
        self._region.keep(changes.begin_transfer(self.inventory.licenses, ticket.id, target))

    def end_transfer(self) -> None:
        """Forget the pending transfer: call home has nothing more to hand in."""
        self._region.keep(changes.end_transfer(self.inventory.licenses))

    def announce_next_level(self) -> None:
        """Publish the level that the next boot will bring up."""
        if self._state.running is not None:
            self._router.tell(events.NextLevelChosen, **self._chosen())

    def require_eula(self, level: str) -> None:
        """Publish that a level was configured whose agreement was not accepted."""
        self._router.tell(events.EulaRequired, level=level)

    # --- the clocks as a timed object --------------------------------------------------------------------------

    def recount_subscriptions(self, told: Instant | None = None) -> None:
        """Start the subscriptions' clocks anew: at a boot, after a change of the stores, or of the calendar."""
        today, now = self.inventory.consumed().today, self._router.now
        heard = {} if told is None else {clock.line.id: clock.told(now) for clock in self._metering.subscriptions}
        self._metering.subscriptions = tuple(
            UsageClock(self._state.name, line, 0, now, heard.get(line.id, told), left=line.ends - today)
            for line in (stored.line for stored in self.inventory.subscriptions())
            if today is not None and line.ends is not None
        )
        self._enrol()

    def next_deadline(self) -> Instant | None:
        """Instant of the next notice of a license, or None."""
        return self._metering.next_deadline()

    def advance(self, now: Instant) -> list[Event]:
        """List the notices that have come due; at expiry the history records it and the next level is computed anew."""
        happened: list[Event] = []
        ended = False
        try:
            for event in self._metering.advance(now):
                happened.append(event)
                if isinstance(event, EndEvent) and event.ago == 0 and self._note_end(event.at, event.license_id):
                    happened.append(events.NextLevelChosen(at=event.at, router=self._state.name, **self._chosen()))
                    ended = True
            if ended:  # not before: the clocks of all that end at this instant are still wanted
                self.feature_use.recount()
            level = self._metering.level
            if level is not None and (end := level.used_up_at()) is not None and end <= now:
                self._note_end(end, level.line.id)
                self._take_over(self.inventory.loaded()[1])
        except Abandoned:
            return []
        return happened

    # --- inside ------------------------------------------------------------------------------------------------

    def _note_end(self, at: Instant, license_id: str) -> bool:
        """Record that a license in use has used up its own period; returns False for one that does not end with use.

        A license that was held beyond its period was used for longer.
        """
        clock = next((clock for clock in self._metering.uses() if clock.line.id == license_id), None)
        if clock is None or not clock.line.rule.stops:
            return False
        line = clock.line
        after = self.inventory.licenses.saving_use(line.id, max(line.period or 0, clock.used(self._router.now)))
        if not after.ever(HistoryKind.EXPIRED, line.id):
            after = after.noting(at, HistoryKind.EXPIRED, line)
        self._region.keep(after)
        return True

    def _take_over(self, running: Running) -> None:
        """The level goes on with the next license of its feature."""
        substitute = effective(
            running.level, self.inventory.licenses, self.inventory.built_in, self.inventory.consumed()
        )
        running.license_id = substitute.line.id if substitute else None
        running.in_use_since = self._router.now
        running.used_before = self.inventory.licenses.used.get(running.license_id, 0) if running.license_id else 0
        self._count_level(told=self._router.now)

    def _stores_changed(self) -> None:
        """Follow what counts now: licenses that had no followers before, and subscriptions that have come or gone."""
        if self._state.running is not None:
            now, level = self._router.now, self._metering.level
            self._count_level(told=now if level is None else level.clock.told(now))
            self.feature_use.recount()
            self.recount_subscriptions(told=now)

    def _count_level(self, told: Instant | None) -> None:
        _, running = self.inventory.loaded()
        self._metering.level = None
        stored = self.inventory.in_use()
        if stored is not None and stored.line.rule.metered:
            line, since = stored.line, running.in_use_since
            at_start = Consumed({**self.inventory.licenses.used, line.id: running.used_before})
            own = at_start.left(line) or 0
            total = cumulative_left(stored, self.inventory.licenses, self.inventory.built_in, at_start)
            clock = UsageClock(self._state.name, line, running.used_before, since, told, left=total)
            self._metering.level = LevelClock(clock, own, total)
        self._enrol()

    def _tell_stored(self, kind: type[events.StoredLicenseEvent], stored: StoredLicense) -> None:
        line, store = stored.line, self.inventory.store_title(stored.store)
        facts = {"index": stored.index, "store": store, "type": line.type, "comment": stored.comment}
        self._router.tell(kind, feature=line.feature, version=line.version, **facts)

    def _chosen(self) -> dict[str, Any]:
        """The facts of the level that the next boot would bring up."""
        manifest, _ = self.inventory.loaded()
        chosen = self.inventory.next_level()
        feature = chosen.license.line.feature if chosen.license else None
        return {"module": manifest.license_module, "level": chosen.level, "license": feature}

    def _enrol(self) -> None:
        self._router.context.timekeeper.enrol(self._key, self)

    @property
    def _key(self) -> tuple[str, str]:
        return self._state.name, "usage"
