"""JSON Schema of what users write, for editors: types as msgspec describes them, keys as their docstrings do."""

import inspect
import re
from typing import Any

import msgspec

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_KEY = re.compile(r"(\w+(?:, \w+)*): (.+)")


def attributes(record: type[msgspec.Struct]) -> dict[str, str]:
    """Descriptions of a record's keys, taken from its docstring."""
    _, _, section = inspect.cleandoc(record.__doc__ or "").partition("Attributes:\n")
    found: dict[str, str] = {}
    names: list[str] = []
    for line in section.splitlines():
        if line.startswith("    ") and not line.startswith("     ") and (key := _KEY.fullmatch(line.strip())):
            names = key[1].split(", ")
            found |= dict.fromkeys(names, key[2])
        elif line.startswith("     "):
            for name in names:
                found[name] += f" {line.strip()}"
    return found


def json_schema(record: type[msgspec.Struct], title: str) -> dict[str, Any]:
    """JSON Schema of a file of this record type, with a description of every key that has one."""
    (schema,), components = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    for name, component in components.items():
        described = _record(record, name)
        if described is None:
            continue
        component["description"] = _summary(described)
        for key, text in attributes(described).items():
            if key in component.get("properties", {}):
                component["properties"][key]["description"] = text
    return {"$schema": DIALECT, "title": title, **schema, "$defs": components}


def _summary(record: type[msgspec.Struct]) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join(inspect.cleandoc(record.__doc__ or "").partition("\n\n")[0].split())


def _record(root: type[msgspec.Struct], name: str) -> type[msgspec.Struct] | None:
    """The record of that name below a record."""
    seen: set[type] = set()
    waiting: list[Any] = [msgspec.inspect.type_info(root)]
    while waiting:
        info = waiting.pop()
        if isinstance(info, msgspec.inspect.StructType):
            if info.cls in seen:
                continue
            seen.add(info.cls)
            if info.cls.__name__ == name:
                return info.cls
            waiting += [field.type for field in info.fields]
        for part in ("types", "item_types"):
            waiting += getattr(info, part, ())
        for part in ("item_type", "value_type"):
            if (inner := getattr(info, part, None)) is not None:
                waiting.append(inner)
    return None
