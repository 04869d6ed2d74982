"""What all use cases share: looking devices up, issuing lines, and mailing files.

Rule: every use case first checks everything, then changes the state; so a refusal leaves nothing half done (I).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from emulator.backend.mail import PORTAL, Attachment, Mail
from emulator.backend.refusals import Refusal
from emulator.backend.skus import Sku
from emulator.backend.state import AuditEntry, BackendState, IssuedLicense, LicenseState
from emulator.kernel.errors import nearest
from emulator.kernel.time import Instant
from emulator.keys.documents import write_license_file
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.file import FileLine, LicenseFile, license_file_name
from emulator.licensing.lines import LicenseLine, LicenseType
from emulator.licensing.udi import Udi, parse_udi


class Office(msgspec.Struct, frozen=True):
    """The back end's desk: its records, its key, its calendar."""

    state: BackendState
    skus: Mapping[str, Sku]
    families: Mapping[str, str]
    key: SigningKey
    device_verifier: Callable[[Udi], Verifier]
    calendar: Callable[[Instant], datetime]

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

    def current(self, udi: Udi) -> list[IssuedLicense]:
        """The licenses that a device is entitled to now."""
        held = [self.state.licenses[id_] for id_ in self.state.held.get(str(udi), ())]
        return [license_ for license_ in held if license_.state is LicenseState.CURRENT]

    def transferable(self, udi: Udi) -> list[IssuedLicense]:
        """Those of them that may leave the device: purchased and permanent (R: only permanent ones move)."""
        return [
            license_
            for license_ in self.current(udi)
            if license_.sku is not None and license_.line.type is LicenseType.PERMANENT
        ]

    def issued_before(self, udi: Udi, ids: Iterable[str]) -> list[IssuedLicense]:
        """What an earlier act issued to a device, for the same file again; refused once it has moved on."""
        licenses = [self.state.licenses[id_] for id_ in ids]
        if any(license_.state is not LicenseState.CURRENT for license_ in licenses):
            raise Refusal.TRANSFERRED.error(udi=udi)
        return licenses

    def license_id(self, now: Instant) -> str:
        """The next number for a license line: the date and a counter that never goes back."""
        self.state.licenses_issued += 1
        return f"{self.calendar(now):%Y%m%d}-{self.state.licenses_issued:06d}"

    def issue(self, license_: IssuedLicense) -> IssuedLicense:
        """Record a new license of the device that its line is locked to."""
        self.state.licenses[license_.line.id] = license_
        self.state.held.setdefault(str(license_.line.udi), []).append(license_.line.id)
        return license_

    def transfer(
        self, moved: Iterable[IssuedLicense], to: Udi, left_as: LicenseState, source: str, now: Instant
    ) -> list[IssuedLicense]:
        """Issue licenses anew to another device; the old ones end."""
        created = self.stamp(to, now)
        issued = []
        for old in moved:
            old.state = left_as
            line = LicenseLine(self.license_id(now), old.line.feature, old.line.type, to, version=old.line.version)
            issued.append(self.issue(IssuedLicense(line, source, created, old.sku, old.pak, old.line.id)))
        return issued

    def stamp(self, udi: Udi, now: Instant) -> str:
        """The date of a new file for a device: now, or the next millisecond that has no file of it yet."""
        moment = self.calendar(now)
        if last := self.state.last_file.get(str(udi)):
            moment = max(moment, datetime.fromisoformat(last) + timedelta(milliseconds=1))
        text = iso(moment)
        self.state.last_file[str(udi)] = text
        return text

    def license_mail(self, udi: Udi, licenses: Sequence[IssuedLicense], dated: str, reason: str, now: Instant) -> Mail:
        """A license file under its name, mailed at once."""
        content = LicenseFile(tuple(FileLine(each.line, each.source, each.created) for each in licenses))
        name = license_file_name(udi, datetime.fromisoformat(dated))
        listed = "".join(f"  {each.line.feature} {each.line.version}, {each.line.rule.title}\n" for each in licenses)
        body = (
            f"{reason}\n\nDevice (PID:SN): {udi}\nLicenses in the attached file:\n{listed}\n"
            f"Copy {name} to the device, run `license install` and reload. The file works on this device only.\n"
        )
        return Mail(
            now, PORTAL, f"License file for {udi}", body, (Attachment(name, write_license_file(content, self.key)),)
        )

    def note(self, now: Instant, act: str, subject: object, detail: str = "") -> None:
        """Write the audit log."""
        self.state.audit.append(AuditEntry(now, act, str(subject), detail))


def iso(moment: datetime) -> str:
    """ISO 8601 to the millisecond, in UTC."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
