"""A call of the manager: its name and address, what it takes and gives, and the use case that it calls."""

from collections.abc import Callable
from typing import Annotated, Generic, Literal, TypeVar

import msgspec

from emulator.kernel.errors import Refused
from emulator.licensing.udi import UDI_FORM, Udi, parse_udi
from emulator.manager.context import ManagerContext

Asked = TypeVar("Asked", bound=msgspec.Struct)
Answer = TypeVar("Answer")
Item = TypeVar("Item")


class CallInput(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Inputs of a call."""


class Nothing(CallInput, frozen=True):
    """No inputs."""


class Changed(msgspec.Struct, frozen=True):
    """Answer of a call that has nothing to tell but how many things it changed."""

    changed: int


class PartOf(msgspec.Struct, Generic[Item], frozen=True):
    """A part of a list: `total` counts the whole list, `offset` what stands before the part."""

    rows: tuple[Item, ...]
    total: int
    offset: int = 0


class ManagerCall(msgspec.Struct, Generic[Asked, Answer], frozen=True):
    """One thing that can be asked of the manager.

    Attributes:
        name: as the description and the SDK call it.
        path: below `/api/v1`; `{udi}` and the like are inputs of that name.
        input: where its fields are found: those of the path there, the others in the query (GET, DELETE) or the body.
        answer: its type.
        act: the use case, for the user of the context.
    """

    name: str
    method: Literal["GET", "POST", "DELETE"]
    path: str
    summary: str
    input: type[Asked]
    answer: type[Answer]
    act: Callable[[ManagerContext, Asked], Answer]
    status: int = 200


DeviceName = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^{UDI_FORM}$(?!\n)", max_length=80, description="A device, as PID:SN",
        examples=["CISCO881-K9:FTX1405YDC7"],
    ),
]  # fmt: skip
DeviceNames = Annotated[tuple[DeviceName, ...], msgspec.Meta(max_length=30_000, description="Devices, as PID:SN")]
ShortName = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
SearchWord = Annotated[str, msgspec.Meta(max_length=100)]
RowOffset = Annotated[int, msgspec.Meta(ge=0, le=100_000_000, description="Rows to pass over")]
RowCount = Annotated[int, msgspec.Meta(ge=1, le=1_000, description="Rows to give at most")]
JobNumber = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1, description="Number of a job")]
MomentText = Annotated[str, msgspec.Meta(description="A moment, ISO 8601 in UTC; empty for none")]


def udis_of(texts: tuple[str, ...]) -> list[Udi]:
    """Read devices, each once.

    Raises:
        Refused: a text is no UDI.
    """
    try:
        return list(dict.fromkeys(map(parse_udi, texts)))
    except ValueError as error:
        raise Refused(str(error)) from None
