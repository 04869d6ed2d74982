"""Keys in typed lines: what looks like a key and is none is told, and other words in brackets are text."""

import pytest

from emulator.scenarios.keys import KEYS, key_problem


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_one(key: str) -> None:
    assert key_problem(f"show ver<{key}>") is None


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("Tap", "Tab"), ("tab", "Tab"), ("Tabulator", ""), ("TAB", "Tab"), ("Ctrl-Y", "Ctrl-"), ("Ctrl+C", "Ctrl-C"),
        ("control-z", "Ctrl-Z"), ("Brake", "Break"), ("Esc", ""), ("Enter", ""), ("Return", ""), ("Up", ""),
    ],
)  # fmt: skip
def test_what_looks_like_a_key(key: str, meant: str) -> None:
    problem = key_problem(f"show ver<{key}>")
    assert problem is not None
    assert problem.startswith(f"'<{key}>' is no key of a scenario. ")
    assert f"Did you mean {meant}" in problem if meant else "Known: " in problem


@pytest.mark.parametrize("text", ["description <uplink>", "banner motd <hello>", "a < b > c", "<1-5>"])
def test_other_words_in_brackets_are_text(text: str) -> None:
    assert key_problem(text) is None
