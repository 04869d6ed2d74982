"""Seeded randomness: what a world draws follows from its seed and the purpose, never from what was drawn before."""

import random

Dice = random.Random
"""A source of randomness."""


def draw(seed: int, *purpose: str) -> Dice:
    """A generator of its own for one purpose, the same in every run of the world."""
    return random.Random(f"{seed}/{'/'.join(purpose)}")  # noqa: S311 - a simulation wants it reproducible
