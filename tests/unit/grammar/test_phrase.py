"""Tails with many forms: one graph, read by the walk that reads the lines."""

import pytest

from emulator.grammar import ArgumentType, Invalid, IPv4Address, Match, Number, Parsed, Source, Word, build
from emulator.grammar.command import Command
from emulator.grammar.notation import LineError
from emulator.grammar.phrase import Phrase


class Port(ArgumentType):
    """`Vlan1`, whose number may stand apart."""

    numbered = True

    def match(self, token, _context, /):
        return Match(complete=token.startswith("Vlan") and token[4:].isdigit(), viable="Vlan".startswith(token))


TYPES = {"Address": IPv4Address(), "Count": Number(1, 9), "Name": Word(), "Port": Port()}
HELP = {"permit": "Forward", "deny": "Reject", "any": "Any host", "host": "A host", "log": "Log", "limit": "Limit"}
LINE = "{permit|deny} {any|host <address:Address>|<port:Port>} [log] [limit <count:Count>]"
ENTRY = Phrase(LINE, TYPES, lambda label: HELP.get(label, label))


def run(_session, *, entry):
    yield from ()


GRAMMAR = build(
    [Source("a.py", (Command("list <entry:Entry>", ("exec",), run),), {"list": "List", "list <entry>": "Entry"})],
    ("exec",),
    {"Entry": ENTRY},
)


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("p a", "permit any"),
        ("DENY host 010.0.0.1", "deny host 10.0.0.1"),
        ("permit any lim 3", "permit any limit 3"),
        ("permit any log limit 3", "permit any log limit 3"),
        ("permit Vlan1 log", "permit Vlan1 log"),
        ("permit Vlan 1 log", "permit Vlan1 log"),
    ],
)
def test_the_tail_is_taken_spelled_in_full(typed, taken):
    outcome = GRAMMAR.parse("exec", f"list {typed}", None)
    assert isinstance(outcome, Parsed)
    assert outcome.arguments == {"entry": taken}


@pytest.mark.parametrize(
    ("typed", "column", "reason"),
    [
        ("permit al", 13, "the marker stands where `any` ended to fit"),
        ("permit any any", 16, "alternatives meet behind themselves: none of them comes twice"),
        ("permit any l", 17, "`log` or `limit`"),
        ("permit any limit 3 log", 24, "the order is that of the line"),
        ("permit any limit 10", 22, "a number out of range is wrong at its first character"),
    ],
)
def test_a_wrong_word_is_marked(typed, column, reason):
    assert GRAMMAR.parse("exec", f"list {typed}", None) == Invalid(column, 1), reason


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ["deny", "permit"]),
        ("permit ", ["WORD", "any", "host"]),
        ("permit any ", ["limit", "log", "<cr>"]),
        ("permit any li", ["limit"]),
        ("permit any limit ", ["<1-9>"]),
        ("permit any log limit 2 ", ["<cr>"]),
    ],
)
def test_help_lists_what_may_follow(typed, shown):
    assert [word for word, _ in GRAMMAR.help("exec", f"list {typed}", None).entries] == shown


def test_a_tail_whose_words_may_all_be_left_out_is_not_empty():
    phrase = Phrase("[log] [limit <count:Count>]", TYPES, str)
    assert not phrase.match("", None).complete
    assert [word for word, _ in phrase.entries("", None) or ()] == ["limit", "log"]
    assert phrase.match("log", None).complete


@pytest.mark.parametrize(
    ("line", "problem"),
    [("{permit|deny", "'}' is missing"), ("<count:Cuont>", "unknown argument type 'Cuont'. Did you mean Count?")],
)
def test_a_wrong_phrase_is_told(line, problem):
    with pytest.raises(LineError) as caught:
        Phrase(line, TYPES, str)
    assert str(caught.value) == problem
