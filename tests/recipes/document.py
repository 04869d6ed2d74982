"""`docs/extending.md` as data: each recipe is a list of steps, in the order of its fenced blocks.

A block says what it is by the line before it:

- ``New file `PATH`:`` is a file that does not exist yet;
- ``At the end of `PATH`:`` is added to a file, apart from what is there by a blank line, in Python by two;
- ``In `PATH`:`` is a `diff` block: its lines without a sign, or with `-`, stand in the file exactly once and become
  those without a sign, or with `+`;
- a `console` block is a list of commands, each after `$ `, and of what each prints. A line `...` stands for any lines.

Any other block is an error, so nothing in a recipe is left untried.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

DOCUMENT = Path(__file__).parents[2] / "docs" / "extending.md"
RECIPE = re.compile(r"^## (?P<title>.+)$", re.MULTILINE)
BLOCK = re.compile(r"(?P<before>[^\n]*)\n\n```(?P<language>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"(?P<how>New file|At the end of|In) `(?P<path>[^`]+)`:$")


class RecipeError(Exception):
    """A recipe does not do what it says."""


class NewFile(msgspec.Struct, frozen=True):
    """A file to be written."""

    path: str
    text: str


class Addition(msgspec.Struct, frozen=True):
    """Text at the end of a file."""

    path: str
    text: str


class Change(msgspec.Struct, frozen=True):
    """Lines of a file in place of others."""

    path: str
    before: str
    after: str


class Command(msgspec.Struct, frozen=True):
    """A command of the shell, and what it prints."""

    line: str
    printed: str


Step = NewFile | Addition | Change | Command


class Recipe(msgspec.Struct, frozen=True):
    """One section of the document."""

    title: str
    steps: tuple[Step, ...]


def recipes(text: str | None = None) -> list[Recipe]:
    """All recipes: the sections of the document that have steps.

    Raises:
        RecipeError: a block says neither which file it changes nor which commands are run.
    """
    sections = RECIPE.split(DOCUMENT.read_text(encoding="utf-8") if text is None else text)[1:]
    read = [
        Recipe(title, tuple(_steps(title, body))) for title, body in zip(sections[::2], sections[1::2], strict=True)
    ]
    return [recipe for recipe in read if recipe.steps]


def _steps(title: str, section: str) -> Iterator[Step]:
    blocks = list(BLOCK.finditer(section))
    if section.count("\n```") != 2 * len(blocks):
        raise RecipeError(f"{title}: a fenced block needs a line of text and a blank line before it")
    for block in blocks:
        place = PLACE.search(block["before"])
        if block["language"] == "console":
            yield from _commands(title, block["body"])
        elif place is None:
            raise RecipeError(f"{title}: after '{block['before']}' nobody knows which file is meant")
        elif place["how"] == "In":
            yield _change(title, place["path"], block["body"])
        else:
            kind = NewFile if place["how"] == "New file" else Addition
            yield kind(place["path"], block["body"])


def _commands(title: str, body: str) -> Iterator[Command]:
    if not body.startswith("$ "):
        raise RecipeError(f"{title}: a console block begins with a command, '$ …'")
    for part in body.removeprefix("$ ").split("\n$ "):
        line, _, printed = part.partition("\n")
        yield Command(line, printed if not printed or printed.endswith("\n") else f"{printed}\n")


def _change(title: str, path: str, body: str) -> Change:
    signs = {" ": (True, True), "-": (True, False), "+": (False, True)}
    before, after = [], []
    for line in body.splitlines():
        sign, text = (line[:1] or " "), line[1:]
        if sign not in signs:
            raise RecipeError(f"{title}: a line of a diff of {path} begins with a blank, - or +: '{line}'")
        stays, comes = signs[sign]
        before += [text] * stays
        after += [text] * comes
    return Change(path, "\n".join(before) + "\n", "\n".join(after) + "\n")
