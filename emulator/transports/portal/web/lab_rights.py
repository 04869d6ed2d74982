"""The pages of the portal that a lab opens: each goes with a verb of the bench, and is open where that verb is.

Rule (I): what a learner may do in a lab is said once, by the verbs that its page lists. A page that is named here with
no verb is open in every lab; one that is not named is closed in every lab, so that a new page gives none away.
"""

from collections.abc import Callable

from msgspec.structs import replace
from starlette.responses import Response

from emulator.transports.portal.web.page import PortalPage
from emulator.transports.web.problems import Forbidden, NotNow, NotThere
from emulator.transports.web.route import PageRoute

VERBS = {
    "/": "",
    "/draft": "",
    "/orders": "portal lost-pak",
    "/orders/new": "order",
    "/paks": "portal register",
    "/paks/{pak}": "portal register",
    "/lost-pak": "portal lost-pak",
    "/register": "portal register",
    "/register/{job}": "portal register",
    "/register/{job}/state": "portal register",
    "/register/{job}/good": "portal register",
    "/register/{job}/rows.csv": "portal register",
    "/register/{job}/licenses.zip": "portal register",
    "/devices": "portal lookup",
    "/devices/ticked": "portal resend",
    "/devices/{udi:path}": "portal lookup",
    "/demo": "portal demo",
    "/extension": "portal extension",
    "/resend": "portal resend",
    "/rma": "portal rma",
    "/rma/check": "portal rma",
    "/rma/confirm": "portal rma",
    "/correct": "portal correct",
    "/rehost": "portal permission",
    "/rehost/choose": "portal permission",
    "/rehost/{ticket}": "portal rehost",
    "/mail": "mail",
    "/mail/{number}": "mail",
    "/mail/{number}/message.eml": "mail",
    "/mail/{number}/files/{file}": "mail",
    "/licenses/{license}/file": "portal resend",
    "/tickets/{ticket}/file": "portal permission",
    "/files": "put",
    "/files/{medium}/{name}": "get",
    "/audit": "portal audit",
    "/audit.csv": "portal audit",
    "/features": "software",
}
"""The verb of each page that a lab may open."""


class LabRights:
    """The pages of one portal, as one lab opens them."""

    def __init__(self, is_closed: Callable[[str], bool], refusal: Callable[[bool], str]) -> None:
        """Get ready.

        Args:
            is_closed: whether the lab closes a line of the bench.
            refusal: why nothing is shown at the moment or, if it is asked so, nothing changed; empty where it is.
        """
        self._is_closed, self._refusal = is_closed, refusal

    def closes(self, path: str) -> bool:
        """Tell whether the page of an address is closed."""
        return path not in VERBS or bool(VERBS[path] and self._is_closed(VERBS[path]))

    def guarded(self, route: PageRoute) -> PageRoute:
        """A page with the conditions of the lab before it; one that is closed has no entry in the menu."""
        if not self.closes(route.path):
            return replace(
                route, show=route.show and self._before(route.show), send=route.send and self._before(route.send)
            )
        closed = _closed(VERBS.get(route.path, ""))
        return PageRoute(route.path, show=route.show and closed, send=route.send and closed)

    def _before(self, handler: Callable[[PortalPage], Response]) -> Callable[[PortalPage], Response]:
        def guarded(page: PortalPage) -> Response:
            if sentence := self._refusal(page.sent):
                raise NotNow(sentence)
            return handler(page)

        return guarded


def _closed(verb: str) -> Callable[[PortalPage], Response]:
    def refuse(_: PortalPage) -> Response:
        raise Forbidden(f"This lab does without `{verb}`, on these pages as at the bench.") if verb else NotThere()

    return refuse
