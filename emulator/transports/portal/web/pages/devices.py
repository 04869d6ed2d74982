"""Devices, each with its licenses and its history."""

from urllib.parse import quote

from starlette.responses import Response

from emulator.transports.portal.operations.devices import ADD_DEVICE, DEVICE, DEVICES, HISTORY
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.drawing import Template
from emulator.transports.web.route import MenuEntry, PageRoute

DEVICES_PAGE = Template("devices.html")
DEVICE_PAGE = Template("device.html")


def _devices(page: PortalPage) -> Response:
    return page.draw(DEVICES_PAGE, devices=page.do(DEVICES, **page.place()))


def _device(page: PortalPage) -> Response:
    return page.draw(DEVICE_PAGE, device=page.do(DEVICE), history=page.do(HISTORY, **page.place(100)))


def _add(page: PortalPage) -> Response:
    card = page.do(ADD_DEVICE, credential=page.file("credential") or None)
    page.tell(f"{card.udi} is among your devices.")
    return page.lead(f"/devices/{quote(card.udi)}")


PAGES = (
    PageRoute("/devices", _devices, _add, menu=MenuEntry("Devices", 50)),
    PageRoute("/devices/{udi:path}", _device),
)
