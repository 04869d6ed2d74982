"""The journal of a world that is held: every input is written down before it takes effect.

A disk that does not take an input does not stop the world: that is told as a save that failed is, and with the next
save that succeeds a new stretch of the history begins.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from emulator.kernel.errors import DataFileError, Refused
from emulator.kernel.time import Instant
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from emulator.world.inputs import Reopened, WorldInput
from emulator.world.journal import PrintDigest
from emulator.world.state import WorldState
from emulator.world.world import World

LOG = logging.getLogger(__name__)


class Journalling:
    """Keeps the journal of one world, unless its records are on a server and no copy of it could be made.

    Attributes:
        failure: why an input could not be written down; empty while all are.
    """

    def __init__(self, directory: WorldDirectory, world: World) -> None:
        self._world, self._history = world, History(directory)
        self.failure = ""
        self._printed = PrintDigest()
        self._reopened_at: Instant | None = None
        """When the world was opened again, as long as that is not in the journal."""
        self._watched = False
        """Everything that was printed since the last input is in the digest."""

    def begin(self) -> bool:
        """Note every input from now on, in the stretch that leads up to the saved state or in a new one.

        Says whether the state has to be saved anew, as it has for a new stretch. That the world was opened again is
        noted with the first input, so a world that was only looked at stays as it was.
        """
        state = self._world.state
        if state.database is not None:
            return False
        self._world.sink.taking, self._world.sink.printed = self._taking, self._printed.add
        if self._leads_up_to(state):
            self._reopened_at = self._world.now
            return False
        self._history.begin(state)
        return True

    def _leads_up_to(self, state: WorldState) -> bool:
        """Tell whether the history leads up to the saved state; a damaged one does not."""
        try:
            return self._history.goes_on(state)
        except DataFileError as error:
            LOG.warning("%s; the world is whole, and its history begins anew", error)
            return False

    def mend(self) -> bool:
        """Begin a new stretch where an input could not be written down; says whether the state has to be saved anew.

        Raises:
            Refused: the disk still does not take it.
        """
        if not self.failure:
            return False
        self.renew()
        return True

    def renew(self) -> None:
        """Begin a new stretch at the state that was just saved, which the inputs alone do not lead to.

        Raises:
            Refused: the disk does not take it.
        """
        if self._world.state.database is None:
            self._history.begin(self._world.state)
            self.failure, self._watched, self._reopened_at = "", False, None

    @contextmanager
    def _taking(self, what: WorldInput) -> Iterator[None]:
        """Let an input take effect between two events of the world, written down first."""
        with self._world.clock.turn:
            self._note(what)
            yield

    def _note(self, what: WorldInput) -> None:
        if self.failure:
            return
        printed = self._printed.take()
        digest = printed if self._watched else None
        clock, journal = self._world.clock, self._history.journal
        try:
            if self._reopened_at is not None:
                journal.append(self._reopened_at, Reopened(), None)
                self._reopened_at = None
                self._world.state.inputs += 1
            journal.append(clock.now, what, digest, early=clock.due)
        except Refused as error:
            self.failure = str(error)
            LOG.warning("%s; what is typed goes on without it", error)
            return
        self._world.state.inputs += 1
        self._watched = True
