"""The YAML loader: plain values are what they look like, and nothing can be made of one by a tag.

`true`, `false`, `null` and whole numbers in their usual form are values; every other plain word is text as it stands.
So `2010-03-01`, `0123`, `15.10`, `0x1F`, `1:30`, `yes` and `off` are texts, and none of them changes while it is read.
Imported when the first file is read, because ruamel.yaml is heavy.
"""

import re
from typing import Any
from warnings import catch_warnings, simplefilter

from ruamel.yaml import YAML
from ruamel.yaml.error import ReusedAnchorWarning
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scanner import RoundTripScanner, ScannerError

VALUES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("bool", "true|True|TRUE|false|False|FALSE", tuple("tTfF")),
    ("int", "[-+]?(0|[1-9][0-9]{0,17})", tuple("-+0123456789")),
    ("null", "~|null|Null|NULL|", ("", "~", "n", "N")),
    ("merge", "<<", ("<",)),
)
"""Plain values that are no text: the kind, what they look like, and the characters that they begin with."""


def _by_first() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The kinds of values with their patterns, by the first character."""
    kinds: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for kind, form, firsts in VALUES:
        for first in firsts:
            kinds.setdefault(first, []).append((f"tag:yaml.org,2002:{kind}", re.compile(rf"(?:{form})\Z")))
    return kinds


class _Resolver(VersionedResolver):
    """Tells what a plain value is, whatever version of YAML a file claims to be."""

    _kinds = _by_first()

    @property
    def versioned_resolver(self) -> Any:
        """Kinds of values by the first character."""
        return self._kinds


class _Scanner(RoundTripScanner):
    """Reads no tags."""

    def fetch_tag(self) -> None:
        """Refuse a tag.

        Raises:
            ScannerError: always, with the place.
        """
        raise ScannerError(None, None, "found a tag", self.reader.get_mark())


def load(text: str) -> Any:
    """Load one file, with the place of every part; an anchor may be used again for another value.

    Raises:
        YAMLError: the text is no YAML.
    """
    yaml = YAML(typ="rt")
    yaml.Resolver, yaml.Scanner = _Resolver, _Scanner
    with catch_warnings():
        simplefilter("ignore", ReusedAnchorWarning)
        return yaml.load(text)
