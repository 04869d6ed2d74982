"""Location of the data files of the top level: `images/` and `scenarios/`.

A checkout has them beside the package, a wheel inside it under `_data`; the checkout is looked at first.
"""

from pathlib import Path

import emulator


def data_directory(name: str) -> Path:
    """Folder of shipped data called `name`."""
    package = Path(emulator.__file__).parent
    beside = package.parent / name
    return beside if (package.parent / "pyproject.toml").is_file() and beside.is_dir() else package / "_data" / name
