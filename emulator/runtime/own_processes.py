"""Processes of the program's own, which find its modules where this one does and not in the working folder.

Python looks into the working folder first where it is told a module or a text to run, as `python -m` and the start of a
process of `multiprocessing` do; in a folder that was got from elsewhere, a file `argparse.py` would be run.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SAFE, SEARCHED = "PYTHONSAFEPATH", "PYTHONPATH"


def module_search() -> dict[str, str]:
    """Return the variables of an environment in which modules are not looked for in the working folder."""
    folders = [str(Path(folder).absolute()) for folder in os.environ.get(SEARCHED, "").split(os.pathsep) if folder]
    return {SAFE: "1", SEARCHED: os.pathsep.join(folders)}


@contextmanager
def starting_processes() -> Iterator[None]:
    """Have what is started meanwhile, by whatever library, look for modules that way."""
    before = {name: os.environ.get(name) for name in (SAFE, SEARCHED)}
    os.environ.update(module_search())
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
