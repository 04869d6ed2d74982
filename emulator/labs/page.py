"""A lab's page: front matter between two lines `---`, then Markdown, and in it YAML in fenced blocks.

A heading `## Task: TITLE` begins a task, `## Debriefing` what is read afterwards, `## Teacher` what no learner sees.
Each block keeps the line that it stands at, so a mistake is told with the line of the page.
"""

from bisect import bisect_left
from pathlib import Path

import msgspec

from emulator.kernel.errors import DataFileError, nearest, printable
from emulator.kernel.host_paths import read_text
from emulator.kernel.yamlfile import LARGEST, YamlTree, parse_tree

FENCE = "---"
TASK, DEBRIEFING, TEACHER = "Task:", "Debriefing", "Teacher"
BLOCKS = ("task", "solve", "detour", "wrong")


class LabBlock(msgspec.Struct, frozen=True):
    """A fenced block that the product reads.

    Attributes:
        kind: one of `BLOCKS`.
        name: what follows the kind; empty for `task`.
        line: of its opening fence, counted from 1.
        tree: what it says.
    """

    kind: str
    name: str
    line: int
    tree: YamlTree


class LabSection(msgspec.Struct, frozen=True):
    """Section below a heading: its text without the blocks that the product reads, and those blocks.

    Attributes:
        unread: why blocks of it cannot be read.
    """

    title: str
    line: int
    text: str
    blocks: tuple[LabBlock, ...]
    unread: tuple[DataFileError, ...] = ()


class LabPage(msgspec.Struct, frozen=True):
    """A page that was read: its front matter, its text before the first heading, and its sections.

    Attributes:
        unread: why the front matter, which is empty then, cannot be read; None where it was.
    """

    path: Path
    front: YamlTree
    introduction: str
    sections: tuple[LabSection, ...]
    unread: DataFileError | None = None


def read_page(path: Path) -> LabPage:
    """Read a lab's page; what is no YAML in it is told in its place, so that the rest is known.

    Raises:
        DataFileError: it cannot be read, or has no front matter.
    """
    lines, ends = _lines(path)
    introduction, *sections = _sections(path, lines, ends + 1)
    unread = None
    try:
        front = _front(path, lines, ends)
    except DataFileError as error:
        front, unread = YamlTree(str(path), {}, {}), _placed(error, 1)
    return LabPage(path, front, introduction.text, tuple(sections), unread)


def read_top(path: Path) -> LabPage:
    """Read the front matter of a lab's page alone, which is much quicker: a list of labs needs no more.

    Raises:
        DataFileError: it cannot be read, or its front matter is not YAML.
    """
    return LabPage(path, _front(path, *_lines(path)), "", ())


def _lines(path: Path) -> tuple[list[str], int]:
    """The lines of a page, and the number of the one that ends its front matter."""
    try:
        text = read_text(path, LARGEST)
    except (OSError, UnicodeDecodeError) as error:
        problem = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise DataFileError(str(path), None, problem) from error
    lines = text.splitlines()
    ends = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if lines[:1] != [FENCE] or ends is None:
        raise DataFileError(str(path), 1, f"a lab begins with its front matter, between two lines '{FENCE}'")
    return lines, ends


def _front(path: Path, lines: list[str], ends: int) -> YamlTree:
    return parse_tree("\n".join(lines[1:ends]), str(path), 1)


def _sections(path: Path, lines: list[str], first: int) -> list[LabSection]:
    """The parts of the page; the first one has no heading."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse("\n" * first + "\n".join(lines[first:]))
    starts: list[tuple[int, str]] = [(first, "")]
    fences: list[_Fence] = []
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2" and token.map is not None:
            starts.append((token.map[0], tokens[number + 1].content.strip()))
        elif token.type == "fence" and token.map is not None and token.info.split()[:1]:
            fences.append((token.map[0], token.map[1], token.info.split(), token.content))
    known = [fence for fence in fences if fence[2][0] in _READ]
    sections = []
    for (begin, title), (end, _) in zip(starts, [*starts[1:], (len(lines), "")], strict=True):
        own = known[bisect_left(known, begin, key=_line) : bisect_left(known, end, key=_line)]
        hidden = {line for from_, to, _, _ in own for line in range(from_, to)}
        text = "\n".join(lines[at] for at in range(begin + bool(title), end) if at not in hidden)
        blocks = [_block(path, at, info, content) for at, _, info, content in own]
        read = tuple(block for block in blocks if isinstance(block, LabBlock))
        unread = tuple(block for block in blocks if isinstance(block, DataFileError))
        sections.append(LabSection(title, begin + 1, text.strip(), read, unread))
    return sections


_READ = {*BLOCKS, "yaml"}

_Fence = tuple[int, int, list[str], str]
"""First line of a fenced block, the line behind it, the words of its opening, and what it holds."""


def _line(fence: _Fence) -> int:
    return fence[0]


def _block(path: Path, at: int, info: list[str], content: str) -> LabBlock | DataFileError:
    """A block, or why it cannot be read."""
    kind = info[0] if info[0] != "yaml" else (info[1] if len(info) > 1 else "")
    name = " ".join(info[1:] if info[0] != "yaml" else info[2:])
    if kind not in BLOCKS:
        problem = f"unknown block '{printable(kind)}'. {nearest(kind, BLOCKS)}"
        return DataFileError(str(path), at + 1, problem)
    if (inner := _inner_fence(content)) is not None:
        return DataFileError(str(path), at + 2 + inner, f"the block of line {at + 1} has to end before, with ```")
    try:
        return LabBlock(kind, name, at + 1, parse_tree(content, str(path), at + 1))
    except DataFileError as error:
        return _placed(error, at + 1)


def _placed(error: DataFileError, line: int) -> DataFileError:
    """An error with its line, or that where the text of it begins."""
    return error if error.where is not None else DataFileError(error.path, line, error.problem)


def _inner_fence(content: str) -> int | None:
    """The line of a block, from 0, at which another one begins, since its own end is missing; None without one."""
    lines = content.splitlines()
    return next((at for at, line in enumerate(lines) if line.startswith("```")), None)
