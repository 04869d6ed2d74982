"""The console's words: one table, `wording.toml`, in which every string has its basis mark."""

import string
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError, UnknownName

FILE = Path(__file__).with_name("wording.toml")
TEXTS = Path(__file__).parent / "text"


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A string of the console, with slots."""

    text: str
    basis: Basis


@cache
def wordings() -> dict[str, dict[str, Wording]]:
    """Strings by topic and name."""
    return read_wordings(FILE)


def read_wordings(file: Path) -> dict[str, dict[str, Wording]]:
    """Read the strings of a table by topic and name.

    Raises:
        DataFileError: the file is wrong, or the slots of a text are not well formed.
    """
    read = read_toml(file, dict[str, dict[str, Wording]])
    for topic, strings in read.items():
        for name, each in strings.items():
            if problem := slot_problem(each.text):
                raise DataFileError(str(file), f"{topic}.{name}.text", problem)
    return read


def slot_problem(text: str) -> str:
    """Find the mistake in the slots of a text; empty without one. A slot is a name, with a format if need be."""
    try:
        slots = [slot for _, slot, _, _ in string.Formatter().parse(text) if slot is not None]
    except ValueError as error:
        return f"is not well formed: {error}"
    unnamed = next((slot for slot in slots if not slot.isidentifier()), None)
    return "" if unnamed is None else f"'{{{unnamed}}}' is no name of a slot"


def wording(key: str, /, **slots: Any) -> str:
    """Return the string `topic.name` with its slots filled.

    Raises:
        DataFileError: there is no such string, or it has a slot that is not among those given.
    """
    topic, _, name = key.partition(".")
    strings = wordings().get(topic, {})
    if name not in strings:
        known = (f"{topic}.{each}" for topic in wordings() for each in wordings()[topic])
        raise DataFileError(str(FILE), None, str(UnknownName("string", key, known)))
    return _filled(FILE, f"{key}.text", strings[name].text, slots)


def text_file(name: str, /, **slots: Any) -> str:
    """Return a long text of the console, from `text/`, with its slots filled.

    Raises:
        UnknownName: there is no such text.
        DataFileError: it has a slot that is not among those given.
    """
    files = {file.stem: file for file in TEXTS.glob("*.txt")}
    if name not in files:
        raise UnknownName("text", name, files)
    return _filled(files[name], None, files[name].read_text(encoding="utf-8"), slots)


def _filled(file: Path, where: str | None, text: str, slots: dict[str, Any]) -> str:
    if not slots:
        return text
    try:
        return text.format_map(slots)
    except KeyError as error:
        raise DataFileError(str(file), where, str(UnknownName("slot", str(error.args[0]), slots))) from None
    except ValueError as error:
        raise DataFileError(str(file), where, f"is not well formed: {error}") from None
