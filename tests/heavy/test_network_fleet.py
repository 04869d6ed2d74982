"""A thousand routers and a thousand shells at once: nobody is refused, nothing goes wrong, memory stays in bounds."""

import asyncio
import resource

import pytest

from emulator.world.build import open_world
from tests.benchmarks.running_fleet import ROUTERS, running_fleet
from tests.unit.transports.vty.network import Network, booted, served

COMMANDS = 20
MOST = 200 << 20
"""Bytes that serving and its thousand clients in one process may take beyond the world."""

pytestmark = [pytest.mark.heavy, pytest.mark.anyio]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def most_memory() -> int:
    """The most memory that this process has had so far, in bytes."""
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


async def test_a_thousand_shells():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * ROUTERS
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(wanted, hard)), hard))
    world = open_world(running_fleet(booted()))
    before = most_memory()
    logging_in, everybody = asyncio.Semaphore(20), asyncio.Barrier(ROUTERS)

    async def work(network: Network, name: str) -> None:
        await logging_in.acquire()
        async with network.shell(name, prompt="R1#") as talk:
            logging_in.release()
            async with everybody:
                for _ in range(COMMANDS):
                    assert "level is 15" in await talk.type("show privilege\r", "R1#")

    async with served(world) as network, asyncio.TaskGroup() as shells:
        for name in world.routers:
            shells.create_task(work(network, name))
    taken = most_memory() - before
    print(f"{ROUTERS} shells took {taken >> 20} MiB")
    assert taken < MOST
