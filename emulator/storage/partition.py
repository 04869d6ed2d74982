"""The license region of the boot flash: two copies and a journal, outside every file system.

A change is four block writes: the new content into the journal, over the first copy, over the second, and the journal
cleared. Power may fail before, in or after any of them; a block that was being written is then torn. At the next boot
a whole journal is carried out again and a torn one ignored, so the content is the old or the new one, never anything
between. A damaged copy is mended from the other. (I: the real layout is not published; that licenses survive power
cuts, and that a failed check is told at boot, is R.)
"""

import hashlib

import msgspec

DIGEST = 8


class PowerFailed(Exception):
    """The power failed while a block was being written."""


class Recovery(msgspec.Struct, frozen=True):
    """The outcome of a boot's check: the content (None: no good copy), and the damage found, in words."""

    content: bytes | None
    problem: str | None = None


class Partition(msgspec.Struct):
    """The blocks of the region; `fuse` counts the writes before the power fails, None: it does not fail."""

    journal: bytes = b""
    first: bytes = b""
    second: bytes = b""
    fuse: int | None = None

    def commit(self, content: bytes) -> None:
        """Replace the content.

        Raises:
            PowerFailed: the power failed on the way; `recover` finds the old or the new content.
        """
        block = seal(content)
        self._write("journal", block)
        self._carry_out(block)

    def put(self, content: bytes) -> None:
        """Replace the content out of reach of a power failure: at the factory, or by a write that came earlier."""
        self.first = self.second = seal(content)
        self.journal = b""

    def content(self) -> bytes | None:
        """Content that `recover` would find, without touching anything: a change whose journal is whole counts."""
        found = map(unseal, (self.journal, self.first, self.second))
        return next((content for content in found if content is not None), None)

    def recover(self) -> Recovery:
        """Check the blocks, finish an interrupted change, and mend damage where that is possible.

        Raises:
            PowerFailed: as for `commit`; the next attempt goes on.
        """
        begun = unseal(self.journal)
        if begun is not None:
            self._carry_out(self.journal)
            return Recovery(begun)
        self.journal = b""
        first, second = unseal(self.first), unseal(self.second)
        good = first if first is not None else second
        if good is None:
            return Recovery(None, "no good copy of the license storage is left")
        if first == second:
            return Recovery(good)
        damaged = "first" if first is None else "second"
        self._write(damaged, seal(good))
        return Recovery(good, f"{damaged} copy of the license storage was restored from the other")

    def _carry_out(self, block: bytes) -> None:
        """Copy the content of the journal into its places."""
        self._write("first", block)
        self._write("second", block)
        self._write("journal", b"")

    def _write(self, block: str, content: bytes) -> None:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                self.fuse = None
                setattr(self, block, content[: len(content) // 2])
                raise PowerFailed
        setattr(self, block, content)


def seal(content: bytes) -> bytes:
    """Build a block: a digest, and the content."""
    return hashlib.sha256(content).digest()[:DIGEST] + content


def unseal(block: bytes) -> bytes | None:
    """Content of a good block; None for a damaged one."""
    content = block[DIGEST:]
    return content if block and seal(content) == block else None
