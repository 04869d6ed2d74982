"""Licenses for a time, and licenses that are sent again."""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from emulator.transports.portal.operations.purchase import PRODUCTS
from emulator.transports.portal.operations.registration import DEMO, EXTENSION, RESEND
from emulator.transports.portal.web.menu import Group
from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.drawing import NoFacts, Template
from emulator.transports.web.route import MenuEntry, PageRoute


class TrialFacts(msgspec.Struct, frozen=True):
    """The features that a license for a time can be had for."""

    features: Sequence[str]


DEMO_PAGE = Template("demo.html", TrialFacts)
EXTENSION_PAGE = Template("extension.html", TrialFacts)
RESEND_PAGE = Template("resend.html", NoFacts)


def _demo_form(page: PortalPage) -> Response:
    return page.draw(DEMO_PAGE, features=_features(page))


def _demo(page: PortalPage) -> Response:
    letter = page.do(DEMO)
    page.tell("Demo license issued; its file was mailed.")
    return page.lead(f"/mail/{letter.number}")


def _extension_form(page: PortalPage) -> Response:
    return page.draw(EXTENSION_PAGE, features=_features(page))


def _extension(page: PortalPage) -> Response:
    letter = page.do(EXTENSION)
    page.tell("The extension license was granted and mailed.")
    return page.lead(f"/mail/{letter.number}")


def _resend_form(page: PortalPage) -> Response:
    return page.draw(RESEND_PAGE)


def _resend(page: PortalPage) -> Response:
    letter = page.do(RESEND)
    page.tell("All licenses of the device were mailed again, in one file.")
    return page.lead(f"/mail/{letter.number}")


def _features(page: PortalPage) -> list[str]:
    return list(dict.fromkeys(product.feature for product in page.do(PRODUCTS).rows))


PAGES = (
    PageRoute("/demo", _demo_form, _demo, once=True, menu=MenuEntry("Demo license", 64, Group.LICENSES)),
    PageRoute(
        "/extension",
        _extension_form,
        _extension,
        operator=True,
        once=True,
        menu=MenuEntry("Grant extension", 67, Group.LICENSES),
    ),
    PageRoute(
        "/resend",
        _resend_form,
        _resend,
        once=True,
        menu=MenuEntry("Send licenses again", 66, Group.LICENSES),
    ),
)
