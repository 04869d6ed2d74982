"""Parts of the page of the license agent: its vocabulary, written from the records that its messages are read into."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import fields

from emulator.kernel.schema import attributes
from emulator.license_agent.causes import TEXTS
from emulator.license_agent.messages import OPERATIONS, READS, RESULTS, AgentNotification
from emulator.license_agent.notifications import EXTENDED, NAMES
from emulator.license_agent.xml_form import element_of, listed_types, tag_of, types_of

Table = Callable[[Iterable[str], Iterable[Iterable[str]]], str]

COLUMNS = ("element", "value", "meaning")

PLAIN: dict[Any, str] = {str: "text", bytes: "base64", int: "number", bool: "`true` or `false`"}


def vocabulary(table: Table) -> str:
    """Operations, results and causes."""
    inner = dict.fromkeys(each for record in RESULTS for field in fields(record) for each in listed_types(field))
    return "\n".join(
        (
            "## Operations\n",
            table(("operation", "elements", "changes", "meaning"), map(_operation, OPERATIONS)),
            "## Results\n",
            table(("result", "elements", "meaning"), ((*_cells(each), _meaning(each)) for each in RESULTS)),
            *(f"`{tag_of(each)}`:\n\n{table(COLUMNS, _rows(each))}" for each in inner),
            "## Causes\n",
            table(("cause", "text"), ((f"`{cause}`", text) for cause, text in TEXTS.items())),
        )
    )


def notification(table: Table) -> str:
    """Elements of a notification, and its events."""
    events = table(("event",), ((f"`{each}`",) for each in (*NAMES.values(), EXTENDED)))
    return f"`{tag_of(AgentNotification)}`:\n\n{table(COLUMNS, _rows(AgentNotification))}\n{events}"


def _operation(record: type[msgspec.Struct]) -> tuple[str, ...]:
    return *_cells(record), "" if record in READS else "yes", _meaning(record)


def _cells(record: type[msgspec.Struct]) -> tuple[str, str]:
    return f"`{tag_of(record)}`", "; ".join(_elements(record))


def _elements(record: type[msgspec.Struct]) -> Iterator[str]:
    described = attributes(record)
    for field in fields(record):
        for each in listed_types(field):
            yield f"any number of `{tag_of(each)}`"
        if not listed_types(field):
            text = f"`{element_of(field)}`: {described[field.name].rstrip('.')}"
            yield text if field.required else f"[{text}]"


def _rows(record: type[msgspec.Struct]) -> Iterator[tuple[str, str, str]]:
    described = attributes(record)
    for field in fields(record):
        [kind] = types_of(field.type)
        value = ", ".join(f"`{each}`" for each in kind) if issubclass(kind, StrEnum) else PLAIN[kind]
        if kind in {*map(type, TEXTS)}:
            value = "a cause"
        name = f"`{element_of(field)}`"
        yield name if field.required else f"[{name}]", value, described[field.name]


def _meaning(record: type[msgspec.Struct]) -> str:
    return inspect.cleandoc(record.__doc__ or "").partition("\n")[0]
