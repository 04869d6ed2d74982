"""Types that the operations share: what a UDI, a PAK or a reason looks like, and one part of a long list."""

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

import msgspec

from emulator.backend.views import Listing
from emulator.licensing.udi import Udi, parse_udi
from emulator.transports.portal.problems import BadInput

Item = TypeVar("Item")
Row = TypeVar("Row")

UdiText = Annotated[
    str,
    msgspec.Meta(
        max_length=80,
        description="A device, as PID:SN",
        examples=["CISCO881-K9:FTX1405YDC7"],
        extra_json_schema={"pattern": "^[A-Z0-9][A-Z0-9./+-]{1,21}:[A-Z]{3}[0-9]{4}[0-9A-Z]{4}$"},
    ),
]
"""The description tells of the form; what has another one is refused in words of our own."""
RowText = Annotated[str, msgspec.Meta(max_length=80, description="A device, as PID:SN or PID,SN")]
PakText = Annotated[str, msgspec.Meta(max_length=40, description="A product authorization key")]
SkuText = Annotated[str, msgspec.Meta(max_length=60, description="A product that can be ordered")]
Name = Annotated[str, msgspec.Meta(max_length=80)]
Search = Annotated[str, msgspec.Meta(max_length=100, description="Only rows that hold this text")]
Why = Annotated[str, msgspec.Meta(max_length=500, description="The reason, for the audit log")]
Offset = Annotated[int, msgspec.Meta(ge=0, le=100_000_000, description="How many rows to pass over")]
Limit = Annotated[int, msgspec.Meta(ge=1, le=500, description="How many rows to give at most")]
Moment = Annotated[str, msgspec.Meta(description="A moment of the simulated calendar, ISO 8601 in UTC")]
Paper = Annotated[bytes, msgspec.Meta(max_length=200_000, description="The file, in base64")]


class Part(msgspec.Struct, Generic[Item], frozen=True):
    """A part of a list, newest first where there is a time.

    Attributes:
        total: rows of the whole list.
        offset: rows before this part.
    """

    rows: tuple[Item, ...]
    total: int
    offset: int


def part(found: Listing[Row], change: Callable[[Row], Item]) -> Part[Item]:
    """The back end's listing with each row changed into ours."""
    return Part(tuple(map(change, found.items)), found.total, found.offset)


def udi_at(text: str, field: str) -> Udi:
    """The device that was typed.

    Raises:
        BadInput: it is none.
    """
    try:
        return parse_udi(text.strip())
    except ValueError as error:
        raise BadInput(f"{error}.", field) from error
