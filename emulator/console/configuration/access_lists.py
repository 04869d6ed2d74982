"""IPv4 access lists: one list by its name or number, whichever way its entries were typed.

C: a numbered list is printed line by line at a place of its own, a named one as a section, which may be empty. R: the
lines of `access-list 101` and the section `ip access-list extended 101` are one list; an entry without a sequence
number comes ten behind the last; the numbers are not saved, so a reload counts anew. I: a remark has no number unless
it is given one, and stays behind the entry that it was typed behind.

What is kept: the entries of a named list in its section, under `entry 10`; those of a numbered one among the global
lines, under `access-list 101 10`, so that a configuration that was found keeps each of them where it stood. A section
of a numbered list is empty and not printed, unless it was found as one: then it keeps the entries.
"""

import re
from collections.abc import Callable, Iterator

import msgspec

from emulator.router.configuration import Block, Configuration

STANDARD, EXTENDED = "standard", "extended"
KINDS = (STANDARD, EXTENDED)
"""Kinds of list in the order of printing."""

RANGES = {STANDARD: ((1, 99), (1300, 1999)), EXTENDED: ((100, 199), (2000, 2699))}
"""Numbers that lists of a kind may have, the first and the expanded ones."""

ENTRY = "entry"
"""First word of the keys under which a section keeps its entries; no line begins with it."""

STEP = 10
HIGHEST = 2147483647

_POSITION = re.compile(r"(\d+)(?:\.(\d+))?", re.ASCII)
_BEFORE = re.compile(r"(?:access\S* +\d+ +|\d+ +)?(.*)", re.ASCII | re.DOTALL)
_SECTION = re.compile(r"ip access-list (standard|extended) (\S+)")
_LINE = re.compile(r"access-list (\d+) ", re.ASCII)

EntryPosition = tuple[int, int]
"""Sequence number of an entry, 0 before the first; and index of the remark behind it, 0 for the entry itself."""


class AccessEntry(msgspec.Struct, frozen=True):
    """An entry or a remark, and its place; the text of a found line begins with the number of list or entry.

    Attributes:
        key, text, block: the line of the block that it is.
    """

    position: EntryPosition
    key: str
    text: str
    block: Block

    @property
    def words(self) -> str:
        """Words of the entry, without the number of the list or its own."""
        said = _BEFORE.fullmatch(self.text)
        return said[1] if said else self.text

    @property
    def is_remark(self) -> bool:
        """Tell whether this is a remark."""
        return self.words.startswith("remark")


class AccessList:
    """A list of a configuration, while a command works on it; it need not exist yet."""

    def __init__(self, configuration: Configuration, kind: str, name: str) -> None:
        self.kind, self.name = kind, name
        self.key = f"ip access-list {kind} {name}"
        self._configuration = configuration
        self._seen: list[AccessEntry] | None = None

    @property
    def numbered(self) -> bool:
        """Tell whether its name is a number in the range of its kind."""
        return is_number(self.name) and kind_of(int(self.name)) == self.kind

    @property
    def exists(self) -> bool:
        """Tell whether the list was entered, be it without entries."""
        return self.key in self._configuration.sections or bool(self.rows())

    def rows(self) -> list[AccessEntry]:
        """List entries and remarks in their order."""
        if self._seen is None:
            self._seen = sorted(self._kept(), key=lambda each: each.position)
        return self._seen

    def entries(self) -> list[AccessEntry]:
        """List the entries alone."""
        return [each for each in self.rows() if not each.is_remark]

    def next_number(self) -> int:
        """Sequence number for an entry without one; beyond the highest if there is no room."""
        return self._last()[0] + STEP

    def has_number(self, number: int) -> bool:
        """Tell whether a sequence number is taken."""
        return any(each.position == (number, 0) for each in self.rows())

    def has(self, entry: str) -> bool:
        """Tell whether the list has that entry."""
        return any(each.text.endswith(entry) and each.words == entry for each in self.rows())

    def put(self, number: int, entry: str) -> None:
        """Add an entry under a free number."""
        self._put((number, 0), entry)

    def put_remark(self, text: str) -> None:
        """Add a remark at the end."""
        number, remarks = self._last()
        self._put((number, remarks + 1), f"remark {text}")

    def drop_number(self, number: int) -> bool:
        """Remove the entry or remark of a sequence number; returns False if there is none."""
        return self._drop(lambda each: each.position == (number, 0))

    def drop(self, entry: str, written: Callable[[str], str]) -> bool:
        """Remove an entry by its words; returns False if there is none.

        Args:
            written: writes an entry as IOS does, since a found one may be written otherwise.
        """
        return self._drop(lambda each: not each.is_remark and entry in {each.words, written(each.words)})

    def drop_remark(self, text: str) -> bool:
        """Remove every remark of that text; returns False if there is none."""
        return self._drop(lambda each: each.words == f"remark {text}")

    def remove(self) -> bool:
        """Remove the whole list; returns False if there is none."""
        there = self._drop(lambda _: True)
        return self._configuration.sections.pop(self.key, None) is not None or there

    def resequence(self, start: int, step: int) -> bool:
        """Number the entries anew; False, and nothing is changed, if the numbers do not suffice."""
        rows = self.rows()
        numbered = sum(each.position[1] == 0 for each in rows)
        if start + step * (numbered - 1) > HIGHEST:
            return False
        moved: list[tuple[AccessEntry, EntryPosition]] = []
        number = remark = 0
        for each in rows:
            if each.position[1]:
                remark += 1
            else:
                number, remark = number + step if number else start, 0
            moved.append((each, (number, remark)))
        for each, _ in moved:
            del each.block.lines[each.key]
        for block in self._blocks():
            here = {each.key: self._key(block, to) for each, to in moved if each.block is block}
            block.lines.update((here[each.key], each.text) for each, _ in moved if each.block is block)
            block.found[:] = [
                msgspec.structs.replace(place, key=here[place.key]) if place.key in here else place
                for place in block.found
            ]
        self._seen = None
        return True

    # --- inside ------------------------------------------------------------------------------------------------

    def _blocks(self) -> list[Block]:
        """Find where entries may be, first where new ones are kept."""
        section = self._configuration.sections.get(self.key)
        if not self.numbered:
            return [] if section is None else [section]
        if section is None:
            return [self._configuration]
        return [section, self._configuration] if section.as_found else [self._configuration, section]

    def _begin(self, block: Block) -> str:
        return f"access-list {self.name} " if block is self._configuration else f"{ENTRY} "

    def _key(self, block: Block, position: EntryPosition) -> str:
        number, remark = position
        return f"{self._begin(block)}{number}" + (f".{remark}" if remark else "")

    def _kept(self) -> Iterator[AccessEntry]:
        for block in self._blocks():
            begin, number = self._begin(block), 0
            for key, text in block.lines.items():
                if key.startswith(begin):
                    place = _POSITION.fullmatch(key, len(begin))
                    # Worlds saved before entries had numbers keep them under what they say.
                    position = (int(place[1]), int(place[2] or 0)) if place else (number + STEP, 0)
                    number = position[0]
                    yield AccessEntry(position, key, text, block)

    def _last(self) -> EntryPosition:
        return self.rows()[-1].position if self.rows() else (0, 0)

    def _put(self, position: EntryPosition, entry: str) -> None:
        block = next(iter(self._blocks()), None) or self._configuration.section(self.key)
        later = [each for each in self.rows() if each.block is block and each.position > position]
        block.lines[self._key(block, position)] = self._begin(block).removeprefix(f"{ENTRY} ") + entry
        for each in later:
            block.lines[each.key] = block.lines.pop(each.key)
        self._seen = None

    def _drop(self, chosen: Callable[[AccessEntry], bool]) -> bool:
        gone = [each for each in self.rows() if chosen(each)]
        for each in gone:
            del each.block.lines[each.key]
        self._seen = None
        return bool(gone)


def access_lists(configuration: Configuration) -> Iterator[AccessList]:
    """Yield every list: the standard ones, then the extended ones, numbers before names (R)."""
    found = {(kind, name) for kind, name in _names(configuration)}
    for kind in KINDS:
        names = [name for of, name in found if of == kind]
        for name in sorted(names, key=lambda name: (not is_number(name), int(name) if is_number(name) else 0, name)):
            yield AccessList(configuration, kind, name)


def is_number(name: str) -> bool:
    """Tell whether a list's name is a number."""
    return name.isascii() and name.isdecimal()


def kind_of(number: int) -> str | None:
    """Kind of list that a number stands for; None: no IPv4 list."""
    return next((kind for kind, ranges in RANGES.items() if any(low <= number <= high for low, high in ranges)), None)


def _names(configuration: Configuration) -> Iterator[tuple[str, str]]:
    for key in configuration.sections:
        if section := _SECTION.fullmatch(key):
            yield section[1], section[2]
    for key in configuration.lines:
        if line := _LINE.match(key):
            kind = kind_of(int(line[1]))
            if kind:
                yield kind, line[1]
