"""The language of grammar lines: what expands to what, and what is malformed."""

import pytest

from emulator.grammar.arguments import RestOfLine, Word
from emulator.grammar.notation import LineError, expand

TYPES = {"Word": Word(), "Line": RestOfLine(), "url": Word()}


def labels(line):
    return [" ".join(token.label for token in flat) for flat in expand(line, TYPES)]


def names(line):
    return [[token.name for token in flat] for flat in expand(line, TYPES)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("show version", ["show version"]),
        ("boot 1.0 Ctrl-^", ["boot 1.0 Ctrl-^"]),
        ("install <url:Word>", ["install <url>"]),
        ("copy <source:url>", ["copy <source>"]),
        ("power <state:on|off|cycle>", ["power on", "power off", "power cycle"]),
        ("show [detail]", ["show detail", "show"]),
        ("show [<detail:detail>]", ["show detail", "show"]),
        ("show [a [b]] c", ["show a b c", "show a c", "show c"]),
        ("show [a | b]", ["show a", "show b", "show"]),
        ("set {a | b | c <x:Word>} end", ["set a end", "set b end", "set c <x> end"]),
        ("set {a|{b|c}}", ["set a", "set b", "set c"]),
    ],
)
def test_expands(line, expected):
    assert labels(line) == expected


def test_only_arguments_and_choices_are_told_to_the_handler():
    assert names("a <b:x|y> <c:Word>") == [["", "b", "c"], ["", "b", "c"]]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", "the line is empty"),
        ("[show]", "every word may be left out"),
        ("show [detail", "'[' is not closed"),
        ("show {a | b", "'{' is not closed"),
        ("show [a}", "'}' has no counterpart"),
        ("show ]", "']' has no counterpart"),
        ("show <a", "'<' has no counterpart"),
        ("show a | b", "'|' stands outside of braces and brackets"),
        ("show {a | }", "nothing before '}'"),
        ("show { | a}", "nothing before '|'"),
        ("show []", "nothing before ']'"),
        ("show <a>", "<a> is neither <name:Type> nor <name:word|word>"),
        ("show <a:>", "<a:> is neither <name:Type> nor <name:word|word>"),
        ("show <a:x y>", "<a:x y> is neither <name:Type> nor <name:word|word>"),
        ("show <a-b:Word>", "'a-b' cannot be the name of a parameter"),
        ("show <from:class>", "'from' cannot be the name of a parameter"),
        ("show <a:Wort>", "unknown argument type 'Wort'. Did you mean Word?"),
        ("copy <a:Word> <a:Word>", "argument 'a' occurs twice"),
        ("motd <a:Line> end", "<a> takes the rest of the line, so nothing may follow it"),
    ],
)
def test_malformed(line, problem):
    with pytest.raises(LineError) as caught:
        expand(line, TYPES)
    assert str(caught.value) == problem
