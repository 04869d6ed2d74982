"""The WebSocket of a console page: opened only for a page of this face, and only for who is logged in and may be there.

A page of another site can open a WebSocket in somebody's name, for the browser sends the cookie along; so its origin
has to be the one that this face is served at. Consoles of a world are for operators: who is at con 0 rules the router.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from emulator.transports.web.caller import Caller
from emulator.transports.web.consoles import Consoles, WantedLine
from emulator.transports.web.page import Face, session_of
from emulator.transports.web.problems import Problem

FindConsoles = Callable[[Caller, Mapping[str, str]], Consoles | None]
"""Function that finds the consoles that a caller may have, by the words of an address; None where there are none."""


def console_routes(face: Face, consoles: Consoles) -> list[WebSocketRoute]:
    """The socket of each line's page, for operators."""
    return [
        line_socket("/console/{router}/{line}/socket", face, lambda caller, _: consoles if caller.operator else None)
    ]


def line_socket(path: str, face: Face, find: FindConsoles) -> WebSocketRoute:
    """The socket of the pages of lines at an address with the words `router` and `line`.

    Args:
        path: the address.
        face: whose pages they are.
        find: finds the consoles; called by a thread that may wait.
    """
    return WebSocketRoute(path, partial(_serve, face, find))


async def _serve(face: Face, find: FindConsoles, socket: WebSocket) -> None:
    caller, consoles = None, None
    try:
        caller = await _caller(face, socket) if _from_here(socket) else None
        consoles = await run_in_threadpool(find, caller, socket.path_params) if caller is not None else None
    except Problem:
        """Let no account in."""
    wanted = _wanted(socket)
    if caller is None or wanted is None or consoles is None or not consoles.has(wanted.router, wanted.line):
        await socket.close()
        return

    async def lasts() -> bool:
        try:
            return await _caller(face, socket) == caller
        except Problem:  # the records are away: who is here stays
            return True

    await consoles.serve(socket, caller, wanted, lasts)


def _from_here(socket: WebSocket) -> bool:
    scheme = "https" if socket.url.scheme == "wss" else "http"
    return socket.headers.get("Origin") == f"{scheme}://{socket.headers.get('Host')}"


async def _caller(face: Face, socket: WebSocket) -> Caller | None:
    """Tell who is logged in; None for nobody."""
    session = session_of(face, socket)
    if session is None or session.account is None:
        return None
    return await run_in_threadpool(face.caller, session.account, face.client(socket))


def _wanted(socket: WebSocket) -> WantedLine | None:
    """The line that the address names; None where it is no address of one."""
    given, path = socket.query_params, socket.path_params
    numbers = {name: given.get(name, "0") for name in ("at", "page")}
    if not all(number.isascii() and number.isdigit() and len(number) < 16 for number in numbers.values()):
        return None
    words: dict[str, Any] = {name: int(number) for name, number in numbers.items()}
    words |= {"session": given.get("session", "")[:100], "watch": "watch" in given, "take": "take" in given}
    return WantedLine(str(path["router"]), str(path["line"]), **words)
