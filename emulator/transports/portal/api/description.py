"""The description of the portal's interface: its title, what it is about, and the header of a repeated request."""

from collections.abc import Iterable
from typing import Any

from emulator.transports.portal.api.keyed import HEADER, LONGEST
from emulator.transports.portal.operation import File, Operation
from emulator.transports.web.openapi import DescribedInterface, Schema

ABOUT = (
    "Orders, PAKs, license files and transfers of one simulated world. Every operation asks for a token, which is made "
    "on the portal's account page. Repeating a registration, an RMA or a rehost gives the same files again and debits "
    "nothing; anything else that is posted can be sent again with an `Idempotency-Key` of its own. The licenses work "
    "on no real router."
)


def _headers(operation: Operation[Any, Any]) -> Iterable[Schema]:
    """The header by which an operation that changes something can be sent again."""
    if operation.method == "POST":
        form = {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[!-~]+$"}
        schema = {**form, "examples": ["8f0b6f1c-order-1"]}
        about = "Sent again with the same key and body, the request is answered again and carried out once"
        yield {"name": HEADER, "in": "header", "required": False, "schema": schema, "description": about}


def portal_interface(error: type) -> DescribedInterface:
    """The portal's interface; `error` is the type of its refusals."""
    return DescribedInterface("isrtwin license portal", ABOUT, error, _headers, File)
