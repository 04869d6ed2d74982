"""Devices: the list with its filters and saved views, and one device with its licenses and its history."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, quote, urlencode

import msgspec
from starlette.responses import Response

from emulator.licensing.udi import parse_udi
from emulator.manager.api.call import PartOf
from emulator.manager.api.devices import (
    ADD_DEVICES,
    LIST_DEVICES,
    LIST_GROUPS,
    READ_DEVICE,
    READ_HISTORY,
    DeviceDetail,
    HistoryEntry,
    ListedDevice,
)
from emulator.manager.api.licenses import LIST_EXPIRING, LIST_LICENSES, ExpiringView, HeldLicense
from emulator.manager.api.people import DELETE_VIEW, KEEP_VIEW, LIST_VIEWS
from emulator.manager.entities import SavedView
from emulator.manager.inventory import list_levels
from emulator.manager.roles import ManagerAction
from emulator.transports.manager_web.page import MOST_ROWS, ManagerPage
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput
from emulator.transports.web.route import MenuEntry, PageRoute


class FleetFacts(msgspec.Struct, frozen=True):
    """A part of the devices, what they can be narrowed to, and the saved views of the user."""

    devices: PartOf[ListedDevice]
    groups: Sequence[tuple[str, str]]
    levels: Sequence[tuple[str, str]]
    states: Sequence[tuple[str, str]]
    views: Sequence[SavedView]


class ManagedDeviceFacts(msgspec.Struct, frozen=True):
    """A device, what was done to it, and the license files that were obtained for it."""

    device: DeviceDetail
    history: PartOf[HistoryEntry]
    held: Sequence[HeldLicense]


class UnknownDeviceFacts(msgspec.Struct, frozen=True):
    """A UDI that is not under management."""

    udi: str


class ExpiringFacts(msgspec.Struct, frozen=True):
    """Licenses that run out."""

    licenses: Sequence[ExpiringView]


DEVICES_PAGE = Template("devices.html", FleetFacts)
DEVICE_PAGE = Template("device.html", ManagedDeviceFacts)
UNKNOWN_PAGE = Template("unknown_device.html", UnknownDeviceFacts)
EXPIRING_PAGE = Template("expiring.html", ExpiringFacts)

STATES = {"": "Any state", "faulty": "Not read, or other hardware", "pending": "Waiting for a reload"}
"""States that the list can be narrowed to, by the words of its address."""

FILTERS = ("text", "group", "level", "state")

HISTORY_SHOWN = 50
"""Acts at a device that its page shows."""


def list_query(page: ManagerPage) -> dict[str, bool]:
    """Inputs of the call that lists devices, by the words of the address of the list.

    Raises:
        BadInput: a word is none of those that the list knows.
    """
    state = page.value("state")
    if state not in STATES:
        raise BadInput(f"“{state}” is no state to filter by; take faulty or pending.", "state")
    return {"faulty": state == "faulty", "pending": state == "pending"}


def show_list(page: ManagerPage) -> Response:
    """Draw the list as its address narrows and sorts it."""
    return page.draw(
        DEVICES_PAGE,
        devices=page.do(LIST_DEVICES, **page.place(), **list_query(page)),
        groups=[("", "Any group"), *((each.name, each.name) for each in page.do(LIST_GROUPS).rows)],
        levels=[("", "Any level"), *((level, level) for level in list_levels(page.context))],
        states=list(STATES.items()),
        views=page.do(LIST_VIEWS).rows,
    )


def _add(page: ManagerPage) -> Response:
    added = page.do(ADD_DEVICES, udis=(page.value("new"),), group="").new
    page.tell(f"{page.value('new')} {'was added' if added else 'is under management already'}.")
    return page.lead(f"/devices/{quote(page.value('new'))}")


def _keep_view(page: ManagerPage) -> Response:
    kept = {name: text for name, text in parse_qsl(page.value("query")) if name in {*FILTERS, "sort"}}
    page.do(KEEP_VIEW, name=page.value("view"), query=urlencode(kept))
    page.tell(f"The view “{page.value('view')}” is saved.")
    return page.lead("/devices", **kept)


def _delete_view(page: ManagerPage) -> Response:
    page.do(DELETE_VIEW, name=page.value("view"))
    page.tell(f"The view “{page.value('view')}” is deleted.")
    return page.lead("/devices")


def _device(page: ManagerPage) -> Response:
    device = page.do(READ_DEVICE)
    history = page.do(READ_HISTORY, **page.place(HISTORY_SHOWN))
    held = page.do(LIST_LICENSES, udi=device.udi, offset=0).rows if page.may("DEPLOY") else ()
    return page.draw(DEVICE_PAGE, device=device, history=history, held=held)


def _go(page: ManagerPage) -> Response:
    """Find the page of a device for a tool that knows its UDI alone."""
    udi = page.value("udi")
    try:
        parse_udi(udi)
    except ValueError as error:
        raise BadInput(f"{error}.", "udi") from error
    if page.do(LIST_DEVICES, text=udi, limit=1, offset=0).total:
        return page.lead(f"/devices/{quote(udi)}")
    return page.draw(UNKNOWN_PAGE, udi=udi)


def _expiring(page: ManagerPage) -> Response:
    return page.draw(
        EXPIRING_PAGE, licenses=page.do(LIST_EXPIRING, within=page.value("within") or "14d").rows[:MOST_ROWS]
    )


PAGES = (
    PageRoute(
        "/devices", show_list, Needing(ManagerAction.CREATE_DEVICES, _add), menu=MenuEntry("Devices", 20, "Devices")
    ),
    PageRoute("/devices/views", send=_keep_view, again=show_list),
    PageRoute("/devices/views/delete", send=_delete_view, again=show_list),
    PageRoute("/devices/{udi:path}", _device),
    PageRoute("/go", _go),
    PageRoute("/expiring", _expiring, menu=MenuEntry("Expiring", 60, "Licenses")),
)
