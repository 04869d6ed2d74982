"""A page of the portal: what is shown and done there are operations of the portal, for the account that asks."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

from starlette.requests import Request

from emulator.transports.portal.context import Portal
from emulator.transports.portal.lab_media import Medium
from emulator.transports.portal.operation import Operation, PortalRequest
from emulator.transports.portal.operations.devices import DEVICES
from emulator.transports.portal.operations.purchase import PAKS, Product
from emulator.transports.web.drawing import Drawing
from emulator.transports.web.guard.sessions import BrowserSession
from emulator.transports.web.log_in import PasswordPage
from emulator.transports.web.problems import BadInput, NotThere, Problem

Answer = TypeVar("Answer")

OFFERED = 200
"""Choices that a field offers at most; any other can be typed."""

TEMPLATES = Path(__file__).parent.parent / "templates"


class PortalPage(PasswordPage):
    """One request for a page of the portal."""

    portal: Portal

    def __init__(self, portal: Portal, request: Request, session: BrowserSession) -> None:
        super().__init__(portal, request, session)
        self.portal = portal

    @property
    def portal_request(self) -> PortalRequest:
        """The use cases, for who is logged in."""
        assert self.caller is not None, "the frame lets nobody in without a log-in"
        return PortalRequest(self.portal, self.caller)

    @property
    def today(self) -> datetime:
        """The simulated moment."""
        return self.portal.calendar(self.portal.now())

    @property
    def known_devices(self) -> list[tuple[str, str]]:
        """Devices that the caller may name, each with what tells it from others; none while the records are away."""
        with suppress(Problem):
            rows = self.do(DEVICES, pid="", limit=OFFERED, text="", offset=0).rows
            return [(row.udi, f"{row.licenses} {'license' if row.licenses == 1 else 'licenses'}") for row in rows]
        return []

    @property
    def known_paks(self) -> list[tuple[str, str]]:
        """PAKs with licenses left that the caller may name; none while the records are away."""
        with suppress(Problem):
            rows = self.do(PAKS, left_only=True, limit=OFFERED, sku="", text="", offset=0).rows
            return [(row.pak, f"{row.sku}, {row.left} of {row.quantity} left") for row in rows if row.pak]
        return []

    @property
    def lab_offered(self) -> bool:
        """Tell whether the caller may put files where the routers of the lab find them."""
        return self.caller is not None and self.caller.operator and self.portal.has_lab

    @property
    def lab_address(self) -> str:
        """Whole address of the page of the lab in which this portal stands; else empty."""
        if self.portal.around_lab is None:
            return ""
        return f"{self.request.url.scheme}://{self.request.url.netloc}{self.root.rpartition('/')[0]}"

    def cause(self, problem: Problem) -> str:
        """Reason for which something that was there may be gone in a lab."""
        gone = self.portal.around_lab is not None and problem.status == HTTPStatus.NOT_FOUND
        return "Going back to a checkpoint takes away what came after it." if gone else ""

    def offers(self, address: str) -> bool:
        """Tell whether a page is open to the caller; a lab closes some."""
        return self.portal.around_lab is None or address not in self.portal.around_lab.closed

    @property
    def media(self) -> Sequence[Medium]:
        """The media of the lab with their files, for who may use them."""
        return self.portal.media.all() if self.lab_offered else ()

    def lab_file(self, place: str) -> bytes:
        """The content of a file of the lab, by `MEDIUM:NAME`; empty where there is none, or not for the caller."""
        medium, _, name = place.partition(":")
        return (self.portal.media.read(medium, name) or b"") if self.lab_offered and name else b""

    def do(
        self, operation: Operation[Any, Answer], *, named: Mapping[str, str] | None = None, **given: object
    ) -> Answer:
        """Carry out an operation with these inputs and, for those not given, with what was typed.

        `named`: the fields of this page that stand for inputs of another name.
        """
        typed = ((name, self.value(name)) for name in operation.input.__struct_fields__)
        inputs: dict[str, object] = {name: text for name, text in typed if text}
        try:
            return operation.carry_out(self.portal_request, inputs | given)
        except BadInput as problem:
            if problem.field in self.request.path_params:
                raise NotThere(problem.message) from problem
            problem.field = (named or {}).get(problem.field or "", problem.field)
            raise
        except Problem as problem:
            problem.field = (named or {}).get(problem.field or "", problem.field)
            raise


@cache
def portal_drawing() -> Drawing:
    """The templates of the portal."""
    return Drawing(TEMPLATES, PortalPage, {"product_choice": product_choice})


def product_choice(product: Product) -> tuple[str, str]:
    """A product to choose: its SKU and how its PAK comes; what it gives stands below the form."""
    return product.sku, f"{product.sku}, by {'regular mail' if product.delivery == 'paper' else 'e-mail'}"
