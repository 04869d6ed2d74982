"""The file of a journal: whole entries in their order, whatever happens to its end."""

from pathlib import Path

import pytest

from emulator.console.line.inputs import LineTyped
from emulator.kernel.errors import DataFileError
from emulator.world.checked_json import without_checksum
from emulator.world.inputs import WORDS, BenchTyped, WorldInput, in_words
from emulator.world.journal import JournalFile, PrintDigest, cut_journal, last_number, read_journal


def written(path: Path, *texts: str) -> Path:
    journal = JournalFile(path, 0)
    for at, text in enumerate(texts):
        journal.append(at * 10, BenchTyped(text), None)
    return path


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return written(tmp_path / "journal.jsonl", "status", "advance 1d", "time")


def test_what_was_written_is_read(journal: Path) -> None:
    entries = list(read_journal(journal))
    assert [(entry.number, entry.at, entry.input) for entry in entries] == [
        (1, 0, BenchTyped("status")), (2, 10, BenchTyped("advance 1d")), (3, 20, BenchTyped("time")),
    ]  # fmt: skip
    assert last_number(journal) == 3
    assert journal.stat().st_mode & 0o777 == 0o600


def test_no_file_is_no_entry(tmp_path: Path) -> None:
    assert list(read_journal(tmp_path / "none")) == []
    assert last_number(tmp_path / "none") == 0


@pytest.mark.parametrize("kept", range(1, 60))
def test_a_line_that_is_cut_short_was_never_acknowledged(journal: Path, kept: int) -> None:
    data = journal.read_bytes()
    last = data.rindex(b"\n", 0, -1) + 1
    journal.write_bytes(data[: min(last + kept, len(data) - 1)])
    assert [entry.number for entry in read_journal(journal)] == [1, 2]
    assert last_number(journal) == 2
    more = JournalFile(journal, 2)
    more.append(30, BenchTyped("usb remove R1"), None)
    assert [entry.number for entry in read_journal(journal)] == [1, 2, 3]


def test_entries_after_a_number_can_be_taken_away(journal: Path) -> None:
    cut_journal(journal, 1)
    assert [entry.input for entry in read_journal(journal)] == [BenchTyped("status")]
    cut_journal(journal, 0)
    assert journal.read_bytes() == b""


def test_a_missing_entry_is_told(journal: Path) -> None:
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + lines[2])
    with pytest.raises(DataFileError) as caught:
        list(read_journal(journal))
    assert str(caught.value) == f"{journal}:2: is entry 3; entry 2 is missing"


def test_what_is_no_entry_is_told_with_its_line(journal: Path) -> None:
    journal.write_bytes(journal.read_bytes().replace(b'"bench"', b'"bunch"', 1))
    with pytest.raises(DataFileError) as caught:
        list(read_journal(journal))
    assert str(caught.value).startswith(f"{journal}:1: is no entry of a journal: ")


def test_an_entry_without_its_checksum_is_told(journal: Path) -> None:
    *lines, last = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines, without_checksum(last.rstrip()) + b"\n"]))
    with pytest.raises(DataFileError, match=r"3: is no entry of a journal: it has no checksum"):
        list(read_journal(journal))
    with pytest.raises(DataFileError, match=r"ends in a line that is no entry of a journal: it has no checksum"):
        last_number(journal)


def test_a_digest_does_not_depend_on_how_the_text_was_cut() -> None:
    one, other = PrintDigest(), PrintDigest()
    one.add("R1 con 0", "Router#show")
    one.add("R1 con 0", " version\n")
    other.add("R1 con 0", "Router#show version\n")
    assert one.take() == other.take()


def test_a_digest_tells_which_line_printed() -> None:
    one, other = PrintDigest(), PrintDigest()
    one.add("R1 con 0", "x")
    other.add("R1 vty 0", "x")
    assert one.take() != other.take()


def test_every_kind_of_input_has_words() -> None:
    kinds = set(WorldInput.__args__)
    assert set(WORDS) == kinds
    assert in_words(BenchTyped("status")) == "bench: 'status'"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("show version", "'show version'"),
        ("", "Return"),
        (" ", "Space"),
        ("\x1e", "Ctrl-^ x"),
        ("\x1a", "Ctrl-Z"),
        ("hostname x\x1a", "'hostname x' Ctrl-Z"),
        ("a\x16\x07b", "'a' Ctrl-V Ctrl-G 'b'"),
        ("a\tb\x7f", "'a' Tab 'b' Delete"),
        ("it's", '"it\'s"'),
    ],
)
def test_keys_are_named_as_they_are_pressed(text: str, words: str) -> None:
    assert in_words(LineTyped("R1", "con 0", text)) == f"R1 con 0: {words}"


@pytest.mark.parametrize("code", [*range(0x20), 0x7F, 0x85, 0x9B])
def test_no_control_character_is_printed(code: int) -> None:
    assert in_words(BenchTyped(f"a{chr(code)}b")).isprintable()
    assert "\\x0" not in in_words(BenchTyped(chr(code)))
