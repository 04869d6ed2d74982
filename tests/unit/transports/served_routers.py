"""The routers of a world, served in the test's own event loop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from emulator.runtime.router_servers import ServedRouters
from emulator.runtime.router_sockets import RouterPorts, router_sockets
from emulator.sim.pacing import parse_pace
from emulator.transports.terminal.live_clock import LiveTime
from emulator.world.world import World


@asynccontextmanager
async def served_routers(world: World, pace: str = "max") -> AsyncIterator[tuple[ServedRouters, RouterPorts]]:
    """The servers of a world's routers, and their ports, as long as this lasts."""
    sockets = router_sockets(0)
    live = LiveTime(world.clock, parse_pace(pace))
    routers, stopping = ServedRouters(world, live, sockets, lambda: None), asyncio.Event()
    running = asyncio.create_task(routers.run(stopping))
    try:
        yield routers, sockets.ports
    finally:
        stopping.set()
        live.nudge()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        sockets.close()
