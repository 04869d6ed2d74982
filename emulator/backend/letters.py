"""Signed documents, which are license files and permission tickets, and the letters that carry them.

A letter's words are kept as they were written; its attachment is signed again from the records whenever it is read,
and comes out the same.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from emulator.backend.entities import IssuedLicense
from emulator.backend.mail import Attachment, Mail
from emulator.backend.store.outbox import StoredLetter
from emulator.kernel.time import format_duration
from emulator.keys.documents import write_license_file, write_permission_ticket
from emulator.keys.signing import SigningKey
from emulator.licensing.file import FileLine, LicenseFile, license_file_name
from emulator.licensing.lines import LicenseLine
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.udi import Udi

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Draft(msgspec.Struct):
    """A letter that an act sends, with the records from which its attachment is signed."""

    letter: StoredLetter
    licenses: Sequence[IssuedLicense] = ()
    ticket: PermissionTicket | None = None


def signed_mail(draft: Draft, key: SigningKey) -> Mail:
    """Build the letter as it is delivered."""
    letter = draft.letter
    attachments: tuple[Attachment, ...] = ()
    if letter.file:
        attachments = (Attachment(letter.file, _content(draft, key)),)
    return Mail(
        letter.due, letter.sender, letter.subject, letter.body, attachments, letter.number, letter.address, letter.date
    )


def _content(draft: Draft, key: SigningKey) -> bytes:
    if draft.ticket is not None:
        return write_permission_ticket(draft.ticket, key)
    return license_file(draft.licenses, key) if draft.licenses else draft.letter.content or b""


def license_file(licenses: Sequence[IssuedLicense], key: SigningKey) -> bytes:
    """Write the signed file with these licenses; the same licenses give the same bytes."""
    return write_license_file(
        LicenseFile(tuple(FileLine(each.line, each.source, each.created) for each in licenses)), key
    )


def file_name(license_: IssuedLicense) -> str:
    """Name of the file in which a license was issued."""
    assert license_.line.udi is not None
    return license_file_name(license_.line.udi, datetime.fromisoformat(license_.created))


def ticket_name(ticket: PermissionTicket) -> str:
    return f"{ticket.source.serial}_permission_{ticket.id}.xml"


def ticket_named(name: str) -> str:
    """Id of the permission ticket in a file of that name."""
    return name.partition("_permission_")[2].removesuffix(".xml")


def license_words(udi: Udi, licenses: Sequence[IssuedLicense], name: str, reason: str) -> str:
    """Text of the letter with a license file."""
    listed = "".join(f"  {in_words(each.line)}\n" for each in licenses)
    return (
        f"{reason}\n\nDevice (PID:SN): {udi}\nLicenses in the attached file:\n{listed}\n"
        f"Copy {name} to the device, run `license install` and reload. The file works on this device only.\n"
    )


def ticket_words(ticket: PermissionTicket) -> str:
    """Text of the letter with a permission ticket."""
    grace = "goes on for 60 days of use under a grace period, " if ticket.grant else ""
    return (
        f"The licenses of {ticket.source} may be moved to another device: {', '.join(ticket.features)}.\n\n"
        f"Copy {ticket_name(ticket)} to the device and run `license revoke`. It gives up these licenses, {grace}and "
        "writes a rehost ticket. Bring that ticket back to the license portal.\n"
    )


def in_words(line: LicenseLine) -> str:
    """Describe a license for a person: `advipservices 1.0, Evaluation, 60d of use`."""
    text = f"{line.feature} {line.version}, {line.rule.title}"
    if line.period is not None:
        text += f", {format_duration(line.period)} of use"
    if line.count is not None:
        text += f", {line.count} at one time"
    if line.ends is not None:
        text += f", until {iso(EPOCH + timedelta(milliseconds=line.ends))[:10]}"
    return text


def iso(moment: datetime) -> str:
    """Format a moment as ISO 8601 to the millisecond, in UTC."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def epoch_ms(moment: datetime) -> int:
    """Milliseconds of a moment since 1970."""
    return (moment - EPOCH) // timedelta(milliseconds=1)
