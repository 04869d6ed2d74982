"""Types that the operations share: what a UDI, a PAK or a reason looks like, and one part of a long list."""

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

import msgspec

from emulator.backend.views import Listing
from emulator.licensing.udi import UDI_FORM, parse_udi

Item = TypeVar("Item")
Row = TypeVar("Row")


def formed(pattern: str, read: Callable[[str], object], description: str, *examples: str) -> msgspec.Meta:
    """Text of a form: one pattern is checked and told in the description of the interface.

    Args:
        pattern: of the whole text, in the syntax that Python and JSON Schema share.
        read: raises ValueError for a text of another form; its message tells what is wrong.
        description: the text in words, for the description of the interface.
        examples: texts that have the form.
    """
    return msgspec.Meta(
        pattern=rf"^({pattern})$(?!\n)",  # for Python `$` also stands before a last line feed
        max_length=80,
        description=description,
        examples=list(examples),
        extra={"read": read},
    )


UdiText = Annotated[str, formed(UDI_FORM, parse_udi, "A device, as PID:SN", "CISCO881-K9:FTX1405YDC7")]
RowText = Annotated[str, msgspec.Meta(max_length=80, description="A device, as PID:SN or PID,SN")]
PakText = Annotated[str, msgspec.Meta(max_length=40, description="A product authorization key")]
SkuText = Annotated[str, msgspec.Meta(max_length=60, description="A product that can be ordered")]
Name = Annotated[str, msgspec.Meta(max_length=80)]
SearchText = Annotated[str, msgspec.Meta(max_length=100, description="Only rows that hold this text")]
Why = Annotated[str, msgspec.Meta(max_length=500, description="The reason, for the audit log")]
Offset = Annotated[int, msgspec.Meta(ge=0, le=100_000_000, description="How many rows to pass over")]
RowLimit = Annotated[int, msgspec.Meta(ge=1, le=500, description="How many rows to give at most")]
SORTED = msgspec.Meta(description="A column to sort by, falling with a minus sign before it")
CalendarMoment = Annotated[str, msgspec.Meta(description="A moment of the simulated calendar, ISO 8601 in UTC")]
FileContent = Annotated[bytes, msgspec.Meta(max_length=200_000, description="The file, in base64")]


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
