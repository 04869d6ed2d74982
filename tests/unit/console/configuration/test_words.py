"""The book of words: its text for an argument fits every line that takes it, or the line has a help of its own."""

from emulator.console.arguments.types import TYPES
from emulator.console.configuration.rows import Words, words
from emulator.console.configuration.types import PhraseFile
from emulator.console.configuration.word_checks import explained_by_the_book, unfit, unused, unused_phrases

BOOK = Words(("name", "host"), {"redundnacy": "Redundancy", "vlan": "VLAN"}, {"name": "Name", "nmae": "Name"})
LINES = ("redundancy", "VLAN", "<name>", "<peer>")


def test_an_argument_of_the_book_is_of_one_type_or_its_text_fits_several() -> None:
    assert list(unfit(words(), explained_by_the_book(TYPES))) == []


def test_a_text_that_does_not_fit_all_its_lines_is_told() -> None:
    several, one = list(unfit(BOOK, {"name": {"Word", "number"}, "host": {"Host"}, "peer": {"Host", "choice"}}))
    assert several[0] == "arguments.peer"
    assert several[1].startswith(
        "<peer> is of several types (Host, choice); give lines a help of their own, or list it"
    )
    assert one == ("of_several_types[1]", "<host> is not of several types where the book explains it")


def test_a_text_that_no_line_has_is_told() -> None:
    assert list(unused(BOOK, LINES)) == [
        ("words.redundnacy", "no line has the word redundnacy. Did you mean redundancy?"),
        ("arguments.nmae", "no line has the argument <nmae>. Did you mean name?"),
    ]


def test_a_phrase_that_no_line_names_and_a_part_that_no_phrase_has_are_told() -> None:
    read = PhraseFile(
        "", {"host": "{any|$port}", "port": "eq", "pott": "gt"}, {"Entry": "$host <s:Tail>", "Tail": "log"}
    )
    assert list(unused_phrases(read, ["Entry"])) == [("parts.pott", "no phrase has the part $pott. Did you mean port?")]
    assert list(unused_phrases(read, ["Entri"]))[1] == (
        "phrases.Entry", "no line has an argument of the type Entry. Did you mean Entri?",
    )  # fmt: skip
