"""A small sample of damaged captures; the heavy suite has 20,000."""

from tests.unit.twins.mutations import mutated
from tests.unit.twins.recordings import imported


def test_damaged_captures_are_told_of_and_do_no_harm() -> None:
    made = sum(bool(imported(mutated(seed))[1].made) for seed in range(60))
    assert made > 15, "most of the damage should leave a router that can be made"
