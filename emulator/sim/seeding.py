"""Seeded randomness: what a world draws follows from its seed and the purpose, never from what was drawn before."""

import random
from collections.abc import Hashable
from typing import Protocol

Dice = random.Random
"""A source of randomness."""


def draw(seed: int, *purpose: str) -> Dice:
    """Create a generator for one purpose, the same in every run of the world."""
    return random.Random(f"{seed}/{'/'.join(purpose)}")  # noqa: S311 - a simulation wants it reproducible


class PrivateSource(Hashable, Protocol):
    """A source of numbers for keys, seeded by what only the owner of the world knows."""

    def __call__(self, *purpose: str) -> Dice:
        """Create a generator for one purpose; its numbers are used up in keys and never shown."""
