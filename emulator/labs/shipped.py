"""Labs that ship, by name and in the order of the course; a lab of one's own goes by the path of its page."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from emulator.kernel.errors import DataFileError, UnknownName
from emulator.kernel.resources import data_directory
from emulator.labs.page import read_top

FOLDER, FILE = "labs", "lab.md"

LAST = 1000
"""Place in the course of a lab that is not a part of it."""

_REFERENCE = re.compile(r"\brule: *(\d+)", re.ASCII)


def lab_names() -> list[str]:
    """List the labs that ship, in the order of the course."""
    return sorted(shipped_labs(), key=lambda name: (_number(shipped_labs()[name]), name))


def shipped_labs() -> dict[str, Path]:
    """Find the pages of the labs that ship, by name."""
    return {file.parent.name: file for file in (data_directory("scenarios") / FOLDER).glob(f"*/{FILE}")}


def _number(page: Path) -> int:
    """The number of a lab in the course; those without one come last."""
    try:
        data = read_top(page).front.data
    except DataFileError:
        return LAST  # it is told when that lab is asked for
    number = data.get("number") if isinstance(data, dict) else None
    return number if isinstance(number, int) else LAST


def find_lab(name: str) -> Path:
    """Find the page of a lab that is given by name or by path.

    Raises:
        UnknownName: no lab has that name.
    """
    if name.endswith(".md") or "/" in name:
        path = Path(name)
        return path / FILE if path.is_dir() else path
    shipped = shipped_labs()
    if name not in shipped:
        raise UnknownName("lab", name, shipped)
    return shipped[name]


def rules_referred_to() -> set[int]:
    """Collect the numbers of the rules that checks and mistakes of the labs that ship refer to.

    They are read off the text of the pages, since parsing all of them takes seconds.
    """
    pages = (page.read_text(encoding="utf-8") for page in shipped_labs().values())
    return {int(number) for text in pages for number in _REFERENCE.findall(text)}


def unused_rules(rules: Collection[int], used: Collection[int]) -> Iterator[tuple[str, str]]:
    """Yield the place of each rule, in the order of their file, that no lab refers to, and what to do about it."""
    for index, number in enumerate(rules):
        if number not in used:
            advice = f"Write `rule: {number}` in a check or a mistake of a lab, or delete it"
            yield f"rules[{index}].number", f"no lab refers to rule {number}. {advice}"


def lab_name(path: Path) -> str:
    """Name of a lab by the place of its page."""
    return path.resolve().parent.name if path.name == FILE else path.stem
