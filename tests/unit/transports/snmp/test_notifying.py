"""Traps and informs on a real socket."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
from snmp.message import Message, ProtocolVersion
from snmp.pdu import InformRequestPDU, ResponsePDU, SNMPv2TrapPDU
from snmp.security import SecurityModel
from snmp.security.levels import authPriv
from snmp.security.usm import UserBasedSecurityModule
from snmp.security.usm.auth import HmacSha
from snmp.security.usm.priv import AesCfb128
from snmp.smi import OID
from snmp.utils import subbytes
from snmp.v3.message import HeaderData, MessageFlags, ReportMessage, ScopedPDU, SNMPv3Message, SNMPv3WireMessage

from emulator.licensing.file import FileLine
from emulator.router.device import Router
from emulator.router.network.snmp_hosts import InformSettings, TrapSettings
from emulator.router.network.snmp_identity import engine_id
from emulator.router.snmp_traffic import SnmpCounter
from emulator.transports.snmp import notifying, waiting_traps
from emulator.transports.snmp.waiting_traps import WaitingTraps
from emulator.world.world import World
from tests.driver import SERIAL
from tests.unit.console.papers import line
from tests.unit.snmp.managers import booted
from tests.unit.transports.snmp.network import PATIENCE, GetRequestPDU, Network, served
from tests.unit.transports.snmp.secured import HIDDEN, SECRET

pytestmark = pytest.mark.anyio

INSTALLED = "1.3.6.1.4.1.9.9.543.0.5"


class Listener:
    """A manager that waits for notifications."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(0)
        self.port = self.socket.getsockname()[1]
        self.sender = ("", 0)

    async def datagram(self, patience: float = PATIENCE) -> bytes | None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                data, self.sender = await asyncio.get_running_loop().sock_recvfrom(self.socket, 65535)
                return data
        return None

    async def pdu(self, kind):
        data = await self.datagram()
        assert data is not None
        return Message.decodeExact(subbytes(data), types={kind.TAG: kind}).pdu


@contextlib.asynccontextmanager
async def told(host: str) -> AsyncIterator[tuple[World, Network, Listener]]:
    """A served world whose R1 tells a listener of what is installed."""
    listener = Listener()
    startup = (
        "hostname R1\nsnmp-server community private RW\nsnmp-server enable traps license\n"
        f"snmp-server host 10.9.9.9 version 2c public\nsnmp-server host {host.format(port=listener.port)}\nend\n"
    )
    world = booted(serial=SERIAL, startup=startup)
    async with served(world) as network:
        await network.ask(a_request())
        world.routers["R1"].activation.install(FileLine(line(), "test", "2010-03-01T09:00:00.000Z", "spare"))
        try:
            yield world, network, listener
        finally:
            listener.socket.close()


def a_request():
    return GetRequestPDU("1.3.6.1.2.1.1.5.0")


async def test_a_trap_has_uptime_identifier_and_variables() -> None:
    async with told("127.0.0.1 version 2c public udp-port {port}") as (world, network, listener):
        pdu = await listener.pdu(SNMPv2TrapPDU)
        assert listener.sender == network.address()
        names = [".".join(map(str, each.name.subidentifiers)) for each in pdu.variableBindings]
        assert names[:2] == ["1.3.6.1.2.1.1.3.0", "1.3.6.1.6.3.1.1.4.1.0"]
        assert ".".join(map(str, pdu.variableBindings[1].value.subidentifiers)) == INSTALLED
        assert [each.value.data for each in pdu.variableBindings[2:4]] == [b"advipservices", b"1.0"]
        assert pdu.variableBindings[5].value.data == b"spare"
        await network.ask(a_request())
    assert world.routers["R1"].running.snmp.traffic[SnmpCounter.TRAPS] == 1


@pytest.mark.parametrize(
    ("mended_after", "sent"), [(1, 1), (3, 0)], ids=["there is a way at the second try", "two tries are in vain"]
)
async def test_a_trap_waits_for_a_way_as_long_as_the_configuration_says(
    monkeypatch: pytest.MonkeyPatch, mended_after: int, sent: int
) -> None:
    tries: list[str] = []

    def leads_to(_: Router, address: str) -> bool:
        tries.append(address)
        return len(tries) > mended_after

    monkeypatch.setattr(waiting_traps, "SECONDS", 0.001)
    monkeypatch.setattr(notifying, "_leads_to", leads_to)
    startup = (
        "snmp-server community private RW\nsnmp-server trap timeout 5\nsnmp-server trap retry 2\n"
        "snmp-server enable traps license\nsnmp-server host 10.9.9.9 version 2c public\nend\n"
    )
    world = booted(serial=SERIAL, startup=startup)
    async with served(world) as network:
        await network.ask(a_request())
        world.routers["R1"].activation.install(FileLine(line(), "test", "2010-03-01T09:00:00.000Z", "spare"))
        async with asyncio.timeout(PATIENCE):
            while len(tries) < min(mended_after + 1, 3):
                await asyncio.sleep(0.001)
    assert world.routers["R1"].running.snmp.traffic.get(SnmpCounter.TRAPS, 0) == sent


async def test_the_queue_of_traps_is_bounded_and_each_is_tried_a_number_of_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(waiting_traps, "SECONDS", 0.001)
    queues, tries, over = WaitingTraps(asyncio.get_running_loop()), [], asyncio.Event()

    def sent(trap: int) -> bool:
        tries.append(trap)
        if len(tries) == 6:
            over.set()
        return False

    settings = TrapSettings(retry=3, timeout=1, queue=2)
    for trap in range(4):
        queues.hold(("R1", "10.9.9.9"), settings, partial(sent, trap))
    async with asyncio.timeout(PATIENCE):
        await over.wait()
    assert sorted(tries) == [0, 0, 0, 1, 1, 1]
    queues.close()


async def test_a_trap_of_version_1_has_enterprise_and_number() -> None:
    async with told("127.0.0.1 public udp-port {port}") as (_, __, listener):
        data = await listener.datagram()
    assert data is not None
    assert bytes([0x06, 0x09, 0x2B, 6, 1, 4, 1, 9, 9, 0x84, 0x1F]) in data
    assert b"\x02\x01\x06\x02\x01\x05\x43" in data


async def test_an_inform_is_sent_again_until_it_is_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifying, "SECONDS", 0.05 / 15)
    async with told("127.0.0.1 informs version 2c public udp-port {port}") as (_, network, listener):
        first, second = [await listener.pdu(InformRequestPDU) for _ in range(2)]
        assert first.requestID == second.requestID
        answer = ResponsePDU(*first.variableBindings, requestID=first.requestID)
        loop = asyncio.get_running_loop()
        data = Message(ProtocolVersion.SNMPv2c, b"public", answer).encode()
        await loop.sock_sendto(listener.socket, data, network.address())
        await network.ask(a_request())
        while await listener.datagram(0.01) is not None:
            pass
        assert await listener.datagram(0.3) is None


async def test_an_inform_that_nobody_acknowledges_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifying, "SECONDS", 0.02 / 15)
    async with told("127.0.0.1 informs version 2c public udp-port {port}") as (_, __, listener):
        seen = [await listener.datagram() for _ in range(1 + InformSettings().retries)]
        assert len(set(seen)) == 1
        assert await listener.datagram(0.2) is None


@contextlib.asynccontextmanager
async def told_secured(host: str, *lines: str) -> AsyncIterator[tuple[World, Network, Listener]]:
    """A served world whose R1 tells a listener by version 3 of what is installed."""
    listener = Listener()
    startup = "\n".join(
        (
            "hostname R1",
            "snmp-server community private RW",
            "snmp-server enable traps license",
            "snmp-server group g v3 priv",
            f"snmp-server engineID remote 127.0.0.1 {ENGINE.hex()}",
            f"snmp-server user otto g v3 auth sha {SECRET} priv aes 128 {HIDDEN}",
            f"snmp-server user otto g remote 127.0.0.1 v3 auth sha {SECRET} priv aes 128 {HIDDEN}",
            *lines,
            f"snmp-server host {host.format(port=listener.port)}",
            "end",
            "",
        )
    )
    world = booted(serial=SERIAL, startup=startup)
    async with served(world) as network:
        await network.ask(a_request())
        world.routers["R1"].activation.install(FileLine(line(), "test", "2010-03-01T09:00:00.000Z", "spare"))
        try:
            yield world, network, listener
        finally:
            listener.socket.close()


ENGINE = bytes.fromhex("80000000010203040506aabb")


def receiver(engine: bytes | None = None) -> Any:
    """The security of a manager who knows otto; with an engine ID it is in command."""
    usm: Any = UserBasedSecurityModule("lab", engine, 5) if engine else UserBasedSecurityModule()
    usm.addUser(
        b"otto", "lab", authProtocol=HmacSha, privProtocol=AesCfb128, authSecret=SECRET.encode(),
        privSecret=HIDDEN.encode(),
    )  # fmt: skip
    return usm


async def test_a_trap_of_version_3_is_signed_and_encrypted_by_the_router() -> None:
    async with told_secured("127.0.0.1 traps version 3 priv otto udp-port {port}") as (world, _, listener):
        data = await listener.datagram()
        assert data is not None
        wire = SNMPv3WireMessage.decodeExact(subbytes(data))
        assert (wire.header.flags.privFlag, wire.header.flags.reportableFlag) == (True, False)
        message = receiver().processIncoming(wire, 0)
    assert message.securityEngineID.hex().upper() == engine_id(world.routers["R1"])
    assert str(OID(*message.scopedPDU.pdu.variableBindings[1].value.subidentifiers)) == INSTALLED


async def test_an_inform_of_version_3_learns_the_time_of_its_manager() -> None:
    async with told_secured("127.0.0.1 informs version 3 priv otto udp-port {port}") as (_, network, listener):
        usm, loop, reported = receiver(ENGINE), asyncio.get_running_loop(), 0
        while True:
            data = await listener.datagram()
            assert data is not None
            wire = SNMPv3WireMessage.decodeExact(subbytes(data))
            try:
                message = usm.processIncoming(wire)
            except ReportMessage as report:
                reported += 1
                await loop.sock_sendto(listener.socket, usm.prepareOutgoing(report.message), network.address())
                continue
            break
        pdu = message.scopedPDU.pdu
        assert (reported, type(pdu)) == (1, InformRequestPDU)
        answer = SNMPv3Message(
            HeaderData(wire.header.msgID, 1500, MessageFlags(authPriv), SecurityModel.USM),
            ScopedPDU(ResponsePDU(*pdu.variableBindings, requestID=pdu.requestID), ENGINE),
            ENGINE,
            message.securityName,
        )
        await loop.sock_sendto(listener.socket, usm.prepareOutgoing(answer), network.address())
        await network.ask(a_request())
        assert await listener.datagram(0.05) is None


@pytest.mark.parametrize(
    "lines",
    [
        ("no snmp-server user otto g v3",),
        ("no snmp-server group g v3 priv", "snmp-server group g v3 priv notify narrow"),
        ("snmp-server user otto g v3 auth sha other",),
    ],
)
async def test_a_user_who_cannot_be_told_is_not(lines: tuple[str, ...]) -> None:
    host = "127.0.0.1 traps version 3 priv otto udp-port {port}"
    async with told_secured(host, "snmp-server view narrow system included", *lines) as (_, __, listener):
        assert await listener.datagram(0.1) is None
