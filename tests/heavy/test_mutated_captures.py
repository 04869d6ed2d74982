"""Thousands of damaged captures: no traceback, and none takes long; and every product with every image comes back."""

import time

import pytest

from tests.driver import ConsoleDriver, world_of
from tests.sizes import trials
from tests.unit.twins.mutations import mutated
from tests.unit.twins.proving.test_round_trip import PAIRS, comes_back
from tests.unit.twins.recordings import imported, log_of

pytestmark = pytest.mark.heavy

COUNT = trials(10_000, full=20_000)
PART = 2_000
LONGEST = 2.0
"""Seconds for one import, prints of the twin included."""


@pytest.mark.parametrize("start", range(0, COUNT, PART))
def test_damaged_captures(start: int) -> None:
    for seed in range(start, start + PART):
        began = time.process_time()
        imported(mutated(seed))
        assert time.process_time() - began < LONGEST, f"seed {seed}"


@pytest.mark.parametrize(("pid", "image"), PAIRS)
def test_every_product_with_every_image_comes_back(pid: str, image: str) -> None:
    console = ConsoleDriver(world_of("R1", pid=pid, image=image)).boot()
    console.type("write")
    comes_back(log_of(console))
