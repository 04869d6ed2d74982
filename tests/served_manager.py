"""A manager on fake devices as its web face and the SDK see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emulator.keys.secret_box import SecretBox, new_key
from emulator.manager.context import ManagerContext
from emulator.manager.passwords import is_password, log_in_mark
from emulator.manager.store.database import ManagerDatabase
from emulator.manager.tokens import user_of
from tests.unit.manager.conftest import Bench


class ServedBench:
    """A `ServedManager` of a bench."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench

    def user_of(self, token: str, /) -> str | None:
        with self.bench.database.reading() as records:
            return user_of(records, token)

    def is_password(self, user: str, password: str, /) -> bool:
        with self.bench.database.reading() as records:
            return is_password(records, user, password)

    def log_in_mark(self, user: str, /) -> str:
        with self.bench.database.reading() as records:
            return log_in_mark(records, user)

    def context(self, user: str, /) -> ManagerContext:
        return self.bench.context(user)


@contextmanager
def served_bench(folder: Path) -> Iterator[ServedBench]:
    """A manager with a new database."""
    database = ManagerDatabase(folder / "manager.db", SecretBox(new_key()))
    try:
        yield ServedBench(Bench(database))
    finally:
        database.close()
