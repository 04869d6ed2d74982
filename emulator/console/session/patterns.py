"""The regular expressions of IOS, for output filters: Henry Spencer's dialect with `_` for a delimiter.

R: `. * + ? ^ $ [] () |`, a backslash that takes the next character as it is, and `_`, which stands for the beginning or
the end of the line, a blank, a comma, a brace or a parenthesis, and for itself. There are no counts: braces are
themselves. Left out: recall of a group by its number. The pattern is carried out by RE2, which takes time linear in the
length of the line whatever the pattern; no line of a user can hold the console.
"""

from collections.abc import Callable

SPECIAL = frozenset(".*+?^$()|")
DELIMITER = r"(?:^|$|[ ,{}()_])"


class BadPattern(Exception):
    """The failure to read a text as a regular expression."""


def matcher(pattern: str) -> Callable[[str], bool]:
    """Build a function that tells whether a pattern is found in a line.

    Raises:
        BadPattern: the pattern cannot be read.
    """
    import re2

    options = re2.Options()
    options.log_errors = False
    translated = _translated(pattern)
    try:
        search = re2.compile(translated, options).search
    except (re2.error, UnicodeEncodeError) as error:
        raise BadPattern from error

    def found(line: str) -> bool:
        return search(line.encode(errors="replace").decode()) is not None

    return found


def _translated(pattern: str) -> str:
    """The pattern in the dialect of RE2."""
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        character = pattern[at]
        if character == "[":
            end = _class_end(pattern, at)
            parts.append(_class(pattern[at + 1 : end]))
            at = end
        elif character == "\\" and at + 1 < len(pattern):
            at += 1
            parts.append(_literal(pattern[at]))
        elif character == "_":
            parts.append(DELIMITER)
        elif character in SPECIAL:
            parts.append("(?:" if character == "(" else character)  # nothing is kept of what a group matched
        else:
            parts.append(_literal(character))
        at += 1
    return "".join(parts)


def _class_end(pattern: str, begin: int) -> int:
    """Find where the bracket of a class is closed; one right behind the opening is an ordinary member."""
    first = begin + 2 if pattern[begin + 1 : begin + 2] == "^" else begin + 1
    end = pattern.find("]", first + 1)
    if end < 0:
        raise BadPattern
    return end


def _class(members: str) -> str:
    """A class of characters: nothing in it is special but the caret before it and a dash between two."""
    negated = members.startswith("^")
    body = members[1:] if negated else members
    return f"[{'^' if negated else ''}{''.join(each if each == '-' else _literal(each) for each in body)}]"


def _literal(character: str) -> str:
    return character if character.isalnum() or ord(character) > 127 else f"\\x{ord(character):02x}"
