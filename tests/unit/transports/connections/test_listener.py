"""A listener serves whoever speaks, whatever others do, and outlives a process without handles."""

import asyncio
import resource
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from emulator.transports.connections import listener as module
from emulator.transports.connections.listener import Listener, connections_allowed, open_streams
from emulator.transports.connections.slots import Slot


async def echo(accepted: socket.socket, slot: Slot) -> None:
    """Answers each line with itself, busy after the first; a line `fail` is a mistake."""
    reader, writer = await open_streams(accepted, 1024)
    try:
        while line := await reader.readline():
            slot.busy()
            if line == b"fail\n":
                raise RuntimeError("a fault put in")
            writer.write(line)
    finally:
        writer.transport.abort()


def listening(act: Callable[[Listener, int], Awaitable[None]], most: int = 8) -> None:
    async def hold() -> None:
        at = socket.create_server(("127.0.0.1", 0))
        listener = Listener(at, echo, most)
        listener.open()
        async with asyncio.timeout(20):
            await act(listener, at.getsockname()[1])
        await listener.close()
        assert len(listener.slots) == 0

    asyncio.run(hold())


async def said(port: int, text: bytes = b"hello\n") -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(text)
        return await reader.readline()
    finally:
        writer.close()
        await writer.wait_closed()


def test_silent_connections_make_room_for_those_that_speak() -> None:
    async def act(listener: Listener, port: int) -> None:
        with ExitStack() as open_:
            silent = [open_.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(100)]
            assert [await said(port) for _ in range(20)] == [b"hello\n"] * 20
            assert len(listener.slots) <= 8
            assert silent[0].recv(1) == b"", "it was ended to make room"

    listening(act)


def test_a_connection_that_is_served_is_not_ended_for_others() -> None:
    async def act(listener: Listener, port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"first\n")
        assert await reader.readline() == b"first\n"
        with ExitStack() as open_:
            for _ in range(50):
                open_.enter_context(socket.create_connection(("127.0.0.1", port)))
            assert await said(port) == b"hello\n"
            writer.write(b"second\n")
            assert await reader.readline() == b"second\n"
        writer.close()
        await writer.wait_closed()

    listening(act)


def test_a_mistake_ends_its_own_connection_alone(caplog: pytest.LogCaptureFixture) -> None:
    async def act(_: Listener, port: int) -> None:
        with suppress(ConnectionError):
            assert await said(port, b"fail\n") == b""
        assert await said(port) == b"hello\n"

    listening(act)
    assert caplog.text.count("RuntimeError: a fault put in") == 1


@contextmanager
def few_files(more: int) -> Iterator[None]:
    """Leave so many more files that can be opened."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = {int(each.name) for each in Path("/proc/self/fd").iterdir()}
    unused = [number for number in range(len(used) + more + 1) if number not in used]
    resource.setrlimit(resource.RLIMIT_NOFILE, (unused[more], hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_process_without_handles_goes_on_when_it_has_some(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.01)

    async def act(listener: Listener, port: int) -> None:
        with few_files(12), ExitStack() as open_:
            # Both ends are in this process; the last ones are not taken, for there is nothing left to take them with.
            with suppress(OSError):
                while True:
                    open_.enter_context(socket.create_connection(("127.0.0.1", port)))
            while "no connection can be taken: Too many open files" not in caplog.text:
                await asyncio.sleep(0)
        assert await said(port) == b"hello\n"

    listening(act, most=64)


def test_connections_leave_files_for_everything_else() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        most = connections_allowed(2)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= 2 * most + module.RESERVED
        allowed = []
        for limit in (64, 256, 1024):
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit if hard == resource.RLIM_INFINITY else hard))
            monkey = module.MOST_FILES
            module.MOST_FILES = limit
            allowed.append(2 * connections_allowed(2) / limit)
            module.MOST_FILES = monkey
        assert all(0 < share <= 0.9 for share in allowed)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
