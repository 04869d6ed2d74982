"""The world that all clients meet, served by the program itself in a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.clients.matrix import lab
from tests.clients.matrix.lab import Router

WORLD = Path(__file__).with_name("world.yaml")
PROGRAM = (sys.executable, "-m", "emulator")


@contextmanager
def served(folder: Path) -> Iterator[dict[str, Router]]:
    """The routers by name, each with a license that waits for it on the file server.

    Args:
        folder: empty; for the world and the inventory.
    """
    world, inventory = str(folder / "world"), str(folder / "inventory")
    options = f"--world {world} --write-inventory {inventory} --pace warp --port-base 0 --router-port-base 0"
    process = subprocess.Popen(
        [*PROGRAM, "serve", str(WORLD), *options.split()],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    try:
        told = "".join(iter(process.stdout.readline, "Ctrl-C stops.\n"))
        rows = re.findall(r"^(R\d+) +\S+ +([\d.]+) +(\d+)[^\d]* (\d+)[^\d]* (\d+) +\d.*$", told, re.MULTILINE)
        assert rows, told
        licenses = _licenses(world, [name for name, *_ in rows])
        for _, address, ssh, *_ in rows:
            lab.until_up(partial(_greeted, address, int(ssh)), (OSError,))
        yield {
            name: Router(name, address, int(ssh), int(telnet), int(console), licenses[name], inventory)
            for name, address, ssh, telnet, console in rows
        }
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        assert process.returncode == 0, f"the server ended with {process.returncode}"
    finally:
        process.kill()
        process.wait()


def _greeted(address: str, port: int) -> None:
    """Read the first bytes of a server of SSH.

    Raises:
        OSError: it does not answer; a router that boots resets the connection.
    """
    with socket.create_connection((address, port), timeout=lab.PATIENCE) as connection:
        if connection.recv(4) != b"SSH-":
            raise ConnectionError(f"{address}:{port} is no server of SSH yet")


def _licenses(world: str, routers: list[str]) -> dict[str, str]:
    """The name of the license file of each router."""
    lines = [f"portal demo {name} advipservices" for name in routers]
    lines += [f"mail save {number} tftp" for number in range(1, len(routers) + 1)]
    typed = [word for line in lines for word in ("-c", line)]
    done = subprocess.run([*PROGRAM, "bench", "--world", world, *typed], check=True, text=True, capture_output=True)
    return dict(zip(routers, re.findall(r"^(\S+\.lic) saved", done.stdout, re.MULTILINE), strict=True))
