"""The tables of the configuration language: one file a mode, one row a line, in the order in which IOS prints them.

A row is everything that is known of a line: its grammar, which earlier line it replaces, what stands there when
nobody typed it, and at which level, release and kind of interface it exists. A text among the rows (`"!"`) is printed
as it stands. So a table reads like a running configuration, and adding a line is adding one row. A long table is cut
into parts, each with an idea of its own, that stand in a folder of the mode's name. Basis marks as everywhere: C a
capture shows the line, R recalled, I inferred.
"""

import re
from functools import cache, cached_property
from pathlib import Path

import msgspec

from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml
from emulator.kernel.forms import Count, Text

_ARGUMENT = re.compile(r"[<\[{]")
_TOKEN = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|\S+")
_NAMES = re.compile(r"\{(\w+)")


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """A line of the configuration language, or a place in the printed order.

    Attributes:
        line: what can be typed, in the language of `grammar/notation.py`; empty for a place alone.
        text: a text that is printed as it stands, where `only_with` or `after_output` allows it.
        blanks: so many blank lines are printed, as a text is.
        only_with: the key of the line without which neither `text` nor `when_absent` is printed nor `keep_no` holds.
        after_output: `text` is printed only if something was since the text before it.
        include: the part of the table that stands here, a file of the folder `MODE/`.
        slot: the words that begin the keys of all lines that are printed here; left out, those of `key` or `line`.
        key: the key of the earlier line that it replaces, `username {name}`; left out, the words before the first
            argument.
        many: each different line stands beside the others.
        named_by: how many words tell which of the many a line is: a later one that begins with them takes its place. A
            direction at its end, `in` or `out`, tells as well.
        default_on: the line itself is the default, and its `no` form is kept.
        keep_no: `no` is kept as a line of its own too, for which of them is the default depends on where it is typed.
        sorted: how many words of the keys of the place put them in order; 0 leaves the order of typing.
        always_listed: the keys that are printed even if they were not typed, by the name of their list in `facts.py`.
        when_absent: the text that is printed while no line of the slot was typed.
        enters: the mode that the line leads to; the line is then the header of a section.
        indent: blanks by which the lines of the section are printed further right.
        open, close: printed before and after each section, `close` a line each; it also follows a fact that printed
            something.
        named: a section whose name is a number is printed only if it was found so; its lines have a place of their own.
        tail: blanks and the like that IOS prints after the line.
        tail_words: the tail is printed after a line of so many words alone; 0: after any.
        shown: the printed form of the line, where it is not printed as typed: `address {address:<15} no-xauth`.
        defaults: the values of arguments that were left out, for `key` and `shown`.
        no_leaves: the line that `no` leaves in its place, for one whose absence means another value: `exec-timeout 0
            0`.
        no_line: the line that may be typed after `no` beside the key and the whole line.
        fact: the name in `facts.py` of the fact of the router that is printed.
        feature: the line exists only where the running level contains this feature.
        moved_to: the name of the place at which it is printed where that place applies; elsewhere it is printed here.
        moved_here: names such a place, for the releases of `since` and `until`.
        since: the first release that has it, `15.0`, with a maintenance release where it matters, `15.4(3)`.
        until: the first release that no longer has it.
        kinds: the kinds of interface or line that have it.
        unless: the kinds that do not.
        hook: the name in `hooks.py` of a further effect.
        check: the name in `checks.py` of the check that is made first.
        cut: the name in `networks.py` of the rule that reduces its network.
        spelling: the name in `spellings.py` of the rule that gives the spellings of the line one key.
        help: the help of its last word.
    """

    line: str = ""
    text: str = ""
    blanks: Count = 0
    only_with: str = ""
    after_output: bool = False
    include: str = ""
    slot: str = ""
    key: str = ""
    many: bool = False
    named_by: Count = 0
    default_on: bool = False
    keep_no: bool = False
    sorted: Count = 0
    always_listed: str = ""
    when_absent: str = ""
    enters: str = ""
    indent: Count = 1
    open: str = ""
    close: str = ""
    named: bool = False
    tail: str = ""
    tail_words: Count = 0
    shown: str = ""
    defaults: dict[str, str] = {}
    no_leaves: str = ""
    no_line: str = ""
    fact: str = ""
    feature: str = ""
    moved_to: str = ""
    moved_here: str = ""
    since: str = ""
    until: str = ""
    kinds: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    hook: str = ""
    check: str = ""
    cut: str = ""
    spelling: str = ""
    help: str = ""
    basis: Basis = "R"

    @cached_property
    def head(self) -> str:
        """Words of the line before its first argument or choice."""
        return " ".join(_ARGUMENT.split(self.line, maxsplit=1)[0].split())

    @cached_property
    def place(self) -> str:
        """Words with which the keys of this place begin."""
        return self.slot or (self.key.partition("{")[0].strip() if self.key else self.head) or self._fact_place

    @cached_property
    def closing(self) -> tuple[str, ...]:
        """Lines of `close`."""
        return tuple(self.close.split("\n")) if self.close else ()

    @property
    def _fact_place(self) -> str:
        return f"@{self.fact}" if self.fact else ""


class TablePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a table.

    Attributes:
        source: where the lines were taken from.
        help: by prefix of a line, where the book of words does not say it well.
    """

    source: str
    rows: tuple[str | Row, ...] = ()
    help: dict[str, str] = {}


class ModeFile(TablePart, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file of a mode, whose head `console/modes.py` reads alone.

    Attributes:
        parent: the mode that it is entered from.
        prompt: the word in parentheses in its prompt; left out, its name.
        like: the mode whose lines it has; it has none of its own then.
        heading: the line above the list of all of its commands; left out where it is not known.
        takes_over: `exit` leaves the mode above as well.
    """

    parent: Text
    prompt: str = ""
    like: str = ""
    heading: str = ""
    takes_over: bool = False


WORD_FILE = Path(__file__).with_name("words.toml")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The help of words and of arguments by their names, wherever they stand.

    Attributes:
        of_several_types: arguments that stand for things of several types, all of which their text fits.
    """

    of_several_types: tuple[str, ...]
    words: dict[Text, Text]
    arguments: dict[Text, Text]


@cache
def words() -> Words:
    """Book of words."""
    return read_toml(WORD_FILE, Words)


def taken_back(row: Row) -> tuple[str, ...]:
    """Lines that may follow `no`: the key of the line alone, or the whole line."""
    return tuple(dict.fromkeys((row.no_line or _key_line(row), row.line)))


def _key_line(row: Row) -> str:
    """The part of the line that says which line is meant."""
    if row.many:
        return " ".join(_TOKEN.findall(row.line)[: row.named_by or None])
    if "{" not in row.key:
        return row.head if row.line.startswith(row.head + " ") or row.line == row.head else row.line
    ends = (row.line.index(">", row.line.index(f"<{name}:")) for name in _NAMES.findall(row.key))
    short = row.line[: max(ends) + 1]
    return row.line if short.count("[") != short.count("]") or short.count("{") != short.count("}") else short
