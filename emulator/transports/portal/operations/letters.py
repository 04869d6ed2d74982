"""The mail that acts send, and the files in it."""

from typing import Annotated

import msgspec

from emulator.backend.mail import Mail
from emulator.transports.portal.operation import File, Input, Operation, PortalRequest
from emulator.transports.portal.operations.words import CalendarMoment, Name, Offset, Part, RowLimit, SearchText, part

LetterNumber = Annotated[int, msgspec.Meta(ge=0, le=10**15)]


class Enclosed(msgspec.Struct, frozen=True):
    """A file in a letter."""

    name: str
    content: bytes


class LetterAnswer(msgspec.Struct, frozen=True):
    """One message; `number` is 0 for one that was not mailed."""

    number: int
    to: str
    sender: str
    subject: str
    body: str
    arrives: CalendarMoment
    files: tuple[Enclosed, ...]


class LetterRow(msgspec.Struct, frozen=True):
    number: int
    to: str
    sender: str
    subject: str
    arrived: CalendarMoment
    files: tuple[str, ...]


class ListLetters(Input, frozen=True):
    text: SearchText = ""
    offset: Offset = 0
    limit: RowLimit = 50


class ReadLetter(Input, frozen=True):
    number: LetterNumber


class GetLicense(Input, frozen=True):
    license: Name


class GetTicket(Input, frozen=True):
    ticket: Name


def letter_of(request: PortalRequest, mail: Mail) -> LetterAnswer:
    """A letter as JSON and the pages know it."""
    return LetterAnswer(
        number=mail.number,
        to=mail.to,
        sender=mail.sender,
        subject=mail.subject,
        body=mail.body,
        arrives=request.date(mail.due),
        files=tuple(Enclosed(each.name, each.content) for each in mail.attachments),
    )


def _letters(request: PortalRequest, wanted: ListLetters) -> Part[LetterRow]:
    def row(mail: Mail) -> LetterRow:
        names = tuple(each.name for each in mail.attachments)
        return LetterRow(mail.number, mail.to, mail.sender, mail.subject, request.date(mail.due), names)

    found = request.service.outbox.mailbox(
        request.now, by=request.by, text=wanted.text, offset=wanted.offset, limit=wanted.limit
    )
    return part(found, row)


def _read(request: PortalRequest, wanted: ReadLetter) -> LetterAnswer:
    return letter_of(request, request.service.outbox.letter(wanted.number, request.now, by=request.by))


def _license(request: PortalRequest, wanted: GetLicense) -> File:
    found = request.service.queries.license_file(wanted.license, by=request.by)
    return File(found.name, found.content)


def _ticket(request: PortalRequest, wanted: GetTicket) -> File:
    found = request.service.queries.ticket_file(wanted.ticket, by=request.by)
    return File(found.name, found.content)


LETTERS = Operation("listLetters", "GET", "/letters", "Mail that has arrived", ListLetters, Part[LetterRow], _letters)
LETTER = Operation(
    "readLetter", "GET", "/letters/{number}", "One letter with its files", ReadLetter, LetterAnswer, _read
)
LICENSE = Operation(
    "getLicenseFile", "GET", "/licenses/{license}/file", "The file of a license again", GetLicense, File, _license
)
TICKET = Operation(
    "getPermissionTicket", "GET", "/tickets/{ticket}/file", "A permission ticket again", GetTicket, File, _ticket
)

OPERATIONS = (LETTERS, LETTER, LICENSE, TICKET)
