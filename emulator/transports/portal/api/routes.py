"""The operations as JSON.

A caller shows a token (`Authorization: Bearer ...`), which belongs to an account and can do what that account can. No
cookie is looked at here, so no other site can use a browser's log-in. Every error has one shape: `error` for programs,
`message` for people, `field` where one input is to blame.
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from emulator.transports.portal.api.description import portal_interface
from emulator.transports.portal.api.keyed import HEADER, carry_out_once, key_of
from emulator.transports.portal.context import Portal
from emulator.transports.portal.downloads import download
from emulator.transports.portal.operation import File, Operation, PortalRequest
from emulator.transports.portal.operations.table import SUBJECTS
from emulator.transports.portal.problems import RowsRefused, WrongType
from emulator.transports.portal.registered_row import RegisteredRow
from emulator.transports.web.caller import Caller
from emulator.transports.web.guard.attempts import network_of
from emulator.transports.web.guard.body_limits import body_reserved
from emulator.transports.web.openapi import description
from emulator.transports.web.problems import BadInput, NotLoggedIn, NotThere, Problem, TooOften

BASE = "/api/v1"

_SLASHES = re.compile(r"\{(udi|user)\}")
"""Inputs of a path that may have a slash in them."""


class Error(msgspec.Struct, frozen=True, omit_defaults=True):
    """Refusal of a request; `field` is the input to blame, `rows` tells of each row of a list that was refused."""

    error: str
    message: str
    field: str | None = None
    rows: tuple[RegisteredRow, ...] = ()


def api_routes(portal: Portal) -> list[Route]:
    """One route for each path, and one for the description of them all."""
    text = msgspec.json.format(msgspec.json.encode(description(portal_interface(Error), SUBJECTS)))

    async def described(_: Request) -> Response:
        return Response(text, media_type="application/json")

    by_path: dict[str, dict[str, Operation[Any, Any]]] = {}
    for operations in SUBJECTS.values():
        for operation in operations:
            by_path.setdefault(operation.path, {})[operation.method] = operation
    return [
        Route("/openapi.json", described, methods=["GET"]),
        *(
            Route(_SLASHES.sub(r"{\1:path}", path), partial(_serve, portal, methods), methods=list(methods))
            for path, methods in by_path.items()
        ),
    ]


def problem_as_json(problem: Problem) -> Response:
    """The one shape of errors."""
    headers = {}
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    if isinstance(problem, NotLoggedIn):
        headers["WWW-Authenticate"] = "Bearer"
    rows = tuple(problem.rows) if isinstance(problem, RowsRefused) else ()
    return _json(Error(problem.error, problem.message, problem.field, rows), problem.status, headers)


async def _serve(portal: Portal, methods: Mapping[str, Operation[Any, Any]], request: Request) -> Response:
    operation = methods["GET" if request.method == "HEAD" else request.method]
    try:
        caller = await run_in_threadpool(_caller, portal, request)
        with body_reserved(portal, request, caller.account):
            given = await _inputs(operation, request)
            key = key_of(request.headers.get(HEADER)) if operation.method == "POST" else None
            answer = await run_in_threadpool(_carry_out, portal, operation, caller, given, key)
    except Problem as problem:
        return problem_as_json(problem)
    return download(answer) if isinstance(answer, File) else _json(answer, operation.status)


def _carry_out(
    portal: Portal,
    operation: Operation[Any, Any],
    caller: Caller,
    given: dict[str, object],
    key: str | None,
) -> object:
    request = PortalRequest(portal, caller)
    if key is not None:
        return carry_out_once(portal.key_turns, operation, request, given, key)
    return operation.carry_out(request, given, strict=operation.method == "POST")


def _caller(portal: Portal, request: Request) -> Caller:
    """Tell whose token it is. Wrong ones are counted for the address that shows them, and keep no right one out."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise NotLoggedIn("Show a token of your account: Authorization: Bearer <token>.")
    client = portal.client(request)
    account = portal.service.accounts.token_account(secret.strip())
    if account is not None:
        return portal.caller_of(account, client)
    if seconds := portal.tokens.take([network_of(client)]):
        raise TooOften(seconds)
    raise NotLoggedIn("This token is not known, or it was revoked.")


async def _inputs(operation: Operation[Any, Any], request: Request) -> dict[str, object]:
    """The inputs from the path, and the others from the query or the body."""
    from_path: dict[str, object] = dict(request.path_params)
    if "" in from_path.values():
        raise NotThere()
    others: dict[str, object] = dict(request.query_params)
    if operation.method == "POST":
        if others:
            raise BadInput("The inputs are taken from the body, not from the query.", next(iter(others)))
        others = await _body(request)
    for name in others:
        if name in from_path or name not in operation.input.__struct_fields__:
            raise BadInput(f"There is no input '{name[:80]}' here.", name[:80])
    return others | from_path


async def _body(request: Request) -> dict[str, object]:
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
        raise WrongType("Send the inputs as JSON: Content-Type: application/json.")
    try:
        found = msgspec.json.decode(await request.body())
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Problem("The body is not JSON.") from error
    if not isinstance(found, dict):
        raise BadInput("The body is to be an object with the inputs.")
    return {name: _whole(value) for name, value in found.items()}


def _whole(value: object) -> object:
    """JSON does not tell 2.0 from 2."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _json(content: object, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(content), status, headers, "application/json")
