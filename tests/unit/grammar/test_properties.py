"""Properties of every line: nothing raises, the caret is in the line, abbreviation and Tab do not change a meaning."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from emulator.grammar import (
    Ambiguous,
    Choice,
    Command,
    Condition,
    HelpEntries,
    Incomplete,
    Invalid,
    IPv4Address,
    Number,
    Parsed,
    RestOfLine,
    Source,
    Word,
    build,
    render_help,
)


def plain(_session):
    yield from ()


def with_text(_session, *, text):
    yield from ()


def with_choice(_session, *, state, number):
    yield from ()


def with_host(_session, *, host):
    yield from ()


HELP = {
    "show": "Show",
    "show version": "Version",
    "show versions": "Versions",
    "show license": "License",
    "show license detail": "Detail",
    "show license <host>": "Feature",
    "show clock": "Clock",
    "license": "License",
    "license install": "Install",
    "license install <text>": "File",
    "description": "Description",
    "description <text>": "Text",
    "debug": "Debug",
    "debug on": "On",
    "debug off": "Off",
    "debug on <number>": "Number",
    "debug off <number>": "Number",
    "ping": "Ping",
    "ping <host>": "Host",
    "ping <host> now": "Now",
    "logging": "Logging",
    "logging <host>": "Host",
}
COMMANDS = (
    Command("show version", ("exec",), plain, piped=True),
    Command("show versions", ("exec",), plain),
    Command("show license detail", ("exec",), plain, piped=True),
    Command("show license <host:Feature>", ("exec",), with_host, piped=True),
    Command("show clock", ("exec",), plain, when=Condition("true", bool)),
    Command("license install <text:Word>", ("exec",), with_text, privilege=15),
    Command("description <text:Line>", ("exec",), with_text),
    Command("debug <state:on|off> [<number:Number>]", ("exec",), with_choice),
    Command("ping <host:Word> [now]", ("exec",), with_host),
    Command("logging <host:Address>", ("exec",), with_host),
)
GRAMMAR = build(
    [Source("commands.py", COMMANDS, HELP)],
    ["exec"],
    {
        "Word": Word(),
        "Line": RestOfLine(),
        "Number": Number(10, 300),
        "Address": IPv4Address(),
        "Feature": Choice([("advipservices", "Advanced"), ("advsecurity", "Security"), ("SSL", "SSL")]),
    },
)

VOCABULARY = sorted({word for each in COMMANDS for word in re.findall(r"[\w-]+", each.line)})
word = st.one_of(
    st.sampled_from([*VOCABULARY, "SSL", "advsecurity", "|", "|i", "include", "10.0.0.1", "300", "!"]),
    st.sampled_from(VOCABULARY).flatmap(lambda text: st.integers(1, len(text)).map(lambda size: text[:size])),
    st.text(max_size=6),
)
command_like = st.lists(word, max_size=6).flatmap(
    lambda words: st.sampled_from([" ", "  ", "\t"]).map(lambda blank: blank.join(words))
)
line = st.one_of(st.text(), command_like, command_like.map(lambda text: text + " "))
privilege = st.sampled_from([0, 1, 15])
context = st.booleans()

SEEN = "a context in which every condition holds"

VALID = (
    "show version",
    "show versions",
    "show version | include uptime is",
    "show license detail",
    "show license advipservices",
    "show license ssl | begin x",
    "show clock",
    "license install flash:a.lic",
    "description of  this",
    "debug on",
    "debug off 300",
    "ping host now",
    "logging 10.0.0.1",
)


@given(line, context, privilege)
def test_no_line_raises_and_the_caret_is_in_the_line(line, context, privilege):
    outcome = GRAMMAR.parse("exec", line, context, privilege)
    if isinstance(outcome, Invalid):
        assert 0 <= outcome.column <= len(line)
        assert 0 <= outcome.word < len(line)
    if isinstance(outcome, Ambiguous):
        assert outcome.line == line


@given(line, context, privilege)
def test_help_never_raises_and_agrees_with_the_parser(line, context, privilege):
    shown = GRAMMAR.help("exec", line, context, privilege)
    assert isinstance(shown, HelpEntries)
    assert render_help(shown).endswith("\n") or not shown.entries
    runs = isinstance(GRAMMAR.parse("exec", line, context, privilege), Parsed)
    if not shown.words and shown.error is None and not line.lstrip().startswith("!"):
        assert (("<cr>", "") in shown.entries) == runs


@given(line, context, privilege)
def test_a_completed_line_means_the_same(line, context, privilege):
    completed = GRAMMAR.complete("exec", line, context, privilege)
    before, after = (GRAMMAR.parse("exec", text, context, privilege) for text in (line, completed))
    assert before == after
    if completed != line:
        assert isinstance(before, Parsed | Incomplete)


@given(st.sampled_from(VALID))
def test_the_valid_lines_are_valid(line):
    assert isinstance(GRAMMAR.parse("exec", line, SEEN), Parsed)


@given(st.sampled_from(VALID), st.data())
def test_an_abbreviation_that_is_not_ambiguous_means_the_same(line, data):
    word = data.draw(st.sampled_from(list(re.finditer(r"\S+", line))))
    assume(is_keyword(line[: word.end()]))
    end = data.draw(st.integers(word.start() + 1, word.end()))
    assume(end == word.end() or line[word.start() : end] not in VOCABULARY)
    shortened = line[:end] + line[word.end() :]
    assert GRAMMAR.parse("exec", shortened, SEEN) in (
        GRAMMAR.parse("exec", line, SEEN),
        Ambiguous(shortened, line[: word.start()].count(" ")),
    )


def is_keyword(line):
    """Tell whether the last word of a valid line is one: then Tab adds a blank to it."""
    return GRAMMAR.complete("exec", line, SEEN) != line
