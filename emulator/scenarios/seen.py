"""The expectations of a step on what was seen, and the values that are saved from it."""

import re
from collections.abc import Callable, Iterator

import msgspec

from emulator.scenarios.model import Step, as_lines
from emulator.scenarios.patterns import compiled, literal, searchable

_TWO_BLANKS = re.compile(r"\s\s")

Filled = Callable[[str], str]


class Difference(msgspec.Struct, frozen=True):
    """Expectation that was not met: in words, and the text that is looked for, if it is one."""

    expected: str
    wanted: str = ""


def differences(step: Step, text: str, filled: Filled) -> Iterator[Difference]:
    """The expectations of a step that did not come true, the first first."""
    position = 0
    for wanted in map(filled, as_lines(step.sees)):
        found = text.find(wanted, position)
        if found < 0:
            before = " after what was seen before" if wanted in text else ""
            yield Difference(f"to see{before}: {wanted}", wanted)
            return
        position = found + len(wanted)
    for unwanted in map(filled, as_lines(step.hides)):
        if unwanted in text:
            yield Difference(f"not to see: {unwanted}")
    for pattern in as_lines(step.matches):
        if compiled(pattern, lines=True).search(searchable(text)) is None:
            yield Difference(f"something that matches: {pattern}")
    for label, wanted in step.fields.items():
        value = field(text, label)
        if value != filled(wanted):
            came = "there is no such field" if value is None else f"it is {value}"
            yield Difference(f"the field {label} to be {filled(wanted)}; {came}", f"{label}: {filled(wanted)}")


def field(text: str, label: str) -> str | None:
    """The value that stands behind a label and a colon, up to two blanks or the end of its line; None: there is none.

    Of several the last counts.
    """
    text = searchable(text)
    places = [found.end() for found in compiled(rf"(?:^|\s|,){literal(label)}\s*:[ \t]*", lines=True).finditer(text)]
    if not places:
        return None
    line = text[places[-1] :].partition("\n")[0]
    return _TWO_BLANKS.split(line, maxsplit=1)[0].strip()


def saved(step: Step, text: str) -> Iterator[tuple[str, str | None]]:
    """The values that a step saves, by name; None for one that is not there."""
    for name, pattern in step.save.items():
        match = compiled(pattern).search(searchable(text))
        yield name, None if match is None else match[1]
