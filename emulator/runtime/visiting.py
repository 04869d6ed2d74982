"""A visit to the past of a world: a copy as it was at an instant, which is gone when one leaves.

What is done there changes nothing of the world itself, so a person may look around, try, and let time pass.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from emulator.kernel.errors import Refused
from emulator.kernel.time import clock_line
from emulator.runtime.world_paths import existing_world
from emulator.world.recipe import parse_start


def check_visit(moment: str | None, *, fresh: bool) -> None:
    """Check that a world which is visited is not to be made anew as well.

    Raises:
        Refused: it is.
    """
    if moment is not None and fresh:
        raise Refused("--at shows a world as it was, and --fresh starts one anew; use one of them")


@contextmanager
def visited(path: Path, moment: str | None) -> Iterator[Path]:
    """Give the directory of a world, or of its copy at a moment of its calendar (`2010-04-29T23:59`).

    Raises:
        Refused: there is no such world, no such moment in the history that is kept, or the world is in use.
    """
    if moment is None:
        yield path
        return
    try:
        wanted = parse_start(moment)
    except ValueError:
        raise Refused(f"'{moment}' is not a moment; write for example 2010-05-01T00:00") from None
    origin = existing_world(path)
    from emulator.runtime.time_travel import visit

    with TemporaryDirectory(prefix="isrtwin-") as folder:
        copy = Path(folder) / path.name
        with origin as directory:
            visit(directory, wanted, copy)
        sys.stderr.write(f"This is the world as it was on {clock_line(wanted)}. Nothing done here is kept.\n")
        yield copy
