"""Output without prompts: found by what it prints, and cut where another output begins, be it of the same command.

A configuration ends at its `end`; what a page or a mail has below is left over. What a collector wrote above one is
kept with it.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from emulator.captures.reading.bounds import end_of, ends_output, first_of
from emulator.captures.reading.commands import (
    INDENTED_HEAD,
    VERSION_LINE,
    WITH_LINES,
    Kind,
    begins_again,
    is_part,
    kind_by_content,
    only_ends,
)
from emulator.captures.reading.messages import without_messages
from emulator.captures.reading.screen import Leftover, Screen
from emulator.captures.reading.terminal import CapturedLine


def by_content(file: str, lines: Sequence[CapturedLine]) -> Iterator[Screen | Leftover]:
    """Cut where the output of another command begins; what comes before the first is passed over."""
    lines = without_messages(lines)
    kind: Kind | None = None
    start = after = 0
    comments: tuple[CapturedLine, ...] = ()
    for index, line in enumerate(lines):
        configuring = kind in WITH_LINES
        if (
            kind is not None
            and ends_output(line, in_configuration=configuring)
            and not (configuring and (_ended(lines, start, index) or _ends_below(lines, index)))
        ):
            yield Screen(kind, file, tuple(lines[start:index]), comments=comments)
            kind, comments, after = None, (), index + 1
            continue
        if not line.text or (line.text[0] in " \t!" and not INDENTED_HEAD.match(line.text)):
            continue
        ahead = lines[index : index + 16]
        begun = kind_by_content(ahead)
        if kind in WITH_LINES and not _ended(lines, start, index):
            continue
        begun = Kind.PART if is_part(ahead) else begun
        if begun is None or (begun is kind and not begins_again(kind, line)):
            continue
        above = index
        free = after if kind is None else start + (end_of(lines[start:index]) or index - start)
        if begun is Kind.RUNNING_CONFIG:
            above = first_of(lines, index, min(free, index))
        if kind is not None:
            yield Screen(kind, file, tuple(lines[start:above]), comments=comments)
        comments = _comments(lines[free:above]) if begun is Kind.RUNNING_CONFIG else ()
        kind, start = begun, above
    if kind is not None:
        yield Screen(kind, file, tuple(lines[start:]), comments=comments)


def _comments(lines: Sequence[CapturedLine]) -> tuple[CapturedLine, ...]:
    """Return what a collector wrote: comments, and the register as the line that would set it."""
    return tuple(line for line in lines if line.text.startswith(("!", "config-register ")) and line.text.strip(" !"))


def _ended(lines: Sequence[CapturedLine], start: int, index: int) -> bool:
    return any(line.text == "end" for line in lines[start:index])


def _ends_below(lines: Sequence[CapturedLine], index: int) -> bool:
    """Tell whether the `end` of a configuration is still to come."""
    below = (line.text for line in lines[index:])
    return next((text for text in below if text == "end" or VERSION_LINE.fullmatch(text)), "") == "end"


def cut_at_end(screen: Screen, leftovers: list[Leftover]) -> Screen:
    """A configuration down to its `end`; what stands below, in a page or a mail, is left over.

    Commands that only save what was pasted, or leave, are none of it.
    """
    end = end_of(screen.lines) if screen.kind in WITH_LINES else None
    if end is None:
        return screen
    below = [(at, line) for at, line in enumerate(screen.lines) if at >= end and line.text.strip(" \t!")]
    if not below:
        return screen
    cut = below[0][0]
    text = [line for _, line in below if not only_ends(line.text.strip())]
    if not text:
        return replace(screen, lines=screen.lines[:cut])
    first = text[0]
    more = {1: "", 2: " and 1 more line"}.get(len(text), f" and {len(text) - 1} more lines")
    what = f"'{first.text.strip()}'{more}, below the end of the configuration"
    leftovers.append(Leftover(screen.file, first.number, what))
    return replace(screen, lines=screen.lines[:cut])
