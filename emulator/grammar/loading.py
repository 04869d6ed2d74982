"""Loading of command files into a grammar: gather, check, expand, merge.

Files are discovered, so a new command touches no list. Everything that can be wrong with a table is found here and
told with file and line; a grammar that loads cannot fail later.
"""

import functools
import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from inspect import Parameter
from types import ModuleType
from typing import get_origin

import msgspec

from emulator.grammar.arguments import ArgumentType
from emulator.grammar.command import Command
from emulator.grammar.errors import GrammarError
from emulator.grammar.filters import add_bar, modifiers
from emulator.grammar.grammar import Grammar
from emulator.grammar.helpbook import HelpBook, PrefixHelp, check_used
from emulator.grammar.notation import Flat, LineError, NotationToken, expand
from emulator.grammar.tree import PLAIN, Edge, Leaf, Node, Sealing
from emulator.kernel.basis import BASIS
from emulator.kernel.errors import UnknownName, nearest, printable
from emulator.kernel.modules import load_table, module_names


class Source(msgspec.Struct, frozen=True):
    """The contribution of one file.

    A yielding one is a table: its help gives way to another file's help for the same words.
    """

    name: str
    commands: tuple[Command, ...]
    help: PrefixHelp
    yielding: bool = False
    own_help: Mapping[str, str] = {}
    """Help of a yielding file that is meant for lines of its mode alone: each prefix of it, with the file to blame."""
    places: Mapping[str, str] = {}
    """Beginnings of lines that a yielding file prints and others of its mode make: each with the file to blame."""

    def help_goes(self, prefix: str) -> str:
        """Describe the place for the help of a prefix: a clause for an error message."""
        if not self.yielding:
            return "HELP of this file lacks it"
        label = prefix.rpartition(" ")[2]
        book = f"[arguments] as {label.strip('<>')}" if label.startswith("<") else f"[words] as {label}"
        return f"it goes to words.toml, {book}, to [help] of this file, or, for its last word, to help of the row"


Tables = Mapping[str, Callable[[], Source]]
"""Sources of the rest of a mode's lines, by mode: read when the mode is first used."""


def load(
    package: ModuleType,
    modes: Iterable[str],
    types: Mapping[str, ArgumentType],
    tables: Tables | None = None,
    forms: Collection[str] = (),
) -> Grammar:
    """Load the grammar of all modules of `package`, each of which has COMMANDS and HELP; a mode is built at its first
    use.

    Args:
        forms: the words that may stand before a line to change what it does: `no`. A line that begins with one shares
            the words that follow, and their help, with the lines that do not.

    Raises:
        GrammarError: a file is wrong; the message names it. A mistake in a mode is reported when that mode is built.
        DataFileError: a record of a file has a key that there is not, or lacks one.
    """
    sources = [_source(name) for name in module_names(package)]
    return Grammar(_Trees(sources, modes, types, tables or {}, forms))


def _source(name: str) -> Source:
    module = load_table(name)
    file = name.replace(".", "/") + ".py"
    for table, kind, wanted in (("COMMANDS", tuple, "a tuple of commands"), ("HELP", Mapping, "texts by prefix")):
        if not hasattr(module, table):
            raise GrammarError(file, None, f"a command file has a table {table}; this one has none")
        if not isinstance(getattr(module, table), kind):
            raise GrammarError(file, None, f"{table} is not {wanted}")
    return Source(file, tuple(module.COMMANDS), module.HELP)


def build(
    sources: Iterable[Source],
    modes: Iterable[str],
    types: Mapping[str, ArgumentType],
    tables: Tables | None = None,
    forms: Collection[str] = (),
) -> Grammar:
    """Build a whole grammar of `sources` at once; lines may use the named types and modes, and begin with a form word.

    Raises:
        GrammarError: a table is wrong.
    """
    trees = _Trees(list(sources), modes, types, tables or {}, forms)
    trees.check()
    for mode in trees.modes:
        trees[mode]
    return Grammar(trees)


class _Trees(dict[str, Node]):
    """The tree of every mode, built when it is first looked up."""

    def __init__(
        self,
        sources: list[Source],
        modes: Iterable[str],
        types: Mapping[str, ArgumentType],
        tables: Tables,
        forms: Collection[str],
    ) -> None:
        super().__init__()
        self.modes = tuple(modes)
        self._sources, self._types, self._tables, self._forms = sources, types, tables, forms
        self._expanded: dict[str, list[_Entry]] = {}
        for source in sources:
            _check_records(source, self.modes)

    def __missing__(self, mode: str) -> Node:
        if mode not in self.modes:
            raise KeyError(mode)
        root, book = Node(), HelpBook()
        entries: list[_Entry] = []
        for source in self._of(mode):
            if source.yielding:
                book.add_table(source)
            if any(mode in command.modes for command in source.commands):
                found = [entry for entry in self._whole(source) if mode in entry.command.modes]
                if source.yielding:
                    for entry in found:
                        book.add_own(entry.command, [line.words for line in entry.lines])
                else:
                    book.add(source, mode, (path for entry in found for path in entry.explained()))
                entries += found
        planter = _Planter(mode, root, book, self._modifiers)
        for entry in entries:
            planter.plant(entry)
        for entry in entries:
            planter.plant_forms(entry)
        for source in self._of(mode):
            _check_beginnings("help", source.own_help, root)
            _check_beginnings("place", source.places, root)
        Sealing().seal(root)
        self[mode] = root
        return root

    def _whole(self, source: Source) -> "list[_Entry]":
        """All commands of a file with their expanded lines, kept for the other modes that it has commands of."""
        if source.name not in self._expanded:
            entries = [self._entry(source, command) for command in source.commands]
            if isinstance(source.help, Mapping):
                check_used(source.name, source.help, [path for entry in entries for path in entry.explained()])
            self._expanded[source.name] = entries
        return self._expanded[source.name]

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
        return _entry(source, command, self._types, self._forms)


_KINDS = {field.name: get_origin(field.type) or field.type for field in msgspec.structs.fields(Command)}
"""The class of each key's values."""


def _check_records(source: Source, modes: Collection[str]) -> None:
    """Check the values of the records before any mode is built: a command of an unknown mode would be found nowhere."""
    for number, command in enumerate(source.commands, start=1):
        if not isinstance(command, Command):
            raise GrammarError(source.name, None, f"row {number} of COMMANDS is not a Command")
        place = command.file or source.name
        for key, kind in _KINDS.items():
            value = getattr(command, key)
            if not isinstance(value, kind):
                problem = f"{key} is {printable(repr(value))}, which is not of type {kind.__name__}"
                raise GrammarError(place, str(command.line), problem)
        if not command.modes:
            raise GrammarError(place, command.line, "belongs to no mode")
        for mode in command.modes:
            if mode not in modes:
                raise GrammarError(place, command.line, str(UnknownName("mode", mode, modes)))
        if command.basis not in BASIS:
            raise GrammarError(place, command.line, str(UnknownName("basis", command.basis, BASIS)))


def _check_beginnings(what: str, beginnings: Mapping[str, str], root: Node) -> None:
    """Each prefix that a table has a thing for begins a line of its mode, of whatever file."""
    for prefix, file in beginnings.items():
        words = prefix.split()
        for at, word in enumerate(words):
            known = root.labels_after(words[:at])
            if word not in known:
                problem = f'{what} for "{prefix}", which no line of this mode begins with. {nearest(word, known)}'
                raise GrammarError(file, None, problem)


class _Line(msgspec.Struct, frozen=True, gc=False):
    """A flat line, its form apart."""

    form: str
    words: Flat
    """Words of the line behind the form word."""
    names: tuple[str, ...]
    """Parameters that take each word, the form word too, or an empty text."""


class _Entry(msgspec.Struct, frozen=True):
    """A command with its file and its expanded lines."""

    source: Source
    command: Command
    lines: list[_Line]
    form_lines: list[list[_Line]]
    """Expanded lines that may follow the words of the command's forms."""

    def explained(self) -> "Iterator[Flat]":
        """Yield the paths whose help the file has."""
        for line in self.lines:
            if line.form:
                yield (NotationToken(line.form),)
            yield line.words
        for lines in self.form_lines:
            for word in self.command.forms:
                yield (NotationToken(word),)
            yield from (line.words for line in lines)

    def wrong(self, problem: str) -> GrammarError:
        return GrammarError(self.file, self.command.line, problem)

    @property
    def file(self) -> str:
        return self.command.file or self.source.name

    def __str__(self) -> str:
        return f'{self.file}: "{self.command.line}"'


def _entry(source: Source, command: Command, types: Mapping[str, ArgumentType], forms: Collection[str]) -> _Entry:
    try:
        lines = [_line(flat, forms) for flat in expand(command.line, types)]
        form_lines = [
            lines if line == command.line else [_line(flat, ()) for flat in expand(line, types)]
            for line in command.form_lines
        ]
    except LineError as error:
        raise GrammarError(command.file or source.name, command.line, str(error)) from error
    entry = _Entry(source, command, lines, form_lines)
    for run, some in ((command.run, lines), *((run, each) for run in command.forms.values() for each in form_lines)):
        given, taken = list(_given(some)), _taken(run)
        if taken is not None and sorted(given) != sorted(taken):
            raise entry.wrong(f"the line gives ({', '.join(given)}), its handler takes ({', '.join(taken)})")
    return entry


def _line(flat: Flat, forms: Collection[str]) -> _Line:
    names = tuple(token.name for token in flat)
    if flat[0].type is None and flat[0].label in forms:
        if len(flat) == 1:
            raise LineError(f"nothing behind '{flat[0].label}'")
        return _Line(flat[0].label, flat[1:], names)
    return _Line(PLAIN, flat, names)


def _given(lines: Iterable[_Line]) -> dict[str, None]:
    """The names of all arguments, in the order of the line; none of them given."""
    return dict.fromkeys(name for line in lines for name in line.names if name)


def _taken(run: Callable[..., object]) -> list[str] | None:
    """The parameters of the handler after the session, without those that a `partial` has bound; None: it takes any."""
    bound: Mapping[str, object] = {}
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
    """Puts expanded lines into the graph of a mode and refuses what would be out of reach there."""

    def __init__(self, mode: str, root: Node, book: HelpBook, modifiers: Node) -> None:
        self._mode, self._root, self._book, self._modifiers = mode, root, book, modifiers
        self._lines: dict[tuple[int, str], _Entry] = {}
        self._labels: dict[tuple[int, int, str], tuple[str, _Entry]] = {}

    def plant(self, entry: _Entry) -> None:
        """Put the lines of a command into the graph.

        Raises:
            GrammarError: one of them is there already, or is without help.
        """
        left_out = _given(entry.lines)
        for line in entry.lines:
            form = self._form(entry, line.form) if line.form else PLAIN
            node = self._way(entry, line.words, form)
            if form in node.leaves:
                before = f"{line.form} {_text(line.words)}".lstrip()
                other = self._lines[id(node), form]
                raise entry.wrong(f'"{before}" in mode {self._mode} is declared already by {other}')
            self._lines[id(node), form] = entry
            node.leaves[form] = Leaf(entry.command, entry.command.run, line.names, left_out)
            if entry.command.piped:
                add_bar(node, node.leaves[form], self._modifiers)

    def plant_forms(self, entry: _Entry) -> None:
        """Let the command's forms end where no other command of theirs does."""
        runs = [(self._form(entry, word), run) for word, run in entry.command.forms.items()]
        for lines in entry.form_lines:
            left_out = _given(lines)
            for line in lines:
                node, names = self._way(entry, line.words, *entry.command.forms), ("", *line.names)
                for form, run in runs:
                    if form not in node.leaves:
                        node.leaves[form] = Leaf(entry.command, run, names, left_out)

    def _way(self, entry: _Entry, words: Flat, *forms: str) -> Node:
        """Follow the words, making the nodes that there are not."""
        node = self._root
        for at, token in enumerate(words):
            if token.type is not None:
                for form in forms:
                    self._check_label(entry, (id(node), id(token.type), form), words, at)
            following = node.after(token)
            if following is None:
                text = self._book.look_up(entry.source, entry.command, self._mode, _text(words[: at + 1]))
                following = node.add(token, text)
            node = following
        return node

    def _form(self, entry: _Entry, word: str) -> str:
        """Let a form word lead back to the root."""
        if word not in self._root.keywords:
            text = self._book.look_up(entry.source, entry.command, self._mode, word)
            self._root.keywords[word] = Edge(word, text, self._root, word)
        return word

    def _check_label(self, entry: _Entry, place: tuple[int, int, str], words: Flat, at: int) -> None:
        """One type at one place has one name in a form: under a second name it would never be reached."""
        token = words[at]
        label, other = self._labels.setdefault(place, (token.label, entry))
        if label != token.label:
            before = _text(words[:at])
            raise entry.wrong(f'{token.label} after "{before}" in mode {self._mode} is called {label} by {other}')


def _text(words: Flat) -> str:
    return " ".join(token.label for token in words)
