"""Paths of parts of a data file as a person reads them.

Programs count from 0, people who look for a row from 1. So each error that names a part of a TOML, YAML or JSON file
shows its path in this form.
"""

import re

_COUNTED = re.compile(r"(?:^|(?<=[\w\]]))\[(\d+)\]\.?")
"""Place in a list. A bracket behind a blank is part of a name: `rows: 'enable secret [0] <secret:Line>'`."""


def shown_path(path: str) -> str:
    """Write the path of a part as a person counts, from 1: `steps[3].type[0]` is `step 4, type 1`."""
    counted = _COUNTED.sub(lambda found: f" {int(found[1]) + 1}, ", path).removesuffix(", ").replace(",  ", ", ")
    for prefix, shown in (("steps[", "step"), ("[", "item")):
        if path.startswith(prefix):
            return f"{shown}{counted.removeprefix('steps')}"
    return counted
