"""The servers of a world's routers: who connects to which address and port gets a line of which router.

R: a router without an RSA key, without power or with no line for the client takes no connection; here a connection is
taken before it is known whose it is, so it is reset at once. Nothing of a router is made before somebody connects.
Whoever is inside goes before whoever comes: log-ins begin one after the other, and wait while the event loop is late.
"""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable

import msgspec

from emulator.console.line.admission import LineRefused
from emulator.router.device import Router
from emulator.router.network.ssh_server import spoken
from emulator.transports.connections.intake import TooMuch
from emulator.transports.connections.listener import Listener
from emulator.transports.connections.log_in_limits import CONNECTION_INPUTS, LogInAttempt, LogInLimits
from emulator.transports.connections.loopback import refuse
from emulator.transports.connections.slots import Slot
from emulator.transports.discipline.ports import ConsolePort, VtyPort
from emulator.transports.discipline.sessions import SessionScheduler
from emulator.transports.vty.ssh import OLD_PROTOCOL, SshServices
from emulator.transports.vty.telnet import TelnetConnection
from emulator.transports.vty.weather import ConnectionWeather, Weather
from emulator.world.world import World

USUAL_STARTUPS = 128
"""SSH clients of one router that may be about to log in, unless `ip ssh maxstartups` says otherwise (R)."""

MOST = 4096
"""Clients at one port, unless the process may not open so many files."""

LATE = 0.02
"""Seconds of delay of the event loop at which new clients wait."""

CONSOLE_TAKEN = "\nAnother terminal is at this console.\n"


class Sockets(msgspec.Struct, frozen=True):
    """The listening sockets at which clients connect."""

    ssh: socket.socket
    telnet: socket.socket
    console: socket.socket

    @property
    def all(self) -> tuple[socket.socket, ...]:
        """The three of them."""
        return self.ssh, self.telnet, self.console

    def close(self) -> None:
        """Close them; one that was closed before stays so."""
        for each in self.all:
            each.close()


class RouterServer:
    """Serves the lines of all routers of a world."""

    def __init__(
        self,
        world: World,
        scheduler: SessionScheduler,
        router_at: Callable[[str], Router | None],
        sockets: Sockets,
        weather: Weather | None = None,
        most: int = MOST,
    ) -> None:
        """Serve a world.

        Args:
            world: whose routers.
            scheduler: gives the sessions turns.
            router_at: the router at an address.
            sockets: where clients come in.
            weather: what befalls the clients; None: nothing.
            most: clients at one port.
        """
        self._world, self._scheduler, self._router_at = world, scheduler, router_at
        self._services, self._weather, self._log_ins = SshServices(), weather, LogInLimits()
        self._beginning = asyncio.Lock()
        serving = (self._serve_ssh, self._serve_telnet, self._serve_console)
        self._listeners = [
            Listener(at, self._serve_with(serve), most) for at, serve in zip(sockets.all, serving, strict=True)
        ]

    async def run(self) -> None:
        """Take clients and give sessions their turns, until canceled."""
        for listener in self._listeners:
            listener.open()
        try:
            await self._scheduler.run()
        finally:
            self._scheduler.close()
            for listener in self._listeners:
                await listener.close()

    def _serve_with(
        self, serve: Callable[[socket.socket, Router, Slot], Awaitable[None]]
    ) -> Callable[[socket.socket, Slot], Awaitable[None]]:
        """Serve the clients of a port, each at the router that it came to."""

        async def at_router(connection: socket.socket, slot: Slot) -> None:
            router = self._router_at(connection.getsockname()[0])
            if router is None:
                refuse(connection)
                return
            async with self._beginning:
                await _catch_breath()
            await serve(connection, router, slot)

        return at_router

    async def _serve_ssh(self, connection: socket.socket, router: Router, slot: Slot) -> None:
        peer = connection.getpeername()[0]
        service = await self._services.of(router)
        if service is None:
            old = router.state.running is not None and spoken(router)
            await _send_away(connection, OLD_PROTOCOL if old else b"")
            return
        lines = self._world.lines_of(router.name)
        startups = router.configuration.word("ip ssh maxstartups")
        try:
            lines.check_admission(peer, "ssh")
        except LineRefused as refused:
            await _send_away(connection, _encoded(refused.text))
            return
        if service.begun >= (int(startups) if startups.isdecimal() else USUAL_STARTUPS):
            refuse(connection)
            return
        attempt = self._log_ins.attempt(peer)
        await service.serve(connection, lines, self._scheduler, slot.busy, attempt, self._weather_at(router))

    async def _serve_telnet(self, connection: socket.socket, router: Router, slot: Slot) -> None:
        attempt = self._attempt(connection)
        if attempt is None:
            return
        try:
            line = self._world.lines_of(router.name).open_vty(connection.getpeername()[0], "telnet")
        except LineRefused as refused:
            await _send_away(connection, _encoded(refused.text))
            return
        weather = self._weather_at(router)
        if weather is not None:
            await weather.delay_login()
        await self._converse(connection, VtyPort(line), slot, attempt, weather)

    async def _serve_console(self, connection: socket.socket, router: Router, slot: Slot) -> None:
        lines = self._world.lines_of(router.name)
        if lines.console.terminal.connected:
            await _send_away(connection, _encoded(CONSOLE_TAKEN))
            return
        attempt = self._attempt(connection)
        if attempt is not None:
            await self._converse(connection, ConsolePort(lines.console), slot, attempt)

    def _attempt(self, connection: socket.socket) -> LogInAttempt | None:
        """Count a client that is to be asked who it is; None: it is refused, for too many came to nothing."""
        attempt = self._log_ins.attempt(connection.getpeername()[0])
        try:
            attempt.take(0, CONNECTION_INPUTS)
        except TooMuch:
            refuse(connection)
            return None
        return attempt

    def _weather_at(self, router: Router) -> ConnectionWeather | None:
        return self._weather.connection(router.name) if self._weather is not None else None

    async def _converse(
        self,
        connection: socket.socket,
        port: VtyPort,
        slot: Slot,
        attempt: LogInAttempt,
        weather: ConnectionWeather | None = None,
    ) -> None:
        """Have a client type at a line until it is gone."""
        slot.busy()
        client = TelnetConnection(port, self._scheduler, weather, attempt)
        await asyncio.get_running_loop().connect_accepted_socket(lambda: client, connection)
        try:
            await client.ended.wait()
        finally:
            client.abort()


async def _catch_breath() -> None:
    """Wait as long again as the event loop is late."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    await asyncio.sleep(0)
    late = loop.time() - began
    if late > LATE:
        await asyncio.sleep(late)


def _encoded(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


async def _send_away(connection: socket.socket, text: bytes) -> None:
    """Send a client away, with a text if there is one."""
    if not text:
        refuse(connection)
        return
    with contextlib.suppress(OSError):
        await asyncio.get_running_loop().sock_sendall(connection, text)
        connection.shutdown(socket.SHUT_WR)
