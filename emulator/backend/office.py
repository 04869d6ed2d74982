"""What all use cases share: looking devices up, issuing lines, and mailing files.

Rule: every use case first checks everything, then changes the state; so a refusal leaves nothing half done (I).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec.structs import replace

from emulator.backend.mail import PORTAL, Attachment, Mail
from emulator.backend.refusals import Refusal
from emulator.backend.skus import Sku
from emulator.backend.state import AuditEntry, BackendState, IssuedLicense, LicenseState
from emulator.kernel.errors import nearest
from emulator.kernel.time import Duration, Instant, format_duration
from emulator.keys.documents import write_license_file
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.file import FileLine, LicenseFile, license_file_name
from emulator.licensing.lines import TYPES, LicenseLine, LicenseType
from emulator.licensing.udi import Udi, parse_udi

MOST_STANDING = 100
"""Licenses that stand for one device (I). More than a router can store, and all of them fit into one file, so that
whatever was issued can be sent again."""

MOVABLE = (LicenseType.PERMANENT, LicenseType.SUBSCRIPTION)
"""Types that may leave their device; what is metered by use stays (R for permanent, I for subscription)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Office(msgspec.Struct, frozen=True):
    """The back end's desk: its records, its key, its calendar."""

    state: BackendState
    skus: Mapping[str, Sku]
    families: Mapping[str, str]
    key: SigningKey
    device_verifier: Callable[[Udi], Verifier]
    calendar: Callable[[Instant], datetime]

    # --- who is served, and with what --------------------------------------------------------------------------

    def family(self, udi: Udi) -> str:
        """The family of a device; refused when the UDI is malformed or its product unknown."""
        try:
            parse_udi(str(udi))
        except ValueError as error:
            raise Refusal.BAD_UDI.error(udi=udi) from error
        if (family := self.families.get(udi.pid)) is None:
            raise Refusal.UNKNOWN_PID.error(pid=udi.pid, nearest=nearest(udi.pid, self.families))
        return family

    def serve(self, udi: Udi) -> str:
        """The family of a device that is still served: not replaced in an RMA."""
        family = self.family(udi)
        if rma := self.state.rmas.get(str(udi)):
            raise Refusal.REPLACED.error(udi=udi, replacement=rma.replacement)
        return family

    def serve_for(self, udi: Udi, skus: Iterable[str | None]) -> None:
        """The same for a device that licenses of these SKUs are to be issued to."""
        family = self.serve(udi)
        for name in skus:
            if name is not None and family not in (families := self.skus[name].families):
                raise Refusal.WRONG_FAMILY.error(sku=name, families=" or ".join(families), udi=udi, family=family)

    def made(self, udi: Udi) -> None:
        """Refused for a device that did not leave our factory."""
        if str(udi) not in self.state.devices:
            raise Refusal.UNKNOWN_DEVICE.error(udi=udi)

    def room_for(self, udi: Udi, number: int, now: Instant) -> None:
        """Refused where a device would have more licenses than one file holds."""
        if (held := len(self.current(udi, now))) + number > MOST_STANDING:
            raise Refusal.TOO_MANY.error(udi=udi, held=held, most=MOST_STANDING)

    def current(self, udi: Udi, now: Instant) -> list[IssuedLicense]:
        """The licenses that a device is entitled to now."""
        held = [self.state.licenses[id_] for id_ in self.state.held.get(str(udi), ())]
        return [each for each in held if each.state is LicenseState.CURRENT and not self.ended(each.line, now)]

    def ended(self, line: LicenseLine, now: Instant) -> bool:
        """Whether the date of a subscription has passed."""
        return line.ends is not None and line.ends <= epoch_ms(self.calendar(now))

    def transferable(self, udi: Udi, now: Instant) -> list[IssuedLicense]:
        """Those of them that may leave the device: purchased ones of a movable type."""
        return [each for each in self.current(udi, now) if each.sku is not None and each.line.type in MOVABLE]

    def issued_before(self, udi: Udi, ids: Iterable[str]) -> list[IssuedLicense]:
        """What an earlier act issued to a device, for the same file again; refused once it has moved on."""
        licenses = [self.state.licenses[id_] for id_ in ids]
        if any(license_.state is not LicenseState.CURRENT for license_ in licenses):
            raise Refusal.TRANSFERRED.error(udi=udi)
        return licenses

    # --- issuing -----------------------------------------------------------------------------------------------

    def license_id(self, now: Instant) -> str:
        """The next number for a license line: the date and a counter that never goes back."""
        self.state.licenses_issued += 1
        return f"{self.calendar(now):%Y%m%d}-{self.state.licenses_issued:06d}"

    def new_line(
        self,
        feature: str,
        kind: LicenseType,
        udi: Udi,
        now: Instant,
        *,
        period: Duration | None = None,
        count: int | None = None,
        ends: int | None = None,
    ) -> LicenseLine:
        """A line under a number of its own. Periods of use and counts add up, everything else is exclusive (I)."""
        exclusive = not TYPES[kind].metered and count is None
        return LicenseLine(self.license_id(now), feature, kind, udi, period, exclusive, count=count, ends=ends)

    def issue(self, license_: IssuedLicense) -> IssuedLicense:
        """Record a new license of the device that its line is locked to."""
        self.state.licenses[license_.line.id] = license_
        self.state.held.setdefault(str(license_.line.udi), []).append(license_.line.id)
        return license_

    def transfer(
        self, moved: Iterable[IssuedLicense], to: Udi, left_as: LicenseState, source: str, now: Instant
    ) -> list[IssuedLicense]:
        """Issue licenses anew to another device; the old ones end. A subscription keeps its date."""
        created = self.stamp(to, now)
        issued = []
        for old in moved:
            old.state = left_as
            line = replace(old.line, id=self.license_id(now), udi=to)
            issued.append(self.issue(IssuedLicense(line, source, created, old.sku, old.pak, old.line.id)))
        return issued

    # --- mail --------------------------------------------------------------------------------------------------

    def stamp(self, udi: Udi, now: Instant) -> str:
        """The date of a new file for a device: now, or the next millisecond that has no file of it yet."""
        moment = self.calendar(now)
        if last := self.state.last_file.get(str(udi)):
            moment = max(moment, datetime.fromisoformat(last) + timedelta(milliseconds=1))
        text = iso(moment)
        self.state.last_file[str(udi)] = text
        return text

    def license_file(self, licenses: Sequence[IssuedLicense]) -> bytes:
        """The signed file with these licenses; the same licenses give the same bytes."""
        content = LicenseFile(tuple(FileLine(each.line, each.source, each.created) for each in licenses))
        return write_license_file(content, self.key)

    def license_mail(self, udi: Udi, licenses: Sequence[IssuedLicense], dated: str, reason: str, now: Instant) -> Mail:
        """A license file under its name, mailed at once."""
        name = license_file_name(udi, datetime.fromisoformat(dated))
        listed = "".join(f"  {in_words(each.line)}\n" for each in licenses)
        body = (
            f"{reason}\n\nDevice (PID:SN): {udi}\nLicenses in the attached file:\n{listed}\n"
            f"Copy {name} to the device, run `license install` and reload. The file works on this device only.\n"
        )
        attachment = Attachment(name, self.license_file(licenses))
        return Mail(now, PORTAL, f"License file for {udi}", body, (attachment,))

    def note(self, now: Instant, act: str, subject: object, detail: str = "") -> None:
        """Write the audit log."""
        self.state.audit.append(AuditEntry(now, act, str(subject), detail))


def in_words(line: LicenseLine) -> str:
    """A license for a person to read: `advipservices 1.0, Evaluation, 60d of use`."""
    text = f"{line.feature} {line.version}, {line.rule.title}"
    if line.period is not None:
        text += f", {format_duration(line.period)} of use"
    if line.count is not None:
        text += f", {line.count} at one time"
    if line.ends is not None:
        text += f", until {iso(_EPOCH + timedelta(milliseconds=line.ends))[:10]}"
    return text


def iso(moment: datetime) -> str:
    """ISO 8601 to the millisecond, in UTC."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def epoch_ms(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def years_later(moment: datetime, years: int) -> datetime:
    """The same date and time so many years on; the day after February has run out of days."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, month=3, day=1)
