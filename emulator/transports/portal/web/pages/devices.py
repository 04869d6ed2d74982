"""Devices, each with its licenses and its history."""

from urllib.parse import quote

import msgspec
from starlette.responses import Response

from emulator.transports.portal.operations.audit import AuditEntryAnswer
from emulator.transports.portal.operations.devices import ADD_DEVICE, DEVICE, DEVICES, HISTORY, DeviceAnswer, DeviceCard
from emulator.transports.portal.operations.registration import RESEND
from emulator.transports.portal.operations.words import Part
from emulator.transports.portal.spreadsheets import MOST_ROWS
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.portal.web.wizards import REGISTER
from emulator.transports.web.consoles import RouterRow
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput
from emulator.transports.web.route import MenuEntry, PageRoute

PART_SHOWN = 100
"""Acts of its history that a device's page shows."""

PART = 500
"""Rows that a list is read in at one time."""

MOST_RESENT = 100
"""Devices whose licenses are sent again at one time; each gets a letter of its own."""


class DevicesFacts(msgspec.Struct, frozen=True):
    """A part of the devices."""

    devices: Part[DeviceAnswer]


class DeviceFacts(msgspec.Struct, frozen=True):
    """A device, a part of its history, and the router of the world that it is, for who may see it."""

    device: DeviceCard
    history: Part[AuditEntryAnswer]
    router: RouterRow | None


DEVICES_PAGE = Template("devices.html", DevicesFacts)
DEVICE_PAGE = Template("device.html", DeviceFacts)


def _devices(page: PortalPage) -> Response:
    return page.draw(DEVICES_PAGE, devices=page.do(DEVICES, **page.place()))


def _device(page: PortalPage) -> Response:
    device = page.do(DEVICE)
    routers = page.portal.consoles.routers() if page.caller is not None and page.caller.operator else ()
    router = next((row for row in routers if row.udi == device.udi), None)
    return page.draw(DEVICE_PAGE, device=device, router=router, history=_latest_first(page))


def _latest_first(page: PortalPage) -> Part[AuditEntryAnswer]:
    """A part of what happened to the device, the latest first."""
    place = page.place(PART_SHOWN)
    total = page.do(HISTORY, offset=0, limit=1).total
    end = max(0, total - place["offset"])
    start = max(0, end - PART_SHOWN)
    rows = page.do(HISTORY, offset=start, limit=end - start).rows if end else ()
    return Part(rows[::-1], total, place["offset"])


def _act_on_ticked(page: PortalPage) -> Response:
    """Carry a bulk act out for the devices that are ticked, or for all of the list as it is now."""
    udis = _all_listed(page) if page.value("all") == "yes" else page.values("ticked")[:MOST_ROWS]
    if not udis:
        raise BadInput("Tick at least one device.", "ticked")
    if page.value("act") == "resend":
        for udi in udis[:MOST_RESENT]:
            page.do(RESEND, udi=udi, why="")
        rest = len(udis) - MOST_RESENT
        page.tell(
            f"Licenses mailed again: {min(len(udis), MOST_RESENT):,} {'device' if len(udis) == 1 else 'devices'}."
            + (f" The other {rest:,} were not: {MOST_RESENT} go at one time." if rest > 0 else "")
        )
        return page.lead("/mail")
    before = page.face.drafts.find(page.portal_request.by, REGISTER) or {}
    page.keep_draft(REGISTER, {**before, "udis": ("\n".join(udis),)})
    return page.lead("/register")


def _all_listed(page: PortalPage) -> list[str]:
    """UDIs of the whole list that the page shows a part of, as far as one registration takes them."""
    udis: list[str] = []
    while len(udis) < MOST_ROWS:
        part = page.do(DEVICES, offset=len(udis), limit=PART).rows
        udis += [row.udi for row in part]
        if len(part) < PART:
            break
    return udis


def _add(page: PortalPage) -> Response:
    card = page.do(ADD_DEVICE, credential=page.file("credential") or None)
    page.tell(f"{card.udi} is among your devices.")
    return page.lead(f"/devices/{quote(card.udi)}")


PAGES = (
    PageRoute("/devices", _devices, _add, menu=MenuEntry("Devices", 50)),
    PageRoute("/devices/ticked", send=_act_on_ticked, again=_devices),
    PageRoute("/devices/{udi:path}", _device),
)
