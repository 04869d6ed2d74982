"""Sizes of the heavy suites: what the gate has time for, or all of it with `ISRTWIN_TEST_SIZE=full`."""

import os

FULL = os.environ.get("ISRTWIN_TEST_SIZE") == "full"


def trials(gate: int, *, full: int) -> int:
    """The number of lives, bits, lines or devices that a suite tries."""
    return full if FULL else gate
