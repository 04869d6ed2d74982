"""Messages that routers send to servers on a real socket."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator

import pytest

from tests.driver import ConsoleDriver
from tests.unit.snmp.managers import booted
from tests.unit.transports.snmp.network import GetRequestPDU, Network, served
from tests.unit.transports.snmp.test_notifying import Listener

pytestmark = pytest.mark.anyio


@contextlib.asynccontextmanager
async def logged(*lines: str) -> AsyncIterator[tuple[ConsoleDriver, Network, Listener]]:
    """A served world whose R1 sends its messages to a listener; a console of it."""
    listener = Listener()
    startup = "\n".join(("hostname R1", "snmp-server community private", *lines, "end", ""))
    world = booted(startup=startup.format(port=listener.port))
    console = ConsoleDriver(world, "R1")
    console.type("", "enable")
    async with served(world) as network:
        await network.ask(GetRequestPDU("1.3.6.1.2.1.1.5.0"))
        try:
            yield console, network, listener
        finally:
            listener.socket.close()


HOST = "logging host 127.0.0.1 transport udp port {port}"


async def test_a_message_has_priority_number_stamp_and_text() -> None:
    async with logged(HOST, "logging host 192.0.2.1") as (console, network, listener):
        console.type("configure terminal", "end")
        data = await listener.datagram()
        assert data is not None
        assert listener.sender[0] == network.address()[0]
        trapped = console.world.routers["R1"].running.log.trapped
        form = rf"<189>{trapped}: \*Mar +1 00:\d\d:\d\d\.\d{{3}}: %SYS-5-CONFIG_I: Configured from console by console"
        assert re.fullmatch(form, data.decode()), data


async def test_facility_and_origin_are_as_configured() -> None:
    lines = (HOST, "logging facility local2", "logging origin-id hostname")
    async with logged(*lines) as (console, _, listener):
        console.type("configure terminal", "end")
        data = await listener.datagram()
        assert data is not None
        assert re.match(rb"<149>\d+: R1: \*Mar  1 ", data), data


@pytest.mark.parametrize("line", ["logging trap errors", "no logging trap", "no logging on"])
async def test_a_message_below_the_level_is_not_sent(line: str) -> None:
    async with logged(HOST, line) as (console, _, listener):
        console.type("configure terminal", "end")
        await asyncio.sleep(0)
        assert await listener.datagram(0.1) is None
