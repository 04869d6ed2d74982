"""A thousand routers at one socket, against the library's bare codec at another one, asked by the same few lines.

`snmp_bulk`: two GETBULKs of 25 to each router, into its licenses and its interfaces, in CPU time of the one process.
`snmp_v3`: the same by version 3 with SHA and AES, against the bare codec of version 3 without them.
`snmp_start`: beginning to serve, until each router has told its engine ID, against 1 s; what that leaves in memory of
each, against 2 KiB.
"""

import asyncio
import contextlib
import gc
import socket
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from time import process_time
from typing import Any

import msgspec
from snmp.message import Message, ProtocolVersion
from snmp.pdu import GetBulkRequestPDU, GetRequestPDU, ResponsePDU
from snmp.security import SecurityModel
from snmp.security.usm.parameters import SignedUsmParameters, UnsignedUsmParameters
from snmp.smi import OctetString
from snmp.utils import subbytes
from snmp.v3.message import HeaderData, MessageFlags, ScopedPDU, SNMPv3WireMessage

from emulator.transports.snmp.codec import REQUESTS
from emulator.world.build import open_world
from emulator.world.state import WorldState
from emulator.world.world import World
from tests.benchmarks.figure import Figure, paired
from tests.benchmarks.running_fleet import ROUTERS, running_fleet
from tests.unit.snmp.managers import STARTUP, booted
from tests.unit.transports.snmp.network import Network, served
from tests.unit.transports.snmp.secured import GROUPS, HIDDEN, SECRET, SecuredManager

RUNS, AT_ONCE, REPETITIONS = 3, 50, 25
ROOTS = ("1.3.6.1.4.1.9.9.543.1.2", "1.3.6.1.2.1.2.2")
SECURED = 50
"""Routers that are asked by version 3; more of them would only take longer to make messages for."""

SECOND, KEPT, LARGEST = 1.0, 2048, 1500

Question = tuple[tuple[str, int], bytes]


def fleet() -> World:
    """A thousand routers that run, each like the one that was booted but for its identity."""
    user = f"snmp-server user anna g v3 auth sha {SECRET} priv aes 128 {HIDDEN}"
    world = booted(startup=STARTUP.replace("end\n", "\n".join((*GROUPS, user, "end", ""))))
    return open_world(msgspec.json.decode(msgspec.json.encode(running_fleet(world)), type=WorldState))


def bulk(root: str) -> bytes:
    """Octets of a GETBULK."""
    pdu = GetBulkRequestPDU(root, maxRepetitions=REPETITIONS)
    return bytes(Message(ProtocolVersion.SNMPv2c, b"public", pdu).encode())


class Client:
    """Sends datagrams, not more at once than a buffer holds, and takes the answers."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.settimeout(0)

    async def ask(self, questions: Iterable[Question]) -> list[bytes]:
        answers: list[bytes] = []
        waiting = 0
        for to, data in questions:
            self._socket.sendto(data, to)
            waiting += 1
            if waiting == AT_ONCE:
                waiting -= len(found := await self._answers(waiting))
                answers += found
        return answers + await self._answers(waiting)

    async def _answers(self, count: int) -> list[bytes]:
        found: list[bytes] = []
        while len(found) < count:
            await asyncio.sleep(0)
            with contextlib.suppress(BlockingIOError):
                found.append(self._socket.recv(65535))
        return found


def community_codec(data: bytes, answers: dict[bytes, Any]) -> bytes:
    """Read a message of version 2c, and write its answer."""
    message = Message.decodeExact(subbytes(data), types=REQUESTS)
    pdu = ResponsePDU(requestID=message.pdu.requestID, variableBindings=answers[data])
    return bytes(Message(message.version, message.community, pdu).encode())


def secured_codec(data: bytes, answers: dict[bytes, Any]) -> bytes:
    """Read a message of version 3 that is neither signed nor encrypted, and write its answer."""
    wire = SNMPv3WireMessage.decodeExact(subbytes(data))
    given = SignedUsmParameters.decodeExact(wire.securityParameters.original)
    scoped = wire.scopedPduData
    pdu = ResponsePDU(requestID=scoped.pdu.requestID, variableBindings=answers[data])
    header = HeaderData(wire.header.msgID, LARGEST, MessageFlags(), SecurityModel.USM)
    parameters = UnsignedUsmParameters(given.engineID, given.engineBoots, given.engineTime, given.userName, b"", b"")
    answer = ScopedPDU(pdu, scoped.contextEngineID, scoped.contextName)
    return bytes(SNMPv3WireMessage(header, answer, OctetString(parameters.encode())).encode())


@contextlib.asynccontextmanager
async def bare(
    answers: dict[bytes, Any], codec: Callable[[bytes, dict[bytes, Any]], bytes]
) -> AsyncIterator[tuple[str, int]]:
    """A socket whose datagrams are read and answered by the library, with variables that are there already."""
    at = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    at.bind(("127.0.0.1", 0))
    at.settimeout(0)

    def answer() -> None:
        with contextlib.suppress(BlockingIOError):
            while True:
                data, sender = at.recvfrom(65535)
                at.sendto(codec(data, answers), sender)

    asyncio.get_running_loop().add_reader(at, answer)
    try:
        yield at.getsockname()
    finally:
        asyncio.get_running_loop().remove_reader(at)
        at.close()


def variables(answer: bytes) -> Any:
    """The variables of an answer."""
    found = Message.decodeExact(subbytes(answer), types={ResponsePDU.TAG: ResponsePDU}).pdu.variableBindings
    assert len(found) == REPETITIONS
    return found


async def _time(client: Client, questions: list[Question]) -> float:
    gc.collect()
    began = process_time()
    answers = await client.ask(questions)
    taken = process_time() - began
    assert len(answers) == len(questions)
    return taken


def snmp_bulk() -> Iterator[Figure]:
    yield paired("snmp_bulk", asyncio.run(_pairs(secured=False)), "s")


def snmp_v3() -> Iterator[Figure]:
    yield paired("snmp_v3", asyncio.run(_pairs(secured=True)), "s")


async def _pairs(*, secured: bool) -> list[tuple[float, float]]:
    world, client = fleet(), Client()
    async with served(world) as network:
        known = {bulk(root): variables((await client.ask([(network.address(), bulk(root))]))[0]) for root in ROOTS}
        if secured:
            questions = _secured(world, network)
            bare_of = dict(zip(_unsecured(world), known.values(), strict=True))
        else:
            questions = [(network.address(name), data) for name in world.routers for data in known]
            bare_of = known
        async with bare(bare_of, secured_codec if secured else community_codec) as to:
            same = [(to, data) for data in bare_of] * (len(questions) // len(bare_of))
            await _time(client, questions)
            return [(await _time(client, questions), await _time(client, same)) for _ in range(RUNS)]


def _unsecured(world: World) -> list[bytes]:
    """Requests of the same content by version 3 to one router, neither signed nor encrypted."""
    manager = SecuredManager(world.routers["R1"])
    return [manager.message(GetBulkRequestPDU(root, maxRepetitions=REPETITIONS)) for root in ROOTS]


def _secured(world: World, network: Network) -> list[Question]:
    """Messages to some of the routers, as many as there are to all of them without security."""
    questions = []
    for name in list(world.routers)[:SECURED]:
        manager = SecuredManager(world.routers[name], "anna", "sha", "aes 128")
        for root in ROOTS:
            data = manager.message(GetBulkRequestPDU(root, maxRepetitions=REPETITIONS), "priv")
            assert len(manager.read(manager.send(data))[0].variableBindings) > REPETITIONS // 2
            questions.append((network.address(name), data))
    return questions * (ROUTERS // SECURED)


def snmp_start() -> Iterator[Figure]:
    world = fleet()
    hello = SecuredManager(world.routers["R1"]).message(GetRequestPDU("1.3.6.1.2.1.1.1.0"), engine=b"")

    async def start() -> tuple[float, float]:
        gc.collect()
        before, began = tracemalloc.get_traced_memory()[0], process_time()
        async with served(world) as network:
            answers = await Client().ask((network.address(name), hello) for name in world.routers)
            taken = process_time() - began
            assert len(answers) == ROUTERS
            gc.collect()
            return taken, (tracemalloc.get_traced_memory()[0] - before) / ROUTERS

    asyncio.run(start())
    yield Figure("snmp_start", asyncio.run(start())[0], SECOND, "s")
    tracemalloc.start()
    yield Figure("snmp_start", asyncio.run(start())[1], KEPT, "bytes")
    tracemalloc.stop()
