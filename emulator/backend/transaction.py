"""One act at the back end: who asks, when and why, the records of its transaction, and what all use cases share.

Rule: an act first checks everything, then writes; and all that it writes, letters and audit log included, is one
transaction. So a refusal leaves nothing half done (I).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from emulator.backend.entities import Account, AuditEntry, Device, IssuedLicense, IssuedState, Origin, Role
from emulator.backend.letters import (
    EPOCH,
    Draft,
    epoch_ms,
    iso,
    license_words,
    ticket_name,
    ticket_words,
)
from emulator.backend.mail import PORTAL
from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.backend.skus import Sku
from emulator.backend.store.outbox import AttachmentKind, StoredLetter
from emulator.backend.store.records import Records
from emulator.kernel.errors import nearest
from emulator.kernel.time import DAY, Duration, Instant
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.families import series_of
from emulator.licensing.file import license_file_name
from emulator.licensing.lines import LicenseLine
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.types import TYPES, LicenseType
from emulator.licensing.udi import Udi, parse_udi, udi_fault

MOST_STANDING = 100
"""Limit of the licenses that stand for one device (I): more than a router can store, and few enough for one file, so
that all can be sent again.
"""

MOST_GIVEN = MOST_STANDING // 2
"""Limit of those from accounts that have not proved the device theirs (I), so that no stranger fills it up."""

LONGEST_REASON = 500


class BackendContext(msgspec.Struct, frozen=True):
    """The context shared by all acts: products, the key, the calendar."""

    skus: Mapping[str, Sku]
    families: Mapping[str, str]
    key: SigningKey
    device_verifier: Callable[[Udi], Verifier]
    device_seal: Callable[[Udi], bytes]
    calendar: Callable[[Instant], datetime]

    def arrival(self, sku: str, ordered: Instant) -> Instant:
        """Instant at which the letter with the PAK of an order arrives: at once, or, by regular mail, days later."""
        row = self.skus.get(sku)
        return ordered if row is None else ordered + row.mail_days * DAY

    def family(self, udi: Udi) -> str:
        """Family of a device; refused when the UDI is malformed or its product unknown."""
        try:
            parse_udi(str(udi))
        except ValueError as error:
            raise PortalRefusal.BAD_UDI.error(udi=udi, fault=udi_fault(str(udi))) from error
        if (family := self.families.get(udi.pid)) is None:
            raise PortalRefusal.UNKNOWN_PID.error(pid=udi.pid, nearest=nearest(udi.pid, self.families))
        return family

    def fits(self, sku: Sku, udi: Udi, family: str) -> None:
        """Refuse a device that a SKU is not sold for."""
        if family not in sku.families:
            families = " or ".join(series_of(sku.families))
            raise PortalRefusal.WRONG_FAMILY.error(sku=sku.name, families=families, udi=udi, family=family)


class Transaction(msgspec.Struct):
    """An act: its account, instant and reason, its records, and the letters and audit entries that it leaves."""

    context: BackendContext
    records: Records
    now: Instant
    by: Account
    why: str = ""
    mailed: bool = True
    proofs: dict[Udi, str] = {}
    """Devices that the account has proved to have, each with its proof: credential, service contract, signed call."""
    drafts: list[Draft] = []
    notes: list[AuditEntry] = []
    moment: datetime = EPOCH
    """Calendar now."""
    date: str = ""
    """Calendar now, as ISO 8601."""

    def __post_init__(self) -> None:
        self.moment = self.context.calendar(self.now)
        self.date = iso(self.moment)

    @property
    def today(self) -> int:
        """Calendar in milliseconds since 1970."""
        return epoch_ms(self.moment)

    # --- who asks ----------------------------------------------------------------------------------------------

    @property
    def seen_by(self) -> str | None:
        """Owner whose things are shown; None: all owners'."""
        return None if self.by.role is Role.OPERATOR else self.by.name

    def operators_only(self) -> None:
        """Refuse a customer."""
        if self.by.role is not Role.OPERATOR:
            raise PortalRefusal.FORBIDDEN.error(user=self.by.name)

    def exception(self) -> None:
        """Refuse unless an operator gives a reason for an exception from the rules."""
        self.operators_only()
        if not self.why:
            raise PortalRefusal.NO_REASON.error()

    def owns(self, owner: str | None) -> bool:
        """Tell whether things of this owner are the account's own; to an operator everything is."""
        return self.by.role is Role.OPERATOR or owner == self.by.name

    def prove(self, udi: Udi | None, proof: str) -> None:
        """Record the proof that the acting account has a device; None proves nothing."""
        if udi is not None:
            self.proofs[udi] = proof

    def has(self, device: Device) -> bool:
        """Tell whether a device may be read about and taken from: one's own, or one without an owner in `proofs`."""
        return self.owns(device.owner) or (device.owner is None and device.udi in self.proofs)

    def in_the_post(self, sku: str, ordered: Instant) -> bool:
        """Tell whether the letter that brings a PAK is still under way to a customer."""
        return self.by.role is not Role.OPERATOR and self.now < self.context.arrival(sku, ordered)

    @property
    def under_way(self) -> dict[str, Instant]:
        """Instants by SKU: PAKs ordered since then are still under way to the account; empty for an operator."""
        if self.by.role is Role.OPERATOR:
            return {}
        return {sku.name: self.now - sku.mail_days * DAY for sku in self.context.skus.values() if sku.mail_days}

    # --- devices -----------------------------------------------------------------------------------------------

    def family(self, udi: Udi) -> str:
        """Family of a device; refused when the UDI is malformed or its product unknown."""
        return self.context.family(udi)

    def device(self, udi: Udi) -> Device:
        """Lock and return a device of the account; a missing one and another account's are refused alike."""
        self.family(udi)
        self._check(self.records.devices.find(udi, locked=True) or Device(udi))
        return self.receiver(udi)

    def look_at(self, udi: Udi) -> Device:
        """Return a device of the account for reading only; refused as by `device`."""
        self.family(udi)
        device = self.records.devices.find(udi) or Device(udi)
        self._check(device)
        return device

    def _check(self, device: Device) -> None:
        if not self.has(device):
            raise PortalRefusal.UNKNOWN_DEVICE.error(udi=device.udi, user=self.by.name)

    def receiver(self, udi: Udi) -> Device:
        """Lock and return a device that receives licenses; a license works on no other, so any account may name it (I).

        A customer who has proved to have it becomes its owner if it has none.
        """
        return self.claimed(self.records.devices.hear_of([udi])[udi])

    def claimed(self, device: Device) -> Device:
        """Make the customer who has proved to have a device its owner, unless it has one; returns the device."""
        if device.owner is not None or self.by.role is not Role.CUSTOMER or device.udi not in self.proofs:
            return device
        self.records.devices.claim([device.udi], self.by.name)
        self.note("claim", device.udi, self.proofs[device.udi], device=device.udi)
        return replace(device, owner=self.by.name)

    def serve(self, udi: Udi) -> str:
        """Family of a device that is still served, that is, not replaced in an RMA; its owner is told by which one."""
        family = self.family(udi)
        if rma := self.records.transfers.rma(udi):
            raise self.replaced(self.records.devices.find(udi) or Device(udi), rma.replacement)
        return family

    def replaced(self, device: Device, replacement: Udi) -> PortalError:
        """Build the refusal for a device that was replaced."""
        if self.has(device):
            return PortalRefusal.REPLACED.error(udi=device.udi, replacement=replacement)
        return PortalRefusal.OUT_OF_SERVICE.error(udi=device.udi)

    def serve_for(self, udi: Udi, skus: Iterable[str | None]) -> None:
        """Check that a device is served and that licenses of these SKUs may be issued to it."""
        family = self.serve(udi)
        for name in skus:
            if name is not None:
                self.context.fits(self.context.skus[name], udi, family)

    def made(self, device: Device) -> None:
        """Refuse a device that did not leave our factory."""
        if device.made is None:
            raise PortalRefusal.NOT_MADE.error(udi=device.udi)

    def room_for(self, device: Device, number: int) -> None:
        """Refuse a device that would have more licenses than one file holds."""
        self.check_room(device, self.records.licenses.count_current([device.udi], self.today)[device.udi], number)

    def check_room(self, device: Device, held: int, number: int) -> None:
        """Refuse by a known number of licenses; without proof of the device, half of the limit counts."""
        if held + number <= (MOST_STANDING if self.has(device) else MOST_GIVEN):
            return
        if self.has(device):
            raise PortalRefusal.TOO_MANY.error(udi=device.udi, held=held, most=MOST_STANDING)
        raise PortalRefusal.TOO_MANY_GIVEN.error(udi=device.udi)

    # --- licenses ----------------------------------------------------------------------------------------------

    def current(self, udi: Udi) -> list[IssuedLicense]:
        """List the licenses that a device is entitled to now."""
        return self.records.licenses.current(udi, self.today)

    def upgrade(self, feature: str, family: str) -> str | None:
        """Name the product that is sold as a permanent upgrade to a feature for a family; None where there is none."""
        return next(
            (
                sku.name
                for sku in self.context.skus.values()
                if sku.feature == feature and family in sku.families and sku.adds_nothing_twice
            ),
            None,
        )  # fmt: skip

    def transferable(self, udi: Udi) -> list[IssuedLicense]:
        """List the current licenses that may leave the device: purchased ones of a movable type."""
        return [each for each in self.current(udi) if each.sku is not None and each.line.rule.movable]

    def issued_before(self, udi: Udi, ids: Sequence[str]) -> list[IssuedLicense]:
        """List the licenses of an earlier act, for the same file again; refused once any of them has moved on."""
        licenses = list(self.records.licenses.by_id(ids).values())
        if any(license_.state is not IssuedState.CURRENT for license_ in licenses):
            raise PortalRefusal.TRANSFERRED.error(udi=udi)
        return licenses

    def license_ids(self, number: int) -> tuple[int, list[str]]:
        """Take the next numbers for license lines: the first, and ids of a date and a counter that never goes back."""
        first = self.records.counters.take("license", number)
        date = f"{self.moment:%Y%m%d}"
        return first, [f"{date}-{each:06d}" for each in range(first, first + number)]

    def issue(self, device: Device, lines: Sequence[LicenseLine], source: str, origin: Origin) -> list[IssuedLicense]:
        """Record lines of a device, numbered by `license_ids`, in a file of their own."""
        created = self.stamp(device)
        issued = [IssuedLicense(line, source, created, self.now, origin, line.id) for line in lines]
        self._record(issued)
        return issued

    def transfer(
        self,
        moved: Sequence[IssuedLicense],
        old_device: Device,
        to: Device,
        left_as: IssuedState,
        source: str,
        origin: Origin,
    ) -> list[IssuedLicense]:
        """Issue licenses anew to another device; the old ones end. A subscription keeps its date.

        When an operator acts, a device without an owner goes to the owner of the old one.
        """
        _, ids = self.license_ids(len(moved))
        created = self.stamp(to, old_device.owner if self.by.role is Role.OPERATOR else None)
        issued = [
            IssuedLicense(
                replace(old.line, id=id_, udi=to.udi), source, created, self.now, origin, old.root,
                old.sku, old.pak, old.line.id,
            )
            for id_, old in zip(ids, moved, strict=True)
        ]  # fmt: skip
        self.records.licenses.move([old.line.id for old in moved], left_as)
        self._record(issued)
        return issued

    def _record(self, issued: Sequence[IssuedLicense]) -> None:
        if issued:
            first = int(issued[0].line.id.rpartition("-")[2])
            self.records.licenses.add(first, issued)

    def stamp(self, device: Device, heir: str | None = None) -> str:
        """Take the date of a new file for a device and record it: now, or the next millisecond that has no file yet."""
        date = self.next_date(device)
        self.records.devices.filed([(device.udi, date, device.owner or heir)])
        return date

    def next_date(self, device: Device) -> str:
        """Date of the next file for a device, not recorded yet."""
        if device.last_file is None or device.last_file < self.date:
            return self.date
        return iso(datetime.fromisoformat(device.last_file) + timedelta(milliseconds=1))

    # --- what goes out -----------------------------------------------------------------------------------------

    def license_mail(self, udi: Udi, licenses: Sequence[IssuedLicense], dated: str, reason: str) -> Draft:
        """Mail a license file under its name, at once."""
        moment = self.moment if dated == self.date else datetime.fromisoformat(dated)
        name = license_file_name(udi, moment)
        body = license_words(udi, licenses, name, reason)
        ids = tuple(each.line.id for each in licenses)
        letter = self.letter(PORTAL, f"License file for {udi}", body, kind="licenses", file=name, refers=ids)
        return self.send(Draft(letter, licenses))

    def ticket_mail(self, ticket: PermissionTicket) -> Draft:
        """Mail a permission ticket, at once."""
        subject, name = f"Permission ticket for {ticket.source}", ticket_name(ticket)
        body = ticket_words(ticket)
        letter = self.letter(PORTAL, subject, body, kind="ticket", file=name, refers=(ticket.id,))
        return self.send(Draft(letter, ticket=ticket))

    def letter(
        self,
        sender: str,
        subject: str,
        body: str,
        *,
        after: Duration = 0,
        to: Account | None = None,
        kind: AttachmentKind = "",
        file: str = "",
        refers: tuple[str, ...] = (),
    ) -> StoredLetter:
        """Build a letter that arrives after some time, with the source of its attachment."""
        to = to or self.by
        due = self.now + after
        date = iso(self.context.calendar(due)) if after else self.date
        return StoredLetter(0, due, to.name, to.address, date, sender, subject, body, kind, file, refers)

    def send(self, draft: Draft) -> Draft:
        """Put a letter into the outbox, when the act is done."""
        if self.mailed:
            self.drafts.append(draft)
        return draft

    def note(
        self, act: str, subject: object, detail: str = "", *, device: Udi | None = None, other: Udi | None = None
    ) -> None:
        """Add an entry to the audit log, when the act is done."""
        self.notes.append(
            AuditEntry(
                0,
                self.now,
                act,
                self.by.name,
                str(subject),
                detail,
                self.why,
                "" if device is None else str(device),
                "" if other is None else str(other),
            )
        )

    def finish(self) -> None:
        """Write the letters and audit entries of the act."""
        self.records.audit.add(self.notes)
        if self.drafts:
            first = self.records.counters.take("letter", len(self.drafts))
            for number, draft in enumerate(self.drafts, first):
                draft.letter = replace(draft.letter, number=number)
            self.records.outbox.add([draft.letter for draft in self.drafts])


def new_line(
    id_: str,
    feature: str,
    kind: LicenseType,
    udi: Udi,
    *,
    period: Duration | None = None,
    count: int | None = None,
    ends: int | None = None,
) -> LicenseLine:
    """Build a line to issue. Periods of use and counts add up, everything else is exclusive (I)."""
    exclusive = not TYPES[kind].metered and count is None
    return LicenseLine(id_, feature, kind, udi, period, exclusive, count=count, ends=ends)
