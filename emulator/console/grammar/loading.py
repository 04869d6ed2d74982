"""From command files to a grammar: gather, check, expand, merge.

Files are discovered, so a new command touches no list. Everything that can be wrong with a table is found here and
told with file and line; a grammar that loads cannot fail later.
"""

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import Parameter
from types import ModuleType

import msgspec

from emulator.console.grammar.arguments import ArgumentType
from emulator.console.grammar.errors import GrammarError
from emulator.console.grammar.filters import add_bar, modifiers
from emulator.console.grammar.grammar import Grammar
from emulator.console.grammar.helpbook import HelpBook, check_used, prefixes
from emulator.console.grammar.line import Flat, LineError, Token, expand
from emulator.console.grammar.records import Command
from emulator.console.grammar.tree import Leaf, Node
from emulator.kernel.errors import nearest


class Source(msgspec.Struct, frozen=True):
    """What one file contributes. The help of a yielding one gives way to what another file says of the same words."""

    name: str
    commands: tuple[Command, ...]
    help: Mapping[str, str]
    yielding: bool = False


Tables = Mapping[str, Callable[[], Source]]
"""By mode, what gives the rest of its lines: read when the mode is first used."""


def load(
    package: ModuleType, modes: Iterable[str], types: Mapping[str, ArgumentType], tables: Tables | None = None
) -> Grammar:
    """The grammar of all modules of `package`, each of which has COMMANDS and HELP; a mode is built at its first use.

    Raises:
        GrammarError: a file is wrong; the message names it. What is wrong in a mode is told when it is built.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return Grammar(_Trees([_source(f"{package.__name__}.{name}") for name in names], modes, types, tables or {}))


def _source(name: str) -> Source:
    module = importlib.import_module(name)
    file = name.replace(".", "/") + ".py"
    for table in ("COMMANDS", "HELP"):
        if not hasattr(module, table):
            raise GrammarError(file, None, f"a command file has a table {table}; this one has none")
    return Source(file, tuple(module.COMMANDS), module.HELP)


def build(
    sources: Iterable[Source], modes: Iterable[str], types: Mapping[str, ArgumentType], tables: Tables | None = None
) -> Grammar:
    """Build a whole grammar of `sources` at once; lines may use the named types and modes.

    Raises:
        GrammarError: a table is wrong.
    """
    trees = _Trees(list(sources), modes, types, tables or {})
    trees.check()
    grammar = Grammar(trees)
    for mode in grammar.modes:
        for edge in grammar.roots[mode].keywords.values():
            edge.node.grown()
    return grammar


class _Trees(dict[str, Node]):
    """The tree of every mode, built when it is first looked up."""

    def __init__(
        self, sources: list[Source], modes: Iterable[str], types: Mapping[str, ArgumentType], tables: Tables
    ) -> None:
        super().__init__()
        self.modes = tuple(modes)
        self._sources, self._types, self._tables = sources, types, tables

    def __missing__(self, mode: str) -> Node:
        if mode not in self.modes:
            raise KeyError(mode)
        root, book = Node(), HelpBook()
        planter = _Planter(mode, root, book, self._modifiers)
        entries: list[_Entry] = []
        for source in self._of(mode):
            own = [command for command in source.commands if mode in command.modes]
            entries += self._entries(mode, source, [command for command in own if not command.weak], book)
            self._put_off(mode, source, [command for command in own if command.weak], planter)
        for entry in entries:
            planter.plant(entry)
        root.seal()
        self[mode] = root
        return root

    def _entries(self, mode: str, source: Source, commands: list[Command], book: HelpBook) -> "list[_Entry]":
        """Commands of a source with their expanded lines, their help entered."""
        entries = [self._entry(source, command) for command in commands]
        book.add(source, mode, [flat for entry in entries for flat in entry.flats])
        return entries

    def _put_off(self, mode: str, source: Source, commands: list[Command], planter: "_Planter") -> None:
        """Let the weak commands of a source, which are many and seldom typed, grow behind their first words."""
        by_word: dict[str, list[Command]] = {}
        for command in commands:
            by_word.setdefault(command.line.partition(" ")[0], []).append(command)
        for word, own in by_word.items():

            def grow(own: list[Command] = own) -> None:
                for entry in self._entries(mode, source, own, planter.book):
                    planter.plant(entry)

            planter.expect(source, Token(word), own, grow)

    @functools.cached_property
    def _modifiers(self) -> Node:
        return modifiers(self._types)

    @property
    def commands(self) -> tuple[Command, ...]:
        """All of them, those of the tables too."""
        return tuple(command for source in self._all() for command in source.commands)

    def check(self) -> None:
        """What no single mode would tell: commands of modes that there are not, help that no line uses.

        Raises:
            GrammarError: a table is wrong.
        """
        for source in self._all():
            entries = [self._entry(source, command) for command in source.commands]
            if not source.yielding:
                check_used(source, [flat for entry in entries for flat in entry.flats])

    def _all(self) -> Iterator[Source]:
        yield from self._sources
        for read in self._tables.values():
            yield read()

    def _of(self, mode: str) -> Iterator[Source]:
        yield from self._sources
        if mode in self._tables:
            yield self._tables[mode]()

    def _entry(self, source: Source, command: Command) -> "_Entry":
        return _entry(source.name, command, self.modes, self._types)


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
    if taken is not None and sorted(given) != sorted(taken):
        raise entry.wrong(f"the line gives ({', '.join(given)}), its handler takes ({', '.join(taken)})")
    return entry


def _given(flats: list[Flat]) -> list[str]:
    """The names of all arguments, in the order of the line."""
    return list(dict.fromkeys(token.name for flat in flats for token in flat if token.name))


def _taken(command: Command) -> list[str] | None:
    """The parameters of the handler after the session, without those that a `partial` has bound; None: it takes any."""
    bound: Mapping[str, object] = {}
    run = command.run
    if isinstance(run, functools.partial):
        bound, run = run.keywords, run.func
    taken = _parameters(run)[1:]
    if taken and taken[-1].kind is Parameter.VAR_KEYWORD:
        return None
    return [each.name for each in taken if each.name not in bound]


@functools.cache
def _parameters(run: Callable[..., object]) -> list[Parameter]:
    return list(inspect.signature(run).parameters.values())


class _Planter:
    """Puts expanded lines into the tree of a mode and refuses what would be out of reach there."""

    def __init__(self, mode: str, root: Node, book: HelpBook, modifiers: Node) -> None:
        self._mode, self._root, self.book, self._modifiers = mode, root, book, modifiers
        self._lines: dict[int, _Entry] = {}
        self._labels: dict[tuple[str, int], tuple[str, _Entry]] = {}

    def expect(self, source: Source, word: Token, commands: list[Command], grow: Callable[[], None]) -> None:
        """Make the branch of a word, where the commands grow when it is needed."""
        self.book.add(source, self._mode, [(word,)])
        branch = self._root.follow(word, self.book.look_up(source.name, word.label, self._mode, word.label))
        branch.growth, branch.expected = grow, tuple({(command.when, command.privilege): None for command in commands})

    def plant(self, entry: _Entry) -> None:
        for flat in entry.flats:
            self._plant(entry, flat)

    def _plant(self, entry: _Entry, flat: Flat) -> None:
        node, mode = self._root, self._mode
        before = ""
        for token, prefix in zip(flat, prefixes(flat), strict=True):
            self._check_label(entry, before, token)
            node = node.follow(token, self.book.look_up(entry.file, entry.command.line, mode, prefix))
            before = prefix
        if node.leaf is not None and entry.command.weak:
            return
        if node.leaf is not None:
            raise entry.wrong(f'"{before}" in mode {mode} is declared already by {self._lines[id(node)]}')
        self._lines[id(node)] = entry
        names = tuple(token.name for token in flat)
        left_out = dict.fromkeys(_given(entry.flats))
        node.leaf = Leaf(entry.command, names, left_out)
        if entry.command.piped:
            add_bar(node, node.leaf, self._modifiers)

    def _check_label(self, entry: _Entry, before: str, token: Token) -> None:
        """One type at one place has one name: under a second name it would never be reached."""
        if token.type is None:
            return
        place = (before.lower(), id(token.type))
        label, other = self._labels.setdefault(place, (token.label, entry))
        if label != token.label:
            raise entry.wrong(f'{token.label} after "{before}" in mode {self._mode} is called {label} by {other}')
