"""Simulated time of a served world: real time, or faster while a person waits for hardware.

While a command runs at a line, time passes in steps as short as its own; with a pace of `warp` or `max` a router that
boots is hurried as well, so that a client that reloads one gets it back soon. What a bench waits for is skipped at
every pace, as at the bench of a terminal.
"""

import asyncio
from collections.abc import Callable

from emulator.hardware.board import BoardPhase
from emulator.hardware.events import BootFinished, BootHalted, LoadBegan, PoweredOff, PoweredOn, ResetBegan
from emulator.kernel.events import Event
from emulator.sim.pacing import parse_pace
from emulator.transports.discipline.sessions import SessionScheduler
from emulator.transports.terminal.live_clock import LiveTime
from emulator.world.world import World

SKIPPED = parse_pace("max")


class ServedTime:
    """Makes the time of a served world pass."""

    def __init__(self, world: World, live: LiveTime, sessions: SessionScheduler, tick: Callable[[], None]) -> None:
        """Drive a world.

        Args:
            world: whose time.
            live: its clock beside real time.
            sessions: the sessions at its lines.
            tick: called now and then.
        """
        self._live, self._sessions, self._tick = live, sessions, tick
        self._booting = {
            name for name, router in world.routers.items() if router.state.board.phase is BoardPhase.BOOTING
        }
        world.listeners.append(self._follow)
        sessions.became_busy = live.nudge
        live.logging_in = lambda: sessions.logging_in

    async def run(self, stopping: asyncio.Event) -> None:
        """Let time pass until `stopping`."""

        async def pause(delay: float) -> bool:
            await asyncio.sleep(delay)
            self._after_step()
            return not stopping.is_set()

        while not stopping.is_set():
            if self._sessions.skips_time:
                await self._live.wait(lambda: self._sessions.skips_time, SKIPPED, pause)
                self._after_step()
            elif self._waited_for:
                await self._live.wait(
                    lambda: self._waited_for and not self._sessions.skips_time, self._live.rates, pause
                )
                self._after_step()
            else:
                await self._live.idle(lambda: not self._waited_for and not stopping.is_set(), self._after_step)

    @property
    def _waited_for(self) -> bool:
        rates = self._live.rates
        return self._sessions.busy or ((rates.warped or not rates.idle) and bool(self._booting))

    def _after_step(self) -> None:
        self._sessions.tick()
        self._tick()

    def _follow(self, event: Event) -> None:
        match event:
            case PoweredOn() | ResetBegan() | LoadBegan():
                self._booting.add(event.router)
                self._live.nudge()
            case BootFinished() | BootHalted() | PoweredOff():
                self._booting.discard(event.router)
