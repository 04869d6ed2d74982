"""The way of a whole class to a checkpoint: one learner after the other, in a thread of its own.

It takes longer than a request may: a solution that is handed out is carried out in every learner's world.
"""

from collections.abc import Callable, Sequence
from threading import Event, Lock, Thread

from emulator.kernel.errors import EmulatorError, Refused, UnknownName
from emulator.runtime.extras import needs_serve

with needs_serve():
    from emulator.transports.classroom.ports import Moved

UNDER_WAY = "The class is on its way to {} already; wait until the wall tells that it is there"

MoveStep = tuple[str, Callable[[], None] | None]
"""A learner's name, and what brings them there; None for one who has not begun."""


class ClassMove:
    """The last way of the class to a checkpoint; one at a time."""

    def __init__(self) -> None:
        self._lock, self._stopping = Lock(), Event()
        self._thread: Thread | None = None
        self.moved: Moved | None = None
        """State of the last one; None before the first."""

    def begin(self, checkpoint: str, steps: Sequence[MoveStep]) -> None:
        """Begin, and come back at once.

        Raises:
            Refused: another one is under way.
        """
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                assert self.moved is not None
                raise Refused(UNDER_WAY.format(self.moved.checkpoint))
            self.moved = Moved(checkpoint, 0, len(steps), (), over=False)
            self._thread = Thread(target=self._run, args=(checkpoint, steps), name="class move", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End it after the learner that it is at."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, checkpoint: str, steps: Sequence[MoveStep]) -> None:
        left: list[str] = []
        for number, (name, step) in enumerate(steps, 1):
            try:
                if step is None:
                    left.append(f"{name} (has not begun)")
                elif self._stopping.is_set():
                    left.append(f"{name} (the server was stopped)")
                else:
                    step()
            except UnknownName:
                left.append(f"{name} (was not there yet)")
            except EmulatorError as error:
                left.append(f"{name} ({error})")
            self.moved = Moved(checkpoint, number, len(steps), tuple(left), over=number == len(steps))
