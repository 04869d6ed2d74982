"""The calls of the manager as JSON under `/api/v1`, with bearer tokens and a description of themselves (OpenAPI 3.1).

Every error has one shape: `error` for programs, `message` for people, `field` where one input is to blame.
"""

import re
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from emulator.kernel.datafile import explain
from emulator.kernel.errors import EmulatorError, UnknownName
from emulator.manager.api.call import ManagerCall
from emulator.manager.api.table import SUBJECTS
from emulator.manager.errors import NotAllowed, NotKnown
from emulator.transports.manager_web.face import ManagerFace
from emulator.transports.web.guard.body_limits import body_reserved
from emulator.transports.web.openapi import DescribedInterface, description
from emulator.transports.web.problems import BadInput, Forbidden, NotLoggedIn, NotThere, Problem, sentence

BASE = "/api/v1"

ABOUT = (
    "Devices, PAKs, licenses and jobs of one license manager. Every call asks for a token of a user of the manager "
    "and is done with the role of that user. What takes long is a job: the call answers with its number at once. A job "
    "that is sent again licenses no device twice and debits no PAK twice."
)

_SLASHES = re.compile(r"\{udi\}")
"""Inputs of a path that may have a slash in them."""


class ApiError(msgspec.Struct, frozen=True, omit_defaults=True):
    """Refusal of a request; `field` is the input to blame."""

    error: str
    message: str
    field: str | None = None


class RefusedByManager(Problem):
    """The manager refuses what was asked for."""

    status, error = HTTPStatus.CONFLICT, "refused"


class WrongContentType(Problem):
    status, error = HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong_type"


class Unreadable(Problem):
    """The body is not what it says."""

    error = "unreadable"


INTERFACE = DescribedInterface("isrtwin license manager", ABOUT, ApiError)


def api_routes(face: ManagerFace) -> list[Route]:
    """One route for each path, and one for the description of them all."""
    text = msgspec.json.format(msgspec.json.encode(description(INTERFACE, SUBJECTS)))

    async def described(_: Request) -> Response:
        return Response(text, media_type="application/json")

    by_path: dict[str, dict[str, ManagerCall[Any, Any]]] = {}
    for calls in SUBJECTS.values():
        for call in calls:
            by_path.setdefault(call.path, {})[call.method] = call
    return [
        Route("/openapi.json", described, methods=["GET"]),
        *(
            Route(_SLASHES.sub("{udi:path}", path), partial(_serve, face, methods), methods=list(methods))
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
    return _json(ApiError(problem.error, problem.message, problem.field), problem.status, headers)


def problem_of(error: EmulatorError) -> Problem:
    """Problem for a refusal of the manager."""
    told = sentence(f"{str(error)[:1].upper()}{str(error)[1:]}")
    if isinstance(error, NotAllowed):
        return Forbidden(told)
    return NotThere(told) if isinstance(error, UnknownName | NotKnown) else RefusedByManager(told)


async def _serve(face: ManagerFace, methods: Mapping[str, ManagerCall[Any, Any]], request: Request) -> Response:
    call = methods["GET" if request.method == "HEAD" else request.method]
    try:
        user = await run_in_threadpool(_user, face, request)
        with body_reserved(face, request, user):
            given = await _inputs(call, request)
            answer = await run_in_threadpool(_carry_out, face, call, user, given)
    except Problem as problem:
        return problem_as_json(problem)
    return _json(answer, call.status)


def _carry_out(face: ManagerFace, call: ManagerCall[Any, Any], user: str, given: dict[str, object]) -> object:
    try:
        asked = msgspec.convert(given, call.input, strict=call.method == "POST" and "{job}" not in call.path)
    except msgspec.ValidationError as error:
        path, problem = explain(error, call.input)
        raise BadInput(sentence(f"{path or 'The inputs'}: {problem}"), path.partition("[")[0] or None) from error
    try:
        return call.act(face.context(user), asked)
    except EmulatorError as error:
        raise problem_of(error) from error


def _user(face: ManagerFace, request: Request) -> str:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise NotLoggedIn("Show a token of a user of the manager: Authorization: Bearer <token>.")
    return face.token_user(secret.strip(), face.client(request))


async def _inputs(call: ManagerCall[Any, Any], request: Request) -> dict[str, object]:
    """The inputs from the path, and the others from the query or the body."""
    from_path: dict[str, object] = dict(request.path_params)
    others: dict[str, object] = dict(request.query_params)
    if call.method == "POST":
        if others:
            raise BadInput("The inputs are taken from the body, not from the query.", next(iter(others)))
        others = await _body(request)
    for name in others:
        if name in from_path or name not in call.input.__struct_fields__:
            raise BadInput(f"There is no input '{name[:80]}' here.", name[:80])
    return others | from_path


async def _body(request: Request) -> dict[str, object]:
    content = await request.body()
    if not content:
        return {}
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
        raise WrongContentType("Send the inputs as JSON: Content-Type: application/json.")
    try:
        found = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Unreadable("The body is not JSON.") from error
    if not isinstance(found, dict):
        raise BadInput("The body is to be an object with the inputs.")
    return found


def _json(content: object, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(content), status, headers, "application/json")
