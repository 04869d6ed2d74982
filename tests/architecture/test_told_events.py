"""`tell(Event, field=...)` names the fields of the event that it tells of: all that it needs, and no other."""

import ast
import importlib
from collections.abc import Iterator
from typing import Any

from msgspec.structs import fields

from emulator.kernel.events import Event
from tests.architecture.modules import modules
from tests.architecture.plants import PACKAGE

STAMPED = {"at", "router"}
"""Fields that `tell` fills in itself."""


def told(tree: ast.AST, namespace: object) -> Iterator[tuple[int, type[Event], ast.Call]]:
    """Line, event and call of each `tell` of an event by its name; a helper's parameter is not one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"tell", "_tell"}:
            found: Any = namespace
            for name in ast.unparse(node.args[0]).split("."):
                found = getattr(found, name, None)
            if isinstance(found, type) and issubclass(found, Event):
                yield node.lineno, found, node


def wrong(event: type[Event], call: ast.Call) -> str | None:
    """Faults of the fields that a call names; with `**` among them only unknown ones are."""
    known = {each.name: each for each in fields(event) if each.name not in STAMPED}
    given = {each.arg for each in call.keywords}
    needed = {name for name, each in known.items() if each.required}
    if unknown := given - known.keys() - {None}:
        return f"{event.__name__} has no {', '.join(map(str, unknown))}"
    if None not in given and (missing := needed - given):
        return f"{event.__name__} needs {', '.join(missing)}"
    return None


def test_what_is_told_names_the_fields_of_the_event() -> None:
    problems, count = [], 0
    for file, tree in modules(PACKAGE):
        if "tell(" in file.read_text(encoding="utf-8"):
            name = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)
            for line, event, call in told(tree, importlib.import_module(name)):
                count += 1
                if problem := wrong(event, call):
                    problems.append(f"{file}:{line}: {problem}")
    assert problems == []
    assert count > 30, "they are found"


def test_a_wrong_field_would_be_found() -> None:
    from emulator.router import events

    text = (
        "x.tell(Configured, source='memory')\nx.tell(Configured, source='', by='', to='')\nx.tell(Configured, **facts)"
    )
    calls = list(told(ast.parse(text), events))
    assert [wrong(event, call) for _, event, call in calls] == ["Configured needs by", "Configured has no to", None]
