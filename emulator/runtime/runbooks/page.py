"""A runbook as text: the fenced blocks of a Markdown page that are run, and what they say is printed.

A block is run if it is marked `console` and its lines begin with `$ isrtwin`; what follows a command is what it prints,
and a line `...` stands for any lines. `console refused` says that a command of it fails, `console shown` that it is
only to be read. `yaml file=lab.yaml`, or any other language, puts a file of that name where the commands run.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from emulator.kernel.errors import DataFileError

PROMPT, PROGRAM, ANY_LINES = "$ ", "isrtwin", "..."
RUN, REFUSED, SHOWN, FILE = "console", "refused", "shown", "file="
FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


class PageCommand(msgspec.Struct, frozen=True):
    """A command of a page.

    Attributes:
        line: where it stands, counted from 1.
        typed: without the prompt.
        printed: the lines that the page shows as its output.
    """

    line: int
    typed: str
    printed: tuple[str, ...]


class PageBlock(msgspec.Struct, frozen=True):
    """A fenced block.

    Attributes:
        title: the heading that it stands under.
        first, last: its lines within the fences, counted from 0, the last one not included.
        commands: to be run; none in a block that is a file.
        refused: one of the commands fails.
        file: name of the file that it is; empty for commands.
        text: what it holds.
    """

    title: str
    first: int
    last: int
    commands: tuple[PageCommand, ...] = ()
    refused: bool = False
    file: str = ""
    text: str = ""


class Runbook(msgspec.Struct, frozen=True):
    """A page: its title, and what is done, in its order."""

    title: str
    blocks: tuple[PageBlock, ...]


def read_runbook(name: str, text: str) -> Runbook:
    """Read a page.

    Raises:
        DataFileError: nothing on it can be run, or a block is wrong.
    """
    from markdown_it import MarkdownIt

    title, heading, blocks = "", "", []
    tokens = MarkdownIt("commonmark").parse(text)
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[number + 1].content
            title = title or heading
        elif token.type == "fence" and token.map is not None:
            block = _block(name, heading, token.info.split(), token.map[0] + 1, token.content)
            if block is not None:
                blocks.append(block)
    if not any(block.commands for block in blocks):
        raise DataFileError(name, None, f"there is no block ```{RUN} with a line '{PROMPT}{PROGRAM} …' to run")
    return Runbook(title or name, tuple(blocks))


def _block(name: str, title: str, info: list[str], first: int, text: str) -> PageBlock | None:
    lines = text.splitlines()
    file = next((word.removeprefix(FILE) for word in info[1:] if word.startswith(FILE)), "")
    if file:
        if not FILE_NAME.fullmatch(file):
            raise DataFileError(name, first, f"'{file}' is not the name of a file beside the page")
        return PageBlock(title, first, first + len(lines), file=file, text=text)
    if info[:1] != [RUN] or SHOWN in info:
        return None
    commands = tuple(_commands(name, first, lines))
    return PageBlock(title, first, first + len(lines), commands, REFUSED in info) if commands else None


def _commands(name: str, first: int, lines: Sequence[str]) -> Iterator[PageCommand]:
    starts = [number for number, line in enumerate(lines) if line.startswith(PROMPT)]
    for start, following in zip(starts, [*starts[1:], len(lines)], strict=True):
        typed = lines[start].removeprefix(PROMPT)
        if typed.split()[:1] != [PROGRAM]:
            problem = f"only {PROGRAM} is run here, not '{typed}'; a block ```{RUN} {SHOWN} is only read"
            raise DataFileError(name, first + start + 1, problem)
        yield PageCommand(first + start + 1, typed, tuple(lines[start + 1 : following]))


def shows(printed: Sequence[str], came: Sequence[str]) -> bool:
    """Tell whether the output that came is the output that the page shows."""
    if ANY_LINES not in printed:
        return list(printed) == list(came)
    first, *between, last = _parted(printed)
    end = len(came) - len(last)
    if list(came[: len(first)]) != first or end < len(first) or list(came[end:]) != last:
        return False
    text, at = _joined(came[len(first) : end]), 0
    for part in map(_joined, between):
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part) - 1
    return True


def _joined(lines: Sequence[str]) -> str:
    """Lines as one text, in which each stands between two line ends: a search in it takes time with its length."""
    return "\n".join(("", *lines, ""))


def _parted(printed: Sequence[str]) -> list[list[str]]:
    """The stretches of lines between those that stand for any."""
    parts: list[list[str]] = [[]]
    for line in printed:
        if line == ANY_LINES:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def shortened_as(printed: Sequence[str], came: Sequence[str]) -> list[str]:
    """Lines of an output as a page has them that shows others: what it leaves out is left out, where that can be told.

    Lines that are alike part both into stretches. A stretch of the page that leaves out lines once shows as many lines
    before and after these as it did; one that does so more often, with other lines in between, comes whole.
    """
    if shows(printed, came):
        return list(printed)
    literal = [line for line in printed if line != ANY_LINES]
    blocks = SequenceMatcher(a=literal, b=list(came), autojunk=False).get_matching_blocks()
    alike = {block.a + each: block.b + each for block in blocks for each in range(block.size)}
    told: list[str] = []
    stretch: list[str] = []
    at = number = 0
    for line in printed:
        if line == ANY_LINES or number not in alike:
            stretch.append(line)
            number += line != ANY_LINES
            continue
        told += [*_shortened(stretch, came[at : alike[number]]), line]
        at, stretch, number = alike[number] + 1, [], number + 1
    return [*told, *_shortened(stretch, came[at:])]


def _shortened(printed: Sequence[str], came: Sequence[str]) -> Sequence[str]:
    """A stretch of an output, shortened as the page has the stretch in its place."""
    if printed.count(ANY_LINES) != 1:
        return [ANY_LINES] if printed and set(printed) == {ANY_LINES} else came
    before, after = printed.index(ANY_LINES), len(printed) - printed.index(ANY_LINES) - 1
    if len(came) < before + after:
        return came
    return [*came[:before], ANY_LINES, *came[len(came) - after :]]


def updated(text: str, runbook: Runbook, came: Sequence[Sequence[str]]) -> str:
    """The page with what its commands printed, one entry a command; what it shows already stays as it is written."""
    lines, outputs = text.splitlines(keepends=True), iter(came)
    changes = []
    for block in runbook.blocks:
        if block.commands:
            body = []
            for command in block.commands:
                output = next(outputs)
                shown = shortened_as(command.printed, output)
                body += [f"{PROMPT}{command.typed}\n", *(f"{line}\n" for line in shown)]
            changes.append((block, body))
    for block, body in reversed(changes):
        lines[block.first : block.last] = body
    return "".join(lines)
