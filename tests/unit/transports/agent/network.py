"""A world whose license agents are served in the test's own event loop, and managers on real connections."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from typing import Any

import httpx2

from emulator.console.line.inputs import InputSink
from emulator.license_agent.documents import read_answer, write_request
from emulator.license_agent.messages import AgentOperation, AgentRequest, AgentResult
from emulator.runtime.router_servers import ServedRouters
from emulator.runtime.router_sockets import RouterPorts
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World
from tests.driver import SERIAL
from tests.unit.transports.served_routers import served_routers

PATH = "/lic-agent"
STARTUP = f"""\
hostname R1
enable secret lab
username anna privilege 15 secret secret-of-anna
username otto privilege 1 secret secret-of-otto
ip http server
ip http secure-server
license agent listener http plaintext {PATH}
license agent listener http secure {PATH}
"""
XML = {"Content-Type": "application/xml"}


def world_with(*lines: str, **routers: str) -> World:
    """A world whose R1 has an agent and these lines, and other routers with configurations of their own."""
    startups = {"R1": STARTUP + "".join(f"{line}\n" for line in lines) + "end\n", **routers}
    recipes = {
        name: RouterRecipe(powered=True, startup=text, serial=f"{SERIAL[:-1]}{number}")
        for number, (name, text) in enumerate(startups.items(), 7)
    }
    world = new_world(WorldRecipe(routers=recipes))
    world.clock.run_while(lambda: any(world.lines_of(name).console.busy for name in startups))
    return world


class Network:
    """The managers' side of a served world."""

    def __init__(self, world: World, routers: ServedRouters, ports: RouterPorts) -> None:
        self.world, self.routers, self.ports = world, routers, ports

    def url(self, name: str = "R1", scheme: str = "http", path: str = PATH) -> str:
        port = self.ports.http if scheme == "http" else self.ports.https
        return f"{scheme}://{self.routers.addresses.of(self.world.router(name))}:{port}{path}"

    def client(self, user: str = "x", password: str = "lab", **settings: Any) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(auth=(user, password), headers=XML, trust_env=False, timeout=20.0, **settings)

    async def ask(self, *operations: AgentOperation, **settings: Any) -> tuple[AgentResult, ...]:
        """The results of operations, over a connection of their own."""
        async with self.client(**settings) as client:
            response = await client.post(self.url(), content=write_request(AgentRequest("1", operations)))
            assert response.status_code == 200, response.text
            return read_answer(response.content).results


@contextlib.asynccontextmanager
async def served(world: World, pace: str = "max") -> AsyncIterator[Network]:
    """A world whose routers can be asked."""
    async with served_routers(world, pace) as (routers, ports):
        yield Network(world, routers, ports)


def inputs_of(world: World) -> list[object]:
    """Every input of a world from now on."""
    taken: list[object] = []
    sink = world.sink
    assert isinstance(sink, InputSink)
    taking = sink.taking

    def noted(what: Any) -> AbstractContextManager[None]:
        taken.append(what)
        return taking(what)

    sink.taking = noted
    return taken


async def until(condition: Any, patience: float = 20.0) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(patience):
        while not condition():
            await asyncio.sleep(0.01)
