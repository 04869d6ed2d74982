"""Observers of a replay, which are told of its steps and of everything that is typed and printed, as it comes."""

from typing import Protocol

from emulator.scenarios.model import Step


class Watcher(Protocol):
    """Observer of a replay."""

    def step(self, number: int, step: Step) -> None:
        """A step is about to begin; they are counted from 1."""

    def said(self, place: str, text: str, typed: str) -> None:
        """Text appeared at the bench, a router or a client.

        Args:
            place: where.
            text: all of it, as it came.
            typed: what a person typed of it; it stands at its end, before the line's end. Empty if nothing was typed.
        """
