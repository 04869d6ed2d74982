"""The table of rooms in `docs/design.md` lists the folders that there are, and no others."""

import re

from tests.architecture.plants import PACKAGE


def test_the_design_page_lists_every_room() -> None:
    page = (PACKAGE.parent / "docs" / "design.md").read_text(encoding="utf-8")
    table = page.partition("\n## Rooms\n")[2].partition("\n## ")[0]
    packages = {file.parent.relative_to(PACKAGE) for file in PACKAGE.glob("*/**/__init__.py")}
    rooms = {
        str(path) for path in packages if len(path.parts) == 1 or path.parts[0] == "transports" == str(path.parent)
    }
    assert sorted(re.findall(r"^\| `([\w/]+)` \|", table, re.MULTILINE)) == sorted(rooms - {"transports"})
