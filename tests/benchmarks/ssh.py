"""The routers of a served world by SSH, against bare asyncssh with the same algorithms and key in the same event loop.

`ssh_command`: a line typed in a shell until the next prompt, against a line until its echo; neither is among the first.
`ssh_login`: from the connection to the first prompt, against the first character of a shell.
`ssh_fleet_start`: opening a saved world of a thousand routers and serving them until one has let a client in, against a
thousand listeners.
`ssh_fleet_memory`: what a served router takes, against 20 KiB.
"""

import asyncio
import contextlib
import gc
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from time import perf_counter
from typing import Any

import asyncssh
import msgspec

from emulator.router.network.rsa_keys import KeyRing
from emulator.world.build import open_world
from emulator.world.state import WorldState
from emulator.world.world import World
from tests.benchmarks.figure import Figure, paired
from tests.benchmarks.running_fleet import ROUTERS, running_fleet
from tests.unit.transports.vty.network import OLD_ALGORITHMS, Network, booted, served

FIRST_COMMANDS, COMMANDS, LOG_INS, RUNS = 10, 20, 3, 80
COMMAND, PROMPT = b"show privilege\r", b"R1#"
LIMIT = 20 * 1024

Act = Callable[[], Awaitable[object]]


class Echo(asyncssh.SSHServerSession[bytes]):
    """The least that a shell can be: it greets, and sends back what it gets."""

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan

    def pty_requested(self, *_: object) -> bool:
        return True

    def shell_requested(self) -> bool:
        return True

    def session_started(self) -> None:
        self._channel.write(PROMPT)

    def data_received(self, data: bytes, datatype: int | None) -> None:
        del datatype
        self._channel.write(data)


class Bare(asyncssh.SSHServer):
    """Server that lets in each client that knows the word."""

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("admin", "lab")

    def session_requested(self) -> Echo:
        return Echo()


def options(world: World) -> dict[str, Any]:
    """Settings of a bare server, as near to the router's as they can be."""
    router = world.router("R1")
    (key,) = router.running.rsa_keys
    names = ("kex_algs", "encryption_algs", "mac_algs", "signature_algs")
    return {
        "server_host_keys": [asyncssh.import_private_key(KeyRing(router).private_pem(key))],
        "encoding": None,
        "line_editor": False,
        "gss_host": None,
        **{name: OLD_ALGORITHMS[name] for name in names},
    }


@contextlib.asynccontextmanager
async def shell(address: str, port: int) -> AsyncIterator[asyncssh.SSHClientProcess[bytes]]:
    """A client's shell, with the prompt shown."""
    async with asyncssh.connect(
        address, port, username="admin", password="lab", known_hosts=None, config=None, client_keys=None,
        **OLD_ALGORITHMS,
    ) as connection:  # fmt: skip
        process = await connection.create_process(term_type="vt100", encoding=None)
        await process.stdout.readuntil(PROMPT)
        yield process


def ssh_command() -> Iterator[Figure]:
    yield quickest("ssh_command", asyncio.run(_pairs(_commands)))


def ssh_login() -> Iterator[Figure]:
    yield quickest("ssh_login", asyncio.run(_pairs(_log_ins)))


def quickest(name: str, pairs: list[tuple[float, float]]) -> Figure:
    """The quickest of short runs on either side: what a round trip takes while nothing else has the processor."""
    return Figure(name, min(value for value, _ in pairs), min(reference for _, reference in pairs), "s")


async def _pairs(measure: Callable[[str, int, bytes], Awaitable[float]]) -> list[tuple[float, float]]:
    world = booted()
    async with served(world) as network, asyncssh.listen("127.0.0.1", 0, server_factory=Bare, **options(world)) as bare:

        async def value() -> float:
            return await measure(network.address(), network.ssh_port, PROMPT)

        async def reference() -> float:
            return await measure("127.0.0.1", bare.get_port(), b"\r")

        await value()
        await reference()
        return [(await value(), await reference()) for _ in range(RUNS)]


async def _commands(address: str, port: int, until: bytes) -> float:
    """Time a command; the first ones find the processor's caches as the arithmetic of the log-in has left them."""
    async with shell(address, port) as process:
        for count in range(FIRST_COMMANDS + COMMANDS):
            if count == FIRST_COMMANDS:
                began = perf_counter()
            process.stdin.write(COMMAND)
            await process.stdout.readuntil(until)
        return (perf_counter() - began) / COMMANDS


async def _log_ins(address: str, port: int, until: bytes) -> float:
    del until
    began = perf_counter()
    for _ in range(LOG_INS):
        async with shell(address, port):
            pass
    return (perf_counter() - began) / LOG_INS


# --- a fleet ---------------------------------------------------------------------------------------------------------


async def _first_log_in(network: Network) -> None:
    async with shell(network.address(f"R1x{ROUTERS - 1}"), network.ssh_port):
        pass


def ssh_fleet_start() -> Iterator[Figure]:
    saved = msgspec.json.encode(running_fleet(booted()))

    async def start() -> float:
        began = perf_counter()
        world = open_world(msgspec.json.decode(saved, type=WorldState))
        async with served(world) as network:
            await _first_log_in(network)
            return perf_counter() - began

    async def bare(given: dict[str, Any]) -> float:
        began = perf_counter()
        async with contextlib.AsyncExitStack() as listening:
            port = 0
            for place in range(ROUTERS):
                address = f"127.1.{100 + place // 250}.{place % 250 + 1}"
                listener = await listening.enter_async_context(
                    asyncssh.listen(address, port, server_factory=Bare, **given)
                )
                port = port or listener.get_port()
            async with shell(address, port):
                return perf_counter() - began

    given = options(booted())
    pairs = [(asyncio.run(start()), asyncio.run(bare(given))) for _ in range(3)]
    yield paired("ssh_fleet_start", pairs, "s")


def ssh_fleet_memory() -> Iterator[Figure]:
    saved = msgspec.json.encode(running_fleet(booted()))

    async def taken() -> float:
        gc.collect()
        tracemalloc.start()
        world = open_world(msgspec.json.decode(saved, type=WorldState))
        async with served(world):
            await asyncio.sleep(0)
            gc.collect()
            value = tracemalloc.get_traced_memory()[0] / ROUTERS
        tracemalloc.stop()
        return value

    yield Figure("ssh_fleet_memory", asyncio.run(taken()), LIMIT, "bytes")
