"""Hostile and faulty clients: none of them delays, or takes anything from, the others."""

import asyncio
import contextlib
import random
import resource
import socket
from collections.abc import Iterator
from typing import Any

import asyncssh
import pytest

from emulator.kernel.errors import Refused
from emulator.runtime.router_sockets import router_sockets
from emulator.transports.connections import log_in_limits
from emulator.transports.discipline.sessions import AHEAD, UNREAD, SessionScheduler, TerminalSession
from emulator.transports.vty.telnet import TelnetConnection
from tests.hostile_clients import Target, fuzz
from tests.unit.transports.discipline.fake_line import FakeLine
from tests.unit.transports.vty.network import booted, served

MIB = 1 << 20
pytestmark = pytest.mark.anyio


def most_memory() -> int:
    """The most memory that this process has had so far, in bytes."""
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


async def log_in(talk) -> None:
    await talk.sees("Username: ")
    await talk.type("admin\r", "Password: ")
    await talk.type("lab\r", "R1#")
    await talk.type("terminal length 0\r", "R1#")


async def test_half_open_connections_keep_nobody_out():
    async with served(booted()) as network:
        silent = [await asyncio.open_connection(network.address(), network.ssh_port) for _ in range(100)]
        for _, writer in silent[:50]:
            writer.write(b"SSH-2.0-nobody\r\n")
        async with network.shell() as talk:
            await talk.sees("#")
        for _, writer in silent:
            writer.close()


async def test_a_flood_of_wrong_log_ins_does_not_end_a_session():
    async with served(booted()) as network, network.shell() as talk:
        await talk.sees("#")

        async def intrude(number: int) -> None:
            with pytest.raises((OSError, asyncssh.Error)):
                await network.log_in(user=f"intruder{number}", password="guess")

        flood = asyncio.gather(*(intrude(number) for number in range(40)))
        answered = 0
        while not flood.done():
            await talk.type("show privilege\r", "R1#")
            answered += 1
        await flood
        assert answered >= 20


def counted(world) -> list[object]:
    """The inputs of a world from now on."""
    inputs: list[object] = []

    @contextlib.contextmanager
    def taking(what: object) -> Iterator[None]:
        inputs.append(what)
        yield

    world.sink.taking = taking
    return inputs


async def _guess_by_telnet(network) -> None:
    async with network.telnet() as talk:
        talk.send(b"admin\rwrong\r" * 3)
        await talk.ends()


async def _ask_for_nothing_else(network) -> None:
    async with network.telnet() as talk:
        talk.send(b"\r" * 500)
        await talk.ends()


async def _lets_guess(network) -> bool:
    """Tell whether a client by Telnet may go on guessing."""
    try:
        async with network.telnet() as talk:
            for _ in range(20):
                await talk.type("\r", "Username: ")
    except (OSError, EOFError):
        return False
    return True


async def _connect(network) -> None:
    with contextlib.suppress(OSError, EOFError):
        async with network.telnet() as talk:
            await talk.sees("Username: ")


async def _resize(network) -> None:
    async with network.telnet() as talk:
        for _ in range(100):
            talk.send(b"\xff\xfa\x1f\0\x50\0\x18\xff\xf0\xff\xfa\x1f\0\x51\0\x18\xff\xf0")
        await talk.ends()


async def _break_at_console(network) -> None:
    async with network.telnet(port=network.console_port) as talk:
        talk.send(b"\xff\xf3" * 200)
        await talk.ends()


async def _guess_by_ssh(network) -> None:
    with contextlib.suppress(OSError, asyncssh.Error):
        await network.log_in(password="guess")


@pytest.mark.parametrize(
    "intrude", [_guess_by_telnet, _ask_for_nothing_else, _connect, _resize, _break_at_console, _guess_by_ssh]
)
async def test_a_flood_of_log_ins_that_come_to_nothing_is_cut_off(monkeypatch, intrude):
    monkeypatch.setattr(log_in_limits, "AT_ONCE", 20 * log_in_limits.INPUT_OVERHEAD)
    monkeypatch.setattr(log_in_limits, "A_SECOND", 1)
    world = booted()
    async with served(world) as network, network.shell() as talk:
        inputs = counted(world)
        for _ in range(21):
            await intrude(network)
        assert 5 < len(inputs) <= 40
        assert not await _lets_guess(network)
        before = len(inputs)
        async with network.shell() as other:
            await other.type("show privilege\r", "level is 15")
        await talk.type("show privilege\r", "level is 15")
        assert len(inputs) > before


async def test_a_name_or_password_longer_than_a_line_never_comes_to_the_router():
    world = booted()
    async with served(world) as network:
        inputs = counted(world)
        for user, password in (("admin", "x" * 255), ("x" * 255, "lab")):
            with pytest.raises((OSError, asyncssh.Error)):
                await network.log_in(user=user, password=password)
        assert not inputs


async def test_other_protocols_at_the_ports():
    nonsense = [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\0" * 4096, b"\x16\x03\x01" + b"\xff" * 600, b"SSH-1.5-old\r\n"]
    async with served(booted()) as network:
        for port in (network.ssh_port, network.telnet_port, network.console_port):
            for text in nonsense:
                _, writer = await asyncio.open_connection(network.address(), port)
                writer.write(text)
                await writer.drain()
                writer.transport.abort()
        async with network.shell() as talk:
            await talk.sees("#")


async def test_a_line_of_ten_megabytes():
    async with served(booted()) as network, network.telnet() as talk, network.shell() as other:
        await other.sees("#")
        await log_in(talk)
        before = most_memory()
        typing = asyncio.create_task(_pour(talk, b"x" * 65536, 160))
        answered = 0
        while not typing.done():
            await other.type("show privilege\r", "R1#")
            answered += 1
        await typing
        assert most_memory() - before < 32 * MIB
        assert answered
        talk.seen = b""
        await talk.type("\x15show privilege\r", "level is 15")


async def _pour(talk, data: bytes, times: int) -> None:
    """Send much, and read what comes back as a terminal would."""
    for _ in range(times):
        talk.send(data)
        await asyncio.sleep(0)
        talk._reader._buffer.clear()
        talk._reader._maybe_resume_transport()


async def test_nul_escape_and_whatever_else():
    noise = random.Random(7)
    async with served(booted()) as network, network.telnet() as talk:
        await log_in(talk)
        for _ in range(50):
            talk.send(noise.randbytes(200))
        talk.send(b"\x1b\0\0\x1b[[[\x1b[999999999999;1H\xff\xfa\x1f\xff\xf0" + b"\x1b" * 100 + b"q\r")
        talk.send(b"\x03\x15\r")
        await talk.sees("R1#")
        async with network.shell() as other:
            await other.sees("#")


async def test_whatever_is_sent_to_any_port_is_survived(caplog):
    pick = random.Random(11)
    async with served(booted()) as network:
        target = Target(network.address(), network.ssh_port, network.telnet_port, network.console_port)
        for _ in range(40):
            await fuzz(target, pick)
        async with network.shell() as talk:
            await talk.sees("#")
            await talk.type("show privilege\r", "level is 15")
    assert not [record for record in caplog.records if record.exc_info]


async def test_a_client_that_never_reads_is_not_typed_for():
    world = booted()
    async with served(world) as network:
        _, writer = await asyncio.open_connection(network.address(), network.telnet_port, limit=1024)
        for text in (b"admin\r", b"lab\r", b"terminal length 0\r"):
            writer.write(text)
        before = most_memory()
        writer.write(b"show tech-support\r" * 500)
        async with network.shell() as other:
            await other.sees("#")
            for _ in range(200):
                await other.type("show privilege\r", "R1#")
        assert most_memory() - before < 32 * MIB
        writer.transport.abort()


class TerminalCarrier:
    """A connection that takes notes."""

    def __init__(self) -> None:
        self.sent = ""
        self.acts: list[str] = []

    def write(self, text: str) -> None:
        self.sent += text

    def close(self) -> None:
        self.acts.append("close")

    def abort(self) -> None:
        self.acts.append("abort")

    def pause_reading(self) -> None:
        self.acts.append("pause")

    def resume_reading(self) -> None:
        self.acts.append("resume")


class Lab:
    """A scheduler whose turns are given by hand."""

    def __init__(self) -> None:
        async def catch_up() -> None:
            pass

        self.scheduler = SessionScheduler(catch_up, lambda: False, lambda: None)

    def session(self) -> tuple[TerminalSession, FakeLine, TerminalCarrier]:
        line, carrier = FakeLine(), TerminalCarrier()
        session = TerminalSession(line, carrier, self.scheduler)
        session.begin()
        return session, line, carrier


async def test_a_paste_by_one_lets_the_others_type():
    lab = Lab()
    (pasting, pasted, _), (typing, typed, _) = lab.session(), lab.session()
    running = asyncio.create_task(lab.scheduler.run())
    pasting.received("\r" * 2000)
    typing.received("show clock\r")
    while not typed.submitted:
        await asyncio.sleep(0)
    assert len(pasted.submitted) < 100
    while len(pasted.submitted) < 2000:
        await asyncio.sleep(0)
    running.cancel()


async def test_who_types_too_far_ahead_is_not_read_from_for_a_while():
    lab = Lab()
    session, line, carrier = lab.session()
    line.busy = True
    session.received("x" * (AHEAD + 1))
    assert carrier.acts == ["pause"]
    session.turn()
    assert carrier.acts == ["pause"]
    line.busy = False
    session.turn()
    assert carrier.acts == ["pause", "resume"]


async def test_too_much_output_for_who_does_not_read_ends_the_connection():
    lab = Lab()
    session, line, carrier = lab.session()
    session.turn()
    session.block(blocked=True)
    line.print("x" * (UNREAD + 1))
    session.turn()
    assert carrier.acts == ["abort"]
    assert not line.open


async def test_a_mistake_at_one_line_ends_that_session_alone(caplog):
    lab = Lab()
    (broken, line, carrier), (other, fine, _) = lab.session(), lab.session()

    def fail(_: str) -> None:
        raise ZeroDivisionError

    line.answer = fail
    running = asyncio.create_task(lab.scheduler.run())
    broken.received("divide\r")
    other.received("show clock\r")
    while not fine.submitted:
        await asyncio.sleep(0)
    assert carrier.acts == ["abort"]
    assert "ZeroDivisionError" in caplog.text
    running.cancel()


# --- ports and users -------------------------------------------------------------------------------------------------


ROUTERS = {"R1": "127.1.0.1", "R2": "127.1.0.2", "R3": "127.1.0.3"}


@pytest.mark.parametrize(
    ("kind", "offset", "service"),
    [(socket.SOCK_STREAM, 0, "SSH"), (socket.SOCK_STREAM, 1, "Telnet"), (socket.SOCK_STREAM, 2, "console"),
     (socket.SOCK_DGRAM, 3, "SNMP")],
)  # fmt: skip
@pytest.mark.parametrize(
    ("at", "whom"),
    [("", "R1 (127.1.0.1) and 2 more"), ("127.0.0.1", "R1 (127.1.0.1) and 2 more"), ("127.1.0.2", "R2 (127.1.0.2)")],
    ids=["everywhere", "where no router is", "at one router"],
)
def test_a_port_in_use_is_told_with_router_and_port(kind, offset, service, at, whom):
    while True:
        with socket.socket(socket.AF_INET, kind) as taken:
            taken.bind((at, 0))
            if kind == socket.SOCK_STREAM:
                taken.listen()
            port = taken.getsockname()[1]
            if port - offset < 1024 or port > 65000:
                continue
            told = f"cannot serve {whom} by {service} at port {port}: Address already in use"
            at_port = f"by {service} at port {port}:"
            with pytest.raises(Refused) as refused:
                router_sockets(port - offset, lambda: ROUTERS)
        if at_port in str(refused.value):
            break
    assert str(refused.value).startswith(told)
    assert "--router-port-base" in str(refused.value)


async def test_a_world_without_users_tells_how_to_add_one():
    async with served(booted("R1", "R2", startup="hostname {name}\nip domain name x\nend\n")) as network:
        table = list(network.routers.table())
        assert any(line.startswith("R1 ") and "(no user)" in line for line in table)
        assert any("isrtwin console R1" in line and "username" in line for line in table)
    async with served(booted()) as network:
        assert not any("isrtwin console" in line for line in network.routers.table())


class Wire(asyncio.Transport):
    """A client's connection that takes notes."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = bytearray()
        self.reads = True

    def write(self, data: Any) -> None:
        self.sent += data

    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None:
        self.reads = False

    def resume_reading(self) -> None:
        self.reads = True


async def test_who_reads_no_answer_is_not_answered_whether_the_router_is_there():
    connection, wire = TelnetConnection(FakeLine(), Lab().scheduler), Wire()
    connection.connection_made(wire)
    for blocked, answered in ((False, True), (True, False), (False, True)):
        (connection.pause_writing if blocked else connection.resume_writing)()
        wire.sent.clear()
        connection.data_received(bytes((255, 246)))
        assert (b"[Yes]" in wire.sent) == answered


async def test_a_flood_of_commands_is_taken_in_pieces_and_not_read_on_meanwhile():
    connection, wire = TelnetConnection(FakeLine(), Lab().scheduler), Wire()
    connection.connection_made(wire)
    wire.sent.clear()
    questions = 200_000
    connection.data_received(bytes((255, 246)) * questions)
    assert 0 < wire.sent.count(b"[Yes]") < questions
    assert not wire.reads
    while not wire.reads:
        await asyncio.sleep(0)
    assert wire.sent.count(b"[Yes]") == questions
