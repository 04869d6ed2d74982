"""Operations as JSON, for every face that has an interface for programs: routes, tokens, inputs and answers.

A caller shows a token (`Authorization: Bearer ...`). No cookie is looked at here, so no other site can use a browser's
log-in.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any, TypeVar

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from emulator.transports.web.openapi import Described, Schema
from emulator.transports.web.problems import BadInput, NotLoggedIn, NotThere, Problem, WrongType

BASE = "/api/v1"

Operation = TypeVar("Operation", bound=Described)

Answering = Callable[[Mapping[str, Operation], Request], Awaitable[Response]]
"""Answers a request by one of the operations of its path, by method."""


def routes_of(
    operations: Iterable[Operation],
    described: Callable[[], Schema],
    slashes: re.Pattern[str],
    serve: Answering[Operation],
) -> list[Route]:
    """Make one route for each path, and one for the description of them all.

    Args:
        operations: what can be asked for.
        described: makes their description; called once, at the first request for it.
        slashes: inputs of a path that may have a slash in them; their name is group 1.
        serve: answers.
    """

    @cache
    def text() -> bytes:
        return msgspec.json.format(msgspec.json.encode(described()))

    async def describe(_: Request) -> Response:
        return Response(await run_in_threadpool(text), media_type="application/json")

    by_path: dict[str, dict[str, Operation]] = {}
    for operation in operations:
        by_path.setdefault(operation.path, {})[operation.method] = operation
    return [
        Route("/openapi.json", describe, methods=["GET"]),
        *(
            Route(slashes.sub(r"{\1:path}", path), partial(serve, methods), methods=list(methods))
            for path, methods in by_path.items()
        ),
    ]


def asked_of(methods: Mapping[str, Operation], request: Request) -> Operation:
    """Choose the operation of a path that a request is for."""
    return methods["GET" if request.method == "HEAD" else request.method]


def token_of(request: Request, owner: str) -> str:
    """Read the token of a request; `owner` is whose it is to be, in words.

    Raises:
        NotLoggedIn: none is shown.
    """
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise NotLoggedIn(f"Show a token of {owner}: Authorization: Bearer <token>.")
    return secret.strip()


async def inputs_of(operation: Described, request: Request, *, may_be_empty: bool = False) -> dict[str, object]:
    """Read the inputs from the path, and the others from the query or the body.

    Args:
        operation: what is asked for.
        request: how.
        may_be_empty: whether a request without a body has no inputs there.

    Raises:
        Problem: they cannot be read, or one is not known.
    """
    from_path: dict[str, object] = dict(request.path_params)
    if "" in from_path.values():
        raise NotThere()
    others: dict[str, object] = dict(request.query_params)
    if operation.method == "POST":
        if others:
            raise BadInput("The inputs are taken from the body, not from the query.", next(iter(others)))
        content = await request.body()
        others = {} if may_be_empty and not content else _object(content, request)
    for name in others:
        if name in from_path or name not in operation.input.__struct_fields__:
            raise BadInput(f"There is no input '{name[:80]}' here.", name[:80])
    return others | from_path


def _object(content: bytes, request: Request) -> dict[str, object]:
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
        raise WrongType("Send the inputs as JSON: Content-Type: application/json.")
    try:
        found = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Problem("The body is not JSON.") from error
    if not isinstance(found, dict):
        raise BadInput("The body is to be an object with the inputs.")
    return {name: _whole(value) for name, value in found.items()}


def _whole(value: Any) -> object:
    """Read 2.0 as 2, for JSON does not tell them apart."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def refusal(content: msgspec.Struct, problem: Problem) -> Response:
    """Make the answer to a request that is refused, with the headers that go with its reason."""
    headers = {}
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    if isinstance(problem, NotLoggedIn):
        headers["WWW-Authenticate"] = "Bearer"
    return json_answer(content, problem.status, headers)


def json_answer(content: object, status: int, headers: dict[str, str] | None = None) -> Response:
    """Make an answer in JSON."""
    return Response(msgspec.json.encode(content), status, headers, "application/json")
