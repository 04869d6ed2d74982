"""Ports of web servers that a configuration moved: each has a socket of its own at the address of its router.

All routers share one socket at the usual ports (`router_sockets.py`). A router that serves at another one (`ip http
port`) is looked at twice a second, so that the port follows its configuration, its power and its rack. A port that
cannot be had is told once, and tried again when the configuration names another one.
"""

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator, Mapping

from emulator.router.device import Router
from emulator.router.network.web_servers import SERVER_LINES, USUAL_PORTS, WebServer, is_serving, web_port
from emulator.runtime.extras import needs_serve

with needs_serve():
    from emulator.transports.connections.listener import Listener
    from emulator.transports.connections.loopback import bound_to_loopback

LOG = logging.getLogger(__name__)

LOOKED_AT_EVERY = 0.5
"""Seconds of real time."""

WebPlace = tuple[WebServer, str, int]
"""A web server, and the address and port that it serves at."""


class OwnPorts:
    """The web servers at ports of their own, while `run` lasts."""

    def __init__(
        self,
        routers: Mapping[str, Router],
        address_of: Callable[[Router], str],
        listening: Callable[[WebServer, int, socket.socket], Listener],
    ) -> None:
        """Get ready.

        Args:
            routers: those of the rack, by name.
            address_of: the address of a router.
            listening: makes the listener of a web server at a port, not yet open.
        """
        self._routers, self._address_of, self._listening = routers, address_of, listening
        self._open: dict[WebPlace, Listener] = {}
        self._taken: set[WebPlace] = set()

    def is_taken(self, router: Router, server: WebServer) -> bool:
        """Tell whether the port of a web server could not be had."""
        return (server, self._address_of(router), web_port(router.configuration, server)) in self._taken

    async def run(self) -> None:
        """Follow the configurations until canceled."""
        try:
            while True:
                await self.follow()
                await asyncio.sleep(LOOKED_AT_EVERY)
        finally:
            for listener in self._open.values():
                await listener.close()

    async def follow(self) -> None:
        """Open and close ports as the configurations have them now."""
        wanted = dict(self._wanted())
        self._taken &= wanted.keys()
        for place in [each for each in self._open if each not in wanted]:
            await self._open.pop(place).close()
        for place, router in wanted.items():
            if place not in self._open and place not in self._taken:
                self._listen(place, router)

    def _wanted(self) -> Iterator[tuple[WebPlace, str]]:
        """The ports that are asked for, with the names of their routers."""
        for router in self._routers.values():
            if router.state.running is None:
                continue
            for server in SERVER_LINES:
                port = web_port(router.configuration, server)
                if port != USUAL_PORTS[server] and is_serving(router.configuration, server):
                    yield (server, self._address_of(router), port), router.name

    def _listen(self, place: WebPlace, router: str) -> None:
        server, address, port = place
        try:
            at = bound_to_loopback(port, address)
        except OSError as error:
            self._taken.add(place)
            LOG.warning("%s: no '%s' at %s port %d: %s", router, SERVER_LINES[server], address, port, error.strerror)
            return
        listener = self._open[place] = self._listening(server, port, at)
        listener.open()
