"""The rules that labs teach: one sentence each, from `rules.toml`."""

from functools import cache
from pathlib import Path

import msgspec

from emulator.kernel.datafile import read_toml

FILE = Path(__file__).with_name("rules.toml")


class TaughtRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule by its number."""

    number: int
    sentence: str


class TaughtRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rules, in the order of their file."""

    rules: tuple[TaughtRule, ...]


@cache
def rules() -> dict[int, str]:
    """The sentence of every rule by its number."""
    return {rule.number: rule.sentence for rule in read_toml(FILE, TaughtRules).rules}
