"""Counts of an agent, as a manager reads them: at once, though the state of a router takes them in by the dozen."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from emulator.router.device import Router
from emulator.router.snmp_traffic import SnmpCounter


def count_of(router: Router, counter: SnmpCounter) -> int:
    """Count of something, with what is not yet in the state of the router."""
    noted = router.running.snmp.traffic.get(counter, 0)
    return noted + sum(counts.get(counter, 0) for counts in router.uncounted)


@contextmanager
def counting(router: Router, *counts: Mapping[SnmpCounter, int]) -> Iterator[None]:
    """Add counts that are not yet in the state of a router to what is read from it, as long as this lasts."""
    router.uncounted = counts
    try:
        yield
    finally:
        router.uncounted = ()
