"""The calls of the manager as JSON under `/api/v1`, with bearer tokens and a description of themselves (OpenAPI 3.1).

Every error has one shape: `error` for programs, `message` for people, `field` where one input is to blame.
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

from emulator.manager.api.call import ManagerCall
from emulator.manager.api.table import SUBJECTS
from emulator.transports.manager_web.asking import carry_out
from emulator.transports.manager_web.face import ManagerFace
from emulator.transports.web.guard.body_limits import body_reserved
from emulator.transports.web.json_interface import asked_of, inputs_of, json_answer, refusal, routes_of, token_of
from emulator.transports.web.openapi import DescribedInterface, Schema, description
from emulator.transports.web.problems import Problem

ABOUT = (
    "Devices, PAKs, licenses and jobs of one license manager. Every call asks for a token of a user of the manager "
    "and is done with the role of that user. What takes long is a job: the call answers with its number at once. A job "
    "that is sent again licenses no device twice and debits no PAK twice."
)

_SLASHES = re.compile(r"\{(udi)\}")
"""Inputs of a path that may have a slash in them."""


class ApiError(msgspec.Struct, frozen=True, omit_defaults=True):
    """Refusal of a request; `field` is the input to blame."""

    error: str
    message: str
    field: str | None = None


INTERFACE = DescribedInterface("isrtwin license manager", ABOUT, ApiError)


def api_routes(face: ManagerFace) -> list[Route]:
    """One route for each path, and one for the description of them all."""
    calls = [call for subject in SUBJECTS.values() for call in subject]
    return routes_of(calls, _described, _SLASHES, partial(_serve, face))


def _described() -> Schema:
    return description(INTERFACE, SUBJECTS)


def problem_as_json(problem: Problem) -> Response:
    """The one shape of errors."""
    return refusal(ApiError(problem.error, problem.message, problem.field), problem)


async def _serve(face: ManagerFace, methods: Mapping[str, ManagerCall[Any, Any]], request: Request) -> Response:
    call = asked_of(methods, request)
    try:
        user = await run_in_threadpool(_user, face, request)
        with body_reserved(face, request, user):
            given = await inputs_of(call, request, may_be_empty=True)
            strict = call.method == "POST" and "{job}" not in call.path
            answer = await run_in_threadpool(_answer, face, call, user, given, strict)
    except Problem as problem:
        return problem_as_json(problem)
    return json_answer(answer, call.status)


def _answer(
    face: ManagerFace, call: ManagerCall[Any, Any], user: str, given: dict[str, object], strict: bool
) -> object:
    return carry_out(call, face.context(user), given, strict=strict)


def _user(face: ManagerFace, request: Request) -> str:
    return face.token_user(token_of(request, "a user of the manager"), face.client(request))
