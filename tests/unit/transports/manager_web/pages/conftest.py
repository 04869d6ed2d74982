"""A manager that is furnished once, and a browser in which an Admin is logged in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.manager import passwords
from tests.manager_pages import ManagerBrowser, furnish
from tests.served_manager import served_bench
from tests.unit.manager.conftest import Bench

Served = tuple[Bench, ManagerBrowser]


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that is furnished once; passwords are hashed at no cost."""
    folder = tmp_path_factory.mktemp("fleet")
    with pytest.MonkeyPatch.context() as patched, served_bench(folder) as served:
        patched.setitem(passwords._COST, "n", 2)
        furnish(served.bench, 120)
    return folder / "manager.db"


@pytest.fixture
def bench(tmp_path: Path, fleet: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setitem(passwords._COST, "n", 2)
    shutil.copy(fleet, tmp_path)
    with served_bench(tmp_path) as served:
        yield served.bench, ManagerBrowser(served)


@pytest.fixture
def browser(bench: Served) -> ManagerBrowser:
    bench[1].log_in()
    return bench[1]
