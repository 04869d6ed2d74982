"""Requests of hostile clients to the license agent of a router, and to the WebSockets of a class."""

import asyncio
import contextlib
import json
import random
import ssl
from base64 import b64encode
from collections.abc import Iterator

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from emulator.license_agent.documents import write_request
from emulator.license_agent.messages import AgentRequest, GetUdi, ListLicenses
from tests.unit.transports.agent.network import PATH

ASKING = write_request(AgentRequest("1", (GetUdi(), ListLicenses())))
NESTED = b"<a>" * 20_000
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1_000 + b'">]><a>' + b"&b;" * 1_000 + b"</a>"


def agent_request(pick: random.Random) -> Iterator[bytes]:
    """One request in parts, as no manager sends it."""
    password = pick.choice(("admin:lab", "admin:lab", "x:cisco", "admin:guess", f"user{pick.random()}:"))
    head = f"POST {PATH} HTTP/1.1\r\nHost: r1\r\nContent-Type: application/xml\r\n"
    head += f"Authorization: Basic {b64encode(password.encode()).decode()}\r\n"
    match pick.randrange(8):
        case 0:
            yield head[: pick.randrange(len(head))].encode()
        case 1:
            yield f"{head}Content-Length: 100000\r\n\r\n".encode() + b"<"
        case 2:
            body = pick.choice((NESTED, ENTITIES, pick.randbytes(5_000), ASKING[:-9], b""))
            yield f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        case 3:
            yield f"{head}Transfer-Encoding: chunked\r\n\r\n".encode()
            yield from (b"10000\r\n" + b" " * 0x10000 + b"\r\n" for _ in range(100))
        case 4:
            yield f"{head}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nffffffffffffffff\r\n".encode()
        case 5:
            yield from [f"{head}Content-Length: {len(ASKING)}\r\n\r\n".encode() + ASKING] * 50
        case 6:
            yield from [f"GET {PATH}{'x' * pick.randrange(9_000)} HTTP/1.1\r\nHost: r1\r\n\r\n".encode()] * 20
        case _:
            yield pick.randbytes(2_000)


UNVERIFIED = ssl.create_default_context()
UNVERIFIED.check_hostname, UNVERIFIED.verify_mode = False, ssl.CERT_NONE

LONE = '{"type":"keys","text":"\\ud83d","number":1}'
"""Half a character, as JSON may write it."""

LINES = ("R1/con0", "R1/vty", "bench/bench", "R9/con0")


async def class_socket(port: int, cookie: str, pick: random.Random) -> None:
    """Open WebSockets of a learner's lab, of a stranger, and of what is not there; send what no page sends."""
    origin = f"https://127.0.0.1:{port}"
    async with contextlib.AsyncExitStack() as opened:
        for _ in range(pick.randrange(1, 25)):
            lab = pick.choice(("naming", "naming", "naming", "other"))
            address = f"wss://127.0.0.1:{port}/learn/{lab}/console/{pick.choice(LINES)}/socket"
            with contextlib.suppress(OSError, TimeoutError, WebSocketException):
                socket = await connect(
                    address,
                    ssl=UNVERIFIED,
                    origin=Origin(pick.choice((origin, origin, origin, "https://elsewhere.example"))),
                    additional_headers={"Cookie": pick.choice((cookie, cookie, cookie, "a=b"))},
                    compression=None,
                    max_queue=1,
                    close_timeout=0.1,
                )
                opened.callback(socket.transport.abort)  # also where closing is cancelled
                opened.push_async_callback(socket.close)
                async with asyncio.timeout(5):
                    await _say(socket, pick)


async def _say(socket: ClientConnection, pick: random.Random) -> None:
    match pick.randrange(7):
        case 0:
            await socket.send(pick.choice(("{}", "[", "null", '{"type":"keys"}', LONE, "x" * 60_000)))
        case 1:
            await socket.send(pick.randbytes(pick.randrange(70_000)))
        case 2:
            await socket.send("x" * 200_000)
        case 3:
            for number in range(1, 200):
                await socket.send(json.dumps({"type": "keys", "text": "show tech-support\r", "number": number}))
        case 4:
            for _ in range(200):
                await socket.send(json.dumps({"type": "break"}))
        case 5:
            for _ in range(500):
                await socket.ping()
        case _:
            for _ in range(100):
                sizes = {"rows": pick.randrange(-1, 1_002), "columns": pick.choice((1, 1_000, 10**30))}
                await socket.send(json.dumps({"type": "size", **sizes}))
