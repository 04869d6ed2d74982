"""The operations as JSON.

A token belongs to an account and can do what that account can. Every error has one shape: `error` for programs,
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
from emulator.transports.portal.problems import RowsRefused
from emulator.transports.portal.registered_row import RegisteredRow
from emulator.transports.web.caller import Caller
from emulator.transports.web.guard.attempts import network_of
from emulator.transports.web.guard.body_limits import body_reserved
from emulator.transports.web.json_interface import asked_of, inputs_of, json_answer, refusal, routes_of, token_of
from emulator.transports.web.openapi import Schema, description
from emulator.transports.web.problems import NotLoggedIn, Problem, TooOften

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
    operations = [operation for subject in SUBJECTS.values() for operation in subject]
    return routes_of(operations, _described, _SLASHES, partial(_serve, portal))


def _described() -> Schema:
    return description(portal_interface(Error), SUBJECTS)


def problem_as_json(problem: Problem) -> Response:
    """The one shape of errors."""
    rows = tuple(problem.rows) if isinstance(problem, RowsRefused) else ()
    return refusal(Error(problem.error, problem.message, problem.field, rows), problem)


async def _serve(portal: Portal, methods: Mapping[str, Operation[Any, Any]], request: Request) -> Response:
    operation = asked_of(methods, request)
    try:
        caller = await run_in_threadpool(_caller, portal, request)
        with body_reserved(portal, request, caller.account):
            given = await inputs_of(operation, request)
            key = key_of(request.headers.get(HEADER)) if operation.method == "POST" else None
            answer = await run_in_threadpool(_carry_out, portal, operation, caller, given, key)
    except Problem as problem:
        return problem_as_json(problem)
    return download(answer) if isinstance(answer, File) else json_answer(answer, operation.status)


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
    token, client = token_of(request, "your account"), portal.client(request)
    account = portal.service.accounts.token_account(token)
    if account is not None:
        return portal.caller_of(account, client)
    if seconds := portal.tokens.take([network_of(client)]):
        raise TooOften(seconds)
    raise NotLoggedIn("This token is not known, or it was revoked.")
