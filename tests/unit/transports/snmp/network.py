"""A world whose SNMP agents are served in the test's own event loop, and a manager of a few lines on a real socket."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

from snmp.message import Message, ProtocolVersion
from snmp.pdu import GetBulkRequestPDU, GetNextRequestPDU, GetRequestPDU, ResponsePDU, SetRequestPDU
from snmp.utils import subbytes

from emulator.runtime.router_servers import ServedRouters
from emulator.world.world import World
from tests.unit.transports.served_routers import served_routers

PATIENCE, SILENCE = 20.0, 0.3
VERSIONS = {1: ProtocolVersion.SNMPv1, 2: ProtocolVersion.SNMPv2c}


class Network:
    """The managers' side of a served world."""

    def __init__(self, world: World, routers: ServedRouters, port: int) -> None:
        self.world, self.routers, self.port = world, routers, port
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.settimeout(0)

    def address(self, name: str = "R1") -> tuple[str, int]:
        return self.routers.addresses.of(self.world.router(name)), self.port

    async def exchange(self, data: bytes, name: str = "R1", patience: float = PATIENCE) -> bytes | None:
        """Send a datagram; the answer, which comes from where it was sent to. None: there is none."""
        loop = asyncio.get_running_loop()
        await loop.sock_sendto(self._socket, data, self.address(name))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                answer, sender = await loop.sock_recvfrom(self._socket, 65535)
                assert sender == self.address(name)
                return answer
        return None

    async def ask(self, pdu, community: bytes = b"private", version: int = 2, name: str = "R1"):
        """A request; the PDU that answers it."""
        answer = await self.exchange(Message(VERSIONS[version], community, pdu).encode(), name)
        assert answer is not None
        return Message.decodeExact(subbytes(answer), types={ResponsePDU.TAG: ResponsePDU}).pdu

    def close(self) -> None:
        self._socket.close()


@contextlib.asynccontextmanager
async def served(world: World) -> AsyncIterator[Network]:
    """A world whose routers can be asked."""
    async with served_routers(world) as (routers, ports):
        network = Network(world, routers, ports.snmp)
        try:
            yield network
        finally:
            network.close()


__all__ = ["GetBulkRequestPDU", "GetNextRequestPDU", "GetRequestPDU", "Network", "SetRequestPDU", "served"]
