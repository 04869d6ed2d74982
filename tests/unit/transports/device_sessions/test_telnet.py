"""Sessions over Telnet: at routers of a served world, at what refuses, and options that no end can loop with."""

import asyncio
import contextlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.manager.entities import CredentialSet, DeviceAddress, DeviceFault, DeviceTransport, TransportChoice
from emulator.manager.errors import DeviceError
from emulator.manager.reading import read_device
from emulator.transports.device_sessions.connect import SessionConnector
from emulator.transports.device_sessions.telnet import DO, DONT, IAC, MOST_OPTIONS, SB, SE, WILL, WONT, TelnetText
from tests.unit.transports.vty.network import booted, served

TELNET = TransportChoice(DeviceTransport.TELNET)
LAB = CredentialSet("lab", "admin", "lab")


@pytest.mark.anyio
async def test_a_router_is_read_and_takes_no_file():
    async with served(booted("R1")) as network:
        address, connector = DeviceAddress(network.address(), network.telnet_port), SessionConnector()
        async with connector(address, TELNET, LAB) as session:
            reading = await read_device(session)
            with pytest.raises(DeviceError) as caught:
                await session.send_file("a.lic", b"<xml/>")
        assert caught.value.detail == "Telnet takes no files; licenses are installed over SSH"
        assert reading.udi == network.world.router("R1").state.udi
        assert (reading.hostname, reading.level) == ("R1", "advsecurity")


@pytest.mark.anyio
async def test_a_user_who_is_asked_for_again_was_refused():
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for asked in (b"Username: ", b"Password: "):
            writer.write(asked)
            await reader.readuntil(b"\r")
        writer.write(b"\r\n% Login invalid\r\n\r\nUsername: ")
        with contextlib.suppress(ConnectionError):
            await reader.read()
        writer.close()
        ended.set()

    ended = asyncio.Event()
    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    address = DeviceAddress("127.0.0.1", server.sockets[0].getsockname()[1])
    with pytest.raises(DeviceError) as caught:
        async with SessionConnector()(address, TELNET, LAB):
            pass
    await ended.wait()
    server.close()
    assert (caught.value.fault, caught.value.detail) == (DeviceFault.WRONG_CREDENTIALS, "user 'admin' was refused")


@pytest.mark.anyio
async def test_a_closed_port():
    with pytest.raises(DeviceError) as caught:
        async with SessionConnector()(DeviceAddress("127.0.0.1", 1), TELNET, LAB):
            pass
    assert (caught.value.fault, caught.value.detail) == (DeviceFault.UNREACHABLE, "connection refused")


WHOLE = bytes((IAC, WILL, 1, IAC, DO, 24, 72, IAC, SB, 24, 1, IAC, SE, IAC, IAC, 0, IAC, WILL, 1, 105, IAC, DO, 3))


def fed(data: bytes, cuts: list[int]) -> tuple[str, bytes]:
    text, parts = TelnetText(), [0, *sorted(cuts), len(data)]
    found = [text.feed(data[a:b]) for a, b in pairwise(parts)]
    return "".join(each for each, _ in found), b"".join(answer for _, answer in found)


@given(st.lists(st.integers(0, len(WHOLE)), max_size=6))
def test_text_and_options_are_told_apart_wherever_they_are_cut(cuts: list[int]) -> None:
    answer = bytes((IAC, DO, 1, IAC, WONT, 24, IAC, WILL, 3))
    assert fed(WHOLE, cuts) == ("H\ufffdi", answer)


def test_an_end_that_goes_on_asking_is_answered_no_more() -> None:
    asked = b"".join(bytes((IAC, command, option)) for command in (WILL, DO) for option in range(4, 200))
    _, answer = fed(asked, [])
    assert answer.count(bytes((IAC, DONT))) + answer.count(bytes((IAC, WONT))) == MOST_OPTIONS
