"""Software activation on one router: its license stores, the level in use, and the usage clock.

Every change makes a new `Licenses` by a pure rule and puts it in place in one assignment (`_keep`), the one place
where a store journal belongs. After a change the next boot level is announced by the caller, since IOS tells of it a
moment later (C: about 0.15 s after an installation).
"""

from collections.abc import Callable, Sequence

from emulator.images.manifest import ImageManifest
from emulator.kernel.events import Event
from emulator.kernel.time import Duration, Instant
from emulator.licensing import changes
from emulator.licensing.changes import Installation, InstallResult, Revocation, RevokeResult
from emulator.licensing.events import (
    EulaAccepted,
    EulaRequired,
    LicenseCleared,
    LicenseExpired,
    LicenseInstalled,
    LicenseRevoked,
    NextLevelChosen,
)
from emulator.licensing.file import FileLine
from emulator.licensing.lines import LicenseLine
from emulator.licensing.selection import BootLevel, Usage, effective, next_boot_level
from emulator.licensing.store import HistoryKind, Licenses, StoredLicense, StoreName
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.usage import UsageClock
from emulator.router.state import RouterState, Running
from emulator.sim.clock import SimClock
from emulator.sim.timekeeper import Timekeeper


class Activation:
    """The licensing side of a router. While it does not run, the stores can be read but nothing is in use."""

    def __init__(
        self, state: RouterState, clock: SimClock, timekeeper: Timekeeper, publish: Callable[[Event], None]
    ) -> None:
        self._state, self._clock, self._timekeeper, self._publish = state, clock, timekeeper, publish
        self._usage: UsageClock | None = None
        self._manifest: ImageManifest | None = None

    # --- the life of a boot ------------------------------------------------------------------------------------

    def choose(self, manifest: ImageManifest, configured: str | None) -> BootLevel:
        """The level that a boot of this image brings up now."""
        return next_boot_level(
            manifest.levels, configured, self.licenses, manifest.built_in, self.licenses.used
        )  # fmt: skip

    def start(self, manifest: ImageManifest) -> None:
        """IOS has started with the level in `state.running`: whatever is metered begins to count."""
        self._manifest = manifest
        self._count(resumed=False)

    def resume(self, manifest: ImageManifest) -> None:
        """A saved world goes on: the usage clock continues without repeating itself."""
        self._manifest = manifest
        self._count(resumed=True)

    def stop(self, *, orderly: bool) -> None:
        """IOS stops. An orderly stop saves all use; a power cut forgets what was not yet saved."""
        now = self._clock.now
        if self._usage is not None:
            used = self._usage.used(now) if orderly else self._usage.saved(now)
            self._keep(self.licenses.saving_use(self._usage.line.id, used))
        self._forget_clock()
        self._manifest = None

    # --- what there is -----------------------------------------------------------------------------------------

    @property
    def licenses(self) -> Licenses:
        """The stores as they are."""
        return self._state.licenses

    @property
    def built_in(self) -> Sequence[LicenseLine]:
        """The lines that the running image brings along."""
        return self._manifest.built_in if self._manifest else ()

    def all(self) -> tuple[StoredLicense, ...]:
        """Every stored license, the running image's included."""
        return self.licenses.all(self.built_in)

    def in_use(self) -> StoredLicense | None:
        """The license that the running level uses."""
        running = self._state.running
        if running is None or running.license_id is None:
            return None
        return next((stored for stored in self.all() if stored.line.id == running.license_id), None)

    def usage(self) -> Usage:
        """Milliseconds used by license id, up to now."""
        if self._usage is None:
            return self.licenses.used
        return {**self.licenses.used, self._usage.line.id: self._usage.used(self._clock.now)}

    def next_level(self) -> BootLevel:
        """What a reload now would bring up, as far as the running configuration decides."""
        manifest, running = self._loaded()
        configured = running.configuration.boot_level(manifest.license_module)
        return next_boot_level(manifest.levels, configured, self.licenses, self.built_in, self.usage())

    def needs_eula(self, feature: str) -> StoredLicense | None:
        """The metered license that the feature would have to use, when its agreement is not accepted yet."""
        if effective(feature, self.licenses, self.built_in, self.usage()):
            return None
        waiting = [
            stored
            for stored in self.all()
            if stored.line.feature == feature
            and stored.line.rule.metered
            and not self.licenses.ever(HistoryKind.EULA_ACCEPTED, stored.line.id)
        ]
        return min(waiting, key=lambda stored: stored.line.rule.rank, default=None)

    # --- changes -----------------------------------------------------------------------------------------------

    def examine(self, line: LicenseLine) -> InstallResult:
        """What installing a line would come to."""
        return changes.examine(self.licenses, line, self._state.udi)

    def install(self, entry: FileLine) -> Installation:
        """Install one line of a license file."""
        after, installation = changes.install(
            self.licenses, entry.line, self._state.udi, self._clock.now, entry.comment
        )
        self._keep(after)
        if installation.stored is not None:
            self._tell(LicenseInstalled, installation.stored)
        return installation

    def accept_eula(self, stored: StoredLicense) -> None:
        """The user accepted the agreement of a metered license."""
        self._keep(changes.accept_eula(self.licenses, stored.line, self._clock.now))
        self._tell(EulaAccepted, stored)

    def clear(self, stored: StoredLicense) -> None:
        """Remove an installed license that is not in use."""
        self._keep(changes.clear(self.licenses, stored, self._clock.now))
        self._tell(LicenseCleared, stored)

    def examine_ticket(self, ticket: PermissionTicket) -> RevokeResult:
        """What carrying out a permission ticket would come to."""
        return changes.examine_ticket(self.licenses, ticket, self._state.udi)

    def revoke(self, ticket: PermissionTicket) -> Revocation:
        """Carry out a permission ticket; a level that used a revoked license goes on with the grace period."""
        after, revocation = changes.revoke(self.licenses, ticket, self._clock.now)
        self._keep(after)
        running = self._state.running
        lost = {stored.line.id for stored in revocation.revoked}
        if running is not None and running.license_id in lost:
            substitute = effective(running.level, self.licenses, self.built_in, self.usage())
            running.license_id = substitute.line.id if substitute else None
            running.in_use_since = self._clock.now
            running.used_before = self.licenses.used.get(running.license_id, 0) if running.license_id else 0
            self._count(resumed=False)
        for stored in revocation.revoked:
            self._tell(LicenseRevoked, stored)
        for stored in revocation.granted:
            self._tell(LicenseInstalled, stored)
        return revocation

    def announce_next_level(self) -> None:
        """Tell which level the next boot will bring up."""
        if self._state.running is not None:
            chosen = self.next_level()
            self._publish(self._chosen_event(self._clock.now, chosen))

    def require_eula(self, level: str) -> None:
        """A level was configured, but its agreement was not accepted."""
        self._publish(EulaRequired(at=self._clock.now, router=self._state.name, level=level))

    # --- the usage clock as a timed object ---------------------------------------------------------------------

    def next_deadline(self) -> Instant | None:
        """When the license in use next has something to say."""
        return self._usage.next_deadline() if self._usage else None

    def advance(self, now: Instant) -> list[Event]:
        """Its notices; at expiry the history notes it and the next level is computed anew."""
        if self._usage is None:
            return []
        events: list[Event] = []
        for event in self._usage.advance(now):
            events.append(event)
            if isinstance(event, LicenseExpired) and event.ago == 0:
                line = self._usage.line
                self._keep(self.licenses.saving_use(line.id, line.period or 0))
                self._keep(self.licenses.noting(event.at, HistoryKind.EXPIRED, line))
                events.append(self._chosen_event(event.at, self.next_level()))
        return events

    # --- inside ------------------------------------------------------------------------------------------------

    def _keep(self, licenses: Licenses) -> None:
        self._state.licenses = licenses

    def _loaded(self) -> tuple[ImageManifest, Running]:
        if self._manifest is None or self._state.running is None:
            raise RuntimeError(f"{self._state.name} is not running")
        return self._manifest, self._state.running

    def _tell(self, kind: type, stored: StoredLicense) -> None:
        line = stored.line
        self._publish(
            kind(
                at=self._clock.now,
                router=self._state.name,
                feature=line.feature,
                version=line.version,
                index=stored.index,
                store=StoreName(stored.store),
            )
        )

    def _chosen_event(self, at: Instant, chosen: BootLevel) -> NextLevelChosen:
        manifest, _ = self._loaded()
        license_name = chosen.license.line.feature if chosen.license else None
        return NextLevelChosen(
            at=at, router=self._state.name, module=manifest.license_module, level=chosen.level, license=license_name
        )

    def _count(self, *, resumed: bool) -> None:
        _, running = self._loaded()
        self._forget_clock()
        stored = self.in_use()
        if stored is None or not stored.line.rule.metered:
            return
        told = self._clock.now if resumed else None
        self._usage = UsageClock(self._state.name, stored.line, running.used_before, running.in_use_since, told)
        self._timekeeper.enrol(self._key, self)

    def _forget_clock(self) -> None:
        self._usage = None
        self._timekeeper.dismiss(self._key)

    @property
    def _key(self) -> tuple[str, str]:
        return self._state.name, "usage"


def used_at_boot(licenses: Licenses, license_id: str | None) -> Duration:
    """What the usage clock of a license in use starts from."""
    return licenses.used.get(license_id, 0) if license_id else 0
