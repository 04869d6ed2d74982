"""Every kind of hostile client for a while: the well-behaved one is answered all along, and memory does not grow."""

from pathlib import Path

import pytest

from tests.hostile_clients import KINDS, measure, serving

SECONDS = 12.0
MOST_GROWTH = 16 << 10
"""KiB by which the server may have grown in the last two thirds of the time."""

pytestmark = [pytest.mark.heavy, pytest.mark.anyio]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize("kind", KINDS)
async def test_a_kind_of_hostile_client(tmp_path: Path, kind: str) -> None:
    async with serving(tmp_path / "log") as server:
        told = await measure(server, kind, SECONDS, seed=1)
    print(told)
    assert told.mistakes == 0
    assert told.exchanges > SECONDS
    assert told.grown < MOST_GROWTH
