"""The console's table of strings, pinned to the code in both directions: every key, and every slot."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import emulator
from emulator.console.wording import text_file, wording, wordings
from emulator.kernel.errors import UnknownName
from tests.architecture.modules import modules

PACKAGE = Path(emulator.__file__).parent
KEYS = sorted(f"{topic}.{name}" for topic, names in wordings().items() for name in names)
KEY = re.compile(rf"(?:{'|'.join(wordings())})\.(?!txt|toml|py|html)[a-z0-9_]+")


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    return tuple((str(file.relative_to(PACKAGE)), tree) for file, tree in modules(PACKAGE))


@cache
def named() -> frozenset[str]:
    """Every key that stands in the code; `f"transfer.{protocol}_received"` names all that begin and end so."""
    found: set[str] = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                found.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
                if str(parts[0]).partition(".")[0] in wordings():
                    form = re.compile("".join(".+" if part is None else re.escape(str(part)) for part in parts))
                    found |= set(filter(form.fullmatch, KEYS))
    return frozenset(found)


def test_every_string_is_used() -> None:
    assert set(KEYS) - named() == set()


def test_every_used_string_exists() -> None:
    assert named() - set(KEYS) == set()


def slots_of(key: str) -> set[str]:
    topic, _, name = key.partition(".")
    return {slot for _, slot, _, _ in string.Formatter().parse(wordings()[topic][name].text) if slot}


@pytest.mark.parametrize("key", KEYS)
def test_every_string_can_be_filled(key: str) -> None:
    slots = dict.fromkeys(slots_of(key), 1)
    topic, _, name = key.partition(".")
    text = wordings()[topic][name].text
    assert "{" not in wording(key, **slots) if slots else "{" not in text


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """Every call of a function by its plain name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def constant(call: ast.Call) -> str | None:
    first = call.args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def wrong(call: ast.Call) -> str | None:
    """Faults of the slots of a call whose key stands there as it is."""
    key, given = constant(call), {each.arg for each in call.keywords}
    if key is None or None in given or given == slots_of(key):
        return None
    return f"{key} has the slots {sorted(slots_of(key))}, and is given {sorted(map(str, given))}"


def test_every_string_is_given_its_slots() -> None:
    told = [(file, call) for file, tree in trees() for call in calls(tree, "wording")]
    assert [f"{file}:{call.lineno}: {problem}" for file, call in told if (problem := wrong(call))] == []
    assert len([call for _, call in told if constant(call)]) > 200, "they are found"


def test_a_wrong_call_would_be_found() -> None:
    tree = ast.parse("wording('parser.ambiguous')\nwording('parser.ambiguous', line=x)\nwording(key, line=x)")
    assert [wrong(call) for call in calls(tree, "wording")] == [
        "parser.ambiguous has the slots ['line'], and is given []",
        None,
        None,
    ]


def test_every_text_file_is_there_and_used() -> None:
    names = {constant(call) for _, tree in trees() for call in calls(tree, "text_file")}
    assert all(text_file(str(name)) for name in names)
    assert {file.stem for file in (PACKAGE / "console" / "text").iterdir()} == names


def test_every_text_file_is_given_its_slots() -> None:
    filled = 0
    for file, tree in trees():
        for call in calls(tree, "text_file"):
            parsed = string.Formatter().parse(text_file(str(constant(call))))
            slots = {slot.partition(".")[0] for _, slot, _, _ in parsed if slot}
            assert {each.arg for each in call.keywords} == slots, f"{file}:{call.lineno}"
            filled += bool(slots)
    assert filled > 5, "they are found"


def test_a_text_that_there_is_not_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"unknown text 'eua'\. Did you mean eula\?"):
        text_file("eua")
