"""The console's table of strings, pinned to the code in both directions."""

import re
import string
from pathlib import Path

import pytest

import emulator
from emulator.console.wording import wording, wordings

SOURCE = "\n".join(file.read_text(encoding="utf-8") for file in (Path(emulator.__file__).parent).rglob("*.py"))
TOPICS = "|".join(wordings())
KEYS = sorted(f"{topic}.{name}" for topic, names in wordings().items() for name in names)


@pytest.mark.parametrize("key", KEYS)
def test_every_string_is_used(key: str) -> None:
    assert f'"{key}"' in SOURCE


def test_every_used_string_exists() -> None:
    used = set(re.findall(r'wording\(\s*"([a-z_]+\.[a-z_]+)"', SOURCE))
    used |= set(re.findall(rf'"((?:{TOPICS})\.(?!txt|toml)[a-z_]+)"', SOURCE))
    assert used - set(KEYS) == set()


@pytest.mark.parametrize("key", KEYS)
def test_every_string_can_be_filled(key: str) -> None:
    topic, name = key.split(".")
    text = wordings()[topic][name].text
    slots = {slot: 1 for _, slot, _, _ in string.Formatter().parse(text) if slot}
    assert "{" not in wording(key, **slots) if slots else "{" not in text
