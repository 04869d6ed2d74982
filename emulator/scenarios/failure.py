"""Telling a failure so that one knows what to do: where, what was typed, and expected against seen around the place."""

from collections.abc import Collection, Iterator
from difflib import SequenceMatcher, unified_diff

from emulator.scenarios.loader import Place
from emulator.scenarios.runner import StepFailure

AROUND = 2
"""Lines shown before and after the place."""

LAST = 10
"""Lines of the console that are shown; empty ones do not count."""

ALIKE = 0.5
"""Least ratio of likeness, whatever the case, at which a line is taken for the one that was meant."""

LONGEST_COMPARED = 500
"""Characters of a line that are compared, and lines that are."""


def report(failure: StepFailure, place: Place) -> str:
    """The whole story of a failed step, a line each."""
    return "\n".join(_lines(failure, place))


def where(failure: StepFailure, place: Place) -> str:
    """The place of a failed step: `rma/scenario.yaml:23, step 4`."""
    line = "" if place.line is None else f":{place.line}"
    return f"{place.file}{line}, step {failure.step}"


def _lines(failure: StepFailure, place: Place) -> Iterator[str]:
    yield f"at {where(failure, place)}, {failure.at}"
    if failure.typed:
        yield f"{failure.place}: {failure.typed}"
    yield f"expected {failure.expected}"
    seen = failure.came.removesuffix("\n").split("\n")
    nearest = _nearest(seen, failure.wanted)
    if nearest is not None:
        yield "seen, where it is most alike:"
        wanted = failure.wanted.splitlines()[0]
        yield from (f"    {line}" for line in seen[max(nearest - AROUND, 0) : nearest])
        yield f"  - {wanted}"
        yield f"  + {seen[nearest]}"
        yield from (f"    {line}" for line in seen[nearest + 1 : nearest + 1 + AROUND])
    if len(seen) == 1 and nearest is None:
        yield f"came: {seen[0]}"
    elif len(seen) > 1:
        yield f"last lines of {failure.place}:"
        yield from (f"    {line}" for line in _last(seen, failure.commands))


def _last(seen: list[str], commands: Collection[int]) -> Iterator[str]:
    """The last lines of a console, from the command on that they answer; of a long answer its end."""
    printed = [number for number, line in enumerate(seen) if line.strip()]
    shown = printed[-LAST:]
    above = [number for number in printed if number in commands and number < shown[0]]
    if above and shown[0] not in commands:
        between = [number for number in printed if above[-1] < number < shown[0]]
        yield seen[above[-1]]
        if len(between) > AROUND:
            yield "..."
        else:
            shown = [*between, *shown]
    yield from (seen[number] for number in shown)


def _nearest(seen: list[str], wanted: str) -> int | None:
    """The line that is most alike to what was wanted; None where none is."""
    first = next(iter(wanted.splitlines()), "")[:LONGEST_COMPARED]
    if not first.strip():
        return None
    matcher = SequenceMatcher(b=first.lower(), autojunk=False)
    best, found = ALIKE, None
    for number, line in list(enumerate(seen))[-LONGEST_COMPARED:]:
        matcher.set_seq1(line[:LONGEST_COMPARED].lower())
        if line.strip() and (likeness := _likeness(matcher, len(first))) > best:
            best, found = likeness, number
    return found


def _likeness(matcher: "SequenceMatcher[str]", length: int) -> float:
    """The likeness of a line to a wanted text of that length: of the whole, or of the longest piece of it."""
    return max(matcher.ratio(), matcher.find_longest_match().size / length)


def transcript_difference(recorded: str, came: str, name: str) -> str:
    """The difference of two transcripts, as `diff -u` shows it; empty where they are alike."""
    lines = unified_diff(recorded.splitlines(), came.splitlines(), name, "this replay", n=AROUND, lineterm="")
    return "\n".join(lines)
