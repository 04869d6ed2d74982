"""Addresses in front of devices that fail: connections are refused, hang, or break off in the middle, then go well.

What befalls a device follows from a seed and its number, one decision for each connection to it. Each device has so
many troubles at most, so that a manager that tries again comes to its end, and the first comes soon, so that a trial of
few devices has some.
"""

import asyncio
import contextlib
import itertools
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from emulator.sim.seeding import draw

BLOCK = 16_384
"""Bytes that are passed on at one time."""

MOST_TROUBLES = 5
"""Troubles of one device."""

CHANCE = 0.4
"""Probability that a connection has a trouble, after the first one that had."""

SOON = 2
"""Connections among which is the first that has a trouble."""

LATEST_BREAK = 12_000
"""Bytes from a device behind which its connection has broken off at the latest: within a session that reads it."""


class Trouble(StrEnum):
    """Trouble of one connection."""

    REFUSED = "closed at once"
    SILENT = "silent"
    BROKEN = "broken off"


class ConnectionFate(msgspec.Struct, frozen=True):
    """Fate of one connection: its trouble, if any; `broken_at` bytes from the device where it breaks off."""

    trouble: Trouble | None
    broken_at: int = 0


WELL = ConnectionFate(None)


def fates(seed: int, number: int) -> Iterator[ConnectionFate]:
    """Yield the fates of the connections to a device, without end; after so many troubles all go well."""
    chance = draw(seed, str(number))
    well, left = chance.randrange(SOON), MOST_TROUBLES
    yield from itertools.repeat(WELL, well)
    while left:
        if left == MOST_TROUBLES or chance.random() < CHANCE:
            left -= 1
            yield ConnectionFate(chance.choice(tuple(Trouble)), chance.randrange(LATEST_BREAK))
        else:
            yield WELL
    yield from itertools.repeat(WELL)


class FaultRelay:
    """Passes connections on to devices, each at an address of its own on the loopback."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self._host = host
        self._servers: list[asyncio.Server] = []
        self._open: set[asyncio.Task[None]] = set()
        self.met: Counter[Trouble] = Counter()
        """Troubles that there were."""

    async def stand_before(self, address: str, port: int, destined: Iterator[ConnectionFate]) -> int:
        """Listen for a device, each connection with its fate; returns the port of the address that fails."""

        async def taken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            fate = next(destined)
            if fate.trouble is not None:
                self.met[fate.trouble] += 1
            task = asyncio.current_task()
            assert task is not None
            self._open.add(task)
            try:
                await _passed_on(reader, writer, (address, port), fate)
            finally:
                self._open.discard(task)
                writer.close()

        server = await asyncio.start_server(taken, self._host, 0)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening, and end what is open."""
        for server in self._servers:
            server.close()
        for task in tuple(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)


async def _passed_on(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    device: tuple[str, int],
    fate: ConnectionFate,
) -> None:
    if fate.trouble is Trouble.REFUSED:
        return
    if fate.trouble is Trouble.SILENT:
        with contextlib.suppress(OSError):
            while await reader.read(BLOCK):
                pass
        return
    try:
        from_device, to_device = await asyncio.open_connection(*device)
    except OSError:  # it reloads, for example: its client sees this connection end
        return
    ways = [
        asyncio.create_task(_copied(reader, to_device, None)),
        asyncio.create_task(_copied(from_device, writer, fate.broken_at if fate.trouble is Trouble.BROKEN else None)),
    ]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        to_device.close()


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most: int | None) -> None:
    """Copy until the end of one side, or so many bytes."""
    with contextlib.suppress(OSError):
        while most is None or most > 0:
            part = await reader.read(BLOCK if most is None else min(BLOCK, most))
            if not part:
                break
            if most is not None:
                most -= len(part)
            writer.write(part)
            await writer.drain()
