"""Rooms: the table of `docs/design.md` lists those that there are, and each has its tests in a folder of its name."""

import re
from pathlib import Path

from tests.architecture.plants import PACKAGE

TESTS = Path(__file__).parents[1] / "unit"
SCREENS = {f"console/render/{field}" for field in ("files", "interfaces", "routing", "security", "services")}
"""Screens that golden files hold whole, and that tests of the commands of their field look at."""
TRIED_ABOVE = {"backend/store/migrations", "backend/store/migrations/versions"} | SCREENS
"""Packages that hold what tests of another package try as a whole."""


def test_the_design_page_lists_every_room() -> None:
    page = (PACKAGE.parent / "docs" / "design.md").read_text(encoding="utf-8")
    table = page.partition("\n## Rooms\n")[2].partition("\n## ")[0]
    paths = map(Path, packages())
    rooms = {str(path) for path in paths if len(path.parts) == 1 or path.parts[0] == "transports" == str(path.parent)}
    assert sorted(re.findall(r"^\| `([\w/]+)` \|", table, re.MULTILINE)) == sorted(rooms - {"transports"})


def packages() -> set[str]:
    """Every folder of the package, by its path."""
    return {str(file.parent.relative_to(PACKAGE)) for file in PACKAGE.glob("*/**/__init__.py")}


def test_every_room_has_tests_of_its_own() -> None:
    rooms = {name for name in packages() if any(each.stem != "__init__" for each in (PACKAGE / name).glob("*.py"))}
    tested = {str(file.parent.relative_to(TESTS)) for file in TESTS.rglob("test_*.py")}
    assert rooms - TRIED_ABOVE - tested == set()
    assert packages() >= TRIED_ABOVE


def test_every_folder_of_tests_is_named_as_the_room_that_it_tries() -> None:
    folders = {str(file.parent.relative_to(TESTS)) for file in TESTS.glob("*/**/__init__.py")}
    assert folders - packages() == set()
