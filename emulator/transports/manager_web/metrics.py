"""Figures of the fleet for a Prometheus server, which shows a token of one of the manager's users."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from emulator.kernel.errors import EmulatorError
from emulator.manager.exports.metrics import metrics
from emulator.transports.manager_web.asking import problem_of
from emulator.transports.manager_web.face import ManagerFace
from emulator.transports.web.json_interface import token_of
from emulator.transports.web.problems import Problem

PATH = "/metrics"
FORMAT = "text/plain; version=0.0.4; charset=utf-8"


def metrics_route(face: ManagerFace) -> Route:
    """The address at which the figures are read."""
    return Route(PATH, partial(_answer, face), methods=["GET"])


async def _answer(face: ManagerFace, request: Request) -> Response:
    try:
        token = token_of(request, "a user of the manager")
        text = await run_in_threadpool(_figures, face, token, face.client(request))
    except Problem as problem:
        waits = {} if problem.retry_after is None else {"Retry-After": str(problem.retry_after)}
        return PlainTextResponse(f"{problem.message}\n", problem.status, waits)
    return Response(text, media_type=FORMAT)


def _figures(face: ManagerFace, token: str, client: str) -> str:
    try:
        return metrics(face.context(face.token_user(token, client)))
    except EmulatorError as error:
        raise problem_of(error) from error
