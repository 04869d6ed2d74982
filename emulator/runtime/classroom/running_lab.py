"""The world of one learner in one lab while it is used: in a thread of its own, so that no learner waits for another.

All that is read or changed there is, between two steps of that world, in its thread. When it is put down,
time stands still there, and it is found as it was left.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import CancelledError
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TypeVar

from emulator.bench.session import Travel
from emulator.kernel.errors import EmulatorError, Refused
from emulator.labs.overview import BriefStanding
from emulator.runtime.autosave import Saver
from emulator.runtime.classroom.activity import Activity
from emulator.runtime.classroom.lab_portal import LabPortal
from emulator.runtime.extras import needs_serve
from emulator.runtime.held_world import HeldWorld
from emulator.runtime.labs.playing import session_in
from emulator.runtime.labs.session import LabSession
from emulator.runtime.served_time import ServedTime
from emulator.runtime.world_past import travelled
from emulator.sim.pacing import parse_pace
from emulator.world.directory import WorldDirectory

with needs_serve():
    from emulator.transports.classroom.ports import Application
    from emulator.transports.discipline.sessions import SessionScheduler
    from emulator.transports.terminal.live_clock import LiveTime
    from emulator.transports.web.guard.sessions import SharedSessions
    from emulator.transports.web_console.service import WebConsoles

Told = TypeVar("Told")

BetweenSessions = Callable[[WorldDirectory, HeldWorld], HeldWorld]
"""Function that does something with a held world between two sessions; returns the world to go on with."""

LOG = logging.getLogger(__name__)

NOT_OPENED = "The world of this lab cannot be opened; tell the teacher"

LOOKED = 2.0
"""Seconds between two looks at how the learner stands."""

STOPPED = parse_pace("max")
"""No time passes but that which a command takes that was under way."""

PUT_DOWN = "The world of this lab is being put down; try again"


class RunningLab:
    """A learner's world from `start` to `stop`.

    Attributes:
        consoles: of its routers, and the bench, as pages show them.
        activity: of the learner.
        standing: of the learner a moment ago; None before the first look.
    """

    def __init__(
        self, path: Path, clock: Callable[[], float], wall: Callable[[], float], *, frozen: bool = False
    ) -> None:
        """Get ready.

        Args:
            path: directory of the world, in which the lab was begun.
            clock: seconds that never go backwards.
            wall: seconds since 1970, as they count for the learner.
            frozen: begin with time and lines stopped.
        """
        self._path, self._clock, self._wall, self._frozen = path, clock, wall, frozen
        self.activity = Activity(clock())
        self.standing: BriefStanding | None = None
        self._looked = -LOOKED
        self._ready, self._failed = Event(), EmulatorError(NOT_OPENED)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._session: LabSession | None = None
        self._between: BetweenSessions | None = None
        self._arrived, self._passing = Event(), Lock()
        self._refused: EmulatorError | None = None
        self._users, self._counting, self._used = 0, Lock(), clock()
        self._thread = Thread(target=self._run, name="learner", daemon=True)

    def start(self) -> None:
        """Open the world.

        Raises:
            EmulatorError: it cannot be opened.
        """
        self._thread.start()
        self._ready.wait()
        if self._session is None:
            raise self._failed

    def stop(self) -> None:
        """Save the world and let go of it."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    @property
    def idle(self) -> float:
        """Seconds for which it was not used; 0 while it is."""
        with self._counting:
            in_use = self._users > 0 or not self._thread.is_alive() or bool(self.consoles.open_lines())
            if in_use:
                self._used = self._clock()
            return self._clock() - self._used

    @property
    def alive(self) -> bool:
        """Tell whether the world is still open."""
        return self._thread.is_alive()

    def enter(self) -> None:
        """Begin to use the world; until `leave` it is not put down."""
        with self._counting:
            self._users += 1

    def leave(self) -> None:
        """End a use."""
        with self._counting:
            self._users -= 1
            self._used = self._clock()

    def ask(self, act: Callable[[LabSession], Told]) -> Told:
        """Do something with the lab between two steps of its world, and return what that tells.

        Raises:
            EmulatorError: it is refused.
        """

        async def done() -> Told:
            assert self._session is not None
            return act(self._session)

        assert self._loop is not None
        waiting = done()
        try:
            return asyncio.run_coroutine_threadsafe(waiting, self._loop).result()
        except (RuntimeError, CancelledError) as error:
            waiting.close()
            raise Refused(PUT_DOWN) from error

    def portal(self, log_ins: SharedSessions) -> Application:
        """The license portal of the world, for those who are logged in at the class.

        Raises:
            EmulatorError: the world is being put down.
        """
        return self.ask(lambda _: self._portal.app(log_ins))

    def go_back(self, find: Callable[[LabSession], Travel]) -> None:
        """Put the world back to where the lab finds the way to; its consoles end there.

        Raises:
            EmulatorError: it is refused.
        """

        def prepare(session: LabSession) -> BetweenSessions:
            travel = find(session)

            def travel_there(directory: WorldDirectory, held: HeldWorld) -> HeldWorld:
                held, _ = travelled(directory, held, travel)
                session.opened(held)
                return held

            return travel_there

        self._pass(prepare)

    def hand_out(self, task: int) -> None:
        """Do everything up to the end of a task for the learner; the consoles of the world end there.

        Raises:
            EmulatorError: it is refused; what was done up to there stays.
        """

        def prepare(session: LabSession) -> BetweenSessions:
            def do_for_learner(_: WorldDirectory, held: HeldWorld) -> HeldWorld:
                try:
                    session.hand_out(task)
                except EmulatorError as error:
                    self._refused = error
                return held

            return do_for_learner

        self._pass(prepare)

    def _pass(self, prepare: Callable[[LabSession], BetweenSessions]) -> None:
        """Do something with the world while nobody is at its lines.

        Raises:
            EmulatorError: it is refused.
        """

        def begin(session: LabSession) -> None:
            self._between = prepare(session)
            self._turn.set()

        with self._passing:
            self._arrived.clear()
            self._refused = None
            self.ask(begin)
            self._arrived.wait()
            if self._refused is not None:
                raise self._refused

    def freeze(self, *, frozen: bool) -> None:
        """Stop the world, or let it go on."""
        self._frozen = frozen
        self.ask(self._set_frozen)

    # --- in its own thread -------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            with WorldDirectory(self._path) as directory:
                held, session = session_in(directory, self._wall)
                asyncio.run(self._live(directory, held, session))
        except EmulatorError as error:
            self._failed = error
            if self._session is not None:
                LOG.warning("the world in %s was put down: %s", self._path, error)
        finally:
            self._ready.set()
            self._arrived.set()

    async def _live(self, directory: WorldDirectory, held: HeldWorld, session: LabSession) -> None:
        self._stopping, self._turn = asyncio.Event(), asyncio.Event()
        self._loop = asyncio.get_running_loop()
        while True:
            await self._serve(directory, held, session)
            if self._stopping.is_set() or self._between is None:
                break
            between, self._between = self._between, None
            held = between(directory, held)
        held.save()

    async def _serve(self, directory: WorldDirectory, held: HeldWorld, session: LabSession) -> None:
        """Let the world run until it is to stop or to go back."""
        live = self._live_time = LiveTime(held.world.clock, parse_pace(""))

        async def catch_up() -> None:
            await live.catch_up(lambda: True)

        scheduler = SessionScheduler(catch_up, live.pass_quietly, held.world.clock.settle)
        save = Saver(held).tick

        def tick() -> None:
            save()
            self._note_standing(session)

        time = ServedTime(held.world, live, scheduler, tick)
        self._portal = LabPortal(directory, held, session, lambda: self._frozen)
        self.consoles = WebConsoles(held.world)
        self.consoles.begin(scheduler, held.new_bench, live.set_rates, "in its own tab", self.activity.printed)
        self._set_frozen(session)
        self._session = session
        self._turn.clear()
        self._ready.set()
        self._arrived.set()
        ends = [asyncio.create_task(event.wait()) for event in (self._stopping, self._turn)]
        runs = [asyncio.create_task(each) for each in (scheduler.run(), time.run(self._stopping))]
        try:
            done, _ = await asyncio.wait([*ends, *runs], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in (*ends, *runs):
                task.cancel()
            await asyncio.gather(*ends, *runs, return_exceptions=True)
            self.consoles.end()
            self._portal.close()
            held.world.clock.outside.deliver()  # letters of the last requests are inputs of this stretch

    def _note_standing(self, session: LabSession) -> None:
        now = self._clock()
        if now - self._looked >= LOOKED:
            self._looked = now
            self.standing = session.brief_standing()
            if self.standing.hidden:
                self.activity.goes_on(now)
            else:
                self.activity.judged(self.standing.points, self.standing.current, now)

    def _set_frozen(self, session: LabSession) -> None:
        """Stop the lines and the time of the world, or let them go on; the time that is taken stops with them."""
        self.consoles.freeze(frozen=self._frozen)
        self._live_time.set_rates(STOPPED if self._frozen else parse_pace(""))
        session.hold(held=self._frozen)
