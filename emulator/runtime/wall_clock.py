"""The clock of the host: for what lasts across processes and happens outside every world, as the time of an exam."""

import time


def seconds_since_1970() -> float:
    """Read the clock of the host."""
    return time.time()
