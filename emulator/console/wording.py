"""The console's words: one table, `wording.toml`, in which every string has its basis mark."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from emulator.kernel.datafile import read_toml


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One string, with slots."""

    text: str
    basis: str


@cache
def wordings() -> dict[str, dict[str, Wording]]:
    """All strings by topic and name."""
    return read_toml(Path(__file__).with_name("wording.toml"), dict[str, dict[str, Wording]])


def wording(key: str, **slots: Any) -> str:
    """The string `topic.name` with its slots filled."""
    topic, name = key.split(".")
    text = wordings()[topic][name].text
    return text.format(**slots) if slots else text


def text_file(name: str) -> str:
    """A long text of the console, from `text/`."""
    return (Path(__file__).parent / "text" / f"{name}.txt").read_text(encoding="utf-8")
