"""Telnet to a router of a served world, and its console port: log-in, window, boot, break, one holder at a time."""

import asyncio

import pytest

from emulator.hardware.board import BoardPhase
from emulator.kernel.time import SECOND
from emulator.transports.discipline import log_in_time
from emulator.transports.vty.server import CONSOLE_TAKEN
from emulator.transports.vty.telnet_protocol import GREETING
from tests.unit.transports.vty.network import STARTUP, booted, served

pytestmark = pytest.mark.anyio


async def log_in(talk) -> None:
    await talk.sees("Username: ")
    await talk.type("admin\r\n", "Password: ")
    await talk.type("lab\r\n", "R1#")


async def test_the_router_asks_who_is_there():
    async with served(booted()) as network, network.telnet() as talk:
        await talk.sees("User Access Verification", "Username: ")
        await talk.type("admin\r\0", "admin\r\nPassword: ")
        shown = await talk.type("lab\r\0", "R1#")
        assert shown == "\r\nR1#"
        assert await talk.type("show privilege\r\0", "R1#") == "show privilege\r\nCurrent privilege level is 15\r\nR1#"
        await talk.type("exit\r\0")
        await talk.ends()


@pytest.mark.parametrize("at_console", [False, True], ids=["vty", "console port"])
async def test_a_log_in_has_its_half_minute_at_a_fast_pace_too(at_console):
    never_idle = STARTUP.replace(" login local", " login local\n exec-timeout 0 0")
    async with (
        served(booted(startup=never_idle), pace="36000") as network,
        network.telnet(port=network.console_port if at_console else None) as talk,
    ):
        if at_console:
            talk.send(b"\r")
        await log_in(talk)


async def test_a_client_that_never_logs_in_does_not_hold_up_a_fast_pace_for_ever(monkeypatch):
    monkeypatch.setattr(log_in_time, "AT_ONCE", 0.2)
    async with served(booted(), pace="36000") as network, network.telnet() as talk:
        await talk.sees("Username: ", "timeout expired!")
        assert network.world.now > 30 * SECOND


async def test_it_begins_with_its_negotiation():
    async with served(booted()) as network, network.telnet() as talk:
        await talk.sees("Username: ")
    async with served(booted()) as network:
        reader, writer = await asyncio.open_connection(network.address(), network.telnet_port)
        assert await reader.readexactly(len(GREETING)) == GREETING
        writer.close()


async def test_the_window_is_the_screen():
    async with served(booted()) as network, network.telnet() as talk:
        talk.send(b"\xff\xfb\x1f\xff\xfa\x1f\x00\x84\x00\x00\xff\xf0")
        await log_in(talk)
        shown = await talk.type("show terminal\r", "columns")
        assert "Width: 132 columns" in shown


async def test_a_client_that_is_not_let_in():
    world = booted(startup=STARTUP.replace("line vty 0 4\n login local", "line vty 0 4\n login"))
    async with served(world) as network, network.telnet() as talk:
        assert b"Password required, but none set" in await talk.ends()


async def test_when_all_lines_are_taken_the_next_is_refused():
    world = booted()
    async with served(world) as network:
        taken = []
        for _ in range(5):
            context = network.telnet()
            talk = await context.__aenter__()
            await talk.sees("Username: ")
            taken.append(context)
        async with network.telnet() as talk:
            assert await talk.ends() == b""
        await taken.pop().__aexit__(None, None, None)
        async with asyncio.timeout(10):
            while len(world.lines_of("R1").in_use) > 5:
                await asyncio.sleep(0)
        async with network.telnet() as talk:
            await talk.sees("Username: ")
        for context in taken:
            await context.__aexit__(None, None, None)


async def test_a_paste_of_two_thousand_lines_by_telnet():
    world = booted()
    lines = [f"ip host h{number} 192.0.2.{number % 250 + 1}" for number in range(2000)]
    async with served(world) as network, network.telnet() as talk:
        await log_in(talk)
        await talk.type("terminal length 0\rconfigure terminal\r", "(config)#")
        await talk.type("\r".join([*lines, "end", "show clock"]) + "\r", "show clock\r\n", "R1#")
    hosts = [line for key, line in world.router("R1").configuration.lines.items() if key.startswith("ip host h")]
    assert hosts == lines


# --- the console port ------------------------------------------------------------------------------------------------


async def test_the_console_port_shows_a_boot():
    world = booted()
    async with served(world) as network, network.telnet(port=network.console_port) as talk:
        await talk.type("\r", "Username: ")
        await talk.type("admin\r", "Password: ")
        await talk.type("lab\r", "R1#")
        await talk.type("reload\r", "[confirm]")
        await talk.type("\r", "System Bootstrap", "Press RETURN to get started!")
        await talk.type("\r", "Username: ")


async def test_the_prompt_stands_before_the_message_and_a_typed_line_is_torn():
    """C: sessions at a CISCO1941 and a CISCO2951."""
    async with served(booted()) as network, network.telnet(port=network.console_port) as talk:
        await talk.type("\r", "Username: ")
        await talk.type("admin\r", "Password: ")
        await talk.type("lab\r", "R1#")
        await talk.type("configure terminal\r", "R1(config)#")
        shown = await talk.type("end\r", "admin on console\r\n")
        assert shown.startswith("end\r\nR1#\r\n*Mar  1 ")
        async with network.shell() as other:
            await talk.type("show", "show")
            await other.type("configure terminal\r", "R1(config)#")
            await other.type("end\r", "R1#")
            assert (await talk.sees("vty0 (127.0.0.1)\r\n")).startswith("\r\n*Mar  1 ")
            assert await talk.type(" privilege\r", "\r\n") == " privilege\r\n"
            await talk.sees("Current privilege level is 15\r\nR1#")


async def test_a_break_leads_to_rommon():
    world = booted()
    world.router("R1").state.config_register = 0x2002  # IOS heeds a break
    async with served(world) as network, network.telnet(port=network.console_port) as talk:
        await talk.type("\r", "Username: ")
        talk.send(b"\xff\xf3")
        await talk.sees("rommon 1 >")
        assert world.router("R1").state.board.phase is BoardPhase.ROMMON
        assert "rommon" in await talk.type("set\r", "rommon 2 >")


async def test_one_holder_at_a_time():
    async with served(booted()) as network:
        async with network.telnet(port=network.console_port) as talk:
            await talk.type("\r", "Username: ")
            async with network.telnet(port=network.console_port) as second:
                assert (await second.ends()).decode() == CONSOLE_TAKEN.replace("\n", "\r\n")
            await talk.type("admin\r", "Password: ")
        async with network.telnet(port=network.console_port) as talk:
            await talk.type("lab\r", "R1#")


async def test_a_router_without_power_has_a_console_port():
    world = booted()
    world.router("R1").power_off()
    async with served(world) as network, network.telnet(port=network.console_port) as talk:
        async with asyncio.timeout(10):
            while world.lines_of("R1").console.terminal.output is None:
                await asyncio.sleep(0)
        world.router("R1").power_on()
        world.clock.settle()
        await talk.sees("System Bootstrap")


async def test_from_router_to_router_and_back_while_the_other_one_is_busy():
    never_idle = STARTUP.replace("line vty", "interface Vlan1\n ip address 192.0.2.1 255.255.255.0\nline vty")
    async with served(booted(startup=never_idle)) as network, network.telnet() as talk:
        await log_in(talk)
        await talk.type("telnet 192.0.2.1\r", "Open", "Username: ")
        await talk.type("admin\r", "Password: ")
        await talk.type("lab\r", "R1#")
        assert "show clock" in await talk.type("show clo\t", "show clock ")
        await talk.type("\x15show users | include vty 1\r", "*  3 vty 1", "R1#")
        await talk.type("\x1ex", "R1#")
        await talk.type("exit\r", "(You have open connections) [confirm]")
        await talk.type("\r", "Closing: 192.0.2.1 !")
        await talk.ends()
