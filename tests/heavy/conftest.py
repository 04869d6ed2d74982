"""The long profile: `pytest -n 2 -m heavy --hypothesis-profile long tests/heavy`, for a night rather than a gate."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import settings

from emulator.backend import accounts

settings.register_profile("long", deadline=None, print_blob=True)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log-in costs a tenth of a second on purpose; here there are thousands."""
    monkeypatch.setitem(accounts._COST, "n", 2)


@pytest.fixture(autouse=True)
def own_garbage(request: pytest.FixtureRequest) -> Iterator[None]:
    """A connection that a test forgot is told of at this test, not at another that happens to collect it."""
    yield
    if request.node.get_closest_marker("anyio"):
        gc.collect()
