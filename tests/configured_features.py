"""Shows by the lines of the configuration that they look at: the rows of `configured_features.toml`, and their page."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import msgspec

from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shows that look at the lines with these beginnings, or the reason that there is none.

    Attributes:
        needs, part, since: the feature, the part of the product and the release that the shows need beside the line's.
    """

    of: tuple[str, ...]
    shows: tuple[str, ...] = ()
    needs: str = ""
    part: str = ""
    since: str = ""
    reason: str = ""
    source: str = ""
    basis: Basis | None = None


class Looks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table."""

    looks: tuple[Look, ...]


@cache
def looks() -> dict[str, Look]:
    """List the looks by their beginnings."""
    return {start: look for look in _table() for start in look.of}


@cache
def _table() -> tuple[Look, ...]:
    return read_toml(Path(__file__).with_suffix(".toml"), Looks).looks


def looks_section(table: Callable[[Iterable[str], Iterable[Iterable[str]]], str]) -> str:
    """The part of the page of collectors that tells what looks at a configured line."""
    rows = ((_code(look.of), _code(look.shows)) for look in _table() if look.shows)
    parts = [f"## Shows of what is configured\n\n{table(('lines that begin so', 'are looked at by'), rows)}"]
    for look in _table():
        if not look.shows:
            parts.append(
                f"Told by the configuration alone: {look.reason} ({look.source}, {look.basis}): {_code(look.of)}.\n"
            )
    return "\n".join(parts)


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
