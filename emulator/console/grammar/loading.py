"""From command files to a grammar: gather, check, expand, merge.

Files are discovered, so a new command touches no list. Everything that can be wrong with a table is found here and
told with file and line; a grammar that loads cannot fail later.
"""

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Mapping
from types import ModuleType

import msgspec

from emulator.console.grammar.arguments import ArgumentType
from emulator.console.grammar.errors import GrammarError
from emulator.console.grammar.filters import FILTERS
from emulator.console.grammar.grammar import Grammar
from emulator.console.grammar.helpbook import HelpBook, prefixes
from emulator.console.grammar.line import Flat, LineError, Token, expand
from emulator.console.grammar.records import Command
from emulator.console.grammar.tree import Leaf, Node
from emulator.kernel.errors import nearest


class Source(msgspec.Struct, frozen=True):
    """What one file contributes."""

    name: str
    commands: tuple[Command, ...]
    help: Mapping[str, str]


def load(package: ModuleType, modes: Iterable[str], types: Mapping[str, ArgumentType]) -> Grammar:
    """Build the grammar of all modules of `package`, each of which has COMMANDS and HELP.

    Raises:
        GrammarError: a file is wrong; the message names it.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return build([_source(f"{package.__name__}.{name}") for name in names], modes, types)


def _source(name: str) -> Source:
    module = importlib.import_module(name)
    file = name.replace(".", "/") + ".py"
    for table in ("COMMANDS", "HELP"):
        if not hasattr(module, table):
            raise GrammarError(file, None, f"a command file has a table {table}; this one has none")
    return Source(file, tuple(module.COMMANDS), module.HELP)


def build(sources: Iterable[Source], modes: Iterable[str], types: Mapping[str, ArgumentType]) -> Grammar:
    """Build a grammar of `sources`; lines may use the named types and modes.

    Raises:
        GrammarError: a table is wrong.
    """
    roots = {mode: Node() for mode in modes}
    book = HelpBook()
    entries: list[_Entry] = []
    for source in sources:
        own = [_entry(source.name, command, roots, types) for command in source.commands]
        lines = [(mode, flat) for entry in own for mode in entry.command.modes for flat in entry.flats]
        book.add(source.name, source.help, lines)
        entries += own
    planter = _Planter(roots, book)
    for entry in entries:
        planter.plant(entry)
    for root in roots.values():
        root.seal()
    return Grammar(tuple(entry.command for entry in entries), roots)


class _Entry(msgspec.Struct, frozen=True):
    """A command with its file and its expanded lines."""

    file: str
    command: Command
    flats: list[Flat]

    def wrong(self, problem: str) -> GrammarError:
        return GrammarError(self.file, self.command.line, problem)

    def __str__(self) -> str:
        return f'{self.file}: "{self.command.line}"'


def _entry(file: str, command: Command, modes: Iterable[str], types: Mapping[str, ArgumentType]) -> _Entry:
    try:
        entry = _Entry(file, command, expand(command.line, types))
    except LineError as error:
        raise GrammarError(file, command.line, str(error)) from error
    if not command.modes:
        raise entry.wrong("belongs to no mode")
    for mode in command.modes:
        if mode not in modes:
            raise entry.wrong(f"unknown mode '{mode}'. {nearest(mode, modes)}")
    given, taken = _given(entry.flats), _taken(command)
    if sorted(given) != sorted(taken):
        raise entry.wrong(f"the line gives ({', '.join(given)}), its handler takes ({', '.join(taken)})")
    return entry


def _given(flats: list[Flat]) -> list[str]:
    """The names of all arguments, in the order of the line."""
    return list(dict.fromkeys(token.name for flat in flats for token in flat if token.name))


def _taken(command: Command) -> list[str]:
    """The parameters of the handler after the session, without those that a `partial` has bound."""
    bound = command.run.keywords if isinstance(command.run, functools.partial) else {}
    return [name for name in list(inspect.signature(command.run).parameters)[1:] if name not in bound]


class _Planter:
    """Puts expanded lines into the trees and refuses what would be out of reach there."""

    def __init__(self, roots: dict[str, Node], book: HelpBook) -> None:
        self._roots = roots
        self._book = book
        self._lines: dict[int, _Entry] = {}
        self._labels: dict[tuple[str, str, int], tuple[str, _Entry]] = {}

    def plant(self, entry: _Entry) -> None:
        for mode in entry.command.modes:
            for flat in entry.flats:
                self._plant(entry, mode, flat)

    def _plant(self, entry: _Entry, mode: str, flat: Flat) -> None:
        node = self._roots[mode]
        before = ""
        for token, prefix in zip(flat, prefixes(flat), strict=True):
            self._check_label(entry, mode, before, token)
            node = node.follow(token, self._book.look_up(entry.file, entry.command.line, mode, prefix))
            before = prefix
        if node.leaf is not None:
            raise entry.wrong(f'"{before}" in mode {mode} is declared already by {self._lines[id(node)]}')
        self._lines[id(node)] = entry
        names = tuple(token.name for token in flat)
        left_out = dict.fromkeys(_given(entry.flats))
        node.leaf = Leaf(entry.command, names, left_out)
        for modifier in FILTERS if entry.command.piped else ():
            end = node
            for token, text in modifier:
                end = end.follow(token, text)
            end.leaf = Leaf(entry.command, names, left_out, filtered=True)

    def _check_label(self, entry: _Entry, mode: str, before: str, token: Token) -> None:
        """One type at one place has one name: under a second name it would never be reached."""
        if token.type is None:
            return
        place = (mode, before.lower(), id(token.type))
        label, other = self._labels.setdefault(place, (token.label, entry))
        if label != token.label:
            raise entry.wrong(f'{token.label} after "{before}" in mode {mode} is called {label} by {other}')
