"""A handshake that is broken off leaves no connection behind, in any client of the program."""

import ast
import asyncio
import gc
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from emulator.transports.connections.handshakes import watch_handshake

PACKAGE = Path(__file__).parents[4] / "emulator"


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A server that takes connections and says nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(20)
        yield server


def said_to(connection: socket.socket) -> bytes:
    """All that a client said until it hung up."""
    said = b""
    while more := connection.recv(4096):
        said += more
    return said


@pytest.mark.parametrize("ending", ["its deadline", "its client"])
def test_a_connection_ends_with_its_handshake(silent: socket.socket, ending: str) -> None:
    async def ask() -> socket.socket:
        unchecked = ssl.create_default_context()
        unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
        hooks = {"request": [watch_handshake]}
        async with httpx2.AsyncClient(verify=unchecked, trust_env=False, timeout=None, event_hooks=hooks) as client:
            asking = asyncio.create_task(client.get(f"https://127.0.0.1:{silent.getsockname()[1]}/"))
            connection, _ = await asyncio.to_thread(silent.accept)
            connection.settimeout(20)
            assert await asyncio.to_thread(connection.recv, 5, socket.MSG_PEEK), "the handshake has begun"
            if ending == "its client":
                asking.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await asking
            else:
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.05):
                        await asking
        return connection

    gc.disable()
    try:
        with asyncio.run(ask()) as connection:
            assert said_to(connection).startswith(b"\x16\x03"), "a greeting of TLS, and the end"
    finally:
        gc.enable()


def test_every_client_that_can_be_ended_watches_its_handshakes() -> None:
    found = [
        (path.name, call)
        for path in sorted(PACKAGE.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "httpx2.AsyncClient"
    ]
    assert len(found) >= 6
    for name, call in found:
        hooks = next((ast.unparse(each.value) for each in call.keywords if each.arg == "event_hooks"), "")
        assert "watch_handshake" in hooks, f"{name}:{call.lineno}"
