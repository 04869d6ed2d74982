"""The socket of a held world: who joins, what is passed on, and that nothing sent there does harm."""

import asyncio
import stat
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from emulator.kernel.errors import Refused
from emulator.transports.attach.protocol import (
    LINE_LIMIT,
    Ended,
    FromClient,
    FromHolder,
    Keys,
    Opening,
    Shown,
    Size,
    encoded,
)
from emulator.transports.attach.server import CLOSED, SOCKET, Client, serve


@asynccontextmanager
async def knock(directory: Path, *messages: Opening | Keys | Size) -> AsyncIterator[tuple[StreamReader, StreamWriter]]:
    """A connection to the socket, over which messages have been sent."""
    reader, writer = await asyncio.open_unix_connection(directory / SOCKET)
    try:
        writer.write(b"".join(encoded(message) for message in messages))
        yield reader, writer
    finally:
        writer.close()
        await writer.wait_closed()


async def heard(reader: StreamReader) -> FromHolder:
    message: FromHolder = msgspec.json.decode(await reader.readuntil(), type=FromHolder)
    return message


def held(directory: Path, service: Callable[[Client], Awaitable[int]], act: Callable[[], Awaitable[None]]) -> None:
    async def hold() -> None:
        async with serve(directory, service), asyncio.timeout(20):
            await act()

    asyncio.run(hold())


async def echo(guest: Client) -> int:
    """Shows what is pressed until `q`, and leaves with the number of the window's rows."""
    done = asyncio.Event()

    def press(text: str) -> None:
        guest.write(text.upper())
        if text == "q":
            done.set()

    guest.pressed, guest.gone = press, done.set
    await done.wait()
    return guest.rows


def test_keys_go_in_and_text_comes_out(tmp_path: Path) -> None:
    async def act() -> None:
        async with knock(tmp_path, Opening("console", rows=50), Keys("a"), Size(30, 100), Keys("q")) as (reader, _):
            assert [await heard(reader) for _ in range(3)] == [Shown("A"), Shown("Q"), Ended(30)]
            assert await reader.read() == b""

    held(tmp_path, echo, act)


def test_what_is_refused_is_told(tmp_path: Path) -> None:
    async def refuse(_: Client) -> int:
        raise Refused("another terminal is at the console of R1")

    async def act() -> None:
        async with knock(tmp_path, Opening("console")) as (reader, _):
            assert await heard(reader) == Ended(2, "another terminal is at the console of R1")

    held(tmp_path, refuse, act)


def test_a_client_that_vanishes_has_gone(tmp_path: Path) -> None:
    left: list[int] = []

    async def serve_client(client: Client) -> int:
        left.append(await echo(client))
        return 0

    async def act() -> None:
        async with knock(tmp_path, Opening("console", rows=7)):
            """And off again."""
        while not left:
            await asyncio.sleep(0)

    held(tmp_path, serve_client, act)
    assert left == [7]


def test_guests_are_told_when_the_world_is_closed(tmp_path: Path) -> None:
    async def hold() -> FromHolder:
        inside, closed = asyncio.Event(), asyncio.Event()

        async def serve_client(_: Client) -> int:
            inside.set()
            await asyncio.Event().wait()
            return 0

        async def stay() -> FromHolder:
            async with knock(tmp_path, Opening("bench")) as (reader, _):
                await closed.wait()
                return await heard(reader)

        async with serve(tmp_path, serve_client):
            guest = asyncio.create_task(stay())
            await inside.wait()
        closed.set()
        return await guest

    assert asyncio.run(hold()) == Ended(1, CLOSED)
    assert not (tmp_path / SOCKET).exists()


@pytest.mark.parametrize(
    "sent",
    [b"\n", b"{}\n", b"GET / HTTP/1.1\r\n\r\n", b'{"type": "open", "place": "cellar"}\n',
     b'{"type": "keys", "text": "a"}\n', b"\xff\xfe\n", b'"\xd6"\n', b"[" * 5000 + b"\n",
     b'{"type": "open", "place": "bench", "rows": "many"}\n', b'{"type": "open", "place": "bench", "rows": 0}\n',
     b'{"type": "open", "place": "bench", "columns": 1001}\n',
     b'{"type": "open", "place": "bench", "columns": 1' + b"0" * 5000 + b"}\n",
     b'{"type": "open", "place": "bench", "piped": "' + b"a" * LINE_LIMIT + b'"}\n'],
)  # fmt: skip
def test_what_is_no_opening_ends_the_visit_and_harms_nobody(
    tmp_path: Path, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async def act() -> None:
        async with knock(tmp_path) as (reader, writer):
            writer.write(sent)
            assert await reader.read() == b""
        async with knock(tmp_path, Opening("bench"), Keys("q")) as (reader, _):
            assert await heard(reader) == Shown("Q")

    held(tmp_path, echo, act)
    assert not caplog.records


@pytest.mark.parametrize(("rows", "columns"), [(10**9, 80), (24, 10**9), (0, 80), (-1, -1), (24, 1001)])
def test_a_window_of_no_size_ends_the_visit_before_anything_is_drawn(tmp_path: Path, rows: int, columns: int) -> None:
    """The size is a bound of the message's type, so nothing is ever allocated for a window that is not."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(encoded(Size(rows, columns)), type=FromClient)

    async def act() -> None:
        async with knock(tmp_path, Opening("bench", rows=9), Size(rows, columns)) as (reader, _):
            assert await heard(reader) == Ended(9)

    held(tmp_path, echo, act)


def test_only_its_owner_may_come_in(tmp_path: Path) -> None:
    async def act() -> None:
        assert stat.S_IMODE((tmp_path / SOCKET).stat().st_mode) == 0o600

    held(tmp_path, echo, act)


def test_a_socket_that_was_left_by_a_killed_process_is_replaced(tmp_path: Path) -> None:
    (tmp_path / SOCKET).write_text("left")

    async def act() -> None:
        async with knock(tmp_path, Opening("bench"), Keys("q")) as (reader, _):
            assert await heard(reader) == Shown("Q")

    held(tmp_path, echo, act)


def test_a_path_that_is_too_long_has_no_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 120)
    deep.mkdir()

    async def act() -> None:
        assert not (deep / SOCKET).exists()

    held(deep, echo, act)
