"""Devices, each with its licenses and its history."""

from starlette.responses import Response

from emulator.transports.portal.operations.devices import DEVICE, DEVICES, HISTORY
from emulator.transports.portal.web.page import Page, PageRoute


def _devices(page: Page) -> Response:
    return page.draw("devices.html", devices=page.do(DEVICES, **page.place()))


def _device(page: Page) -> Response:
    return page.draw("device.html", device=page.do(DEVICE), history=page.do(HISTORY, **page.place(100)))


PAGES = (
    PageRoute("/devices", _devices),
    PageRoute("/devices/{udi:path}", _device),
)
