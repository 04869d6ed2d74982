"""Limit on what clients send into a world before they have logged in.

Rule (I): a line that is typed at `Username:` is kept in the world's history like any other, so whoever guesses without
end would fill the disk. What clients send before they are in counts against a limit of their address and one of all
addresses; a client that comes in gets it back. R: IOS refuses clients after too many wrong log-ins as well, where
`login block-for` stands.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable

from emulator.transports.connections.intake import MOST_SENDERS, Intake, Intakes, TooMuch

LOG = logging.getLogger(__name__)

AT_ONCE, A_SECOND = 256 << 10, 512
"""Bytes that may come from one address at once, about two hundred wrong passwords; bytes more in each second."""

ALL_AT_ONCE, ALL_A_SECOND = 1 << 20, 2 << 10
"""The limit of all addresses from which no client has logged in."""

INPUT_OVERHEAD = 384
"""Bytes that an input of the world counts beside its text."""

CONNECTION_INPUTS = 3
"""Inputs that a connection is by itself: it gets a line, is served there, and leaves it."""


class LogInLimits:
    """The limits of the servers of one world."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing taken; `clock` gives seconds that never go backwards."""
        self._of_each = Intakes(clock, AT_ONCE, A_SECOND)
        self._of_all = Intake(ALL_AT_ONCE, ALL_A_SECOND, clock)
        self._known: OrderedDict[str, None] = OrderedDict()

    def attempt(self, address: str) -> "LogInAttempt":
        """Begin to count what a client at an address sends."""
        return LogInAttempt(self, address)

    def take(self, address: str, size: int) -> None:
        """Count what a client sent.

        Raises:
            TooMuch: the address has sent too much, or all have; nothing was counted.
        """
        try:
            self._of_each.take(address, size)
            if address not in self._known:
                try:
                    self._of_all.take(size)
                except TooMuch:
                    self._of_each.give_back(address, size)
                    raise
        except TooMuch:
            LOG.warning("too many log-ins came to nothing; %s is refused for now", address)
            raise

    def give_back(self, address: str, size: int) -> None:
        """Count no longer what a client sent that has come in; what comes from there no longer counts among all."""
        self._of_each.give_back(address, size)
        if address not in self._known:
            self._of_all.give_back(size)
        self._known[address] = None
        self._known.move_to_end(address)
        while len(self._known) > MOST_SENDERS:
            self._known.popitem(last=False)


class LogInAttempt:
    """The input of one client until it has come in."""

    def __init__(self, limits: LogInLimits, address: str) -> None:
        self._limits, self._address = limits, address
        self._taken = 0

    def take(self, characters: int, inputs: int = 1) -> None:
        """Count inputs, and the characters in them.

        Raises:
            TooMuch: it is too much; the client is to be sent away.
        """
        size = characters + inputs * INPUT_OVERHEAD
        self._limits.take(self._address, size)
        self._taken += size

    def succeed(self) -> None:
        """Note that the client is in."""
        self._limits.give_back(self._address, self._taken)
        self._taken = 0
