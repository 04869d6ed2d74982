"""The license stores of one router, as one immutable value.

Three places (FAQ glossary; B.4): the *primary* store holds installed lines; the *built-in* store holds what the
running image brings along; the *persistent* store is the history that `write erase`, `format` and image changes do
not touch, and it is where an evaluation's used time lives. A change makes a new `Licenses`; the router puts it in
place as one transaction, so a power cut finds the old value or the new one.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

import msgspec
from msgspec.structs import replace

from emulator.kernel.time import Duration, Instant
from emulator.licensing.lines import LicenseLine
from emulator.licensing.tickets import RehostTicket
from emulator.licensing.udi import Udi


class StoreName(StrEnum):
    PRIMARY = "Primary License Storage"
    BUILT_IN = "Built-In License Storage"


class StoredLicense(msgspec.Struct, frozen=True):
    """A license line at its place in a store.

    Attributes:
        source, created, proof: what else its file said, so that the same file can be written again; empty for a line
            that came out of no file, such as the grace period inside a permission ticket.
    """

    line: LicenseLine
    index: int
    store: StoreName = StoreName.PRIMARY
    comment: str = ""
    source: str = ""
    created: str = ""
    proof: str = ""


class HistoryKind(StrEnum):
    INSTALLED = "installed"
    CLEARED = "cleared"
    REVOKED = "revoked"
    EXPIRED = "expired"
    EULA_ACCEPTED = "eula accepted"


class HistoryRecord(msgspec.Struct, frozen=True):
    """An entry of the persistent store's history."""

    at: Instant
    kind: HistoryKind
    license_id: str
    feature: str


MetersPriority = Literal["high", "low"]


class PendingTransfer(msgspec.Struct, frozen=True):
    """A rehost by call home whose licenses are revoked here, and not yet known to be issued to the target.

    Attributes:
        ticket: the permission ticket that was carried out for it.
    """

    ticket: str
    target: Udi


class Licenses(msgspec.Struct, frozen=True):
    """All license data that survives a power cut.

    Attributes:
        primary: installed lines, by ascending store index.
        used: milliseconds in use by license id, as last saved.
        rehosts: rehost tickets by the permission ticket that they answer, so that it can be answered again alike.
        transfer: the rehost that call home has not completed.
        priorities: settings of `license modify priority`, by feature.
        eula_for_all: the agreement was accepted for all software of the device.
    """

    primary: tuple[StoredLicense, ...] = ()
    used: dict[str, Duration] = {}
    history: tuple[HistoryRecord, ...] = ()
    rehosts: dict[str, RehostTicket] = {}
    transfer: PendingTransfer | None = None
    priorities: dict[str, MetersPriority] = {}
    eula_for_all: bool = False

    def all(self, built_in: Iterable[LicenseLine]) -> tuple[StoredLicense, ...]:
        """List every stored license: the primary store, then the running image's built-in store."""
        return self.primary + tuple(
            StoredLicense(line, index, StoreName.BUILT_IN) for index, line in enumerate(built_in)
        )

    def ever(self, kind: HistoryKind, license_id: str) -> bool:
        """Tell whether the history has such an event."""
        return any(record.kind is kind and record.license_id == license_id for record in self.history)

    def accepted(self, line: LicenseLine) -> bool:
        """Tell whether the agreement of a line is accepted, or none is needed."""
        return (
            line.rule.eula == "never" or self.eula_for_all or self.ever(HistoryKind.EULA_ACCEPTED, line.id)
        )  # fmt: skip

    def noting(self, at: Instant, kind: HistoryKind, line: LicenseLine) -> "Licenses":
        """Copy of the licenses with one more entry of history."""
        return replace(self, history=(*self.history, HistoryRecord(at, kind, line.id, line.feature)))

    def saving_use(self, license_id: str, used: Duration) -> "Licenses":
        """Copy of the licenses with the used time of one license updated; it never falls."""
        if used <= self.used.get(license_id, 0):
            return self
        return replace(self, used={**self.used, license_id: used})
