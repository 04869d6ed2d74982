"""Mistakes of YAML itself are told in words for the author, with the line and a caret below the place."""

import re

import pytest

from emulator.kernel.errors import DataFileError
from emulator.kernel.yaml_mistakes import KINDS, MistakeKind
from emulator.kernel.yamlfile import parse_tree

HEAD = "title: T\nsteps:\n"
IN_QUOTES = "a text that begins with {} must stand in quotes"
COLON = "a text with a colon and a blank in it must stand in quotes"
CLOSED = "the {} that opens here is never closed"
GOES_ON = "text goes on after a closing quote; put all of it in quotes, and write a quote within single quotes twice"
COMMA = "inside brackets a comma separates two values, and a text with a colon must stand in quotes"
TAB = "a tab stands where YAML has blanks; indent with blanks"
ITEM = "an item of a list ('- ') stands where a key is wanted; the items of a list begin below each other"

MISTAKES = {
    "tab as indentation": (f"{HEAD}\t- bench: time", 3, TAB, "\\t- bench: time", 0),
    "tab after a colon": (f"{HEAD}  - bench:\ttime", 3, TAB, "  - bench:\\ttime", 10),
    "open double quote": (
        f'{HEAD}  - bench: "time\n  - bench: mail',
        3,
        CLOSED.format("quote"),
        '  - bench: "time',
        11,
    ),
    "open single quote": (f"{HEAD}  - note: 'x\n---\n", 3, CLOSED.format("quote"), "  - note: 'x", 10),
    "backslash": (
        rf'{HEAD}  - save: {{X: "(\S+)"}}',
        3,
        r"\S means nothing between double quotes; write the text between single quotes, or \\S",
        r'  - save: {X: "(\S+)"}',
        17,
    ),
    "hexadecimal": (
        rf'{HEAD}  - bench: "\xZZ"',
        3,
        r"a \x, \u or \U is followed by its hexadecimal digits, here 2; a backslash itself is written \\",
        r'  - bench: "\xZZ"',
        14,
    ),
    "colon in a title": ("title: RMA: a unit\n", 1, COLON, "title: RMA: a unit", 10),
    "colon at the end": (
        f"{HEAD}  - type: copy flash:x usb:",
        3,
        COLON,
        "  - type: copy flash:x usb:",
        26,
    ),
    "no blank after a colon": ("title:T\nsteps: []", 1, "a blank follows the colon of a key", "title:T", 6),
    "no colon": ("title T\nsteps: []", 1, "a key is followed by a colon and a blank", "title T", 6),
    "no colon below": ("a: b\ntitle\nc: d", 2, "a key is followed by a colon and a blank", "title", 0),
    "key too deep": (
        f"{HEAD}  - bench: time\n     note: x",
        4,
        "this line is indented deeper than those that it belongs with",
        "     note: x",
        9,
    ),
    "key too shallow": (
        f"{HEAD}  - bench: time\n note: x",
        4,
        "this line is indented unlike those that it belongs with; keys that belong together begin below each other",
        " note: x",
        1,
    ),
    "item too deep": (f"{HEAD}  - bench: time\n    - bench: mail", 4, ITEM, "    - bench: mail", 4),
    "item too shallow": (f"{HEAD}  - bench: time\n - bench: mail", 4, ITEM, " - bench: mail", 1),
    "key below the dash": (
        f"{HEAD}  - note: x\n  bench: y",
        4,
        "a key stands where an item of a list ('- ') is wanted; the keys of an item begin below its first key",
        "  bench: y",
        2,
    ),
    "bracket that closes nothing": (f"{HEAD}  - type: [x]]", 3, "this ] closes nothing", "  - type: [x]]", 13),
    "text after a quote": (f"{HEAD}  - note: 'PAK' is spent", 3, GOES_ON, "  - note: 'PAK' is spent", 16),
    "apostrophe": (f"{HEAD}  - note: 'the router's'", 3, GOES_ON, "  - note: 'the router's'", 22),
    "text after a brace": (
        f"{HEAD}  - bench: {{PAK}} x",
        3,
        IN_QUOTES.format("a brace or a bracket"),
        "  - bench: {PAK} x",
        17,
    ),
    "text that begins deeper": (
        "startup: |\n     \n  a\n",
        3,
        "a key is wanted here; the lines of a text after | or > are indented alike, and deeper than its key",
        "  a",
        2,
    ),
    "open bracket": (f"{HEAD}  - type: [a, b\n  - bench: time", 3, CLOSED.format("bracket"), "  - type: [a, b", 10),
    "open bracket at the end": (
        "title: [\n",
        2,
        "a bracket that opens above is never closed",
        None,
        0,
    ),
    "brace in brackets": (
        f"{HEAD}  - check: [level R1 {{LEVEL}}]",
        3,
        "inside brackets a text with a brace must stand in quotes",
        "  - check: [level R1 {LEVEL}]",
        21,
    ),
    "colon in brackets": (f"{HEAD}  - type: [a: b: c]", 3, COMMA, "  - type: [a: b: c]", 15),
    "no comma": (
        f'{HEAD}  - type: ["a" "b"]',
        3,
        "inside brackets a comma separates two values, and a text with quotes must stand in quotes",
        '  - type: ["a" "b"]',
        15,
    ),
    "comma alone": ("steps: [a,,b]", 1, "nothing stands before this comma", "steps: [a,,b]", 10),
    "no blank after a dash": (
        f"{HEAD}  -bench: a\n  -bench: b",
        4,
        "a blank follows the dash of an item of a list",
        "  -bench: b",
        2,
    ),
    "key twice": ("title: T\ntitle: U", 2, "the key 'title' stands twice here", "title: U", 0),
    "pipe": (f"{HEAD}  - type: | include x", 3, IN_QUOTES.format("| or >"), "  - type: | include x", 10),
    "dash": (f"{HEAD}  - sees: - x", 3, IN_QUOTES.format("a dash and a blank"), "  - sees: - x", 10),
    "question mark": (f"{HEAD}  - type: ? x", 3, IN_QUOTES.format("a question mark and a blank"), "  - type: ? x", 10),
    "asterisk": (f"{HEAD}  - sees: *Mar  1", 3, IN_QUOTES.format("*"), "  - sees: *Mar  1", 10),
    "percent": (f"{HEAD}  - sees: % Invalid", 3, IN_QUOTES.format("'%'"), "  - sees: % Invalid", 10),
    "exclamation marks": (f"{HEAD}  - sees: !!!! x", 3, IN_QUOTES.format("!"), "  - sees: !!!! x", 10),
    "tag": ("a: !!python/object:os.system x", 1, IN_QUOTES.format("!"), "a: !!python/object:os.system x", 3),
    "two documents": ("a: b\n---\nc: d", 2, "--- begins a second document, and a file is one", "---", 0),
    "merge of a text": ("a: b\n<<: c", 2, "<< takes in keys and values, of an alias", "<<: c", 4),
    "directive": (
        "%YAML x\n---\na: b",
        1,
        "a line that begins with % is a directive of YAML; here only `%YAML 1.2` is one",
        "%YAML x",
        6,
    ),
}
"""Text, line of the mistake, sentence, the line as it is shown, and the column of the caret."""


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_of_yaml_is_told_in_our_words(name: str) -> None:
    text, line, says, shown, column = MISTAKES[name]
    with pytest.raises(DataFileError) as caught:
        parse_tree(text, "it.yaml")
    place = "" if shown is None else f"\n    {shown}\n    {' ' * column}^"
    assert str(caught.value) == f"it.yaml:{line}: is not YAML: {says}{place}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.says)
def test_every_kind_has_a_case(kind: MistakeKind) -> None:
    form = re.escape(kind.says).replace(re.escape("{it}"), ".+")
    assert any(re.fullmatch(form, says) for _, _, says, _, _ in MISTAKES.values())


def test_a_part_of_a_page_is_told_with_the_line_of_the_page() -> None:
    with pytest.raises(DataFileError, match=r"^page\.md:12: is not YAML: a tab stands"):
        parse_tree("a:\n\tb", "page.md", above=10)


def test_a_long_line_is_shown_around_its_place() -> None:
    with pytest.raises(DataFileError) as caught:
        parse_tree(f"{'x' * 300}: a: {'y' * 300}", "it.yaml")
    _, shown, caret = str(caught.value).split("\n")
    assert len(shown) == 4 + 116
    assert shown[caret.index("^")] == ":"


def test_a_control_character_is_told_with_its_line() -> None:
    with pytest.raises(DataFileError, match=r"^it\.yaml:2: is not YAML: has a control character"):
        parse_tree("a: b\nc: \x01", "it.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "2012-02-01",
        "2012-13-01",
        "0123",
        "0x1F",
        "0o17",
        "15.10",
        "1e3",
        "1:30",
        "1_000",
        "yes",
        "no",
        "on",
        "off",
        "y",
        ".inf",
        "=",
        "9" * 30,
        "150-1.M4",
    ],
)
def test_a_plain_word_is_text_as_it_stands(text: str) -> None:
    assert parse_tree(f"a: {text}", "it.yaml").data == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("False", False), ("0", 0), ("-12", -12), ("null", None), ("~", None)]
)
def test_values_that_are_no_text(text: str, value: object) -> None:
    assert parse_tree(f"%YAML 1.1\n---\na: {text}", "it.yaml").data == {"a": value}


def test_an_anchor_may_be_used_again(recwarn: pytest.WarningsRecorder) -> None:
    assert parse_tree("- &x a\n- &x b\n- *x", "it.yaml").data == ["a", "b", "b"]
    assert not recwarn.list
