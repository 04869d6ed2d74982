"""The license portal that the manager asks, and the token of an account there, which is never shown."""

import ssl

import msgspec
from starlette.responses import Response

from emulator.manager.api.portal import CHOOSE_PORTAL, READ_PORTAL
from emulator.manager.roles import ManagerAction
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import Template
from emulator.transports.web.problems import BadInput
from emulator.transports.web.route import MenuEntry, PageRoute


class BackEndFacts(msgspec.Struct, frozen=True):
    """The URL of the portal that was chosen; empty for none."""

    url: str


BACK_END_PAGE = Template("back_end.html", BackEndFacts)


def _show(page: ManagerPage) -> Response:
    return page.draw(BACK_END_PAGE, url=page.do(READ_PORTAL).url)


def _choose(page: ManagerPage) -> Response:
    if not page.value("url"):
        raise BadInput("Type the URL of the portal, such as https://portal.example:8443/.", "url")
    if not page.secret("token"):
        raise BadInput("Type a token of an account there; its account page makes one.", "token")
    url, token, authority = page.value("url"), page.secret("token").strip(), page.value("authority")
    if authority and not _is_authority(authority):
        raise BadInput("This is no certificate in PEM; it begins with -----BEGIN CERTIFICATE-----.", "authority")
    with refused_beside("url" if not url.startswith("https://") else "token"):
        page.do(CHOOSE_PORTAL, url=url, token=token, authority=authority)
    page.tell("The license portal is chosen. Refresh a PAK to try it.")
    return page.lead("/portal")


def _is_authority(text: str) -> bool:
    """Tell whether TLS can check a server's certificate with these."""
    try:
        ssl.create_default_context(cadata=text)
    except (ssl.SSLError, ValueError):
        return False
    return True


NEEDED = ManagerAction.MANAGE_BACK_END

PAGES = (
    PageRoute(
        "/portal", Needing(NEEDED, _show), Needing(NEEDED, _choose), menu=MenuEntry("License portal", 130, "Settings")
    ),
)
