"""The secret of a world: the source of everything in it that must not be guessed.

I: ours. A world has two sources. Its public `seed` (`sim/seeding.py`) gives what anybody may see: serial numbers,
addresses, faults. Its secret of 256 bits gives signing and device keys, PAKs, contracts, order numbers and RSA keys.
Two types, so that neither can stand for the other. A world that is made in process (a scenario, a test) has a *known*
secret, which follows from its seed, so that its transcript is the same everywhere; such a world is never served.
"""

import re
from functools import cache
from hashlib import sha256
from random import Random
from secrets import token_bytes
from typing import Final, final

SIZE = 32
"""Size of a secret that is drawn at random, in bytes."""

_RANDOM = re.compile(f"[0-9a-f]{{{2 * SIZE}}}")
_KNOWN = re.compile(r"known (0|-?[1-9][0-9]{0,63})")


@final
class WorldSecret:
    """A source of keys and numbers that only its owner can compute. It is never shown, not even in a traceback."""

    __slots__ = ("_text", "is_known")

    def __init__(self, text: str, *, is_known: bool) -> None:
        self._text: Final = text
        self.is_known: Final = is_known
        """Tell whether the secret follows from a public seed, and so can be computed."""

    def __repr__(self) -> str:
        return "WorldSecret(…)"

    @classmethod
    def random(cls) -> "WorldSecret":
        """Draw a new secret from the operating system."""
        return cls(token_bytes(SIZE).hex(), is_known=False)

    @classmethod
    @cache
    def known(cls, seed: int) -> "WorldSecret":
        """Derive the secret that follows from a public seed, for worlds that are never served."""
        return cls(str(seed), is_known=True)

    @classmethod
    def parse(cls, text: str) -> "WorldSecret":
        """Read a secret as `text()` wrote it.

        Raises:
            ValueError: the text is not a secret.
        """
        if _RANDOM.fullmatch(text):
            return cls(text, is_known=False)
        if (found := _KNOWN.fullmatch(text)) is None:
            raise ValueError("not the secret of a world")
        return cls.known(int(found[1]))

    def text(self) -> str:
        """Text form of the secret, for the file that keeps it."""
        return f"known {self._text}" if self.is_known else self._text

    def derive(self, domain: str, purpose: str) -> bytes:
        """Derive 32 bytes for one purpose within one domain, always the same."""
        return sha256(f"{domain}|{self._text}|{purpose}".encode()).digest()

    def draw(self, *purpose: str) -> Random:
        """Create a generator for one purpose; its numbers may be used up in keys, but never be shown."""
        return Random(f"{self._text}/{'/'.join(purpose)}")  # noqa: S311 - seeded with 256 bits, and only products are seen

    @property
    def mark(self) -> str:
        """Public name of this secret, which does not reveal it: 32 hexadecimal digits."""
        return self.derive("isrtwin secret mark 1", "mark").hex()[:32]
