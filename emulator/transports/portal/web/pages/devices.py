"""Devices, each with its licenses and its history."""

from urllib.parse import quote

from starlette.responses import Response

from emulator.transports.portal.operations.devices import ADD_DEVICE, DEVICE, DEVICES, HISTORY
from emulator.transports.portal.web.page import Page, PageRoute


def _devices(page: Page) -> Response:
    return page.draw("devices.html", devices=page.do(DEVICES, **page.place()))


def _device(page: Page) -> Response:
    return page.draw("device.html", device=page.do(DEVICE), history=page.do(HISTORY, **page.place(100)))


def _add(page: Page) -> Response:
    card = page.do(ADD_DEVICE, credential=page.file("credential") or None)
    page.tell(f"{card.udi} is among your devices.")
    return page.lead(f"/devices/{quote(card.udi)}")


PAGES = (
    PageRoute("/devices", _devices, _add),
    PageRoute("/devices/{udi:path}", _device),
)
