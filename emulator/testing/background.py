"""The routers of a world served by a thread, so that a test can be their client.

Whatever else the test does with the world is done by that thread too, between two turns of the sessions.
"""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

from emulator.kernel.errors import Refused
from emulator.runtime.router_servers import ServedRouters
from emulator.runtime.router_sockets import RouterSockets
from emulator.sim.pacing import parse_pace
from emulator.transports.terminal.live_clock import LiveTime
from emulator.world.world import World

Result = TypeVar("Result")

PACE = "warp"


class BackgroundServer:
    """Serves the routers of a world until stopped."""

    def __init__(self, world: World, sockets: RouterSockets) -> None:
        """Begin to serve.

        Args:
            world: whose routers.
            sockets: where clients come in; they are closed when it ends.
        """
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._live = LiveTime(world.clock, parse_pace(PACE))
        self.routers = ServedRouters(world, self._live, sockets, lambda: None)
        self._trouble: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="isrtwin", daemon=True)
        self._thread.start()

    def call(self, act: Callable[[], Result]) -> Result:
        """Do something with the world, and give what comes of it.

        Raises:
            Refused: the server has ended.
        """

        async def done() -> Result:
            result = act()
            self._live.restart()
            self._live.nudge()
            return result

        if not self._thread.is_alive():
            raise Refused("the routers are not served any more") from self._trouble
        return asyncio.run_coroutine_threadsafe(done(), self._loop).result()

    def stop(self) -> None:
        """End every session.

        Raises:
            Refused: the server had ended before.
        """
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        if self._trouble is not None:
            raise Refused(f"the routers were not served to the end: {self._trouble}") from self._trouble

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self.routers.run(self._stopping))
        except (OSError, Refused) as error:
            self._trouble = error
        finally:
            self._loop.close()
