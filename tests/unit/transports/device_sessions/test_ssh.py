"""Sessions over SSH: at routers of a served world, and at what is no router at all."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from emulator.manager.entities import SSH, CredentialSet, DeviceAddress, DeviceFault
from emulator.manager.errors import DeviceError
from emulator.manager.reading import read_device
from emulator.transports.device_sessions.connect import AtOnce, SessionConnector
from emulator.transports.device_sessions.limits import SessionLimits
from tests.unit.transports.vty.network import STARTUP, booted, served

pytestmark = pytest.mark.anyio

LAB = CredentialSet("lab", "admin", "lab")
SHORT = SessionLimits(connect=0.2, log_in=0.3, command=0.3)

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def fault_at(
    address: DeviceAddress, credentials: CredentialSet = LAB, limits: SessionLimits = SHORT
) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        async with SessionConnector(limits)(address, SSH, credentials) as session:
            await session.show("show clock")
    return caught.value


@contextlib.asynccontextmanager
async def listening(handle: Handler) -> AsyncIterator[DeviceAddress]:
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield DeviceAddress("127.0.0.1", server.sockets[0].getsockname()[1])
    finally:
        server.close()


async def test_a_router_is_read():
    async with served(booted("R1")) as network:
        address = DeviceAddress(network.address(), network.ssh_port)
        async with SessionConnector()(address, SSH, LAB) as session:
            reading = await read_device(session)
        assert reading.udi == network.world.router("R1").state.udi
        assert (reading.hostname, reading.level, reading.next_level) == ("R1", "advsecurity", "advsecurity")
        assert {(each.feature, each.type) for each in reading.licenses} == {
            ("advipservices", "Evaluation"), ("advsecurity", "Permanent"),
        }  # fmt: skip


async def test_privileged_mode_is_entered_where_the_user_has_it_not():
    async with served(booted("R1", startup=STARTUP)) as network:
        address = DeviceAddress(network.address(), network.ssh_port)
        guest = CredentialSet("guest", "guest", "guest", "cisco")
        async with SessionConnector()(address, SSH, guest) as session:
            assert "Current privilege level is 15" in await session.show("show privilege")
        refused = await fault_at(address, CredentialSet("guest", "guest", "guest", "wrong"), SessionLimits())
        assert refused.fault is DeviceFault.WRONG_CREDENTIALS
        refused = await fault_at(address, CredentialSet("x", "admin", "wrong"), SessionLimits())
        assert (refused.fault, refused.detail) == (DeviceFault.WRONG_CREDENTIALS, "user 'admin' was refused")


async def test_a_file_goes_into_the_flash_where_scp_is_on():
    enabled = STARTUP.replace("end\n", "ip scp server enable\nend\n")
    async with served(booted("R1", startup=enabled)) as network:
        address = DeviceAddress(network.address(), network.ssh_port)
        async with SessionConnector()(address, SSH, LAB) as session:
            await session.send_file("a.lic", b"<xml/>")
            assert "a.lic" in await session.show("dir flash:")


async def test_a_file_is_refused_where_scp_is_off():
    async with served(booted("R1")) as network:
        address = DeviceAddress(network.address(), network.ssh_port)
        async with SessionConnector()(address, SSH, LAB) as session:
            with pytest.raises(DeviceError) as caught:
                await session.send_file("a.lic", b"<xml/>")
    assert caught.value.fault is DeviceFault.REFUSED
    assert caught.value.detail.startswith("it takes no file by SCP (")
    assert caught.value.detail.endswith("); it needs 'ip scp server enable' and a user of privilege 15")


async def test_a_closed_port():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        refused = await fault_at(DeviceAddress("127.0.0.1", closed.getsockname()[1]))
    assert (refused.fault, refused.detail) == (DeviceFault.UNREACHABLE, "connection refused")


async def test_what_closes_at_once_is_no_device():
    async def close(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with listening(close) as address:
        refused = await fault_at(address)
    assert (refused.fault, refused.detail) == (DeviceFault.UNREACHABLE, "it closes the connection at once")


async def test_what_hangs_is_given_up():
    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with listening(hang) as address:
        silent = await fault_at(address)
    assert (silent.fault, silent.detail) == (DeviceFault.SILENT, "no sign of SSH within 0.2 s")


async def test_what_hangs_after_its_first_word_is_given_up():
    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-Cisco-1.25\r\n")
        await reader.read()
        writer.close()

    async with listening(hang) as address:
        silent = await fault_at(address)
    assert (silent.fault, silent.detail) == (DeviceFault.SILENT, "no prompt 0.3 s after the connection")


async def test_what_speaks_something_else_is_told():
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.0 400 Bad Request\r\n\r\n")
        writer.close()

    async with listening(greet) as address:
        other = await fault_at(address, limits=SessionLimits())
    assert other.fault in {DeviceFault.DROPPED, DeviceFault.UNREADABLE}


async def test_so_many_at_once_and_an_error_ends_all():
    running, most = 0, 0

    async def act(number: int) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        if number == 99:
            raise DeviceError(DeviceFault.DROPPED, "at 99")
        return number * 2

    assert await AtOnce(3)(range(10), act) == [number * 2 for number in range(10)]
    assert most == 3
    with pytest.raises(DeviceError, match="at 99"):
        await AtOnce(3)([1, 99, 2, 3], act)
    assert await AtOnce(3)([], act) == []


async def test_sessions_wait_for_their_turn_however_they_are_asked_for():
    there, most = 0, 0

    async def close(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal there, most
        there += 1
        most = max(most, there)
        await asyncio.sleep(0.01)
        there -= 1
        writer.close()

    async with listening(close) as address:
        connector = SessionConnector(most=2)

        async def open_one(_: int) -> None:
            with pytest.raises(DeviceError):
                async with connector(address, SSH, LAB):
                    pass

        async def open_three(_: int) -> None:
            await AtOnce(3)(range(3), open_one)

        await AtOnce(3)(range(3), open_three)
    assert most == 2
