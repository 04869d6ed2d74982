"""The order of a printed configuration: the rows of the tables, or, in a twin of a real router, the order found there.

C: the order of the global lines and the separators between them, from the 881 captures of 15.4 and 15.5; I: that other
releases print the same. In an order that was found, what is new goes behind what comes before it in the table.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from emulator.console.configuration.access_lists import is_number
from emulator.console.configuration.conditions import applies
from emulator.console.configuration.facts import ALWAYS_PRINTED, FACTS
from emulator.console.configuration.rows import Row
from emulator.console.configuration.tables import row_of, rows_at, slot_of, slots, table
from emulator.console.modes import CONFIG
from emulator.router.configuration import Block, LayoutPosition, Section
from emulator.router.device import Router

_PARTS = re.compile(r"\d+|\D+", re.ASCII)


class Context(msgspec.Struct, frozen=True):
    """The router whose configuration is printed, and the header of the section that the lines stand in.

    Attributes:
        defaults: whether lines are printed that are the default.
    """

    router: Router
    subject: str = ""
    defaults: bool = False


def configuration_lines(router: Router, *, defaults: bool = False) -> Iterator[str]:
    """Yield all lines of the running configuration; with `defaults` those that are on of themselves, too (I)."""
    return _block(Context(router, defaults=defaults), CONFIG, router.configuration, "")


def section_lines(router: Router, key: str) -> Iterator[str]:
    """Yield the lines of one global section, if it exists."""
    row, section = row_of(CONFIG, key, section=True), router.configuration.sections.get(key)
    if row is not None and row.enters and (section is not None or key in _always(router, row)):
        place = next((each for each in router.configuration.found if each.key == key), LayoutPosition(key))
        yield from _section(Context(router), row, place, section, place.pad or "")


def _always(router: Router, row: Row) -> list[str]:
    return ALWAYS_PRINTED[row.always_listed](router, router.configuration) if row.always_listed else []


def _block(context: Context, mode: str, block: Block, pad: str) -> Iterator[str]:
    if not block.as_found:
        for place in _places(context, mode, block):
            if place.key:
                yield from entry_lines(context, mode, block, place, pad)
            else:
                yield from (pad + line for line in place.text.split("\n"))
        return
    closed: list[str] = []
    for place in _with_new(context, mode, block):
        if not place.key:
            if closed[:1] == [place.text.strip()]:
                closed.pop(0)
            else:
                closed.clear()
                yield place.text
            continue
        printed = list(entry_lines(context, mode, block, place, pad))
        row = None if printed else row_of(mode, place.key, section=True)
        closed = list(row.closing) if row is not None and row.enters else []
        yield from printed


def _places(context: Context, mode: str, block: Block) -> Iterator[LayoutPosition]:
    """The order of the table."""
    keys = _by_slot(context, mode, block)
    said = False
    rows = table(mode).rows
    ranks = {*_unasked(mode, defaults=context.defaults), *(slots(mode)[slot] for slot in keys if slot)}
    for rank in sorted(ranks, key=lambda rank: _standing(context, mode, rank)):
        row = rows[rank]
        if isinstance(row, str):
            said = False
            yield LayoutPosition(text=row)
        elif row.text or row.blanks:
            if (
                (said or not row.after_output)
                and block.has(row.only_with)
                and applies(row, context.router, context.subject)
            ):
                said = False
                yield LayoutPosition(text=row.text or "\n" * (row.blanks - 1))
        else:
            for place in _printed(context, mode, block, row, keys):
                said = said or any(entry_lines(context, mode, block, place, "")) if place.key else said
                yield place
    for left in keys.values():
        yield from (LayoutPosition(key) for key in left)


def _standing(context: Context, mode: str, rank: int) -> tuple[int, int]:
    """The place of a row in the printed order: its own, or where other releases print it."""
    row = table(mode).rows[rank]
    elsewhere = _moved(mode).get(row.moved_to) if isinstance(row, Row) and row.moved_to else None
    if elsewhere is None or not applies(elsewhere[1], context.router, context.subject):
        return rank, -1
    return elsewhere[0], rank


@cache
def _moved(mode: str) -> dict[str, tuple[int, Row]]:
    """The places at which lines are printed that stand elsewhere in the table, by their names."""
    rows = enumerate(table(mode).rows)
    return {row.moved_here: (rank, row) for rank, row in rows if isinstance(row, Row) and row.moved_here}


@cache
def _unasked(mode: str, *, defaults: bool) -> frozenset[int]:
    """The ranks of what may be printed though nobody typed it."""
    return frozenset(
        rank
        for rank, row in enumerate(table(mode).rows)
        if isinstance(row, str)
        or row.text
        or row.blanks
        or (slots(mode).get(row.place) == rank and _speaks(mode, row, defaults=defaults))
    )


def _speaks(mode: str, row: Row, *, defaults: bool) -> bool:
    rows = rows_at(mode, row.place)
    return bool(row.fact) or any(each.when_absent or (defaults and _is_default(each)) for each in rows)


def _is_default(row: Row) -> bool:
    """Tell whether a row is a line without arguments that is on of itself."""
    return row.default_on and row.line == row.head


def _printed(
    context: Context, mode: str, block: Block, row: Row, keys: dict[str, list[str]]
) -> Iterator[LayoutPosition]:
    """Return what stands at the place of a row."""
    typed = keys.pop(row.place, [])
    if row.sorted:
        typed.sort(key=lambda key: _natural(key, row.sorted))
    silent = [row.place] if _speaks(mode, row, defaults=context.defaults) else []
    for key in typed or silent:
        yield from _whole(mode, key, section=bool(row.always_listed) or key in block.sections)
    if row.fact and row.close and any(entry_lines(context, mode, block, LayoutPosition(row.place), "")):
        yield LayoutPosition(text=row.close)


def _natural(key: str, words: int) -> list[tuple[int, int, str]]:
    """Numbers by their value, words by their letters."""
    parts = [part for word in key.split(" ")[:words] for part in _PARTS.findall(word)]
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


@cache
def _always_rows(mode: str) -> tuple[Row, ...]:
    return tuple(row for row in table(mode).rows if isinstance(row, Row) and row.always_listed)


def _by_slot(context: Context, mode: str, block: Block) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for row in _always_rows(mode):
        keys[row.place] = ALWAYS_PRINTED[row.always_listed](context.router, block)
    known = {slot: set(of) for slot, of in keys.items()}
    for key in (*block.lines, *block.sections):
        slot = slot_of(mode, key) or ""
        if key not in known.setdefault(slot, set()):
            known[slot].add(key)
            keys.setdefault(slot, []).append(key)
    return keys


def _with_new(context: Context, mode: str, block: Block) -> Iterable[LayoutPosition]:
    """The order that was found, with what has come since put behind its forerunner in the table."""
    places = list(block.found)
    known = {place.key for place in places}
    new = [key for key in (*block.lines, *block.sections, *_defaults(context, mode, block)) if key not in known]
    order = {place.key: rank for rank, place in enumerate(_places(context, mode, block)) if place.key} if new else {}
    for key in new:
        ranks = ((order.get(place.key, -1), at) for at, place in enumerate(places) if place.key)
        before = max((each for each in ranks if each[0] < order[key]), default=None)
        at = before[1] + 1 if before else 0
        row = row_of(mode, places[at - 1].key, section=places[at - 1].key in block.sections) if before else None
        for text in row.closing if row is not None and row.enters else ():
            at += at < len(places) and places[at].text.strip() == text
        places[at:at] = _whole(mode, key, section=key in block.sections)
    return places


def _defaults(context: Context, mode: str, block: Block) -> list[str]:
    """The keys of lines that are on of themselves, where these are asked for."""
    if not context.defaults:
        return []
    rows = (row for row in table(mode).rows if isinstance(row, Row) and _is_default(row))
    return [row.place for row in rows if not block.has(row.place)]


def _whole(mode: str, key: str, *, section: bool) -> list[LayoutPosition]:
    """A place with what is printed around it."""
    row = row_of(mode, key, section=section)
    if row is None or not section:
        return [LayoutPosition(key)]
    around = [LayoutPosition(text=row.open), LayoutPosition(key), *(LayoutPosition(text=text) for text in row.closing)]
    return [place for place in around if place.key or place.text]


def entry_lines(context: Context, mode: str, block: Block, place: LayoutPosition, pad: str) -> Iterator[str]:
    """Yield the lines of one place of a block; a line found with peculiar blanks keeps them."""
    key, stored = place.key, block.lines.get(place.key)
    if place.raw and stored == place.said:
        yield from place.raw.split("\n")
        return
    row = row_of(mode, key, section=stored is None and key in block.sections)
    if place.pad is not None:
        pad = place.pad
    if row is not None and row.fact:
        made = [pad + line + place.tail for line in FACTS[row.fact](context.router, context.subject, stored)]
        yield from made or ([place.text] if place.text else [])
    elif stored is not None:
        yield from (pad + stored + _tail(place, row, stored)).split("\n")
    elif key in block.sections or (row is not None and row.always_listed):
        assert row is not None, f"'{key}' has no place"
        yield from _section(context, row, place, block.sections.get(key), pad)
    else:
        yield from (pad + text + place.tail for text in _absent(context, mode, block, key))


def _tail(place: LayoutPosition, row: Row | None, stored: str) -> str:
    if place.pad is not None:
        return place.tail
    if row is None or stored.endswith(" ") or row.tail_words not in {0, len(stored.split())}:
        return ""
    return row.tail


def _absent(context: Context, mode: str, block: Block, key: str) -> Iterator[str]:
    for row in rows_at(mode, key):
        text = row.when_absent or (row.line if context.defaults and _is_default(row) else "")
        if text and block.has(row.only_with) and applies(row, context.router, context.subject):
            yield text
            return


def _section(context: Context, row: Row, place: LayoutPosition, section: Section | None, pad: str) -> Iterator[str]:
    inner = msgspec.structs.replace(context, subject=place.key)
    section = section or Section(header=place.key)
    if row.named and not section.as_found and is_number(place.key.rpartition(" ")[2]):
        return
    yield pad + section.header + _tail(place, row, section.header)
    yield from _block(inner, _mode(row, place.key), section, pad + " " * row.indent)


def _mode(row: Row, key: str) -> str:
    return "config-subif" if row.enters == "config-if" and "." in key else row.enters
