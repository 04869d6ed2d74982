"""The map from the FAQ of software activation to the scenarios: each question and each term, and where it is shown."""

from functools import cache
from pathlib import Path

import msgspec

from emulator.kernel.datafile import read_toml

MAP = Path(__file__).with_name("faq.toml")


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question, or a term of the glossary.

    Attributes:
        shown: a text to look for, by the scenario in whose transcript it stands.
        note: what stands for a thing that has no scenario.
    """

    name: str
    shown: dict[str, str]
    note: str = ""


class FaqMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    question: tuple[Entry, ...]
    term: tuple[Entry, ...]


@cache
def faq_map() -> FaqMap:
    """The whole map, in the order of the FAQ."""
    return read_toml(MAP, FaqMap)


def rows(entries: tuple[Entry, ...]) -> list[tuple[str, str]]:
    """The rows of a table: the name, and the scenarios with what to look for."""
    return [(entry.name, _shown(entry)) for entry in entries]


def _shown(entry: Entry) -> str:
    places = [
        f"[`{scenario}`](../scenarios/{scenario}/scenario.yaml): `{text.strip()}`"
        for scenario, text in entry.shown.items()
    ]
    return "<br>".join([*places, *filter(None, [entry.note])])
