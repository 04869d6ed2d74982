"""Requests and answers of calls as HTTP has them."""

import re
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec

from emulator.kernel.errors import EmulatorError
from emulator.manager.api.call import ManagerCall

Asked = TypeVar("Asked", bound=msgspec.Struct)
Answer = TypeVar("Answer")

BASE = "/api/v1"
_FROM_PATH = re.compile(r"\{(\w+)\}")


class ManagerError(EmulatorError):
    """The manager refuses a call, or does not answer.

    Attributes:
        status: of HTTP; 0 where there was no answer.
        error: name that programs can compare.
        field: the input that is to blame, if one is.
    """

    def __init__(self, status: int, error: str, message: str, field: str | None = None) -> None:
        super().__init__(status, error, message, field)
        self.status, self.error, self.message, self.field = status, error, message, field

    def __str__(self) -> str:
        return self.message


class CallRequest(msgspec.Struct, frozen=True):
    """Request of a call: below the address of the manager, with a query or a body."""

    method: str
    path: str
    query: dict[str, str]
    body: bytes | None


class _Refusal(msgspec.Struct):
    error: str
    message: str
    field: str | None = None


def request_of(call: ManagerCall[Asked, Answer], asked: Asked) -> CallRequest:
    """Write a call as a request."""
    given: dict[str, Any] = msgspec.to_builtins(asked)
    named = _FROM_PATH.findall(call.path)
    path = call.path
    for name in named:
        path = path.replace(f"{{{name}}}", quote(str(given.pop(name)), safe=""))
    if call.method == "POST":
        return CallRequest(call.method, f"{BASE}{path}", {}, msgspec.json.encode(given))
    query = {name: _text(value) for name, value in given.items() if value is not None}
    return CallRequest(call.method, f"{BASE}{path}", query, None)


def answer_of(call: ManagerCall[Asked, Answer], status: int, content: bytes) -> Answer:
    """Read the answer of a call.

    Raises:
        ManagerError: it is a refusal, or no answer of a manager.
    """
    try:
        if status < 400:
            return msgspec.json.decode(content, type=call.answer)
        found = msgspec.json.decode(content, type=_Refusal)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ManagerError(status, "no_manager", f"what answers with {status} is no license manager") from error
    raise ManagerError(status, found.error, found.message, found.field)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
