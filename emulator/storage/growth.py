"""Growth of a file that is being written: arithmetic over a stretch of time, never a step a byte.

Whoever writes begins one stretch after the other; a stretch that nobody follows up is the last one, so a command that
was broken off, or a saved world that was opened again, leaves a file that ends there (R: a cut copy is a truncated
file).
"""

import msgspec

from emulator.kernel.time import Instant


class Growth(msgspec.Struct, frozen=True):
    """A stretch of writing.

    Attributes:
        since, until: the instants between which its bytes arrive.
        before, after: bytes that are there at its beginning and at its end.
        content: what can be read from the file when it is whole.
    """

    since: Instant
    until: Instant
    before: int
    after: int
    content: bytes

    def size_at(self, now: Instant) -> int:
        """Size of the file at an instant, in bytes."""
        if now >= self.until:
            return self.after
        if now <= self.since:
            return self.before
        return self.before + (self.after - self.before) * (now - self.since) // (self.until - self.since)
