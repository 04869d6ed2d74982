"""A served world in the test's own event loop, with clients: asyncssh, and a Telnet client of a few lines."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import asyncssh

from emulator.runtime.router_servers import ServedRouters
from emulator.runtime.router_sockets import RouterPorts
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World
from tests.unit.transports.served_routers import served_routers

STARTUP = """\
hostname {name}
ip domain name lab.example
enable secret cisco
username admin privilege 15 secret lab
username guest password 0 guest
line con 0
 login local
line vty 0 4
 login local
end
"""

OLD_ALGORITHMS = {
    "kex_algs": ["diffie-hellman-group14-sha1", "diffie-hellman-group1-sha1"],
    "encryption_algs": ["aes128-cbc", "aes128-ctr"],
    "mac_algs": ["hmac-sha1"],
    "server_host_key_algs": ["ssh-rsa"],
    "signature_algs": ["ssh-rsa"],
}
"""The options with which a modern client meets an old router."""

PATIENCE = 20.0


def booted(*names: str, startup: str = STARTUP, **facts: object) -> World:
    """A world of routers that have booted their configuration and have an RSA key."""
    recipes = {
        name: RouterRecipe(powered=True, startup=startup.format(name=name), rsa_key=1024, **facts)  # type: ignore[arg-type]
        for name in names or ("R1",)
    }
    world = new_world(WorldRecipe(routers=recipes))
    world.clock.run_while(lambda: any(world.lines_of(name).console.busy for name in recipes))
    return world


class Network:
    """The clients' side of a served world."""

    def __init__(self, world: World, routers: ServedRouters, ports: RouterPorts) -> None:
        self.world, self.routers = world, routers
        self.ssh_port, self.telnet_port, self.console_port, *_ = self.ports = ports

    def address(self, name: str = "R1") -> str:
        return self.routers.addresses.of(self.world.router(name))

    def log_in(self, name: str = "R1", user: str = "admin", password: str | None = "lab", **options: Any):
        """A client's connection by SSH."""
        return asyncssh.connect(
            self.address(name),
            self.ssh_port,
            username=user,
            password=password,
            known_hosts=None,
            config=None,
            client_keys=options.pop("client_keys", None),
            preferred_auth=options.pop("preferred_auth", "publickey,password"),
            **(OLD_ALGORITHMS | options),
        )

    @contextlib.asynccontextmanager
    async def shell(self, name: str = "R1", prompt: str = "", **options: Any) -> "AsyncIterator[Talk]":
        """A shell by SSH, its prompt shown."""
        async with self.log_in(name, **options) as connection:
            process = await connection.create_process(term_type="vt100", encoding=None, request_pty="force")
            talk = Talk(process.stdout, process.stdin.write)
            await talk.sees(prompt or name)
            yield talk

    @contextlib.asynccontextmanager
    async def telnet(self, name: str = "R1", port: int | None = None) -> "AsyncIterator[Talk]":
        """A raw connection by Telnet; negotiation is left as it comes."""
        reader, writer = await asyncio.open_connection(self.address(name), port or self.telnet_port)
        try:
            yield Talk(reader, writer.write)
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()


class Talk:
    """Bytes that a client sends and receives."""

    def __init__(self, reader, write: Callable[[bytes], object]) -> None:
        self._reader, self._write = reader, write
        self.seen = b""

    async def type(self, text: str, *until: str) -> str:
        """Send text, and wait until the words were shown one after the other; what was shown up to there."""
        self._write(text.encode())
        return await self.sees(*until) if until else ""

    def send(self, data: bytes) -> None:
        self._write(data)

    async def sees(self, *words: str) -> str:
        """Wait until the words were shown, one after the other."""
        shown = ""
        for word in words:
            async with asyncio.timeout(PATIENCE):
                while word.encode() not in self.seen:
                    data = await self._reader.read(65536)
                    if not data:
                        raise EOFError(f"{word!r} was not shown: {self.seen!r}")
                    self.seen += data
            before, _, self.seen = self.seen.partition(word.encode())
            shown += before.decode(errors="replace") + word
        return shown

    async def ends(self) -> bytes:
        """Wait until the connection has ended; what came before."""
        async with asyncio.timeout(PATIENCE):
            with contextlib.suppress(ConnectionError):
                while data := await self._reader.read(65536):
                    self.seen += data
        return self.seen


@contextlib.asynccontextmanager
async def served(world: World, pace: str = "max") -> AsyncIterator[Network]:
    """A world whose routers can be reached."""
    async with served_routers(world, pace) as (routers, ports):
        yield Network(world, routers, ports)
