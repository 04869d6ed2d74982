"""Hands the letters of the back end's outbox on, once each, in a thread of its own.

A letter is marked as delivered after it was taken, so that one whose taking was cut short is handed on again rather
than lost: a mail server may see it twice, under the same message id; a file is written over by the same file.

A letter that is not taken now waits by itself, longer each time, while others go on; a server that is away makes all
wait. One that is refused for good is set aside as a file and told of, and is then done with: tried again it would be
refused again. Whatever else goes wrong is told and tried again, so nothing ends the round but `stop`.
"""

import logging
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

import msgspec

from emulator.backend.mail import Mail
from emulator.backend.refusals import PortalError
from emulator.kernel.time import Instant
from emulator.transports.mail.backends import PATIENCE, Away, Carrier, Folder, NotTaken, Undeliverable

if TYPE_CHECKING:
    from emulator.backend.service import LicensingService

LOG = logging.getLogger(__name__)

ROUND = 1.0
LONGEST_PAUSE = 60.0
"""Seconds between two looks into the outbox, and the most after failures in a row."""

AT_ONCE = 100
"""Letters of one look that do not wait."""


class Waiting(msgspec.Struct):
    """A letter that was not taken: when it is tried again, and after which pause."""

    until: float
    pause: float


class MailDelivery:
    """Empties the outbox from `start` to `stop`."""

    def __init__(
        self,
        service: "LicensingService",
        now: Callable[[], Instant],
        carrier: Carrier,
        aside: Folder,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Get ready.

        Args:
            service: has the outbox.
            now: the simulated time; a letter is due by it.
            carrier: takes letters.
            aside: keeps those that it never takes.
            clock: seconds that never go backwards.
        """
        self._service, self._now, self._carrier, self._aside = service, now, carrier, aside
        self._clock = clock
        self._waiting: dict[int, Waiting] = {}
        self._stopping = Event()
        self._thread = Thread(target=self._walk, name="mail delivery", daemon=True)

    def start(self) -> None:
        """Start the delivery in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the letter in hand, and end."""
        self._stopping.set()
        self._thread.join(PATIENCE)

    def round(self) -> int:
        """Hand on what lies there, in order; the value is how many were taken or set aside.

        Raises:
            Away: nothing can be handed on now; letters before are delivered.
        """
        done = 0
        for letter in self._service.outbox.undelivered(self._now(), limit=AT_ONCE + len(self._waiting)):
            if self._stopping.is_set():
                break
            waiting = self._waiting.get(letter.number)
            if waiting is not None and self._clock() < waiting.until:
                continue
            done += self._hand_on(letter)
        return done

    def _hand_on(self, letter: Mail) -> bool:
        try:
            self._carrier.take(letter)
        except Undeliverable as error:
            self._aside.take(letter)
            LOG.warning("mail %d to %s is refused: %s; kept in %s", letter.number, letter.to, error,
                        self._aside.file(letter))  # fmt: skip
        except (Away, PortalError):
            raise
        except NotTaken as error:
            LOG.warning("mail %d to %s waits: %s", letter.number, letter.to, error)
            self._wait(letter)
            return False
        except Exception:
            LOG.exception("mail %d to %s waits: a mistake", letter.number, letter.to)
            self._wait(letter)
            return False
        self._service.outbox.delivered(letter.number, self._now())
        self._waiting.pop(letter.number, None)
        return True

    def _wait(self, letter: Mail) -> None:
        before = self._waiting.get(letter.number)
        pause = 2 * ROUND if before is None else min(2 * before.pause, LONGEST_PAUSE)
        self._waiting[letter.number] = Waiting(self._clock() + pause, pause)

    def _walk(self) -> None:
        pause = ROUND
        while not self._stopping.wait(pause):
            try:
                self.round()
                pause = ROUND
            except (Away, PortalError) as error:
                LOG.warning("mail waits: %s", error)
                pause = min(2 * pause, LONGEST_PAUSE)
            except Exception:
                LOG.exception("mail waits: a mistake")
                pause = min(2 * pause, LONGEST_PAUSE)
