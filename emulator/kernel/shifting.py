"""Shifting every instant that a record holds, however deep: found by its type, `Instant`, and by nothing else.

A record that stood still for a while goes on as if the while had not been. A new field of that type is found by itself.
"""

from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from emulator.kernel.time import Duration, Instant


def shift(record: msgspec.Struct, pause: Duration) -> None:
    """Shift all instants of a record by a pause in milliseconds; it keeps its identity."""
    for name, hint in _instants_in(type(record)).items():
        setattr(record, name, _later(getattr(record, name), hint, pause))


def _later(value: Any, hint: Any, pause: Duration) -> Any:
    """Copy of a value, or the value itself if it is a record that can be changed, with its instants shifted."""
    if value is None or not _holds(hint):
        return value
    if hint == Instant:
        return value + pause
    if get_origin(hint) in {Union, UnionType}:
        fitting = next(each for each in get_args(hint) if _holds(each))
        return _later(value, fitting, pause)
    if isinstance(value, msgspec.Struct):
        if not type(value).__struct_config__.frozen:
            shift(value, pause)
            return value
        changed = {name: _later(getattr(value, name), each, pause) for name, each in _instants_in(type(value)).items()}
        return msgspec.structs.replace(value, **changed)
    *_, last = (each for each in get_args(hint) if each is not Ellipsis)
    if isinstance(value, Mapping):
        return {key: _later(each, last, pause) for key, each in value.items()}
    return type(value)(_later(each, last, pause) for each in value)


@cache
def _instants_in(record: type[msgspec.Struct]) -> dict[str, Any]:
    """Fields of a record that hold instants, with their types."""
    hints = get_type_hints(record, include_extras=True)
    return {each.name: hints[each.name] for each in msgspec.structs.fields(record) if _holds(hints[each.name])}


def _holds(hint: Any, within: tuple[Any, ...] = ()) -> bool:
    """Tell whether values of a type hold instants; a record that holds its own kind is looked through once."""
    if hint == Instant:
        return True
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        hints = get_type_hints(hint, include_extras=True).values()
        return hint not in within and any(_holds(each, (*within, hint)) for each in hints)
    return any(_holds(each, within) for each in get_args(hint))
