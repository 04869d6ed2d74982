"""The right form of a value that has a wrong type: how the author of a data file writes what was meant."""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec

from emulator.kernel.errors import LONGEST_ECHO

TRUTH = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
"""Words of other languages for truth values, and for a truth value in quotes itself."""


def right_form(value: object, kind: Any) -> str:
    """Say how a value of another type is written as this one: `; in quotes it is text: "10"`; empty where unknown.

    Args:
        value: what stands in the file.
        kind: the type that is wanted there.
    """
    wanted = set(_choices(kind))
    if str in wanted and (example := _example(kind)) and type(value) in {int, float}:
        return f"; write it with its unit, as {example}"
    if str in wanted and (text := _as_text(value)) and len(text) <= LONGEST_ECHO and text.isprintable():
        return f'; in quotes it is text: "{text}"'
    if str in wanted and isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return "; write it without brackets"
    if keys := _keys(wanted):
        return f"; its keys are {', '.join(keys)}"
    if not isinstance(value, str):
        return ""
    if bool in wanted and (truth := TRUTH.get(value.lower(), value.lower())) in TRUTH.values():
        return f"; write {truth}"
    if int in wanted and (number := _number(value)) is not None:
        return f"; write {number}"
    items = {item for each in wanted if get_origin(each) in {tuple, list} for item in _choices(get_args(each)[0])}
    if keys := _keys(items):
        return f"; each has the keys {', '.join(keys)}"
    if str in items and len(value) <= LONGEST_ECHO and value.isprintable():
        return f"; write [{value}]" if value.replace("-", "").replace(".", "").isalnum() else f'; write ["{value}"]'
    return ""


def _keys(kinds: set[Any]) -> list[str]:
    """The keys that a record among these types must have."""
    records = [each for each in kinds if isinstance(each, type) and issubclass(each, msgspec.Struct)]
    return [field.encode_name for each in records for field in msgspec.structs.fields(each) if field.required]


def _choices(kind: Any) -> Iterator[Any]:
    """The types among which a value may choose, without their annotations."""
    if get_origin(kind) is Annotated:
        yield from _choices(get_args(kind)[0])
    elif get_origin(kind) in {Union, UnionType}:
        for each in get_args(kind):
            yield from _choices(each)
    else:
        yield kind


def _example(kind: Any) -> str:
    """The first example of a type that has some."""
    parts = get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)
    metas = (meta for each in parts if get_origin(each) is Annotated for meta in get_args(each)[1:])
    examples = (meta.examples for meta in metas if isinstance(meta, msgspec.Meta) and meta.examples)
    return str(next(examples, [""])[0])


def _as_text(value: object) -> str:
    """The text that a value was before it was read as a number, a truth value, or as keys and values."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping) and len(value) == 1:
        key, inner = next(iter(value.items()))
        if inner is None:
            return "?" if key == "None" else f"{{{key}}}"
        return f"{key}: {inner}" if isinstance(inner, str | int) else ""
    return ""


def _number(text: str) -> int | None:
    """The whole number that a text writes, in any of the usual forms."""
    try:
        return int(text.lstrip("0") or "0") if text.isdecimal() else int(text, 0)
    except ValueError:
        return None
