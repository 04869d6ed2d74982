"""From command files to a grammar: gather, check, expand, merge.

Files are discovered, so a new command touches no list. Everything that can be wrong with a table is found here and
told with file and line; a grammar that loads cannot fail later.
"""

import functools
import gc
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from inspect import Parameter
from types import ModuleType

import msgspec

from emulator.grammar.arguments import ArgumentType
from emulator.grammar.command import Command
from emulator.grammar.errors import GrammarError
from emulator.grammar.filters import add_bar, modifiers
from emulator.grammar.grammar import Grammar
from emulator.grammar.helpbook import HelpBook, PrefixHelp, check_used, prefixes
from emulator.grammar.notation import Flat, LineError, NotationToken, expand, outline
from emulator.grammar.tree import Leaf, Node
from emulator.kernel.basis import BASIS
from emulator.kernel.errors import UnknownName


class Source(msgspec.Struct, frozen=True):
    """The contribution of one file.

    A yielding one is a table: its help gives way to another file's help for the same words, and its lines join the tree
    when their branch is first used.
    """

    name: str
    commands: tuple[Command, ...]
    help: PrefixHelp
    yielding: bool = False

    def help_goes(self, prefix: str) -> str:
        """Describe the place for the help of a prefix: a clause for an error message."""
        if not self.yielding:
            return "HELP of this file lacks it"
        label = prefix.rpartition(" ")[2]
        book = f"[arguments] as {label.strip('<>')}" if label.startswith("<") else f"[words] as {label}"
        return f"it goes to words.toml, {book}, to [help] of this file, or, for its last word, to help of the row"


PUT_OFF = 2
"""Words of a table's command that are in the tree before its branch is first used."""

_NOT_A_WORD = re.compile(r"[\[\]{}|<>]")

Tables = Mapping[str, Callable[[], Source]]
"""Sources of the rest of a mode's lines, by mode: read when the mode is first used."""


def load(
    package: ModuleType, modes: Iterable[str], types: Mapping[str, ArgumentType], tables: Tables | None = None
) -> Grammar:
    """Load the grammar of all modules of `package`, each of which has COMMANDS and HELP; a mode is built at its first
    use.

    Raises:
        GrammarError: a file is wrong; the message names it. A mistake in a mode is reported when that mode is built.
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
        _grow(grammar.roots[mode])
    return grammar


def _grow(node: Node) -> None:
    for below in node.grown().below():
        _grow(below)


class _Trees(dict[str, Node]):
    """The tree of every mode, built when it is first looked up."""

    def __init__(
        self, sources: list[Source], modes: Iterable[str], types: Mapping[str, ArgumentType], tables: Tables
    ) -> None:
        super().__init__()
        self.modes = tuple(modes)
        self._sources, self._types, self._tables = sources, types, tables
        self._expanded: dict[str, list[_Entry]] = {}
        for source in sources:
            _check_records(source, self.modes)

    def __missing__(self, mode: str) -> Node:
        if mode not in self.modes:
            raise KeyError(mode)
        with _no_collection():
            self[mode] = self._built(mode)
        return self[mode]

    def _built(self, mode: str) -> Node:
        root, book = Node(), HelpBook()
        planter = _Planter(mode, root, book, self._modifiers)
        entries: list[_Entry] = []
        for source in self._of(mode):
            own = [command for command in source.commands if mode in command.modes]
            if source.yielding:
                self._look_over(mode, source, own, planter.book)
                self._put_off(mode, source, own, planter)
            elif own:
                found = [entry for entry in self._whole(source) if mode in entry.command.modes]
                book.add(source, mode, [flat for entry in found for flat in entry.flats])
                entries += found
        for entry in entries:
            planter.plant(entry)
        root.seal()
        return root

    def _whole(self, source: Source) -> "list[_Entry]":
        """All commands of a file with their expanded lines, kept for the other modes that it has commands of."""
        if source.name not in self._expanded:
            entries = [self._entry(source, command) for command in source.commands]
            if isinstance(source.help, Mapping):
                check_used(source.name, source.help, [flat for entry in entries for flat in entry.flats])
            self._expanded[source.name] = entries
        return self._expanded[source.name]

    def _look_over(self, mode: str, source: Source, commands: list[Command], book: HelpBook) -> None:
        """Check the lines of a table; mistakes are told before they grow.

        A word that the table or its book explains wherever it stands needs no second look; only a line with another
        one is expanded.
        """
        for command in commands:
            if command.weak:
                continue
            try:
                labels = outline(command.line, self._types)
            except LineError as error:
                raise GrammarError(command.file or source.name, command.line, str(error)) from error
            if all(source.help.get(label) for label in labels[: -1 if command.help else None]):
                continue
            for flat in self._entry(source, command).flats:
                for prefix in prefixes(flat):
                    own = command.help if prefix == prefixes(flat)[-1] else ""
                    book.look_up(source, command, mode, prefix, own)

    def _put_off(
        self, mode: str, source: Source, commands: list[Command], planter: "_Planter", path: tuple[str, ...] = ()
    ) -> None:
        """Let the commands of a table, which are many and of which few are typed, grow behind their first words."""
        by_word: dict[str, list[Command]] = {}
        for command in commands:
            by_word.setdefault(_word(command.line, len(path)), []).append(command)
        for word, own in by_word.items():

            def grow(own: list[Command] = own, path: tuple[str, ...] = (*path, word)) -> None:
                with _no_collection():
                    if len(path) < PUT_OFF:
                        self._put_off(mode, source, own, planter, path)
                    else:
                        self._plant(source, own, planter)

            if word:
                planter.expect(source, (*path, word), own, grow)
            else:
                self._plant(source, own, planter)

    def _plant(self, source: Source, commands: list[Command], planter: "_Planter") -> None:
        for command in commands:
            planter.plant(self._entry(source, command))

    @functools.cached_property
    def _modifiers(self) -> Node:
        return modifiers(self._types)

    @property
    def commands(self) -> tuple[Command, ...]:
        """Commands of all sources, those of the tables too."""
        return tuple(command for source in self._all() for command in source.commands)

    def check(self) -> None:
        """Check for mistakes beyond a single mode: commands of modes that do not exist, help that no line uses.

        Raises:
            GrammarError: a table is wrong.
        """
        for source in self._all():
            self._whole(source)

    def _all(self) -> Iterator[Source]:
        yield from self._sources
        for read in self._tables.values():
            yield read()

    def _of(self, mode: str) -> Iterator[Source]:
        yield from self._sources
        if mode in self._tables:
            yield self._tables[mode]()

    def _entry(self, source: Source, command: Command) -> "_Entry":
        return _entry(source, command, self._types)


def _check_records(source: Source, modes: Collection[str]) -> None:
    """A command of a mode that there is not would be found nowhere, so it is told before any mode is built."""
    for command in source.commands:
        place = command.file or source.name
        if not command.modes:
            raise GrammarError(place, command.line, "belongs to no mode")
        for mode in command.modes:
            if mode not in modes:
                raise GrammarError(place, command.line, str(UnknownName("mode", mode, modes)))
        if command.basis not in BASIS:
            raise GrammarError(place, command.line, str(UnknownName("basis", command.basis, BASIS)))


def _word(line: str, at: int) -> str:
    """The keyword at that place of a line; empty where something else stands there."""
    word = line.split()[at : at + 1]
    return word[0] if word and not _NOT_A_WORD.search(word[0]) else ""


@contextmanager
def _no_collection() -> Iterator[None]:
    """A tree stays: looking for garbage while it grows finds none and goes through the whole program to find it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Entry(msgspec.Struct, frozen=True):
    """A command with its file and its expanded lines."""

    source: Source
    command: Command
    flats: list[Flat]
    given: list[str]
    """The names of all arguments, in the order of the line."""

    def wrong(self, problem: str) -> GrammarError:
        return GrammarError(self.file, self.command.line, problem)

    @property
    def file(self) -> str:
        return self.command.file or self.source.name

    def __str__(self) -> str:
        return f'{self.file}: "{self.command.line}"'


def _entry(source: Source, command: Command, types: Mapping[str, ArgumentType]) -> _Entry:
    try:
        flats = expand(command.line, types)
    except LineError as error:
        raise GrammarError(command.file or source.name, command.line, str(error)) from error
    entry = _Entry(
        source, command, flats, list(dict.fromkeys(token.name for flat in flats for token in flat if token.name))
    )
    taken = _taken(command)
    if taken is not None and sorted(entry.given) != sorted(taken):
        raise entry.wrong(f"the line gives ({', '.join(entry.given)}), its handler takes ({', '.join(taken)})")
    return entry


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

    def expect(self, source: Source, path: tuple[str, ...], commands: list[Command], grow: Callable[[], None]) -> None:
        """Make the branch that these words lead to, where the commands grow when it is needed."""
        branch, before = self._root, ""
        for word in path:
            before = f"{before} {word}".lstrip()
            following = branch.after(NotationToken(word))
            if following is None:
                own = next((command.help for command in commands if command.line == before), "")
                following = branch.add(
                    NotationToken(word), self.book.look_up(source, commands[0], self._mode, before, own)
                )
            branch = following
        branch.growth, branch.expected = grow, tuple({(command.when, command.privilege): None for command in commands})

    def plant(self, entry: _Entry) -> None:
        for flat in entry.flats:
            self._plant(entry, flat)

    def _plant(self, entry: _Entry, flat: Flat) -> None:
        node = self._root
        for at, (token, prefix) in enumerate(zip(flat, prefixes(flat), strict=True), start=1):
            if token.type is not None:
                self._check_label(entry, prefix.rpartition(" ")[0], token)
            following = node.after(token)
            if following is None:
                own = entry.command.help if at == len(flat) else ""
                text = self.book.look_up(entry.source, entry.command, self._mode, prefix, own)
                following = node.add(token, text)
            node = following
        if node.leaf is not None and entry.command.weak:
            return
        if node.leaf is not None:
            before = " ".join(token.label for token in flat)
            raise entry.wrong(f'"{before}" in mode {self._mode} is declared already by {self._lines[id(node)]}')
        self._lines[id(node)] = entry
        names = tuple(token.name for token in flat)
        left_out = dict.fromkeys(entry.given)
        node.leaf = Leaf(entry.command, names, left_out)
        if entry.command.piped:
            add_bar(node, node.leaf, self._modifiers)

    def _check_label(self, entry: _Entry, before: str, token: NotationToken) -> None:
        """One type at one place has one name: under a second name it would never be reached."""
        place = (before.lower(), id(token.type))
        label, other = self._labels.setdefault(place, (token.label, entry))
        if label != token.label:
            raise entry.wrong(f'{token.label} after "{before}" in mode {self._mode} is called {label} by {other}')
