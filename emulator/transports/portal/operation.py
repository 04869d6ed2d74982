"""An operation of the portal: one record that the pages, the JSON interface and its description are made from.

An operation takes a record of inputs and gives a record of answers; its act calls one use case of the back end for
the account that asks. No rule is here: roles and owners are looked at by the back end.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from secrets import token_bytes
from typing import Any, Generic, Literal, Protocol, TypeVar

import msgspec

from emulator.backend.refusals import PortalError
from emulator.backend.service import LicensingService
from emulator.kernel.data_path import shown_path
from emulator.kernel.datafile import explain
from emulator.kernel.time import Instant
from emulator.transports.portal.problems import refused
from emulator.transports.web.caller import Caller
from emulator.transports.web.guard.attempts import LogInAttempts, Lookups
from emulator.transports.web.guard.sessions import Sessions
from emulator.transports.web.problems import BadInput, TooOften, sentence

Asked = TypeVar("Asked", bound=msgspec.Struct)
Answer = TypeVar("Answer")


class Input(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Inputs of an operation."""


class Taking(Protocol):
    """Maker of the context within which an operation that changes something takes effect."""

    def __call__(
        self, operation: str, request: "PortalRequest", inputs: msgspec.Struct, /
    ) -> AbstractContextManager[None]:
        """Make room for an operation by its name, asked with these inputs."""


def at_once(_operation: str, _request: "PortalRequest", _inputs: msgspec.Struct) -> AbstractContextManager[None]:
    """Let an operation take effect as it comes."""
    return nullcontext()


class Opened(Protocol):
    """A portal as far as its operations need it."""

    service: LicensingService
    now: Callable[[], Instant]
    calendar: Callable[[Instant], datetime]
    log_ins: LogInAttempts
    lookups: Lookups
    sessions: Sessions

    taking: Taking

    def instant(self, moment: datetime, /) -> Instant:
        """The instant of a moment of the simulated calendar."""


class PortalRequest:
    """The use cases, for one caller at one instant."""

    def __init__(self, portal: Opened, caller: Caller) -> None:
        self.portal, self.caller = portal, caller
        self.service: LicensingService = portal.service
        self.by = caller.account
        self.now: Instant = portal.now()
        self.entropy = b""
        """Random bytes, for an operation that needs some."""

    def date(self, instant: Instant) -> str:
        """A moment as JSON writes it: ISO 8601 in UTC, to the second."""
        return self.portal.calendar(instant).isoformat(timespec="seconds").replace("+00:00", "Z")


class File(msgspec.Struct, frozen=True):
    """An answer that is a file and not a record."""

    name: str
    content: bytes


class Operation(msgspec.Struct, Generic[Asked, Answer], frozen=True):
    """One thing that can be asked of the portal.

    Attributes:
        name: as the description calls it.
        path: below `/api/v1`; `{udi}` and the like are inputs of that name.
        input: where its fields are found: those of the path there, the others in the query (GET, DELETE) or the body.
        answer: its type, for the description.
        status: of the answer when it went well.
        draws: whether it needs random bytes.
    """

    name: str
    method: Literal["GET", "POST", "DELETE"]
    path: str
    summary: str
    input: type[Asked]
    answer: Any
    act: Callable[[PortalRequest, Asked], Answer]
    status: int = 200
    draws: bool = False

    @property
    def guesses(self) -> bool:
        """Tell whether an input names an object, so that many attempts could find out which exist."""
        return not NAMING.isdisjoint(self.input.__struct_fields__)

    def _taking(self, request: PortalRequest, inputs: Asked) -> AbstractContextManager[None]:
        """Within it, what changes something takes effect at an instant of its own, and may be journalled."""
        if self.method == "GET":
            return nullcontext()
        return request.portal.taking(self.name, request, inputs)

    def carry_out(self, request: PortalRequest, given: Mapping[str, object], *, strict: bool = False) -> Answer:
        """Read the inputs and do it.

        Raises:
            Problem: an input cannot be read, or the back end refuses.
        """
        try:
            inputs = msgspec.convert(given, self.input, strict=strict)
        except msgspec.ValidationError as error:
            raise _unreadable(error, self.input, given) from error
        caller, lookups = request.caller, request.portal.lookups
        if self.guesses and (wait := lookups.wait(caller.account, caller.client)):
            raise TooOften(wait)
        try:
            request.entropy = token_bytes(ENTROPY) if self.draws else b""
            with self._taking(request, inputs):
                return self.act(request, inputs)
        except PortalError as error:
            if error.refusal.guess:
                lookups.failed(caller.account, caller.client)
            raise refused(error, _blamed(error, inputs)) from error


ENTROPY = 32
"""Random bytes that an operation gets."""

NAMING = frozenset(
    {
        "contract", "failed", "id", "license", "number", "pak", "replacement",
        "right", "source", "target", "ticket", "udi", "udis", "user", "wrong",
    }
)  # fmt: skip
"""Inputs that name what may belong to another account."""

_MISSING = re.compile(r"missing required field `(\w+)`")

LABELS = {
    "ReadLetter.number": "the letter",
    "udi": "the device",
    "udis": "at least one device",
    "pak": "the PAK",
    "sku": "the product",
    "why": "the reason",
    "number": "the sales order",
    "quantity": "the quantity",
    "feature": "the feature",
    "period": "the period",
    "role": "the role",
    "failed": "the failed device",
    "replacement": "the replacement",
    "contract": "the service contract",
    "wrong": "the wrong device",
    "right": "the right device",
    "source": "the source device",
    "target": "the target device",
    "ticket": "the rehost ticket",
    "user": "the user name",
    "password": "the password",
    "own_password": "your own password",
    "name": "a name",
}
"""Words for an input in a sentence; an operation with another meaning of it has a row under its own inputs."""


def _label(name: str, inputs: type[msgspec.Struct]) -> str:
    return LABELS.get(f"{inputs.__name__}.{name}") or LABELS.get(name, name)


_OTHER_NAMES = {"udi": "udis", "order": "number"}
"""Inputs that the back end knows under another name."""


def _unreadable(error: msgspec.ValidationError, inputs: type[msgspec.Struct], given: Mapping[str, object]) -> BadInput:
    """Return what is wrong with an input, and which."""
    if missing := _MISSING.search(str(error)):
        name = missing[1]
        return BadInput(f"Fill in {_label(name, inputs)}.", name)
    path, problem = explain(error, inputs)
    name = path.partition("[")[0].partition(".")[0]
    if name not in inputs.__struct_fields__:
        return BadInput(f"This cannot be read: {problem}.")
    if "matching regex" in problem and (told := _misformed(inputs, name, given[name])):
        return BadInput(told, name)
    label = shown_path(path) if path != name else _label(name, inputs)
    return BadInput(f"{label[0].upper()}{label[1:]}: {problem}.", name)


def _misformed(inputs: type[msgspec.Struct], name: str, value: object) -> str | None:
    """Complaint of the reader of an input's form (`words.formed`) about a value of another form."""
    infos = msgspec.inspect.type_info(inputs)
    assert isinstance(infos, msgspec.inspect.StructType)
    [info] = (field.type for field in infos.fields if field.name == name)
    for each in info.types if isinstance(info, msgspec.inspect.UnionType) else (info,):
        if isinstance(each, msgspec.inspect.Metadata) and each.extra:
            try:
                each.extra["read"](value)
            except ValueError as error:
                return sentence(error)
    return None


def _blamed(error: PortalError, inputs: msgspec.Struct) -> str | None:
    """The input that a refusal is about: the one it names, else the one whose text it repeats."""
    names = inputs.__struct_fields__
    for name in (error.refusal.field, _OTHER_NAMES.get(error.refusal.field or "")):
        if name in names:
            return name
    told = [text for text in error.slots.values() if text]
    given = {name: str(getattr(inputs, name)) for name in names}
    return next(
        (name for name in names for text in told if given[name] == text or given[name].startswith(f"{text}:")), None
    )
