"""The rules that labs teach: one sentence each, from `rules.toml`."""

from functools import cache
from pathlib import Path

import msgspec

from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError
from emulator.kernel.forms import Amount, Text

FILE = Path(__file__).with_name("rules.toml")


class TaughtRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule by its number."""

    number: Amount
    sentence: Text


class TaughtRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rules, in the order of their file."""

    rules: tuple[TaughtRule, ...]


@cache
def rules() -> dict[int, str]:
    """The sentence of every rule by its number."""
    return read_rules(FILE)


def sentence(rule: int | None, more: str) -> str:
    """The sentence of a rule, if there is one, and what is to be said after it."""
    return f"{rules()[rule]} {more}".strip() if rule is not None else more


def read_rules(file: Path) -> dict[int, str]:
    """Read the rules of a file by their numbers.

    Raises:
        DataFileError: the file is wrong, or a number stands for two rules.
    """
    found: dict[int, str] = {}
    for index, rule in enumerate(read_toml(file, TaughtRules).rules):
        if rule.number in found:
            raise DataFileError(str(file), f"rules[{index}].number", f"{rule.number} stands here twice")
        found[rule.number] = rule.sentence
    return found
