"""Puts the routers of a world on this machine's network: sockets, addresses, time, and the table of what is where."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from emulator.hardware.board import BoardPhase
from emulator.keys.certificates import Issued
from emulator.router.device import Router
from emulator.router.network.ssh_server import server_key
from emulator.router.network.web_servers import USUAL_PORTS, WebServer, is_serving, web_port
from emulator.runtime.credentials import credentials
from emulator.runtime.extras import needs_serve
from emulator.runtime.inventory import InventoryHost
from emulator.runtime.router_addresses import RouterAddresses
from emulator.runtime.router_sockets import RouterPorts, RouterSockets
from emulator.runtime.served_agents import ServedAgents
from emulator.runtime.served_time import ServedTime
from emulator.snmp.access import is_enabled
from emulator.transports.terminal.live_clock import LiveTime
from emulator.world.world import World

with needs_serve():
    from emulator.transports.connections.pending_counts import BeforeInputs
    from emulator.transports.discipline.sessions import SessionScheduler
    from emulator.transports.snmp.server import SnmpServer
    from emulator.transports.snmp.sockets import send, udp_on_loopback
    from emulator.transports.syslog.sender import SyslogSender
    from emulator.transports.vty.server import RouterServer
    from emulator.transports.vty.weather import Weather

SHOWN = 40
"""Routers in the table; of more, the last one is shown behind them."""

HEADINGS = ("Router", "Product", "Address", "SSH", "Telnet", "Console", "SNMP", "HTTP", "HTTPS")

FIRST_USER = (
    "configure terminal",
    "hostname {name}",
    "ip domain name lab.example",
    "crypto key generate rsa modulus 2048",
    "username admin privilege 15 secret PASSWORD",
    "line vty 0 4",
    "login local",
    "end",
    "write memory",
)
"""Commands that make a new router reachable by SSH and Telnet."""


class ServedRouters:
    """The routers of a world, reachable while `run` lasts."""

    def __init__(
        self,
        world: World,
        live: LiveTime,
        sockets: RouterSockets,
        tick: Callable[[], None],
        weather: Weather | None = None,
        authority: Callable[[], Issued] | None = None,
    ) -> None:
        """Get ready to serve.

        Args:
            world: whose routers.
            live: its clock beside real time.
            sockets: where clients come in.
            tick: called now and then.
            weather: what befalls the clients; None: nothing.
            authority: signs the certificates of the routers' web servers; None: one that is made for them.
        """
        self._world, self._sockets = world, sockets
        self.addresses = RouterAddresses(world)

        async def catch_up() -> None:
            await live.catch_up(lambda: True)

        self.sessions = SessionScheduler(catch_up, live.pass_quietly, world.clock.settle)
        self._before = BeforeInputs(world.sink)
        self._server = RouterServer(world, self.sessions, self.addresses.router_at, sockets.lines, weather)
        self._snmp = SnmpServer(
            world.sink,
            world.routers,
            self.addresses.router_at,
            catch_up,
            world.clock.settle,
            sockets.snmp,
            self.addresses.of,
            world.listeners,
            self._before,
        )
        self._agents = ServedAgents(
            world, sockets.http, sockets.https, self.addresses, catch_up, self._before, authority
        )
        self._time = ServedTime(world, live, self.sessions, tick)

    async def run(self, stopping: asyncio.Event) -> None:
        """Serve, and let time pass, until `stopping`."""
        with self._before.running():
            await self._run(stopping)

    async def _run(self, stopping: asyncio.Event) -> None:
        running = (self._server.run(), self._snmp.run(), self._agents.run(), self._time.run(stopping))
        tasks = [asyncio.create_task(each) for each in running]
        syslog = udp_on_loopback(0)
        sender = SyslogSender(self._world.routers, self.addresses.of, partial(send, syslog))
        self._world.listeners.append(sender.hear)
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._world.listeners.remove(sender.hear)
            syslog.close()

    def inventory(self, startups: Mapping[str, str]) -> list[InventoryHost]:
        """The routers as clients need to know them.

        Args:
            startups: configurations of a world file, where passwords are in clear text, by router.
        """
        ports = self._sockets.ports
        lines = ports.ssh, ports.telnet, ports.console
        return [
            InventoryHost(router.name, self.addresses.of(router), *lines, credentials(_texts(router, startups)))
            for router in self._world.routers.values()
        ]

    def table(self, option: str = "") -> Iterator[str]:
        """Table of the routers and the addresses that reach them, a line a router.

        Args:
            option: the words that `isrtwin console` needs behind its name to come to this world.
        """
        ports = self._sockets.ports
        rows: list[tuple[str, ...]] = [
            ("Router", "Product", "Address", "SSH", "Telnet", "Console", "SNMP", "HTTP", "HTTPS")
        ]
        routers = list(self._world.routers.values())
        shown = routers if len(routers) <= SHOWN else [*routers[: SHOWN - 1], routers[-1]]
        rows += [self._row(router, ports) for router in shown]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for number, row in enumerate(rows):
            if number == SHOWN and len(routers) > SHOWN:
                yield f"... {len(routers) - SHOWN} more"
            yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        yield from self._advice(option)

    def _row(self, router: Router, ports: RouterPorts) -> tuple[str, ...]:
        phase = router.state.board.phase
        if phase is BoardPhase.RUNNING:
            no_ssh = "" if server_key(router) else " (no RSA key)"
            no_telnet = "" if has_login(router) else " (no user)"
        else:
            no_ssh = no_telnet = f" ({phase})"
        no_snmp = "" if is_running(router) else " (no agent)"
        address = self.addresses.of(router)
        return (
            router.name,
            router.state.udi.pid,
            address,
            f"{ports.ssh}{no_ssh}",
            f"{ports.telnet}{no_telnet}",
            str(ports.console),
            f"{ports.snmp}{no_snmp}",
            self._web(router, "plaintext", ports.http),
            self._web(router, "secure", ports.https),
        )

    def _web(self, router: Router, server: WebServer, usual: int) -> str:
        """Port of a web server, with a remark on one that cannot be reached."""
        if router.state.running is None:
            return f"{usual} ({router.state.board.phase})"
        configuration = router.configuration
        port = web_port(configuration, server)
        shown = usual if port == USUAL_PORTS[server] else port
        if not is_serving(configuration, server):
            return f"{shown} (off)"
        return f"{shown} (taken)" if self._agents.is_taken(router, server) else str(shown)

    def _advice(self, option: str) -> Iterator[str]:
        """Tell how to let a person in where no log-in is configured yet."""
        closed = next((each for each in self._world.routers.values() if not reachable(each)), None)
        if closed is None:
            return
        lines = " ".join(f"-c '{line}'" for line in FIRST_USER).format(name=closed.name)
        yield f"Nobody can log in to {closed.name} by SSH yet. Add a user and a key, with a password of your own:"
        yield f"  isrtwin console {closed.name}{option} {lines}"


def _texts(router: Router, startups: Mapping[str, str]) -> Iterator[str]:
    """The texts that may tell how to log in to a router."""
    yield startups.get(router.name, "")
    if router.state.startup is not None:
        yield router.state.startup.text


def has_login(router: Router) -> bool:
    """Tell whether a client can log in at a virtual terminal line: there is a user, or a password of the lines."""
    configuration = router.configuration
    sections = (section for key, section in configuration.sections.items() if key.startswith("line vty"))
    return configuration.has("username") or any(section.has("password") for section in sections)


def is_running(router: Router) -> bool:
    """Tell whether the SNMP agent of a router runs."""
    return router.state.running is not None and is_enabled(router)


def reachable(router: Router) -> bool:
    """Tell whether a client can log in by SSH, now or once the router has booted."""
    if router.state.running is None:
        return router.state.startup is not None
    return server_key(router) is not None and has_login(router)
