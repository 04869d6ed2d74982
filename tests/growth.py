"""Work on an input takes time in proportion to its length: n, 2n and 4n, at most 2.5 times for each doubling.

Time is that of this process alone, the least of several tries counts, and the two doublings are judged together, so
that a busy machine cannot make a test fail; work that is done at once proves nothing and passes.
"""

from collections.abc import Callable
from time import process_time
from typing import Any

AT_ONCE = 0.02
"""Seconds within which the longest input is beyond suspicion."""

MOST = 2.5
"""Largest growth of the time when the input doubles; with the square of the input it grows four times."""

TRIES = 20

Act = Callable[[Any], object]


def seconds(act: Act, given: Any) -> float:
    began = process_time()
    act(given)
    return process_time() - began


def growth_problem(act: Act, make: Callable[[int], Any], length: int) -> str | None:
    """Tell why the time of `act` is not in proportion to the length of what `make` makes; None where it is."""
    inputs = [make(length * factor) for factor in (1, 2, 4)]
    times = [float("inf")] * len(inputs)
    for _ in range(TRIES):
        for number, given in enumerate(inputs):
            times[number] = min(times[number], seconds(act, given))
        if times[2] <= AT_ONCE or times[2] <= MOST**2 * times[0]:
            return None
    return ", ".join(f"{length * factor}: {time:.3f} s" for factor, time in zip((1, 2, 4), times, strict=True))
