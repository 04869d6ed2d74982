"""Products, orders, and what is left on each PAK."""

from typing import Annotated, Literal

import msgspec

from emulator.backend.views import OrderView, PakView, RegisteredDevice
from emulator.licensing.udi import parse_udi
from emulator.transports.portal.operation import Input, Operation, PortalRequest
from emulator.transports.portal.operations.words import (
    SORTED,
    CalendarMoment,
    Name,
    Offset,
    PakText,
    Part,
    RowLimit,
    SearchText,
    SkuText,
    UdiText,
    Why,
    part,
)


class NoInput(Input, frozen=True):
    """Inputs of an operation that has none."""


class Product(msgspec.Struct, frozen=True):
    """Product that can be ordered; `families` are those of the routers that it fits."""

    sku: str
    description: str
    feature: str
    families: tuple[str, ...]
    type: str
    delivery: str


class Products(msgspec.Struct, frozen=True):
    rows: tuple[Product, ...]


class PlaceOrder(Input, frozen=True):
    sku: SkuText
    quantity: Annotated[int, msgspec.Meta(ge=-(10**9), le=10**9, description="Licenses on the one PAK, 1 to 5000")]
    owner: Annotated[str, msgspec.Meta(max_length=80, description="An account; operators may order for one")] = ""
    why: Why = ""


class PlacedOrder(msgspec.Struct, frozen=True):
    """`letter` brings the PAK, and arrives at `arrives`."""

    number: str
    sku: str
    quantity: int
    letter: int
    arrives: CalendarMoment


class Order(msgspec.Struct, frozen=True):
    """Order; `left` licenses its PAK still gives, `pak` is empty for a customer until its letter `arrives`."""

    number: str
    sku: str
    quantity: int
    left: int
    pak: str
    owner: str
    at: CalendarMoment
    arrives: CalendarMoment


class PakAnswer(msgspec.Struct, frozen=True):
    """`pak` is empty for a customer until the letter that brings it `arrives`."""

    pak: str
    order: str
    sku: str
    description: str
    feature: str
    quantity: int
    left: int
    owner: str
    at: CalendarMoment
    arrives: CalendarMoment


class ListOrders(Input, frozen=True):
    sku: SkuText = ""
    text: SearchText = ""
    offset: Offset = 0
    limit: RowLimit = 50
    sort: Annotated[
        Literal["number", "-number", "at", "-at", "sku", "-sku", "left", "-left", "owner", "-owner"], SORTED
    ] = "-at"


class ListPaks(Input, frozen=True):
    sku: SkuText = ""
    text: SearchText = ""
    left_only: Annotated[bool, msgspec.Meta(description="Only those that still give licenses")] = False
    offset: Offset = 0
    limit: RowLimit = 50
    sort: Annotated[
        Literal["at", "-at", "sku", "-sku", "left", "-left", "order", "-order", "owner", "-owner"], SORTED
    ] = "-at"


class ListPakDevices(Input, frozen=True):
    pak: PakText
    offset: Offset = 0
    limit: RowLimit = 100


class PakDevice(msgspec.Struct, frozen=True):
    """A device that was issued a license out of a PAK; `license` names its file."""

    udi: str
    license: str
    file: str
    created: CalendarMoment
    state: str


class FindPak(Input, frozen=True):
    number: Name


class FoundPak(msgspec.Struct, frozen=True):
    pak: str


class LookUp(Input, frozen=True):
    pak: PakText
    udi: UdiText


class Content(msgspec.Struct, frozen=True):
    """One product behind a PAK; `registered`: the device has its license from this PAK already."""

    sku: str
    description: str
    feature: str
    type: str
    ordered: int
    left: int
    families: tuple[str, ...]
    registered: bool


class Contents(msgspec.Struct, frozen=True):
    rows: tuple[Content, ...]


def _products(request: PortalRequest, _: NoInput) -> Products:
    return Products(
        tuple(
            Product(sku.name, sku.description, sku.feature, sku.families, sku.type, sku.delivery)
            for sku in request.service.skus.values()
        )
    )


def _place(request: PortalRequest, wanted: PlaceOrder) -> PlacedOrder:
    placed, letter = request.service.order(
        wanted.sku, wanted.quantity, request.now, by=request.by, owner=wanted.owner or None, why=wanted.why
    )
    return PlacedOrder(placed.number, placed.sku, placed.quantity, letter.number, request.date(letter.due))


def _orders(request: PortalRequest, wanted: ListOrders) -> Part[Order]:
    def row(each: OrderView) -> Order:
        return Order(
            each.number,
            each.sku,
            each.quantity,
            each.left,
            each.pak,
            each.owner or "",
            request.date(each.at),
            request.date(each.arrives),
        )

    found = request.service.queries.orders(
        request.now,
        by=request.by,
        sku=wanted.sku,
        text=wanted.text,
        offset=wanted.offset,
        limit=wanted.limit,
        sort=wanted.sort,
    )
    return part(found, row)


def _paks(request: PortalRequest, wanted: ListPaks) -> Part[PakAnswer]:
    def row(each: PakView) -> PakAnswer:
        return PakAnswer(
            pak=each.code,
            order=each.order,
            sku=each.sku,
            description=each.description,
            feature=each.feature,
            quantity=each.quantity,
            left=each.left,
            owner=each.owner or "",
            at=request.date(each.at),
            arrives=request.date(each.arrives),
        )

    found = request.service.queries.paks(
        request.now,
        by=request.by,
        sku=wanted.sku,
        text=wanted.text,
        left_only=wanted.left_only,
        offset=wanted.offset,
        limit=wanted.limit,
        sort=wanted.sort,
    )
    return part(found, row)


def _pak_devices(request: PortalRequest, wanted: ListPakDevices) -> Part[PakDevice]:
    def row(each: RegisteredDevice) -> PakDevice:
        return PakDevice(str(each.udi), each.license_id, each.file, each.created, each.state)

    found = request.service.queries.pak_devices(
        wanted.pak.strip(), request.now, by=request.by, offset=wanted.offset, limit=wanted.limit
    )
    return part(found, row)


def _lost(request: PortalRequest, wanted: FindPak) -> FoundPak:
    return FoundPak(request.service.lost_pak(wanted.number.strip(), request.now, by=request.by))


def _look_up(request: PortalRequest, wanted: LookUp) -> Contents:
    found = request.service.look_up(wanted.pak.strip(), parse_udi(wanted.udi), request.now, by=request.by)
    return Contents(
        tuple(
            Content(
                sku=each.sku,
                description=each.description,
                feature=each.feature,
                type=each.type,
                ordered=each.ordered,
                left=each.available,
                families=each.families,
                registered=each.registered,
            )
            for each in found
        )
    )


PRODUCTS = Operation("listProducts", "GET", "/products", "What can be ordered", NoInput, Products, _products)
PLACE = Operation(
    "placeOrder", "POST", "/orders", "Order licenses under one PAK", PlaceOrder, PlacedOrder, _place, status=201
)
ORDERS = Operation("listOrders", "GET", "/orders", "Sales orders", ListOrders, Part[Order], _orders)
LOST = Operation("findLostPak", "GET", "/orders/{number}/pak", "The PAK of a sales order", FindPak, FoundPak, _lost)
PAKS = Operation("listPaks", "GET", "/paks", "PAKs and what is left on them", ListPaks, Part[PakAnswer], _paks)
PAK_DEVICES = Operation(
    "listPakDevices",
    "GET",
    "/paks/{pak}/devices",
    "Devices that a PAK was registered for",
    ListPakDevices,
    Part[PakDevice],
    _pak_devices,
)
LOOK_UP = Operation(
    "lookUpPak",
    "GET",
    "/paks/{pak}/devices/{udi}",
    "What a PAK is worth for a device",
    LookUp,
    Contents,
    _look_up,
)

OPERATIONS = (PRODUCTS, PLACE, ORDERS, LOST, PAKS, PAK_DEVICES, LOOK_UP)
