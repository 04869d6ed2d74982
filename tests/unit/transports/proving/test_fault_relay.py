"""The relay in front of a device: fates follow from the seed, troubles end, and each is what it is called."""

import asyncio
from itertools import islice

import pytest

from emulator.transports.proving.fault_relay import (
    MOST_TROUBLES,
    SOON,
    WELL,
    ConnectionFate,
    FaultRelay,
    Trouble,
    fates,
)

pytestmark = pytest.mark.anyio

ANSWER = b"x" * 20_000


def test_the_fates_of_a_device_follow_from_seed_and_number_and_turn_well() -> None:
    first = list(islice(fates(1, 7), 200))
    assert first == list(islice(fates(1, 7), 200))
    assert first != list(islice(fates(2, 7), 200)) != list(islice(fates(2, 8), 200))
    assert sum(fate.trouble is not None for fate in first) == MOST_TROUBLES
    assert first[-50:] == [WELL] * 50


def test_each_device_has_a_trouble_soon() -> None:
    first = [list(islice(fates(seed, number), SOON)) for seed in range(5) for number in range(50)]
    assert all(any(fate.trouble for fate in fates_of_one) for fates_of_one in first)
    assert {fates_of_one.index(WELL) for fates_of_one in first if WELL in fates_of_one} == {0, 1}


async def asked(*destined: ConnectionFate) -> tuple[list[bytes], FaultRelay]:
    """Send a line over a connection of each fate; the values are all that came back of each, and the relay."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readline() + ANSWER)
        writer.close()

    device, relay = await asyncio.start_server(answer, "127.0.0.1", 0), FaultRelay()
    port = await relay.stand_before("127.0.0.1", device.sockets[0].getsockname()[1], iter(destined))
    got = []
    for fate in destined:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"hello\n")
        if fate.trouble is Trouble.SILENT:
            writer.write_eof()
        got.append(await reader.read())
        writer.close()
    await relay.close()
    device.close()
    return got, relay


async def test_each_trouble_is_what_it_is_called() -> None:
    broken, silent, refused = (ConnectionFate(each, 500) for each in (Trouble.BROKEN, Trouble.SILENT, Trouble.REFUSED))
    got, relay = await asked(WELL, broken, silent, WELL)
    whole = b"hello\n" + ANSWER
    assert got == [whole, whole[:500], b"", whole]
    assert relay.met == {Trouble.BROKEN: 1, Trouble.SILENT: 1}
    relay = FaultRelay()
    port = await relay.stand_before("127.0.0.1", 1, iter([refused]))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    assert await reader.read() == b""
    writer.close()
    await relay.close()
    assert relay.met == {Trouble.REFUSED: 1}
