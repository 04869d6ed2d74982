"""Letters that have arrived, and the files in them and elsewhere."""

import msgspec
from starlette.responses import Response

from emulator.backend.mail import mail_as_eml
from emulator.backend.pakcode import spelled, well_formed
from emulator.transports.portal.downloads import download
from emulator.transports.portal.operation import File
from emulator.transports.portal.operations.letters import LETTER, LETTERS, LICENSE, TICKET, LetterAnswer, LetterRow
from emulator.transports.portal.operations.purchase import PAKS
from emulator.transports.portal.operations.words import Part
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import NotThere
from emulator.transports.web.route import MenuEntry, PageRoute


class MailFacts(msgspec.Struct, frozen=True):
    """A part of the letters."""

    letters: Part[LetterRow]


class LetterFacts(msgspec.Struct, frozen=True):
    """A letter, and the PAK with licenses left that it brings, or empty."""

    letter: LetterAnswer
    pak: str


MAIL_PAGE = Template("mail.html", MailFacts)
LETTER_PAGE = Template("letter.html", LetterFacts)


def _mail(page: PortalPage) -> Response:
    return page.draw(MAIL_PAGE, letters=page.do(LETTERS, **page.place()))


def _letter(page: PortalPage) -> Response:
    letter = page.do(LETTER)
    return page.draw(LETTER_PAGE, letter=letter, pak=_pak_in(page, letter.body))


def _pak_in(page: PortalPage, text: str) -> str:
    """The PAK with licenses left that a letter brings, or empty."""
    for word in filter(well_formed, filter(spelled, text.split())):
        if any(row.pak == word and row.left for row in page.do(PAKS, text=word, limit=1).rows):
            return word
    return ""


def _enclosed(page: PortalPage) -> Response:
    """A file of a letter: the name is looked for in the letter, never in a file system."""
    name = page.value("file")
    for enclosed in page.do(LETTER).files:
        if enclosed.name == name:
            return download(File(enclosed.name, enclosed.content))
    raise NotThere("There is no such file in this letter.")


def _message(page: PortalPage) -> Response:
    letter = page.do(LETTER)
    mail = page.portal_request.service.outbox.letter(letter.number, page.portal_request.now, by=page.portal_request.by)
    return download(File(f"letter-{letter.number}.eml", mail_as_eml(mail)))


def _license(page: PortalPage) -> Response:
    return download(page.do(LICENSE))


def _ticket(page: PortalPage) -> Response:
    return download(page.do(TICKET))


PAGES = (
    PageRoute("/mail", _mail, menu=MenuEntry("Messages", 90)),
    PageRoute("/mail/{number}", _letter),
    PageRoute("/mail/{number}/message.eml", _message),
    PageRoute("/mail/{number}/files/{file}", _enclosed),
    PageRoute("/licenses/{license}/file", _license),
    PageRoute("/tickets/{ticket}/file", _ticket),
)
