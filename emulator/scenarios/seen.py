"""The expectations of a step on what was seen, and the values that are saved from it."""

import re
from collections.abc import Callable, Iterator

import msgspec

from emulator.scenarios.model import Step, as_lines

Filled = Callable[[str], str]


class Difference(msgspec.Struct, frozen=True):
    """Something that was expected and did not come: in words, and the text that is looked for, if it is one."""

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
        if re.search(pattern, text, re.MULTILINE) is None:
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
    found = re.findall(rf"(?:^|\s|,){re.escape(label)}\s*:[ \t]*(\S.*?)?(?=\s{{2,}}|$)", text, re.MULTILINE)
    return str(found[-1]).strip() if found else None


def saved(step: Step, text: str) -> Iterator[tuple[str, str | None]]:
    """The values that a step saves, by name; None for one that is not there."""
    for name, pattern in step.save.items():
        match = re.search(pattern, text)
        yield name, None if match is None else match[1]
