"""Puts the license agents of a world's routers on this machine's network: web servers, certificates, notifications."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from functools import partial

from emulator.keys.certificates import Issued, new_ca
from emulator.router.device import Router
from emulator.router.network.web_servers import USUAL_PORTS, WebServer
from emulator.runtime.extras import needs_serve
from emulator.runtime.own_ports import OwnPorts
from emulator.runtime.router_addresses import RouterAddresses
from emulator.runtime.wall_clock import host_time
from emulator.world.world import World

with needs_serve():
    from emulator.transports.agent.notifying import AgentNotifier
    from emulator.transports.agent.server import AgentServer
    from emulator.transports.agent.sessions import AgentConnection
    from emulator.transports.connections.listener import Listener, connections_allowed
    from emulator.transports.connections.pending_counts import BeforeInputs
    from emulator.transports.https.addressed import AddressedServer, Ends
    from emulator.transports.https.certificates import AddressCertificates

MOST_AT_OWN_PORT = 32
"""Connections at once at a port that a configuration moved; each router bounds its own further."""

SERVERS = 8
"""Servers that share the files of this process: those of the portal beside those of the routers."""


class ServedAgents:
    """The license agents of all routers of a world, reachable while `run` lasts."""

    def __init__(
        self,
        world: World,
        http: socket.socket,
        https: socket.socket,
        addresses: RouterAddresses,
        catch_up: Callable[[], Awaitable[None]],
        before: BeforeInputs,
        authority: Callable[[], Issued] | None,
    ) -> None:
        """Get ready to serve.

        Args:
            world: whose routers.
            http, https: where clients come in.
            addresses: those of the routers.
            catch_up: lets simulated time pass up to now.
            before: has counts written down before inputs.
            authority: signs the certificates; None: one that is made for them.
        """
        self._world, self._addresses = world, addresses
        self._certificates = AddressCertificates(authority or _lasting(world.state.name), host_time)
        self._agent = AgentServer(world.sink, world.routers, addresses.router_at, catch_up, world.clock.settle, before)
        self._servers: dict[WebServer, AddressedServer] = {
            "plaintext": self._server(http, "plaintext"),
            "secure": self._server(https, "secure"),
        }
        self._own_ports = OwnPorts(world.routers, addresses.of, self._listener)
        self._agent.disconnect = self._disconnect
        self._notifier: AgentNotifier | None = None

    async def run(self) -> None:
        """Serve until canceled."""
        agent, listeners = self._agent, self._world.listeners
        notifier = self._notifier = AgentNotifier(
            self._world.routers, self._addresses.of, self._certificates.trusting, agent.note
        )
        listeners += [notifier.hear, agent.hear]
        try:
            async with agent.running():
                await asyncio.gather(self._own_ports.run(), *(each.run() for each in self._servers.values()))
        finally:
            listeners.remove(notifier.hear)
            listeners.remove(agent.hear)
            await notifier.close()

    def _server(self, at: socket.socket, server: WebServer) -> AddressedServer:
        return AddressedServer(
            at,
            self._agent.app(server),
            connections_allowed(SERVERS),
            admits=partial(self._agent.admits, server, USUAL_PORTS[server]),
            gone=lambda ends: self._agent.gone(AgentConnection(*ends)),
            context_at=self._certificates.context_at if server == "secure" else None,
        )

    def is_taken(self, router: Router, server: WebServer) -> bool:
        """Tell whether a web server of a router has a port of its own that could not be had."""
        return self._own_ports.is_taken(router, server)

    def _listener(self, server: WebServer, port: int, at: socket.socket) -> Listener:
        admits = partial(self._agent.admits, server, port)
        return self._servers[server].listener(at, admits, MOST_AT_OWN_PORT)

    def _disconnect(self, connection: AgentConnection) -> None:
        ends: Ends = connection.local, connection.peer
        for server in self._servers.values():
            server.disconnect(ends)


def _lasting(world: str) -> Callable[[], Issued]:
    """An authority that is made when it is first asked for, and is the same then on."""
    made: list[Issued] = []

    def authority() -> Issued:
        if not made:
            made.append(new_ca(world, host_time()))
        return made[0]

    return authority
