"""`line vty 0 15`: settings are kept for each virtual terminal line, and lines with the same ones are printed together.

R: the first five lines are printed apart from those beyond. So a section stands for a range, ranges never overlap, and
one that is entered in part is divided: what is typed then goes to each part that was meant. R: `no line vty 7` takes
the lines beyond it away as well, since lines are numbered without a gap.
"""

from copy import deepcopy
from itertools import pairwise

from emulator.router.configuration import Configuration, Section
from emulator.router.line_settings import FEWEST_VTY, vty_range, vty_sections


def cover(configuration: Configuration, first: int, last: int) -> list[str]:
    """Divide and add sections so that some of them stand for exactly these lines; returns their keys in order."""
    _divide(configuration, first, last)
    covered = {number: key for key, low, high in vty_sections(configuration) for number in range(low, high + 1)}
    start = first
    for number in range(first, last + 1):
        ends = number == last or number + 1 in covered or number + 1 == FEWEST_VTY
        if number in covered:
            start = number + 1
        elif ends:
            configuration.section(_key(start, number))
            start = number + 1
    found = sorted((low, key) for key, low, high in vty_sections(configuration) if first <= low and high <= last)
    return [key for _, key in found]


def cut_off(configuration: Configuration, first: int) -> None:
    """Take a line and all beyond it away; the first five stay."""
    first = max(first, FEWEST_VTY)
    for key, low, high in list(vty_sections(configuration)):
        if high >= first:
            section = configuration.sections.pop(key)
            if low < first:
                _put(configuration, low, first - 1, section)
    join(configuration)


def is_whole(configuration: Configuration, key: str) -> bool:
    """Tell whether a section that was entered can stay as it is: it overlaps no other, and divides nothing.

    In a configuration that was found on a real router a range stays as it was found there.
    """
    first, last = vty_range(key)
    if first > last or configuration.sections[key].lines:
        return True
    others = [each for each in vty_sections(configuration) if each[0] != key]
    if any(low <= last and first <= high for _, low, high in others):
        return False
    divided = first < FEWEST_VTY and (first, last) != (0, FEWEST_VTY - 1)
    return configuration.as_found or not divided


def join(configuration: Configuration) -> None:
    """Join neighbors with the same settings again, the first five lines apart from the rest."""
    while pair := _pair(configuration):
        (one, low, _), (other, _, high) = pair
        kept = configuration.sections[one]
        del configuration.sections[one], configuration.sections[other]
        _put(configuration, low, high, kept)


Range = tuple[str, int, int]
"""Key of a section, and the first and last line that it stands for."""


def _pair(configuration: Configuration) -> tuple[Range, Range] | None:
    """Two neighbors that may be one."""
    ranges = sorted(vty_sections(configuration), key=lambda each: each[1])
    for one, other in pairwise(ranges):
        if one[2] + 1 == other[1] != FEWEST_VTY:
            first, second = configuration.sections[one[0]], configuration.sections[other[0]]
            if first.lines == second.lines and not first.found and not second.found:
                return one, other
    return None


def _divide(configuration: Configuration, first: int, last: int) -> None:
    """Divide what stands for lines inside and outside of the range."""
    if not any(low == 0 for _, low, _ in vty_sections(configuration)):
        configuration.section(_key(0, FEWEST_VTY - 1))
    for key, low, high in list(vty_sections(configuration)):
        inside = max(low, first), min(high, last)
        if inside[0] > inside[1] or inside == (low, high):
            continue
        section = configuration.sections.pop(key)
        for begin, end in ((low, inside[0] - 1), inside, (inside[1] + 1, high)):
            if begin <= end:
                _put(configuration, begin, end, deepcopy(section))


def _put(configuration: Configuration, first: int, last: int, section: Section) -> None:
    section.header = _key(first, last)
    configuration.sections[section.header] = section


def _key(first: int, last: int) -> str:
    return f"line vty {first} {last}" if last > first else f"line vty {first}"
