"""The clock of the host: for what lasts across processes and happens outside every world, as the time of an exam."""

import time
from datetime import UTC, datetime


def seconds_since_1970() -> float:
    """Read the clock of the host."""
    return time.time()


def host_time() -> datetime:
    """Read the clock of the host as a date, for certificates, which TLS libraries judge by it."""
    return datetime.fromtimestamp(seconds_since_1970(), UTC)
