"""A break, a long while, `cont`: every instant that a running IOS holds is later by that while; found by its type."""

import re
from collections.abc import Iterator
from enum import Enum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from emulator.kernel.shifting import shift
from emulator.kernel.time import HOUR, Instant
from emulator.router.state import Running

NAMED_LIKE_AN_INSTANT = re.compile(r"(^|_)(at|since|booted|learned|cleared|opened|until|last_\w+)$")


def parts_of(hint: Any) -> tuple[Any, ...]:
    return tuple(each for each in get_args(hint) if each is not Ellipsis and each is not type(None))


def leaves(hint: Any, path: str = "", within: tuple[Any, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield every field below a type that is no record, with its path."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        if hint not in within:
            for name, each in get_type_hints(hint, include_extras=True).items():
                yield from leaves(each, f"{path}.{name}", (*within, hint))
    elif hint != Instant and parts_of(hint):
        for each in parts_of(hint):
            yield from leaves(each, path, within)
    else:
        yield path, hint


def full(hint: Any, within: tuple[Any, ...] = ()) -> Any:
    """Build a value of a type with something in every place, and the number 7 in every whole number."""
    if hint == Instant or hint is int:
        return 7
    if get_origin(hint) in {Union, UnionType}:
        return full(parts_of(hint)[0], within)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        hints = get_type_hints(hint, include_extras=True)
        return hint(**{name: full(hints[name], (*within, hint)) for name in hint.__struct_fields__})
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    origin, parts = get_origin(hint), parts_of(hint)
    if origin is Literal:
        return parts[0]
    if origin is dict:
        empty = parts[1] in within
        return {} if empty else {full(parts[0], within): full(parts[1], within)}
    if origin in {list, tuple}:
        return origin(full(each, within) for each in parts)
    return {str: "x", bytes: b"x", bool: True}[hint]


def numbers(value: Any, hint: Any) -> Iterator[tuple[bool, int]]:
    """Yield every whole number of a value, and whether it is an instant."""
    if isinstance(value, msgspec.Struct):
        for name, each in get_type_hints(type(value), include_extras=True).items():
            yield from numbers(getattr(value, name), each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from numbers(each, parts_of(hint)[-1])
    elif isinstance(value, (list, tuple)):
        parts = parts_of(hint)
        for at, each in enumerate(value):
            yield from numbers(each, parts[at % len(parts)])
    elif isinstance(value, int) and not isinstance(value, bool | Enum):
        yield hint == Instant or Instant in parts_of(hint), value


def test_every_instant_of_a_running_ios_is_shifted_and_nothing_else() -> None:
    running = full(Running)
    shift(running, 10 * HOUR)
    seen = list(numbers(running, Running))
    assert sum(instant for instant, _ in seen) > 5
    for instant, value in seen:
        assert value == (7 + 10 * HOUR if instant else 7)


def test_a_new_field_with_the_name_of_an_instant_has_its_type() -> None:
    """The others are of the calendar, which stands still as well, and a part of the identity of a pair of keys."""
    plain = {
        path for path, hint in leaves(Running) if hint is int and NAMED_LIKE_AN_INSTANT.search(path.split(".")[-1])
    }
    assert plain == {".rsa_keys.at", ".log.entries.at"}
