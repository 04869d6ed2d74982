"""Laws that hold after every act, whatever came before it: each is a function with a name that failures show."""

import msgspec

from emulator.backend.entities import IssuedState
from emulator.hardware.events import PoweredOff, PoweredOn, ResetBegan, StageEntered
from emulator.kernel.events import Event
from emulator.kernel.time import MINUTE, Duration, Instant
from emulator.licensing.changes import InstallResult
from emulator.licensing.events import StorageDamaged, StorageLost
from emulator.licensing.store import HistoryRecord
from emulator.licensing.tickets import RehostTicket
from emulator.licensing.types import LicenseType
from emulator.router.device import Router
from tests.backend_records import Records, records_of
from tests.heavy.lab import BASE, TOP, Lab

SAVE_INTERVAL = 5 * MINUTE


class Memory(msgspec.Struct):
    """State of a router after the last act."""

    at: Instant
    used: dict[str, Duration]
    history: tuple[HistoryRecord, ...]
    rehosts: dict[str, RehostTicket]
    using: str | None


class Laws:
    """Watches one lab."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.checks = 0
        self._memories = {name: self._memory(name) for name in lab.names}
        self._seen = len(lab.events)
        lab.world.listeners.append(self._boots_only_what_is_licensed)

    def check(self) -> None:
        """All laws, after an act."""
        self.checks += 1
        happened = self.lab.events[self._seen :]
        self._seen = len(self.lab.events)
        assert not [event for event in happened if isinstance(event, StorageLost | StorageDamaged)]
        self._no_license_is_doubled()
        for name in self.lab.names:
            after, before = self._memory(name), self._memories.get(name)
            if before is not None:
                mine = [event for event in happened if event.router == name]
                used_time_is_what_was_used(before, after, mine)
                history_survives(before, after)
            self._memories[name] = after
            self._entitlements_can_be_installed(self.lab.router(name))

    def _memory(self, name: str) -> Memory:
        router = self.lab.router(name)
        activation = router.activation
        using = activation.inventory.in_use()
        stores = activation.inventory.licenses
        return Memory(
            self.lab.world.now,
            dict(activation.inventory.consumed().used),
            stores.history,
            dict(stores.rehosts),
            using.line.id if using and using.line.rule.metered else None,
        )

    def _no_license_is_doubled(self) -> None:
        """Permanent upgrades on all routers together are no more than were bought, and each stands with the portal."""
        backend = records_of(self.lab.world)
        bought = sum(pak.quantity for pak in backend.paks.values())
        active = 0
        for name in self.lab.names:
            router = self.lab.router(name)
            primary = router.activation.inventory.licenses.primary
            assert len({stored.line.id for stored in primary}) == len(primary)
            assert len({stored.index for stored in primary}) == len(primary)
            revoked = {
                each.license_id for each in router.activation.inventory.licenses.history if each.kind == "revoked"
            }
            for stored in primary:
                assert stored.line.id not in revoked
                assert stored.line.udi == router.state.udi
                if stored.line.type is LicenseType.PERMANENT:
                    assert backend.licenses[stored.line.id].state is IssuedState.CURRENT
                    active += stored.line.feature == TOP
        standing = [each for each in backend.licenses.values() if each.sku and each.state is IssuedState.CURRENT]
        assert active <= bought
        assert len(standing) <= bought
        assert all(pak.spent <= pak.quantity for pak in backend.paks.values())
        grants = [
            record for memory in self._memories.values() for record in memory.history if _is_grant(record, backend)
        ]
        assert len(grants) <= len(backend.permissions) * 2

    def _entitlements_can_be_installed(self, router: Router) -> None:
        """Licenses that the portal holds for a device are taken by it, unless a rehost that is under way gave it up."""
        backend = records_of(self.lab.world)
        udi = str(router.state.udi)
        for issued in backend.held(udi):
            if issued.state is not IssuedState.CURRENT:
                continue
            result = router.activation.examine(issued.line)
            if result is InstallResult.REVOKED:
                assert issued.line.id in backend.open_permissions[udi].ticket.revoke
            else:
                assert result in {InstallResult.INSTALLED, InstallResult.EXISTING}

    def _boots_only_what_is_licensed(self, event: Event) -> None:
        """A boot that has just chosen its level has a license for it that counts now."""
        if not isinstance(event, StageEntered):
            return
        router = self.lab.router(event.router)
        running = router.state.running
        if running is None or running.booted != event.at or running.level == BASE:
            return
        stores = router.activation.inventory.licenses
        lines = {stored.line.id: stored.line for stored in router.activation.inventory.all()}
        assert running.license_id is not None
        line = lines[running.license_id]
        assert line.feature == running.level
        if line.rule.metered:
            assert stores.accepted(line)
            assert stores.used.get(line.id, 0) < (line.period or 0)
        automatic = any(each.feature == TOP and each.rule.automatic for each in lines.values())
        if line.type is LicenseType.EVALUATION and not automatic:  # priority high lets it win over a permanent one
            assert router.state.startup is not None
            assert f"level {running.level}" in router.state.startup.text


def used_time_is_what_was_used(before: Memory, after: Memory, happened: list[Event]) -> None:
    """Use never falls but by less than the save interval at a power cut; it grows by what was in use, exactly."""
    elapsed = after.at - before.at
    cuts = sum(isinstance(event, PoweredOff) for event in happened)
    lost = 0
    for license_id, used in before.used.items():
        fallen = used - after.used.get(license_id, 0)
        lost = max(lost, fallen)
    assert lost <= 0 or (cuts and lost < SAVE_INTERVAL)
    grown = sum(after.used.values()) - sum(before.used.values())
    assert grown <= elapsed
    steady = not any(isinstance(event, PoweredOff | PoweredOn | ResetBegan) for event in happened)
    if steady and before.using == after.using:
        assert grown == (elapsed if before.using else 0)


def history_survives(before: Memory, after: Memory) -> None:
    """Records stay, in their order."""
    assert after.history[: len(before.history)] == before.history
    assert after.rehosts.items() >= before.rehosts.items()


def _is_grant(record: HistoryRecord, backend: Records) -> bool:
    granted = {line.id for permission in backend.permissions.values() for line in permission.ticket.grant}
    return record.kind == "installed" and record.license_id in granted
