"""The back end's use cases under one name, for the bench, the portal and call home alike.

Deterministic: the same key, state and calls give the same bytes. Its licenses are NOT compatible with genuine keys:
they are signed with a key that the simulated world made for itself, and no real router accepts them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from emulator.backend import accounts, purchase, transfer, trial
from emulator.backend.answers import Entitlement, PakContent, Rehostable
from emulator.backend.mail import Mail
from emulator.backend.office import Office
from emulator.backend.skus import Sku
from emulator.backend.state import BackendState, SalesOrder
from emulator.kernel.time import Duration, Instant
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.lines import LicenseLine
from emulator.licensing.udi import Udi


class LicensingService:
    """Orders, PAKs, license files and transfers; each refusal is a `PortalError` and changes nothing."""

    def __init__(
        self,
        state: BackendState,
        skus: Mapping[str, Sku],
        families: Mapping[str, str],
        key: SigningKey,
        *,
        device_verifier: Callable[[Udi], Verifier],
        calendar: Callable[[Instant], datetime],
    ) -> None:
        """Open the back end.

        Args:
            state: its records, which it changes.
            skus: what can be ordered, by name.
            families: the family of every known product ID.
            key: signs license files and permission tickets.
            device_verifier: checks what a device signed; called with any well-formed UDI.
            calendar: the date of an instant, in UTC.
        """
        self.state, self.skus = state, skus
        self._office = Office(state, skus, families, key, device_verifier, calendar)

    def manufacture(self, udi: Udi, features: Sequence[str], now: Instant) -> tuple[LicenseLine, ...]:
        """The permanent licenses that a new device leaves the factory with; the same again when repeated."""
        return purchase.manufacture(self._office, udi, features, now)

    def factory_file(self, udi: Udi) -> bytes:
        """The license file with the licenses that a device left the factory with."""
        return purchase.factory_file(self._office, udi)

    def order(self, sku: str, quantity: int, now: Instant) -> tuple[SalesOrder, Mail]:
        """Buy 1 to 5000 licenses under one PAK, and the mail that brings it: at once, or days later on paper."""
        return purchase.order(self._office, sku, quantity, now)

    def lost_pak(self, number: str) -> str:
        """The PAK of a sales order."""
        return purchase.lost_pak(self._office, number)

    def look_up(self, pak: str, udi: Udi) -> tuple[PakContent, ...]:
        """What a PAK is worth for a device."""
        return purchase.look_up(self._office, pak, udi)

    def register(self, pak: str, udis: Sequence[Udi], now: Instant, *, sku: str | None = None) -> list[Mail]:
        """One license file for each device, all or none; the same file again for one that was registered before.

        `sku`, if it is given, must be what the PAK is for.
        """
        return purchase.register(self._office, pak, udis, now, sku)

    def demo(self, udi: Udi, feature_or_sku: str, now: Instant) -> Mail:
        """A demo license for 60 days of use, once for a device and feature."""
        return trial.demo(self._office, udi, feature_or_sku, now)

    def extension(self, udi: Udi, feature_or_sku: str, period: Duration, now: Instant) -> Mail:
        """An extension license for the period that was agreed on with the TAC; periods add up."""
        return trial.extension(self._office, udi, feature_or_sku, period, now)

    def resend(self, udi: Udi, now: Instant) -> Mail:
        """Every license that was issued to the device and still stands, in one file."""
        return purchase.resend(self._office, udi, now)

    def entitlements(self, udi: Udi) -> tuple[Entitlement, ...]:
        """Every license that was ever issued to the device, and what became of it; empty if there is none."""
        return purchase.entitlements(self._office, udi)

    def rma(self, failed: Udi, replacement: Udi, now: Instant) -> Mail:
        """The purchased licenses of a failed device, for its replacement."""
        return transfer.rma(self._office, failed, replacement, now)

    def rehostable(self, udi: Udi, target: Udi, now: Instant) -> tuple[Rehostable, ...]:
        """The purchased products that the device could give up in favour of the target."""
        return transfer.rehostable(self._office, udi, target, now)

    def permission(self, source: Udi, now: Instant, *, skus: tuple[str, ...] | None = None) -> Mail:
        """The permission ticket of a device that is to give up its purchased licenses, or only those of some SKUs."""
        return transfer.permission(self._office, source, now, skus)

    def rehost(self, rehost_ticket: bytes, target: Udi, now: Instant) -> Mail:
        """The license for the target of a rehost, against the source's ticket."""
        return transfer.rehost(self._office, rehost_ticket, target, now)

    def add_account(self, user: str, password: str) -> None:
        """Open an account, or give it another password; `lab` with the password `lab` is there from the start."""
        accounts.add_account(self._office, user, password)

    def logs_in(self, user: str, password: str) -> bool:
        """Whether this is the password of that user."""
        return accounts.logs_in(self._office, user, password)
