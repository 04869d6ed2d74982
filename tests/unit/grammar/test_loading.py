"""Faults of a command table, with the exact words in which they are told; discovery; the reference rows."""

import functools
import sys
import types

import pytest

from emulator.grammar import (
    ALWAYS,
    Command,
    Condition,
    GrammarError,
    Invalid,
    IPv4Address,
    Parsed,
    Source,
    Word,
    build,
    describe,
    load,
)

MODES = ("exec", "config")
TYPES = {"Word": Word(), "IPv4Address": IPv4Address(), "Name": Word()}


def run(_session):
    yield from ()


def run_x(_session, *, x):
    yield from ()


def command(line, run=run, modes=("exec",), **rest):
    return Command(line, modes=modes, run=run, **rest)


def source(name, commands, texts):
    return Source(name, tuple(commands), texts)


def problem(*sources):
    with pytest.raises(GrammarError) as caught:
        build(sources, MODES, TYPES)
    return str(caught.value)


def test_malformed_line():
    assert problem(source("a.py", [command("show [x")], {})) == "a.py: \"show [x\": '[' is not closed"


def test_unknown_argument_type():
    assert problem(source("a.py", [command("show <x:Wort>", run_x)], {})) == (
        "a.py: \"show <x:Wort>\": unknown argument type 'Wort'. Did you mean Word?"
    )


def test_unknown_mode():
    assert problem(source("a.py", [command("show", modes=("exek",))], {"show": "Show"})) == (
        "a.py: \"show\": unknown mode 'exek'. Did you mean exec?"
    )


def test_no_mode():
    assert problem(source("a.py", [command("show", modes=())], {})) == 'a.py: "show": belongs to no mode'


def test_handler_lacks_an_argument():
    assert problem(source("a.py", [command("show <x:Word>")], {})) == (
        'a.py: "show <x:Word>": the line gives (x), its handler takes ()'
    )


def test_handler_takes_what_the_line_does_not_give():
    assert problem(source("a.py", [command("show [detail]", run_x)], {})) == (
        'a.py: "show [detail]": the line gives (), its handler takes (x)'
    )


def test_a_parameter_bound_beforehand_is_not_asked_of_the_line():
    table = source("a.py", [command("show", functools.partial(run_x, x=1))], {"show": "Show"})
    assert isinstance(build([table], MODES, TYPES).parse("exec", "show", None), Parsed)


def test_keyword_without_help():
    assert problem(source("a.py", [command("show version")], {"show": "Show"})) == (
        'a.py: "show version": no help for "show version" in mode exec; HELP of this file lacks it'
    )


def test_argument_without_help():
    assert problem(source("a.py", [command("show <x:Word>", run_x)], {"show": "Show"})) == (
        'a.py: "show <x:Word>": no help for "show <x>" in mode exec; HELP of this file lacks it'
    )


def test_help_of_another_mode_does_not_count():
    other = source("a.py", [command("show", modes=("config",))], {"show": "Show"})
    assert (
        problem(other, source("b.py", [command("show")], {}))
        == 'b.py: "show": no help for "show" in mode exec; HELP of this file lacks it'
    )


def test_help_may_come_from_another_file():
    first = source("a.py", [command("show a")], {"show a": "A"})
    second = source("b.py", [command("show b")], {"show": "Show", "show b": "B"})
    assert isinstance(build([first, second], MODES, TYPES).parse("exec", "show a", None), Parsed)


def test_two_files_disagree_about_help():
    first = source("a.py", [command("show a")], {"show": "Show", "show a": "A"})
    second = source("b.py", [command("show b")], {"show": "Display", "show b": "B"})
    assert problem(first, second) == (
        'a.py and b.py: help for "show" in mode exec is "Show" in one and "Display" in the other'
    )


def test_the_same_prefix_may_have_other_help_in_another_mode():
    first = source("a.py", [command("show")], {"show": "Show"})
    second = source("b.py", [command("show", modes=("config",))], {"show": "Display"})
    assert build([first, second], MODES, TYPES).help("config", "", None).entries == [("show", "Display")]


def test_dead_help():
    assert problem(source("a.py", [command("show")], {"show": "Show", "show x": "X"})) == (
        'a.py: help for "show x", which no line of this file uses. Did you mean show?'
    )


def test_a_line_declared_twice():
    first = source("a.py", [command("show [detail]")], {"show": "Show", "show detail": "More"})
    assert problem(first, source("b.py", [command("SHOW")], {})) == (
        'b.py: "SHOW": "SHOW" in mode exec is declared already by a.py: "show [detail]"'
    )


def test_a_line_declared_twice_under_other_conditions():
    table = [command("show"), command("show", when=Condition("licensed", bool))]
    assert problem(source("a.py", table, {"show": "Show"})) == (
        'a.py: "show": "show" in mode exec is declared already by a.py: "show"'
    )


def test_a_line_that_expands_twice_to_the_same():
    table = source("a.py", [command("show [a] [a]")], {"show": "Show", "show a": "A", "show a a": "A"})
    assert problem(table) == ('a.py: "show [a] [a]": "show a" in mode exec is declared already by a.py: "show [a] [a]"')


def test_one_argument_under_two_names():
    def run_y(_session, *, y):
        yield from ()

    texts = {"show": "Show", "show <x>": "X", "show <y>": "Y", "show <y> all": "All"}
    assert problem(source("a.py", [command("show <x:Word>", run_x), command("show <y:Word> all", run_y)], texts)) == (
        'a.py: "show <y:Word> all": <y> after "show" in mode exec is called <x> by a.py: "show <x:Word>"'
    )


def test_two_types_may_share_a_name_at_one_place():
    texts = {"ping": "Ping", "ping <x>": "Destination"}
    table = [command("ping <x:Word>", run_x), command("ping <x:IPv4Address>", run_x)]
    grammar = build([source("a.py", table, texts)], MODES, TYPES)
    assert grammar.help("exec", "ping ", None).entries == [("A.B.C.D", "Destination"), ("WORD", "Destination")]
    by_address, by_name = grammar.parse("exec", "ping 10.0.0.1", None), grammar.parse("exec", "ping host", None)
    assert isinstance(by_address, Parsed)
    assert isinstance(by_name, Parsed)
    assert (by_address.command, by_name.command) == (table[1], table[0])


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of command files, written by the test as a mapping of file to text."""
    monkeypatch.syspath_prepend(tmp_path)
    folder = tmp_path / "sample_commands"
    folder.mkdir()
    (folder / "__init__.py").write_text("")

    def write(**files):
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text)
        return __import__("sample_commands")

    yield write
    for name in [name for name in sys.modules if name.startswith("sample_commands")]:
        del sys.modules[name]


def module_text(word):
    return (
        "from emulator.grammar import Command\n"
        "def run(session):\n    yield from ()\n"
        f"COMMANDS = (Command('{word}', modes=('exec',), run=run),)\n"
        f"HELP = {{'{word}': 'Help of {word}'}}\n"
    )


def test_load_discovers_all_files_in_order_of_their_names(package):
    loaded = load(package(zebra=module_text("zebra"), ape=module_text("ape")), MODES, TYPES)
    assert [each.line for each in loaded.commands] == ["ape", "zebra"]


def test_load_names_the_file_without_a_table(package):
    module = package(empty="COMMANDS = ()\n")
    assert isinstance(module, types.ModuleType)
    with pytest.raises(GrammarError) as caught:
        load(module, MODES, TYPES)
    assert str(caught.value) == "sample_commands/empty.py: a command file has a table HELP; this one has none"


def test_load_names_the_file_of_a_wrong_line(package):
    loaded = load(package(bad=module_text("show [")), MODES, TYPES)
    with pytest.raises(GrammarError) as caught:
        loaded.parse("exec", "show", None)
    assert str(caught.value) == "sample_commands/bad.py: \"show [\": '[' is not closed"


def test_describe_gives_one_row_for_each_line_that_can_be_typed():
    licensed = Condition("licensed", bool)
    shown = command("show [<x:x|y>]", run_x, privilege=2, when=licensed, source="Reference", basis="C", piped=True)
    texts = {"show": "Show", "show x": "X", "show y": "Y"}
    rows = list(describe(build([source("a.py", [shown], texts)], MODES, TYPES)))
    assert rows == [
        ("exec", "show", 2, "Show", "Reference", "C", licensed),
        ("exec", "show x", 2, "X", "Reference", "C", licensed),
        ("exec", "show y", 2, "Y", "Reference", "C", licensed),
    ]
    assert {row.condition for row in rows} == {"licensed"}


def test_conditions_combine_and_are_named():
    one, two = Condition("one", lambda c: c[0]), Condition("two", lambda c: c[1])
    assert [(one & two)(c) for c in ((1, 1), (1, 0))] == [True, False]
    assert [(one | two)(c) for c in ((0, 1), (0, 0))] == [True, False]
    assert (~one)((0, 0))
    assert (one & (two | ~one)).name == "one and (two or not one)"
    assert one & ALWAYS is one
    assert ALWAYS & one is one
    assert one | ALWAYS is ALWAYS
    assert repr(one) == "<Condition one>"


FORMS = ("no", "default")


def run_no(_session):
    yield from ()


def run_default(_session):
    yield from ()


def parsed(grammar, line):
    outcome = grammar.parse("exec", line, None)
    assert isinstance(outcome, Parsed)
    return outcome


def taken_back(line, run=run):
    return command(line, run, forms={"no": run_no, "default": run_default}, form_lines=(line,))


def test_a_form_word_leads_back_into_the_lines_that_it_stands_before():
    help_ = {"a": "A", "a b": "B", "no": "Negate", "default": "Reset", "c": "C"}
    grammar = build([source("a.py", [taken_back("a b"), command("c")], help_)], ("exec",), TYPES, forms=FORMS)
    root = grammar.roots["exec"]
    assert root.keywords["no"].node is root
    assert grammar.help("exec", "", None).entries == [("a", "A"), ("c", "C"), ("default", "Reset"), ("no", "Negate")]
    assert grammar.help("exec", "no ", None).entries == [("a", "A")], "`c` has no such form, nor has a form word"
    runs = [parsed(grammar, line).run for line in ("a b", "no a b", "default a b")]
    assert runs == [run, run_no, run_default]
    assert parsed(grammar, "no a b").spelled == "no a b"
    assert grammar.parse("exec", "no no a b", None) == Invalid(column=3, word=1)
    assert [row.line for row in describe(grammar)] == ["a b", "c", "default a b", "no a b"]


@pytest.mark.parametrize("before", [True, False])
def test_a_line_written_with_its_form_word_takes_precedence(before):
    own = command("no a")
    table = [own, taken_back("a")] if before else [taken_back("a"), own]
    help_ = {"a": "A", "no": "Negate", "default": "Reset"}
    grammar = build([source("a.py", table, help_)], ("exec",), TYPES, forms=FORMS)
    assert parsed(grammar, "no a").run is run
    assert parsed(grammar, "default a").run is run_default


def test_a_form_word_alone_is_no_line():
    with pytest.raises(GrammarError) as caught:
        build([source("a.py", [command("no [a]")], {"no": "No", "a": "A"})], ("exec",), TYPES, forms=FORMS)
    assert str(caught.value) == "a.py: \"no [a]\": nothing behind 'no'"


def test_a_branch_is_hidden_in_the_form_whose_commands_do_not_exist():
    absent = Condition("absent", lambda _: False)
    help_ = {"a": "A", "b": "B", "no": "Negate"}
    table = [command("a"), command("no a", when=absent), command("no b")]
    grammar = build([source("a.py", table, help_)], ("exec",), TYPES, forms=FORMS)
    assert [word for word, _ in grammar.help("exec", "", None).entries] == ["a", "no"]
    assert [word for word, _ in grammar.help("exec", "no ", None).entries] == ["b"]


def test_the_handler_of_a_form_takes_what_the_form_gives():
    wrong = taken_back("a <x:Word>", run_x)
    with pytest.raises(GrammarError) as caught:
        build([source("a.py", [wrong], {"a": "A", "a <x>": "X", "no": "Negate"})], ("exec",), TYPES, forms=FORMS)
    assert str(caught.value) == 'a.py: "a <x:Word>": the line gives (x), its handler takes ()'
