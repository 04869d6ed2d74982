"""The modes of the command line. Parents are data: where `exit` leads, and whose commands also work here.

User and privileged EXEC are one mode at two privilege levels, as in IOS. Every mode of the configuration is a file of
`configuration/modes/`, whose head says what is above it and how its prompt reads (R); only the head is read here, when
the mode is first asked for, because most sessions see few of them.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec
import tomli

from emulator.kernel.datafile import convert
from emulator.kernel.errors import DataFileError, UnknownName
from emulator.kernel.forms import Text


class Mode(msgspec.Struct, frozen=True):
    """A mode of the command line.

    Attributes:
        suffix: the text after the host name in the prompt; EXEC has two, by privilege.
        parent: the mode above, which it is entered from; `exit` goes there, and a command that the mode does not know
            is looked up there next.
        like: the mode whose lines it has, except those that the kind of interface excludes.
        heading: the line above the list of all of its commands, `Exec commands:` (R); empty where it is not known.
        takes_over: the mode takes the place of the one above, so that `exit` leaves both (C2: probes of IP SLA).
    """

    name: str
    suffix: str
    parent: str | None = None
    like: str | None = None
    heading: str = ""
    takes_over: bool = False


class ModeHead(msgspec.Struct, frozen=True):
    """The head of a mode's file: its parent, the word in its prompt if not its name, the mode that it is like, the
    heading of its help, and whether it takes the place of its parent.
    """

    parent: Text
    prompt: str = ""
    like: str = ""
    heading: str = ""
    takes_over: bool = False


EXEC = "exec"
CONFIG = "config"
ROMMON = "rommon"

MODE_FILES = Path(__file__).parent / "configuration" / "modes"


class Modes(Mapping[str, Mode]):
    """The modes by name: EXEC, configuration mode, its sections in the order of their names, ROMMON."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> Mode:
        if name not in self:
            raise KeyError(name)
        return _mode(self._folder, name)

    def __contains__(self, name: object) -> bool:
        return name in _names(self._folder)

    def __iter__(self) -> Iterator[str]:
        return iter(_names(self._folder))

    def __len__(self) -> int:
        return len(_names(self._folder))


@cache
def _names(folder: Path) -> dict[str, None]:
    sections = sorted(file.stem for file in folder.glob("*.toml") if file.stem != CONFIG)
    return dict.fromkeys((EXEC, CONFIG, *sections, ROMMON))


@cache
def _mode(folder: Path, name: str) -> Mode:
    if name == EXEC:
        return Mode(EXEC, "#", heading="Exec commands:")
    if name == ROMMON:
        return Mode(ROMMON, "rommon")
    return read_mode(folder / f"{name}.toml", _names(folder))


def read_mode(file: Path, known: Collection[str]) -> Mode:
    """Read the mode that a file is named for; the modes above and alike must be among `known`.

    Raises:
        DataFileError: the head of the file is wrong.
    """
    head = convert(_head_of(file), ModeHead, str(file))
    for key, other in (("parent", head.parent), ("like", head.like)):
        if other and other not in known:
            raise DataFileError(str(file), key, str(UnknownName("mode", other, known)))
    return Mode(
        file.stem, f"({head.prompt or file.stem})#", head.parent, head.like or None, head.heading, head.takes_over
    )


def _head_of(file: Path) -> object:
    """The keys of a file that stand before its rows."""
    lines = []
    with file.open(encoding="utf-8") as text:
        for line in text:
            if line.startswith(("rows", "[")):
                break
            lines.append(line)
    try:
        return tomli.loads("".join(lines))
    except tomli.TOMLDecodeError as error:
        raise DataFileError(str(file), None, f"is not TOML: {error}") from error


MODES = Modes(MODE_FILES)

ALL_CONFIG = tuple(name for name in MODES if name not in {EXEC, ROMMON})
"""Configuration mode and all its sub-modes."""


def tree_of(mode: str) -> str:
    """Mode whose tree of lines a mode has: one tree serves all that have the same lines."""
    return MODES[mode].like or mode


USER, PRIVILEGED = 1, 15


NAME_IN_PROMPT = 20
"""Number of characters of a host name in the prompts of configuration mode; in EXEC it stands whole (R)."""


def prompt(hostname: str, mode: str, privilege: int) -> str:
    """Prompt of a mode."""
    suffix = MODES[mode].suffix
    if mode == EXEC and privilege <= USER:
        suffix = ">"
    return f"{hostname if mode == EXEC else hostname[:NAME_IN_PROMPT]}{suffix}"
