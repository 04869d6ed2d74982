"""Pages by their addresses, and the menu that they make: groups, and below each the pages of it."""

from collections.abc import Callable
from typing import Any

import msgspec
from starlette.responses import Response

PageHandler = Callable[[Any], Response]
"""Function of a page of its face that answers a request."""


class MenuEntry(msgspec.Struct, frozen=True):
    """The entry of a page in the menu.

    Attributes:
        title: words of the entry, which the page has as its heading and title too.
        rank: number by which the entries of a group are put in order.
        group: title of its group; left out, the page is a group of its own.
        also: beginnings of addresses that belong to it beside its own.
    """

    title: str
    rank: int
    group: str = ""
    also: tuple[str, ...] = ()


class MenuLink(msgspec.Struct, frozen=True):
    """One entry of the menu; some are for operators only."""

    address: str
    title: str
    operator: bool = False
    also: tuple[str, ...] = ()

    def leads_to(self, path: str) -> bool:
        """Tell whether the page of an address belongs to this entry."""
        return any(
            path == address or (address != "/" and path.startswith(f"{address}/"))
            for address in (self.address, *self.also)
        )


class MenuGroup(msgspec.Struct, frozen=True):
    """Entries that belong together."""

    title: str
    links: tuple[MenuLink, ...]


class PageRoute(msgspec.Struct, frozen=True):
    """One address.

    Attributes:
        show, send: what GET and POST do; an address without `show` is for a form that stands on another page.
        again: draws the page anew when its form is wrong; `show` unless another is given.
        public: seen without a log-in.
        operator: for operators only.
        menu: its entry in the menu, where it has one.
        once: its form has a key (`form_once` in the templates) and is carried out once, however often it is sent.
        draft: name of the wizard whose draft its form goes on with; words of the path may stand in it in braces.
    """

    path: str
    show: PageHandler | None = None
    send: PageHandler | None = None
    again: PageHandler | None = None
    public: bool = False
    operator: bool = False
    once: bool = False
    draft: str = ""
    menu: MenuEntry | None = None


def menu_of(routes: tuple[PageRoute, ...]) -> tuple[MenuGroup, ...]:
    """The menu that pages make; a group stands where the first of its entries does."""
    entries = sorted(
        ((route.menu, route) for route in routes if route.menu is not None),
        key=lambda entry: (entry[0].rank, entry[1].path),
    )
    groups: dict[str, list[MenuLink]] = {}
    for menu, route in entries:
        link = MenuLink(route.path, menu.title, operator=route.operator, also=menu.also)
        groups.setdefault(menu.group or menu.title, []).append(link)
    return tuple(MenuGroup(title, tuple(links)) for title, links in groups.items())


def menu_for(menu: tuple[MenuGroup, ...], *, operator: bool) -> tuple[MenuGroup, ...]:
    """The part of a menu that an account sees."""
    seen = (
        MenuGroup(group.title, tuple(link for link in group.links if operator or not link.operator)) for group in menu
    )
    return tuple(group for group in seen if group.links)
