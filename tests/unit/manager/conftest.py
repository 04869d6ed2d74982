"""A manager with a database of its own, a network of fake devices, and a clock that a test sets."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from emulator.keys.secret_box import SecretBox, new_key
from emulator.manager import inventory
from emulator.manager.context import LOCAL_USER, ManagerContext
from emulator.manager.entities import CredentialSet
from emulator.manager.ports import one_by_one
from emulator.manager.store.database import ManagerDatabase
from tests.fakes.devices import FakeNetwork

HOUR = 3_600_000


class Bench:
    """A manager as its users have it."""

    def __init__(self, database: ManagerDatabase) -> None:
        self.database, self.network, self.now = database, FakeNetwork(), 1_000 * HOUR

    def context(self, user: str = LOCAL_USER) -> ManagerContext:
        return ManagerContext(self.database, self.network, one_by_one, lambda: self.now, self.pause, user)

    async def pause(self, seconds: float) -> None:
        self.now += round(seconds * 1000)

    def trail(self) -> list[tuple[str, str, str, str]]:
        entries = inventory.read_trail(self.context(), limit=1_000)
        return [(each.by, each.act, each.subject, each.outcome) for each in entries]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[], ManagerDatabase]]:
    """Opens one database, as often as a test asks."""
    box, open_now = SecretBox(new_key()), []

    def again() -> ManagerDatabase:
        open_now.append(ManagerDatabase(tmp_path / "manager.db", box))
        return open_now[-1]

    yield again
    for database in open_now:
        database.close()


@pytest.fixture
def bench(opened: Callable[[], ManagerDatabase]) -> Bench:
    """A manager that knows one credential set, `lab`."""
    made = Bench(opened())
    inventory.keep_credentials(made.context(), CredentialSet("lab", "admin", "lab"))
    return made
