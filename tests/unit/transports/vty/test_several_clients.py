"""Several clients of one router at once: they see each other, talk to each other, and cut each other off."""

import pytest

from tests.unit.transports.vty.network import booted, served

pytestmark = pytest.mark.anyio


async def test_two_who_configure_see_each_other():
    async with served(booted()) as network, network.shell() as one, network.shell() as two:
        await one.type("terminal monitor\r", "R1#")
        await two.type("configure terminal\r", "R1(config)#")
        await two.type("end\r", "R1#")
        await one.sees("%SYS-5-CONFIG_I: Configured from console by admin on vty1 (127.0.0.1)")
        shown = await two.type("show users\r", "Peer Address")
        assert "   2 vty 0     admin      idle " in shown
        assert "*  3 vty 1     admin      idle                 00:00:00 127.0.0.1" in shown


async def test_a_message_and_the_end_of_a_connection():
    async with served(booted()) as network, network.shell() as one, network.telnet() as other:
        await other.sees("Username: ")
        await other.type("guest\r\n", "Password: ")
        await other.type("guest\r\n", "R1>")
        await one.type("send vty 1\r", "abort with CTRL/C:")
        await one.type("The router goes down\rin ten minutes.\x1a", "[confirm]")
        await one.type("\r", "R1#")
        shown = await other.sees("in ten minutes.")
        assert "*** Message from tty2 to tty3:\r\n***\r\nThe router goes down\r\n" in shown
        await one.type("clear line vty 1\r", "[confirm]")
        await one.type("\r", " [OK]\r\nR1#")
        await other.ends()
        assert "vty 1" not in await one.type("show users\r", "R1#")
