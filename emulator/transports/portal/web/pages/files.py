"""Files of the lab: what lies on its TFTP server and its stick, and putting there what the portal has issued.

Routers find files on both, so this is for operators, as consoles are.
"""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from emulator.kernel.errors import Refused
from emulator.transports.portal.downloads import download
from emulator.transports.portal.lab_media import Medium
from emulator.transports.portal.operation import File
from emulator.transports.portal.operations.letters import LETTER, LICENSE, TICKET
from emulator.transports.portal.web.menu import Group
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.drawing import Template, capitalize_first
from emulator.transports.web.page import here
from emulator.transports.web.problems import BadInput, NotThere
from emulator.transports.web.route import MenuEntry, PageRoute


class _FileRow(msgspec.Struct, frozen=True):
    """A file on a medium, and the command by which a router takes it."""

    name: str
    size: int
    command: str


class FilesFacts(msgspec.Struct, frozen=True):
    """The media of the lab, each with its files."""

    media: Sequence[tuple[Medium, Sequence[_FileRow]]]


FILES_PAGE = Template("files.html", FilesFacts)


def _files(page: PortalPage) -> Response:
    media = page.media
    shown = [(medium, [_FileRow(file.name, file.size, _command(medium, file.name)) for file in medium.files])
             for medium in media]  # fmt: skip
    return page.draw(FILES_PAGE, media=shown)


def _command(medium: Medium, name: str) -> str:
    """The command by which a router uses a license file, or takes another file over."""
    return f"license install {medium.url}{name}" if name.endswith(".lic") else f"copy {medium.url}{name} flash:"


def _put(page: PortalPage) -> Response:
    medium = _medium(page.media, page.value("medium"))
    file = _issued(page, page.value("what"))
    try:
        page.portal.media.store(medium.name, file.name, file.content)
    except Refused as refused:
        raise BadInput(capitalize_first(f"{refused}.")) from refused
    page.tell(f"{file.name} is on {medium.title}. On the router: {_command(medium, file.name)}")
    return page.lead(here(page.value("back")))


def _medium(media: Sequence[Medium], name: str) -> Medium:
    found = next((medium for medium in media if medium.name == name), None)
    if found is None:
        raise NotThere("This portal is served without a lab." if not media else "There is no such medium.")
    return found


def _issued(page: PortalPage, what: str) -> File:
    """The file that a page offers: `license ID`, `ticket ID`, or `letter NUMBER NAME`."""
    kind, _, name = what.partition(" ")
    match kind:
        case "license":
            return page.do(LICENSE, license=name)
        case "ticket":
            return page.do(TICKET, ticket=name)
        case "letter":
            number, _, enclosed = name.partition(" ")
            for each in page.do(LETTER, number=number).files:
                if each.name == enclosed:
                    return File(each.name, each.content)
    raise NotThere("There is no such file.")


def _get(page: PortalPage) -> Response:
    medium, name = str(page.request.path_params["medium"]), str(page.request.path_params["name"])
    content = page.portal.media.read(medium, name)
    if content is None:
        raise NotThere("There is no such file, or it is not kept whole.")
    return download(File(name, content))


PAGES = (
    PageRoute("/files", _files, _put, operator=True, menu=MenuEntry("Files", 124, Group.WORLD)),
    PageRoute("/files/{medium}/{name}", _get, operator=True),
)
