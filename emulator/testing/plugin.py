"""Fixtures for pytest, there once the package is installed: `isrtwin_world`, `isrtwin_router` and `isrtwin_ssh`.

A test names its world with the mark `isrtwin`: a world file beside the test, or the fields of one. The program is
imported when a test first asks for a world.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from emulator.runtime.inventory import InventoryHost
    from emulator.testing.lab_router import LabRouter
    from emulator.testing.lab_world import LabWorld
    from emulator.world.recipe import WorldRecipe

MARK = "isrtwin"


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known, and that the key exchanges of these routers are old is no warning."""
    config.addinivalue_line("filterwarnings", "ignore:Diffie-Hellman over finite fields")
    config.addinivalue_line("markers", f"{MARK}(file, **fields): the world of a test: a world file, or fields of one")


@pytest.fixture
def isrtwin_world(request: pytest.FixtureRequest, tmp_path: Path) -> "Iterator[LabWorld]":
    """A world of this test alone."""
    from emulator.testing.lab_world import LabWorld

    with LabWorld(tmp_path / "isrtwin", _recipe(request)) as world:
        yield world


@pytest.fixture
def isrtwin_router(isrtwin_world: "LabWorld") -> "LabRouter":
    """The first router of the world, to be typed at."""
    return next(iter(isrtwin_world))


@pytest.fixture
def isrtwin_ssh(isrtwin_world: "LabWorld", isrtwin_router: "LabRouter") -> "InventoryHost":
    """The first router of the world on the network: name, address, ports and log-in."""
    return isrtwin_world.ssh(isrtwin_router.name)


def _recipe(request: pytest.FixtureRequest) -> "WorldRecipe":
    import msgspec

    from emulator.kernel.errors import EmulatorError
    from emulator.runtime.world_file import read_world, world_mistakes
    from emulator.world.recipe import WorldRecipe

    mark = request.node.get_closest_marker(MARK)
    if mark is None:
        return read_world(Path(__file__).with_name("world.yaml"))
    if not mark.args:
        for where, problem in world_mistakes(mark.kwargs):
            pytest.fail(f"the mark {MARK}: {where}: {problem}", pytrace=False)
        return msgspec.convert(mark.kwargs, WorldRecipe)
    if mark.args[1:] or mark.kwargs:
        pytest.fail(f"the mark {MARK} takes a world file, or the fields of one", pytrace=False)
    try:
        return read_world(request.path.parent / mark.args[0])
    except EmulatorError as error:
        pytest.fail(str(error), pytrace=False)
