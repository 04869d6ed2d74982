"""Installing, clearing and revoking: what each does to the stores, and when it is refused.

Every function takes the stores and returns new ones beside a verdict; nothing is half done. Causes are those of
CISCO-LICENSE-MGMT-MIB (C); the texts that the console prints for them are in its own table. Sections A.2, A.3, A.6
and D of the behavior notes.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from emulator.kernel.time import WEEK, Duration, Instant
from emulator.licensing.file import FileLine
from emulator.licensing.lines import LicenseLine
from emulator.licensing.store import HistoryKind, Licenses, MetersPriority, PendingTransfer, StoredLicense
from emulator.licensing.tickets import PermissionTicket, RehostTicket
from emulator.licensing.udi import Udi

STORE_CAPACITY = 32
"""Lines that the primary store holds (I; the real figure is not published)."""

EXPANDED_CAPACITY = 64
"""Lines that the primary store holds after `license expand nvram` and a reload (I)."""

LARGEST_COUNT = 10_000
LONGEST_PERIOD: Duration = 100 * 52 * WEEK
"""Limit of the period that a line may grant, in milliseconds (I)."""


class InstallResult(StrEnum):
    INSTALLED = "installed"
    EXISTING = "license already exists"
    WRONG_DEVICE = "license not valid for device"
    REVOKED = "license was revoked from device"
    BAD_COUNT = "invalid license count"
    BAD_PERIOD = "invalid license period"
    STORE_FULL = "license storage full"
    EULA_REFUSED = "eula refused"


class Installation(msgspec.Struct, frozen=True):
    """The outcome for one line."""

    result: InstallResult
    stored: StoredLicense | None = None


def examine(licenses: Licenses, line: LicenseLine, udi: Udi, capacity: int = STORE_CAPACITY) -> InstallResult:
    """Find out how an installation of the line would end, without doing it."""
    if line.udi != udi:
        return InstallResult.WRONG_DEVICE
    if any(stored.line.id == line.id for stored in licenses.primary):
        return InstallResult.EXISTING
    if licenses.ever(HistoryKind.REVOKED, line.id):
        return InstallResult.REVOKED
    if line.count is not None and not 1 <= line.count <= LARGEST_COUNT:
        return InstallResult.BAD_COUNT
    if line.rule.meter == "calendar" and line.ends is None:
        return InstallResult.BAD_PERIOD
    if line.rule.metered and not 1 <= (line.period or 0) <= LONGEST_PERIOD:
        return InstallResult.BAD_PERIOD
    if len(licenses.primary) >= capacity:
        return InstallResult.STORE_FULL
    return InstallResult.INSTALLED


def install(
    licenses: Licenses,
    line: LicenseLine,
    udi: Udi,
    now: Instant,
    comment: str = "",
    capacity: int = STORE_CAPACITY,
    entry: FileLine | None = None,
) -> tuple[Licenses, Installation]:
    """Put a line into the primary store, at the lowest free store index; `entry` is what its file said of it."""
    result = examine(licenses, line, udi, capacity)
    if result is not InstallResult.INSTALLED:
        return licenses, Installation(result)
    taken = {stored.index for stored in licenses.primary}
    index = next(number for number in range(capacity) if number not in taken)
    stored = StoredLicense(line, index, comment=comment)
    if entry is not None:
        stored = replace(stored, source=entry.source, created=entry.created, proof=entry.proof)
    primary = tuple(sorted((*licenses.primary, stored), key=lambda each: each.index))
    return replace(licenses, primary=primary).noting(now, HistoryKind.INSTALLED, line), Installation(result, stored)


def accept_eula(licenses: Licenses, line: LicenseLine, now: Instant) -> Licenses:
    """Record that the agreement of a metered license was accepted; it stays accepted on this device."""
    if licenses.accepted(line):
        return licenses
    return licenses.noting(now, HistoryKind.EULA_ACCEPTED, line)


def accept_eula_for_all(licenses: Licenses) -> Licenses:
    """Record that the agreement was accepted for all software of the device; the record outlives the configuration."""
    return replace(licenses, eula_for_all=True)


def set_comment(licenses: Licenses, stored: StoredLicense, comment: str) -> Licenses:
    """Write the only part of a license that the user may change."""
    after = tuple(replace(each, comment=comment) if each == stored else each for each in licenses.primary)
    return replace(licenses, primary=after)


def set_priority(licenses: Licenses, feature: str, priority: MetersPriority) -> Licenses:
    """Let the metered licenses of a feature win over its permanent one (`high`), or not (`low`)."""
    return replace(licenses, priorities={**licenses.priorities, feature: priority})


def clear(licenses: Licenses, stored: StoredLicense, now: Instant) -> Licenses:
    """Take a line out of the primary store; the caller must refuse a license in use."""
    return _without(licenses, (stored,)).noting(now, HistoryKind.CLEARED, stored.line)


def missing(licenses: Licenses, ticket: PermissionTicket) -> tuple[str, ...]:
    """List the features for which a ticket names a license that is not installed."""
    there = {stored.line.feature for stored in licenses.primary if stored.line.id in ticket.revoke}
    return tuple(feature for feature in ticket.features if feature not in there) or ticket.features


class RevokeResult(StrEnum):
    REVOKED = "revoked"
    REPEATED = "revoked before by this ticket"
    WRONG_DEVICE = "ticket is for another device"
    LICENSE_MISSING = "license named by the ticket is not installed"


def examine_ticket(licenses: Licenses, ticket: PermissionTicket, udi: Udi) -> RevokeResult:
    """Find out how `license revoke` with this ticket would end, without doing it."""
    if ticket.source != udi:
        return RevokeResult.WRONG_DEVICE
    if ticket.id in licenses.rehosts:
        return RevokeResult.REPEATED
    installed = {stored.line.id for stored in licenses.primary}
    if not installed.issuperset(ticket.revoke):
        return RevokeResult.LICENSE_MISSING
    return RevokeResult.REVOKED


class Revocation(msgspec.Struct, frozen=True):
    """The effect of a permission ticket on a device."""

    revoked: tuple[StoredLicense, ...]
    granted: tuple[StoredLicense, ...]


def revoke(
    licenses: Licenses,
    ticket: PermissionTicket,
    now: Instant,
    capacity: int = STORE_CAPACITY,
    target: Udi | None = None,
) -> tuple[Licenses, Revocation]:
    """Exchange the lines that the ticket names for the grace-period lines inside it, in one step.

    The agreement of the grace period was part of the dialog, so it counts as accepted. `target` is the device for
    which call home revokes; its license is owed until `end_transfer`.
    """
    revoked = tuple(stored for stored in licenses.primary if stored.line.id in ticket.revoke)
    after = _without(licenses, revoked)
    for stored in revoked:
        after = after.noting(now, HistoryKind.REVOKED, stored.line)
    granted = []
    for line in ticket.grant:
        after, installation = install(after, line, ticket.source, now, capacity=capacity)
        if installation.stored is not None:
            after = accept_eula(after, line, now)
            granted.append(installation.stored)
    answer = RehostTicket(ticket.id, ticket.source, tuple(stored.line.id for stored in revoked), ticket.nonce)
    after = replace(after, rehosts={**after.rehosts, ticket.id: answer})
    if target is not None:
        after = begin_transfer(after, ticket.id, target)
    return after, Revocation(revoked, tuple(granted))


def begin_transfer(licenses: Licenses, ticket: str, target: Udi) -> Licenses:
    """Remember the target for which call home is to hand in the answer to a permission ticket."""
    return replace(licenses, transfer=PendingTransfer(ticket, target))


def end_transfer(licenses: Licenses) -> Licenses:
    """Forget the pending transfer: the target has its license, or will never have it from here."""
    return replace(licenses, transfer=None)


def _without(licenses: Licenses, removed: Sequence[StoredLicense]) -> Licenses:
    return replace(licenses, primary=tuple(stored for stored in licenses.primary if stored not in removed))
