"""Many shells at many routers of one served world: `python -m tests.clients.fleet --routers 1000 --seconds 60`.

Every router has one SSH client, which types a command a second. Told are errors, the time until a command's prompt, and
the memory of the server; an error makes the command fail.
"""

import argparse
import asyncio
import re
import signal
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncssh

from tests.served import row_of, serving
from tests.unit.transports.vty.network import OLD_ALGORITHMS

ROUTER = """\
  {name}:
    pid: CISCO881-K9
    powered: true
    rsa_key: 768
    startup: |
      hostname {name}
      ip domain name lab.example
      username admin privilege 15 secret lab
      line vty 0 4
       login local
      end
"""
COMMAND = "show privilege\r"
LOG_IN = 300.0
"""Seconds within which every client is at its prompt."""

ANSWER = 30.0
"""Seconds within which a command is answered."""


async def connect(address: str, port: int) -> asyncssh.SSHClientConnection:
    """A connection, once the router has booted."""
    options = {"username": "admin", "password": "lab", "known_hosts": None, "login_timeout": LOG_IN}
    async with asyncio.timeout(LOG_IN):
        while True:
            try:
                return await asyncssh.connect(address, port, **options, **OLD_ALGORITHMS)
            except (OSError, asyncssh.ConnectionLost):
                await asyncio.sleep(1)


async def shell(name: str, address: str, port: int, begun: asyncio.Barrier, seconds: int) -> list[float]:
    """One client; gives the seconds that each command took."""
    took = []
    async with (
        await connect(address, port) as connection,
        connection.create_process(term_type="vt100", encoding="utf-8") as process,
    ):
        prompt = f"{name}#"
        async with asyncio.timeout(LOG_IN):
            await process.stdout.readuntil(prompt)
        await begun.wait()
        for _ in range(seconds):
            began = time.perf_counter()
            process.stdin.write(COMMAND)
            async with asyncio.timeout(ANSWER):
                shown = await process.stdout.readuntil(f"\n{prompt}")
            assert "privilege level is 15" in shown, shown
            took.append(time.perf_counter() - began)
            await asyncio.sleep(max(0.0, 1 - took[-1]))
    return took


async def shells(rows: list[tuple[str, str, str]], seconds: int) -> list[float]:
    """All clients at once."""
    begun = asyncio.Barrier(len(rows))
    done = await asyncio.gather(*(shell(name, address, int(port), begun, seconds) for name, address, port in rows))
    return sorted(second for took in done for second in took)


def resident(process: int) -> int:
    """The memory of a process, in MiB."""
    found = re.search(r"^VmRSS:\s+(\d+) kB$", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1]) // 1024


def addresses(routers: int, port: int) -> list[tuple[str, str, str]]:
    """Name, address and port of each router, in the order of the rack."""
    return [(f"R{n + 1}", f"127.1.{n // 250}.{n % 250 + 1}", str(port)) for n in range(routers)]


def main() -> int:
    """Serve them, and be all clients."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--routers", type=int, default=1000)
    options.add_argument("--seconds", type=int, default=60)
    given = options.parse_args()
    with TemporaryDirectory() as folder:
        world = Path(folder) / "world.yaml"
        names = (f"R{number}" for number in range(1, given.routers + 1))
        world.write_text("name: fleet\nrouters:\n" + "".join(ROUTER.format(name=name) for name in names))
        server, told = serving(
            str(world), "--world", f"{folder}/world", "--pace", "warp", "--port-base", "0", "--router-port-base", "0"
        )
        try:
            before = resident(server.pid)
            took = asyncio.run(shells(addresses(given.routers, int(row_of(told)["SSH"])), given.seconds))
            after = resident(server.pid)
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=120) == 0
        finally:
            server.kill()
            server.wait()
    print(f"{len(took)} commands at {given.routers} routers, no error")
    half, most = took[len(took) // 2], took[-1 - len(took) // 100]
    print(f"answered within {half * 1000:.0f} ms (half), {most * 1000:.0f} ms (99%)")
    print(f"memory of the server: {before} MiB before the first client, {after} MiB at the end")
    return 0


if __name__ == "__main__":
    sys.exit(main())
