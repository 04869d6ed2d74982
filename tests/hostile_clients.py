"""Hostile clients, one kind after the other, at a served router: `python -m tests.hostile_clients [KIND…]`.

The router is served by a process of its own, whose memory is bounded. Beside each kind a well-behaved client types by
SSH; told are its exchanges and their times, and by how much the server's memory has grown since the kind had run for a
third of its time. A mistake that the server writes down is a failure.
"""

import argparse
import asyncio
import contextlib
import json
import logging
import random
import resource
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import asyncssh
import msgspec

from emulator.runtime.classroom.class_directory import ClassDirectory
from emulator.runtime.classroom.serving import ServedClassroom
from emulator.transports.connections import log_in_limits
from tests.hostile_requests import agent_request, class_socket
from tests.unit.runtime.classroom.place import plan_in
from tests.unit.transports.agent.network import PATH
from tests.unit.transports.vty.network import OLD_ALGORITHMS, STARTUP, booted, served

MOST_MEMORY = 2 << 30
"""Bytes of address space that the serving process may have."""

UNLIMITED = 1 << 50
"""Bytes that clients may send before they log in, so that no kind is turned away instead of being served."""

PATIENCE = 30.0
PROMPT = b"#"
"""End of the prompt; the name before it is gone once a client that has logged in has typed `no hostname`."""

CONNECTIONS = 200
IAC, SB, SE = 255, 250, 240
COMMANDS = (
    "show version", "show running-config", "show tech-support", "configure terminal", "line vty 0 4", "end", "enable",
    "license install flash:x", "copy flash:x flash:y", "ping 192.0.2.99", "show ?", "terminal length 0", "cisco",
    "interface Vlan1", "no hostname", "do show clock", "dir", "write memory", "exit",
)  # fmt: skip
KEYS = ("\r", "\n", "\r\n", "\r\0", "\t", "?", "\x01", "\x03", "\x04", "\x05", "\x08", "\x0b", "\x10", "\x12", "\x15",
        "\x16", "\x17", "\x1a", "\x1e", "\x1b[A", "\x1b[D", "\x1b", "\x7f", "\0", " ", "q", "y")  # fmt: skip


class Target(msgspec.Struct, frozen=True):
    """Address and ports of the router; the port of a class's pages, and the cookie of a learner there."""

    address: str
    ssh: int
    telnet: int
    console: int
    http: int = 0
    pages: int = 0
    cookie: str = ""


class Figures(msgspec.Struct):
    """The outcome of one kind; times in milliseconds, memory in KiB."""

    kind: str
    exchanges: int
    median: float
    p99: float
    longest: float
    grown: int
    mistakes: int


def noise(pick: random.Random) -> bytes:
    """Noise of a confused client: commands, keys, bytes, and negotiation that is right, wrong, or cut short."""
    match pick.randrange(5):
        case 0:
            return pick.choice(COMMANDS).encode() + b"\r"
        case 1:
            return "".join(pick.choices(KEYS, k=pick.randrange(1, 20))).encode()
        case 2:
            return pick.randbytes(pick.randrange(200))
        case 3:
            return negotiation(pick)
        case _:
            return pick.choice(COMMANDS)[: pick.randrange(1, 12)].encode() + pick.choice(KEYS).encode()


def negotiation(pick: random.Random) -> bytes:
    """Telnet commands of any kind, whole or not."""
    whole = b"".join(
        bytes((IAC, pick.randrange(236, 256), pick.randrange(256))) for _ in range(pick.randrange(1, 40))
    )  # fmt: skip
    inner = bytes((IAC, SB, pick.randrange(256))) + pick.randbytes(pick.randrange(300))
    return (whole + inner + (bytes((IAC, SE)) if pick.random() < 0.5 else b""))[: pick.randrange(1, 400)]


# --- kinds -----------------------------------------------------------------------------------------------------------

Kind = Callable[[Target, random.Random], Awaitable[None]]


async def half_open(target: Target, pick: random.Random) -> None:
    """Connections that say nothing, or begin to."""
    async with contextlib.AsyncExitStack() as kept:
        for _ in range(CONNECTIONS):
            port = pick.choice((target.ssh, target.telnet, target.console))
            _, writer = await kept.enter_async_context(connected(target.address, port))
            writer.write(pick.choice((b"", b"SSH-2.0-half", b"SSH-2.0-open\r\n", b"\xff")))
        await asyncio.sleep(0.5)


async def log_ins(target: Target, pick: random.Random) -> None:
    """A flood of wrong passwords by SSH."""

    async def guess() -> None:
        with contextlib.suppress(OSError, asyncssh.Error):
            await log_in(target, f"user{pick.random()}", "guess")

    await asyncio.gather(*(guess() for _ in range(8)))


async def guesses(target: Target, _: random.Random) -> None:
    """Wrong passwords by Telnet, from connections that follow on each other."""
    async with connected(target.address, target.telnet) as (reader, writer):
        writer.write(b"user\rguess\r" * 3)
        await drain(reader)


async def long_line(target: Target, _: random.Random) -> None:
    """A line of ten megabytes."""
    async with telnet(target) as (reader, writer):
        drained = asyncio.create_task(drain(reader))
        for _number in range(160):
            writer.write(b"x" * 65536)
            await writer.drain()
        drained.cancel()


async def noisy(target: Target, pick: random.Random) -> None:
    """NUL, escape, and whatever bytes there are."""
    async with telnet(target) as (reader, writer):
        drained = asyncio.create_task(drain(reader))
        for _ in range(200):
            writer.write(pick.randbytes(200).replace(b"\xff", b"\x1b\0"))
            await writer.drain()
        drained.cancel()


async def wrong_negotiation(target: Target, pick: random.Random) -> None:
    """Telnet options that no rule allows."""
    async with connected(target.address, target.telnet) as (reader, writer):
        drained = asyncio.create_task(drain(reader))
        for _ in range(400):
            writer.write(negotiation(pick))
            await writer.drain()
        drained.cancel()


async def asking(target: Target, _: random.Random) -> None:
    """A client that asks whether the router is there, and reads none of the answers."""
    async with connected(target.address, target.telnet) as (_reader, writer):
        for _number in range(300):
            writer.write(bytes((IAC, 246)) * 4096)
            await writer.drain()


async def deaf(target: Target, _: random.Random) -> None:
    """A client that asks for much and reads nothing."""
    async with telnet(target) as (_reader, writer):
        writer.write(b"show tech-support\r" * 500)
        await asyncio.sleep(1)


async def channels(target: Target, _: random.Random) -> None:
    """Two hundred channels on one connection."""
    async with await log_in(target) as connection:
        for _number in range(CONNECTIONS):
            with contextlib.suppress(asyncssh.ChannelOpenError):
                await connection.create_process(term_type="vt100")


async def fuzz(target: Target, pick: random.Random) -> None:
    """Anything, at any port, for a short while."""
    port = pick.choice((target.telnet, target.console, target.ssh))
    async with connected(target.address, port) as (reader, writer):
        drained = asyncio.create_task(drain(reader))
        if port != target.ssh and pick.random() < 0.7:
            writer.write(b"\radmin\rlab\r")
        for _ in range(pick.randrange(40)):
            writer.write(noise(pick))
            await writer.drain()
            await asyncio.sleep(0)
        drained.cancel()


async def agent(target: Target, pick: random.Random) -> None:
    """Requests to the license agent: half, wrong, slow, large, with and without the password."""
    async with connected(target.address, target.http) as (reader, writer):
        drained = asyncio.create_task(drain(reader))
        for part in agent_request(pick):
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)
        await asyncio.sleep(pick.random() / 10)
        drained.cancel()


async def class_sockets(target: Target, pick: random.Random) -> None:
    """WebSockets of the pages of a class, by strangers and by a learner who sends what no page sends."""
    await class_socket(target.pages, target.cookie, pick)


KINDS: dict[str, Kind] = {
    "half-open": half_open, "log-ins": log_ins, "guesses": guesses, "long-line": long_line, "noise": noisy,
    "negotiation": wrong_negotiation, "asking": asking, "deaf": deaf, "channels": channels, "fuzz": fuzz,
    "agent": agent, "class-sockets": class_sockets,
}  # fmt: skip


# --- connections -----------------------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def connected(address: str, port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection that is reset at its end, and may be refused or cut at any time."""
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(address, port, limit=1 << 20)
        try:
            async with asyncio.timeout(PATIENCE):
                yield reader, writer
        finally:
            writer.transport.abort()


@contextlib.asynccontextmanager
async def telnet(target: Target) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection by Telnet that has logged in, if there was a line for it."""
    async with connected(target.address, target.telnet) as (reader, writer):
        for question, answer in ((b"Username: ", b"admin\r"), (b"Password: ", b"lab\r"), (PROMPT, b"terminal len 0\r")):
            with contextlib.suppress(asyncio.IncompleteReadError):
                await reader.readuntil(question)
            writer.write(answer)
        yield reader, writer


async def drain(reader: asyncio.StreamReader) -> None:
    """Read whatever comes, and forget it."""
    with contextlib.suppress(OSError):
        while await reader.read(1 << 16):
            pass


def log_in(target: Target, user: str = "admin", password: str = "lab") -> Any:
    """A connection by SSH."""
    return asyncssh.connect(
        target.address, target.ssh, username=user, password=password, known_hosts=None, config=None, client_keys=None,
        preferred_auth="password", **OLD_ALGORITHMS,
    )  # fmt: skip


# --- figures ---------------------------------------------------------------------------------------------------------


class Server:
    """The process that serves the router."""

    def __init__(self, process: Process, target: Target, log: Path) -> None:
        self._process, self.target, self._log = process, target, log

    @property
    def memory(self) -> int:
        """Memory of the process now, in KiB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))

    @property
    def mistakes(self) -> int:
        """Tracebacks that it has written."""
        return self._log.read_text().count("Traceback")


@contextlib.asynccontextmanager
async def serving(log: Path) -> AsyncIterator[Server]:
    """A router in a process of its own, which ends with the context."""
    with log.open("w") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.hostile_clients", "--serve", stdin=PIPE, stdout=PIPE, stderr=errors
        )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        ready = await process.stdout.readline()
        assert ready, log.read_text()
        yield Server(process, msgspec.json.decode(ready, type=Target), log)
    finally:
        process.stdin.close()
        try:
            async with asyncio.timeout(PATIENCE):
                await process.wait()
        except TimeoutError:
            process.kill()


async def measure(server: Server, kind: str, seconds: float, seed: int) -> Figures:
    """Let one kind of client do its worst while another types; an empty kind: nobody."""
    pick, times = random.Random(f"{kind} {seed}"), list[float]()
    before = server.mistakes
    async with await log_in(server.target) as connection:
        process = await connection.create_process(term_type="vt100", encoding=None)
        await process.stdout.readuntil(PROMPT)
        attack = asyncio.create_task(_again_and_again(server.target, kind, pick))
        began, settled = perf_counter(), 0
        while (now := perf_counter()) < began + seconds:
            settled = settled or (server.memory if now > began + seconds / 3 else 0)
            process.stdin.write(b"show privilege\r")
            async with asyncio.timeout(PATIENCE):
                await process.stdout.readuntil(PROMPT)
            times.append(1000 * (perf_counter() - now))
        attack.cancel()
        failure = (await asyncio.gather(attack, return_exceptions=True))[0]
        if not isinstance(failure, asyncio.CancelledError):
            raise RuntimeError(f"the clients of {kind} failed") from failure
        cuts = quantiles(times, n=100)
        return Figures(
            kind, len(times), cuts[49], cuts[98], max(times), server.memory - settled, server.mistakes - before
        )


async def _again_and_again(target: Target, kind: str, pick: random.Random) -> None:
    while True:
        if kind:
            with contextlib.suppress(OSError, TimeoutError, asyncssh.Error, RuntimeError):
                await KINDS[kind](target, pick)
        await asyncio.sleep(0.01)


AGENT = f"ip http server\nlicense agent listener http plaintext {PATH}\nend\n"


async def _serve() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    log_in_limits.AT_ONCE = log_in_limits.ALL_AT_ONCE = UNLIMITED
    startup = STARTUP.replace("vty 0 4", "vty 0 9").replace("end\n", AGENT)
    async with served(booted(startup=startup)) as network:
        with _class() as (pages, cookie):
            ports = network.ports
            target = Target(
                network.address(),
                network.ssh_port,
                network.telnet_port,
                network.console_port,
                ports.http,
                pages,
                cookie,
            )
            print(msgspec.json.encode(target).decode(), flush=True)
            await asyncio.to_thread(sys.stdin.read)


@contextlib.contextmanager
def _class() -> Iterator[tuple[int, str]]:
    """A served class: the port of its pages, and the cookie of a learner."""
    with TemporaryDirectory() as folder, ClassDirectory(Path(folder) / "class") as directory:
        classroom = ServedClassroom(plan_in(Path(folder)), directory, "127.0.0.1", 0)
        classroom.start()
        logging.getLogger("uvicorn").setLevel(logging.ERROR)  # a mistake in an application is one of ours
        try:
            face = classroom.site.app._app.state.face
            yield classroom.site.port, f"{face.cookie}={face.sessions.begin('ann').id}"
        finally:
            classroom.stop()


async def _measure_all(kinds: list[str], seconds: float, seed: int, log: Path, *, as_json: bool) -> int:
    mistakes = 0
    async with serving(log) as server:
        if not as_json:
            print(
                f"{'kind':<12} {'exchanges':>9} {'median':>9} {'99 of 100':>9} {'longest':>9} {'grown':>10}  mistakes"
            )
        for kind in ["", *kinds]:
            told = await measure(server, kind, seconds, seed)
            mistakes += told.mistakes
            if as_json:
                print(json.dumps(msgspec.to_builtins(told)), flush=True)
                continue
            print(f"{kind or '(nobody)':<12} {told.exchanges:>9} {told.median:>6.1f} ms {told.p99:>6.1f} ms "
                  f"{told.longest:>6.0f} ms {told.grown:>6} KiB  {told.mistakes:>8}", flush=True)  # fmt: skip
    return 1 if mistakes else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile_clients", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}; all if none is given")
    parser.add_argument("--seconds", type=float, default=20, help="time for each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, default=Path("hostile-clients.log"), help="what the server writes")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        asyncio.run(_serve())
        return 0
    if unknown := [kind for kind in asked.kinds if kind not in KINDS]:
        parser.error(f"unknown kind {unknown[0]}; known: {', '.join(KINDS)}")
    kinds = asked.kinds or list(KINDS)
    return asyncio.run(_measure_all(kinds, asked.seconds, asked.seed, asked.log, as_json=asked.json))


if __name__ == "__main__":
    sys.exit(main())
