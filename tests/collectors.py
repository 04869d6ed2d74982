"""Commands that collectors type at a router, and its answers: the rows of `collector_commands.toml`, and their page."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml
from tests.configured_features import looks_section

ANSWERS = {
    "always": "answered",
    "feature": "answered where the level has the feature `{name}`",
    "part": "answered where the product has `{name}`",
    "refused": "refused",
    "missing": "not answered yet",
}


class CollectorCommand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A command with values for its placeholders, and who types it."""

    line: str
    of: tuple[str, ...]


class CommandGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Commands of one answer; a refusal has its reason, its source and its mark."""

    answer: Literal["always", "feature", "part", "refused", "missing"]
    commands: tuple[CollectorCommand, ...]
    name: str = ""
    reason: str = ""
    source: str = ""
    basis: Basis | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    groups: tuple[CommandGroup, ...]


@cache
def groups() -> tuple[CommandGroup, ...]:
    """List the groups of the table."""
    return read_toml(Path(__file__).with_name("collector_commands.toml"), _File).groups


def share() -> tuple[int, int]:
    """Count the commands that are answered or refused with a source, and all."""
    counted = Counter[str]()
    for group in groups():
        counted[group.answer] += len(group.commands)
    return sum(counted.values()) - counted["missing"], sum(counted.values())


def collectors_page(notice: str, table: Callable[[Iterable[str], Iterable[Iterable[str]]], str]) -> str:
    """The page of the table."""
    done, all_of_them = share()
    of = "RANCID, Oxidized, NAPALM, Genie, cisco.ios and ntc-templates"
    about = f"The commands of {of} for IOS, with values for their placeholders."
    figures = f"Of {all_of_them} commands {done} are answered, or refused with a source."
    parts = [f"# What collectors type\n\n{notice}{about} {figures}\n"]
    for group in groups():
        title = ANSWERS[group.answer].format(name=group.name)
        heading = f"{title[0].upper()}{title[1:]}" + (f": {group.reason}" if group.reason else "")
        source = f"Source: {group.source} ({group.basis}).\n\n" if group.source else ""
        rows = ((f"`{each.line}`", _typists(each)) for each in group.commands)
        parts.append(f"## {heading}\n\n{source}{table(('command', 'typed by'), rows)}")
    return "\n".join([*parts, looks_section(table)])


def _typists(command: CollectorCommand) -> str:
    return "procedures" if command.of == ("-",) else ", ".join(command.of)
