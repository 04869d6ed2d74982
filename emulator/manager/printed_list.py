"""Lists of UDIs on paper, for networks that let nothing else through: each row is typed with two check characters.

I: the whole form. The characters of a row are digits of a polynomial over the field of 1021 elements, taken at a
generator of it, so no single wrong character and no two that changed places go unnoticed. The last row tells how many
there are and checks all of them, so neither does a row that was left out. The check characters have no 0, O, 1 and I.
"""

from collections.abc import Iterable, Sequence

import msgspec

from emulator.kernel.errors import Refused, printable
from emulator.licensing.udi import Udi, parse_udi

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Characters of a check, which a reader does not mix up; those of a PAK are the same."""

FIELD, GENERATOR = 1021, 10
"""Largest prime that two check characters can tell, and an element whose powers run through the field."""

MOST_ROWS = 10_000
"""Limit of the rows of one list."""

END = "END"

LOOK_ALIKES = ("0O", "0D", "0Q", "1I", "1L", "2Z", "5S", "6G", "8B", "UV", "MN")
"""Pairs of characters that are taken for each other on paper."""


class TypedRow(msgspec.Struct, frozen=True):
    """Row of a list as it was typed; `udi` is None where it is wrong, and `problem` tells why."""

    row: int
    udi: Udi | None
    problem: str = ""


def check_characters(text: str) -> str:
    """Compute the two check characters of a text."""
    value = 0
    for character in text:
        value = (value * GENERATOR + ord(character)) % FIELD
    first, second = divmod(value, len(ALPHABET))
    return ALPHABET[first] + ALPHABET[second]


def write_printed_list(udis: Iterable[Udi]) -> str:
    """Write a list: a number, the UDI and its check characters in each row, and a last row for the whole."""
    listed = [str(udi) for udi in udis]
    width = len(str(len(listed)))
    length = max(map(len, listed), default=0)
    lines = [
        f"# UDIs of {len(listed)} device(s). Type the UDI and its two check characters of each row, and the last row."
    ]
    lines += [f"{number:>{width}}  {udi:<{length}}  {check_characters(udi)}" for number, udi in enumerate(listed, 1)]
    lines.append(f"{END} {len(listed)} {check_characters(' '.join(listed))}")
    return "\n".join(lines) + "\n"


def read_printed_list(text: str) -> list[TypedRow]:
    """Read a list as it was typed, with or without the numbers of its rows, in capitals or not.

    Raises:
        Refused: it has too many rows, or none.
    """
    found: list[TypedRow] = []
    ended = False
    lines = [(number, line.upper().split()) for number, line in enumerate(text.splitlines(), 1)
             if line.strip() and not line.lstrip().startswith("#")]  # fmt: skip
    if not lines:
        raise Refused("the list is empty; a row is a UDI and its two check characters")
    if len(lines) > MOST_ROWS:
        raise Refused(f"the list has more than {MOST_ROWS} rows; type it in parts")
    for number, words in lines:
        if ended:
            found.append(TypedRow(number, None, f"it stands behind the {END} row"))
        elif words[0] == END:
            ended = True
            if problem := _fault_of_end(words, found):
                found.append(TypedRow(number, None, problem))
        else:
            found.append(_read_row(number, words))
    if not ended:
        found.append(TypedRow(lines[-1][0] + 1, None, f"the {END} row is missing; rows before it may be missing too"))
    return found


def _read_row(number: int, words: Sequence[str]) -> TypedRow:
    typed = words[1:] if words[0].isdecimal() else words
    if len(typed) == 1 and ":" in typed[0]:
        return TypedRow(number, None, "it has no check characters; they stand behind the UDI")
    if len(typed) != 2:
        return TypedRow(number, None, "it is not a UDI and its two check characters")
    text, check = typed
    try:
        udi = parse_udi(text)
    except ValueError as error:
        return TypedRow(number, None, str(error) if len(text) <= 60 else printable(str(error)))
    if check_characters(text) == check:
        return TypedRow(number, udi)
    meant = [each for each in _misread(text) if check_characters(each) == check]
    hint = f"did you mean {meant[0]}?" if len(meant) == 1 else "compare it with the list"
    return TypedRow(number, None, f"{text} does not fit its check characters {printable(check)}; {hint}")


def _misread(text: str) -> list[str]:
    """UDIs that are easily read or typed as this one: a look-alike character, or two neighbors that changed places."""
    found: dict[str, None] = {}
    for place, character in enumerate(text):
        for pair in LOOK_ALIKES:
            if character in pair:
                found[text[:place] + pair.replace(character, "") + text[place + 1 :]] = None
        if place and text[place - 1] != character:
            found[text[: place - 1] + character + text[place - 1] + text[place + 1 :]] = None
    return [each for each in found if _is_udi(each)]


def _is_udi(text: str) -> bool:
    try:
        parse_udi(text)
    except ValueError:
        return False
    return True


def _fault_of_end(words: Sequence[str], rows: Sequence[TypedRow]) -> str:
    if len(words) != 3 or not words[1].isdecimal():
        return f"it is not `{END}`, the number of devices and two check characters"
    if int(words[1][:6]) != len(rows):
        return f"the list has {printable(words[1])} device(s), and {len(rows)} row(s) were typed"
    listed = [str(each.udi) for each in rows if each.udi is not None]
    if len(listed) == len(rows) and check_characters(" ".join(listed)) != words[2]:
        return "the rows are not those of the list: one is missing, doubled, or in another place"
    return ""
