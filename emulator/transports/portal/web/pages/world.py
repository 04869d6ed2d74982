"""The routers of the world with their state and their consoles, and the page of a line.

Consoles are for operators: who is at con 0 rules the router.
"""

from collections.abc import Sequence
from urllib.parse import quote

import msgspec
from starlette.responses import Response

from emulator.transports.portal.web.menu import Group
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.consoles import BENCH, OpenLine, RouterRow
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import NotThere
from emulator.transports.web.route import MenuEntry, PageRoute


class _OpenRow(msgspec.Struct, frozen=True):
    title: str
    address: str
    line: OpenLine


class RoutersFacts(msgspec.Struct, frozen=True):
    """The routers of the world, and the sessions that pages show."""

    routers: Sequence[RouterRow]
    open: Sequence[_OpenRow]


class ConsoleFacts(msgspec.Struct, frozen=True):
    """A line: its title, the router that it belongs to, its socket, whether it is watched, and whether it is there."""

    title: str
    router: RouterRow | None
    socket: str
    watch: bool
    served: bool


ROUTERS_PAGE = Template("routers.html", RoutersFacts)
CONSOLE_PAGE = Template("console_page.html", ConsoleFacts)


def _routers(page: PortalPage) -> Response:
    consoles = page.portal.consoles
    open_ = [_OpenRow(_title(line.router, line.line), _address(line), line) for line in consoles.open_lines()]
    return page.draw(ROUTERS_PAGE, routers=consoles.routers(), open=open_)


def _bench(page: PortalPage) -> Response:
    return _shown(page, BENCH, BENCH, "Bench")


def _console(page: PortalPage) -> Response:
    router, line = str(page.request.path_params["router"]), str(page.request.path_params["line"])
    if not page.portal.consoles.has(router, line):
        raise NotThere("There is no such line.")
    return _shown(page, router, line, _title(router, line))


def _shown(page: PortalPage, router: str, line: str, title: str) -> Response:
    known = {row.name: row for row in page.portal.consoles.routers()}
    watch = page.value("watch") == "yes"
    socket = f"/console/{quote(router)}/{quote(line)}/socket"
    served = page.portal.consoles.has(router, line)
    return page.draw(CONSOLE_PAGE, title=title, router=known.get(router), socket=socket, watch=watch, served=served)


def _title(router: str, line: str) -> str:
    """Title of a line's page: `R1 con 0`, `R1 vty 3`, `R1 vty`, `Bench 2`."""
    word = line.rstrip("0123456789")
    number = line[len(word) :]
    return " ".join(filter(None, ("Bench" if router == BENCH else f"{router} {word}", number)))


def _address(line: OpenLine) -> str:
    return f"/console/{quote(line.router)}/{quote(line.line)}"


PAGES = (
    PageRoute("/world", _routers, operator=True, menu=MenuEntry("Routers", 120, Group.WORLD, also=("/console",))),
    PageRoute("/bench", _bench, operator=True, menu=MenuEntry("Bench", 122, Group.WORLD)),
    PageRoute("/console/{router}/{line}", _console, operator=True),
)
