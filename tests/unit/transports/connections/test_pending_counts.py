"""Counts of servers between two inputs become an input before the next one, in whatever thread that comes."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from emulator.transports.connections.pending_counts import BeforeInputs, PendingCounts, TakingInput


class Sink:
    """Writes down its inputs in their order."""

    def __init__(self) -> None:
        self.taken: list[object] = []
        self.taking: TakingInput = self._take

    @contextmanager
    def _take(self, what: object) -> Iterator[None]:
        self.taken.append(what)
        yield


def counting(sink: Sink) -> tuple[PendingCounts[str], BeforeInputs]:
    counts, before = PendingCounts[str](), BeforeInputs(sink)

    def write(taking: TakingInput) -> None:
        for router, counted in counts.take().items():
            with taking((router, dict(counted))):
                """It takes effect."""

    before.writers.append(write)
    return counts, before


def test_counts_come_before_every_input_and_at_the_end() -> None:
    sink = Sink()
    counts, before = counting(sink)
    with before.running():
        with sink.taking("first"):
            """Nothing was counted yet."""
        counts.add("R1", {"in": 1})
        counts.add("R1", {"in": 1, "out": 1})
        counts.add("R2", {})
        assert counts.of("R1") == {"in": 2, "out": 1}
        with sink.taking("second"):
            """It comes after the counts."""
        counts.add("R1", {"in": 5})
    with sink.taking("third"):
        """Nothing is written down any more."""
    assert sink.taken == ["first", ("R1", {"in": 2, "out": 1}), ("R2", {}), "second", ("R1", {"in": 5}), "third"]


def test_no_count_is_lost_where_inputs_come_in_other_threads() -> None:
    sink = Sink()
    counts, before = counting(sink)
    with before.running():

        def inputs() -> None:
            for number in range(300):
                with sink.taking(number):
                    """An input of another thread."""

        others = [Thread(target=inputs) for _ in range(3)]
        for other in others:
            other.start()
        for _ in range(3_000):
            counts.add("R1", {"in": 1})
        for other in others:
            other.join()
    assert sum(each[1]["in"] for each in sink.taken if isinstance(each, tuple)) == 3_000
