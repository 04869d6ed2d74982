"""The difference between two configurations, line by line within their sections.

R: `+` stands before what only the second has and `-` before what only the first has, each under the headers that it
stands in; what `configure replace` types to make one into the other. The order of lines within a section counts for
nothing, as for IOS outside access lists.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

TEXT_MARK = "^C"
"""Delimiter of a text of several lines, such as a banner."""

FRAME = ("end", "Building configuration...", "Current configuration")
"""First words of lines that are no configuration."""


class ConfigurationEntry(msgspec.Struct):
    """A line, and the lines below it."""

    text: str
    below: list["ConfigurationEntry"] = []


def entries(text: str) -> list[ConfigurationEntry]:
    """Read the lines of a configuration as a tree; comments and the frame of a screen are left out."""
    top: list[ConfigurationEntry] = []
    open_sections: list[tuple[int, list[ConfigurationEntry]]] = [(-1, top)]
    lines = iter(text.replace("\r\n", "\n").split("\n"))
    for raw in lines:
        line = raw.strip()
        if not line or line.startswith(("!", *FRAME)):
            continue
        if line.count(TEXT_MARK) == 1:
            line = "\n".join((line, *_text_of_several_lines(lines)))
        indent = len(raw) - len(raw.lstrip())
        while open_sections[-1][0] >= indent:
            open_sections.pop()
        entry = ConfigurationEntry(line)
        open_sections[-1][1].append(entry)
        open_sections.append((indent, entry.below))
    return top


def _text_of_several_lines(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line
        if TEXT_MARK in line:
            return


def only_in(
    first: Sequence[ConfigurationEntry], second: Sequence[ConfigurationEntry], *, ignore_case: bool = False
) -> list[ConfigurationEntry]:
    """List what the first has and the second has not; a header of both is listed with what differs below it."""

    def key(entry: ConfigurationEntry) -> str:
        return entry.text.lower() if ignore_case else entry.text

    there = {key(each): each for each in second}
    found = []
    for entry in first:
        other = there.get(key(entry))
        if other is None:
            found.append(entry)
        elif below := only_in(entry.below, other.below, ignore_case=ignore_case):
            found.append(ConfigurationEntry(entry.text, below))
    return found


def differences(before: str, after: str) -> str:
    """Text of `show archive config differences`."""
    first, second = entries(before), entries(after)
    added = _marked("+", only_in(second, first), first)
    removed = _marked("-", only_in(first, second), second)
    lines = [*added, *removed]
    return "!Contextual Config Diffs:\n" + "".join(f"{each}\n" for each in lines or ["!No changes were found"])


def _marked(
    mark: str, found: Iterable[ConfigurationEntry], other: Sequence[ConfigurationEntry], indent: str = ""
) -> Iterator[str]:
    """Lines with the mark before what the other lacks; headers that both have stand without it."""
    there = {each.text: each for each in other}
    for entry in found:
        shared = there.get(entry.text)
        yield f"{indent}{'' if shared else mark}{entry.text}"
        yield from _marked(mark, entry.below, shared.below if shared else (), f"{indent} ")


def additions(running: str, text: str, *, ignore_case: bool) -> str:
    """Text of `show archive config incremental-diffs`: the lines of a file that the running configuration lacks."""
    found = only_in(entries(text), entries(running), ignore_case=ignore_case)
    lines = [*_typed(found)]
    return "!List of Commands:\n" + "".join(f"{each}\n" for each in [*lines, "end"] if lines) or ""


def _typed(found: Iterable[ConfigurationEntry], indent: str = "") -> Iterator[str]:
    for entry in found:
        yield f"{indent}{entry.text}"
        yield from _typed(entry.below, f"{indent} ")


def commands_between(before: str, after: str, word: str = "no") -> str:
    """Lines that make one configuration into another: first what goes, the last first, then what comes.

    `word` is `no` or `default`: what `no` keeps as a line of its own goes by `default`.
    """
    first, second = entries(before), entries(after)
    going = _undone(only_in(first, second), second, word)
    return "".join(f"{line}\n" for line in (*going, *_typed(only_in(second, first))))


def _undone(found: Sequence[ConfigurationEntry], other: Sequence[ConfigurationEntry], word: str) -> Iterator[str]:
    there = {each.text: each for each in other}
    for entry in reversed(found):
        shared = there.get(entry.text)
        if shared is None:
            yield undoing(entry.text, word)
            continue
        yield entry.text
        yield from _undone(entry.below, shared.below, word)


def undoing(line: str, word: str = "no") -> str:
    """Line that takes another back; a text of several lines is taken back by its first words."""
    if "\n" in line:
        return f"{word} {line.partition(TEXT_MARK)[0].strip()}"
    return f"default {line.removeprefix('no ')}" if line.startswith("no ") else f"{word} {line}"
