"""Choice of the world that a command works on: the directory or the name given, or the default one under the XDG state
directory.
"""

import os
import shlex
from pathlib import Path

from emulator.kernel.errors import Refused
from emulator.world.directory import FILE, WorldDirectory


def world_path(given: Path | None, name: str = "default", state: Path | None = None) -> Path:
    """The directory of the world: the one given, or that of its name under a state directory, which is XDG's.

    A name that `isrtwin world list` shows is that world, unless there is such a directory here.
    """
    below = state or os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    worlds = Path(below) / "isrtwin" / "worlds"
    if given is None:
        return worlds / name
    named = worlds / given
    return named if len(given.parts) == 1 and not given.exists() and (named / FILE).is_file() else given


def world_option(path: Path) -> str:
    """The words behind a command's name that have it work on the world in a directory: ` --world DIR`, or none."""
    usual = Path(os.environ["ISRTWIN_WORLD"]) if os.environ.get("ISRTWIN_WORLD") else None
    return "" if path == world_path(usual) else f" --world {shlex.quote(str(path))}"


def existing_world(path: Path) -> WorldDirectory:
    """The directory of a world that is there, to be held.

    Raises:
        Refused: no world is there, and none is made.
    """
    if not (path / FILE).is_file():
        raise Refused(f"there is no world in {path}; `isrtwin world list` shows those that there are")
    return WorldDirectory(path)
