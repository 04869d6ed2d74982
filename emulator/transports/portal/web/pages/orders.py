"""Orders, the PAKs that they brought, and the PAK that was lost."""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from emulator.transports.portal.operations.audit import AUDIT, AuditEntryAnswer
from emulator.transports.portal.operations.purchase import (
    LOST,
    ORDERS,
    PAK_DEVICES,
    PAKS,
    PLACE,
    PRODUCTS,
    FoundPak,
    Order,
    PakAnswer,
    PakDevice,
    Product,
)
from emulator.transports.portal.operations.words import Part
from emulator.transports.portal.web.menu import Group
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.drawing import Template, moment
from emulator.transports.web.problems import BadInput, NotThere, Problem
from emulator.transports.web.route import MenuEntry, PageRoute


class OrdersFacts(msgspec.Struct, frozen=True):
    """A part of the orders, and the products that they can be narrowed to."""

    orders: Part[Order]
    products: Sequence[Product]


class OrderFacts(msgspec.Struct, frozen=True):
    """The products that can be ordered."""

    products: Sequence[Product]


class PaksFacts(msgspec.Struct, frozen=True):
    """A part of the PAKs, and the products that they can be narrowed to."""

    paks: Part[PakAnswer]
    products: Sequence[Product]


class PakFacts(msgspec.Struct, frozen=True):
    """A PAK, a part of the devices that it was registered for, and its acts: time, act, and detail."""

    pak: PakAnswer
    devices: Part[PakDevice]
    acts: Sequence[tuple[str, str, str]]


class LostPakFacts(msgspec.Struct, frozen=True):
    """The PAK of an order, once one was asked for."""

    found: FoundPak | None


ORDERS_PAGE = Template("orders.html", OrdersFacts)
ORDER_PAGE = Template("order.html", OrderFacts)
PAKS_PAGE = Template("paks.html", PaksFacts)
PAK_PAGE = Template("pak.html", PakFacts)
LOST_PAK_PAGE = Template("lost_pak.html", LostPakFacts)


def _orders(page: PortalPage) -> Response:
    return page.draw(ORDERS_PAGE, orders=page.do(ORDERS, **page.place()), products=page.do(PRODUCTS).rows)


def _new(page: PortalPage) -> Response:
    return page.draw(ORDER_PAGE, products=page.do(PRODUCTS).rows)


def _place(page: PortalPage) -> Response:
    if not page.value("quantity"):
        raise BadInput("Fill in the quantity.", "quantity")
    placed = page.do(PLACE, quantity=page.number("quantity"))
    page.tell(f"Order {placed.number} placed: {placed.quantity} × {placed.sku}.")
    portal_request = page.portal_request
    if placed.arrives <= portal_request.date(portal_request.now):
        return page.lead(f"/mail/{placed.letter}")
    page.tell(f"The PAK comes by regular mail and arrives on {placed.arrives[:10]}.")
    return page.lead("/orders")


def _paks(page: PortalPage) -> Response:
    found = page.do(PAKS, left_only=page.value("left_only") == "yes", **page.place())
    return page.draw(PAKS_PAGE, paks=found, products=page.do(PRODUCTS).rows)


def _pak(page: PortalPage) -> Response:
    code = str(page.request.path_params["pak"])
    pak = next((row for row in page.do(PAKS, text=code, limit=500).rows if row.pak == code), None)
    if pak is None:
        raise NotThere(f"There is no PAK {code[:40]} among yours.")
    acts = page.do(AUDIT, text=code, limit=50, offset=0, account="", act="", since="", until="").rows
    devices = page.do(PAK_DEVICES, **page.place(100))
    return page.draw(
        PAK_PAGE, pak=pak, devices=devices, acts=[(moment(each.at), each.act, _told(each)) for each in acts]
    )


def _told(entry: AuditEntryAnswer) -> str:
    return ", ".join(filter(None, (entry.subject, entry.detail, f"by {entry.by}", entry.why)))


def _lost(page: PortalPage) -> Response:
    found = None
    if page.value("number"):
        try:
            found = page.do(LOST)
        except Problem as problem:
            page.problems.append(problem)
    return page.draw(LOST_PAK_PAGE, found=found)


PAGES = (
    PageRoute("/orders", _orders, menu=MenuEntry("Orders", 20, Group.ORDERS)),
    PageRoute("/orders/new", _new, _place, once=True),
    PageRoute("/paks", _paks, menu=MenuEntry("PAKs", 30, Group.ORDERS)),
    PageRoute("/paks/{pak}", _pak),
    PageRoute("/lost-pak", _lost, menu=MenuEntry("Find a lost PAK", 42, Group.ORDERS)),
)
