"""A scenario file as data. YAML that users write; a mistake is told with file and line.

A step has at most one act; a note alone is a step too. Text may hold `{NAME}`: what an earlier step kept under that
name.
"""

import re

import msgspec

from emulator.world.recipe import DEFAULT_START, RouterRecipe, WorldRecipe

SLOT = re.compile(r"\{([A-Z][A-Z0-9_]*)\}")
NAME = re.compile(r"[A-Z][A-Z0-9_]*")

Lines = str | tuple[str, ...]
"""One line or several."""

ACTS = ("bench", "portal", "advance", "console", "check")


class Lesson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a scenario teaches: a question of the FAQ, and the lesson in our own words."""

    question: str
    lesson: str


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The state that a router must be in; what is left out is not looked at.

    Attributes:
        license: type of the license in use, as `show version` names it; `none` for a base level without one.
    """

    router: str
    phase: str | None = None
    level: str | None = None
    license: str | None = None
    next_level: str | None = None


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step.

    Attributes:
        note: text for the reader.
        bench: a line for the bench; `portal` and `advance` are bench lines without their first word.
        console: a router, with what is typed on its console.
        sees: texts that must appear, in this order, while the step runs.
        hides: texts that must not appear.
        keep: values to keep, by name: a pattern whose first group is found in what was seen.
        refused: the bench must refuse the line.
        waits: the step lasts until the console asks for the next line; `false` leaves what was typed last running.
    """

    note: str | None = None
    bench: str | None = None
    portal: str | None = None
    advance: str | None = None
    console: str | None = None
    check: Check | None = None
    type: Lines | None = None
    sees: Lines = ()
    hides: Lines = ()
    keep: dict[str, str] = {}
    refused: bool = False
    waits: bool = True


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole scenario."""

    title: str
    teaches: Lesson
    routers: dict[str, RouterRecipe]
    steps: tuple[Step, ...]
    start: str = DEFAULT_START
    seed: int = 1

    def recipe(self, name: str) -> WorldRecipe:
        """The world that it plays in."""
        return WorldRecipe(name, self.start, self.seed, self.routers)


def as_lines(text: Lines) -> tuple[str, ...]:
    """One line or several, as several."""
    return (text,) if isinstance(text, str) else text
