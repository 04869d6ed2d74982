"""Types of values that templates show, from the annotations of their classes: attributes, items, and what a call gives.

A type is what an annotation says: a class, `list[Order]`, `Caller | None`. `Any` has every attribute; what is not
annotated is `Any`, and nothing is told of it.
"""

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import Enum
from functools import cache, cached_property, reduce
from operator import or_
from types import GenericAlias, NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from emulator.kernel.errors import UnknownName


class CallResult(msgspec.Struct, frozen=True):
    """Type of a function or method, as far as it matters here: what a call gives."""

    result: Any


def attribute(kind: Any, name: str) -> Any:
    """Type of an attribute.

    Raises:
        UnknownName: no value of the type has it.
    """
    return union(_attribute(each, name) for each in _alternatives(kind))


def item(kind: Any, key: object = None) -> Any:
    """Type of an item of a tuple, a list or a mapping; `key` is its constant index, if it has one."""
    return union(_item(each, key) for each in _alternatives(kind))


def element(kind: Any) -> Any:
    """Type of what a loop over a value gives."""
    return union(_element(each) for each in _alternatives(kind))


def unpacked(kind: Any, count: int) -> list[Any]:
    """Types of a value that is taken apart into so many."""
    return [item(kind, at) for at in range(count)]


def result(kind: Any) -> Any:
    """Type of what a call of a value gives."""
    return kind.result if isinstance(kind, CallResult) else Any


def returned(function: Callable[..., object]) -> Any:
    """Type of what a function gives, as its annotation says; `Any` where only a type checker knows the name."""
    if not inspect.isfunction(function):
        return Any
    try:
        return _hints(function).get("return", Any)
    except NameError:
        return Any


def fields_of(kind: Callable[..., object]) -> dict[str, Any]:
    """Types of the fields of a record, by their names."""
    return _hints(kind)


def union(kinds: Iterable[Any]) -> Any:
    """Type of a value that is of one of several types."""
    found = list(dict.fromkeys(kinds))
    if not found or any(each is Any or isinstance(each, (CallResult, TypeVar)) for each in found):
        return found[0] if len(found) == 1 else Any
    return reduce(or_, found)


def _alternatives(kind: Any) -> Iterator[Any]:
    """The types that a value may be of but `None`, which has no attributes and is asked for before."""
    if get_origin(kind) is Annotated:
        yield from _alternatives(get_args(kind)[0])
    elif get_origin(kind) in (Union, UnionType):
        for each in get_args(kind):
            yield from _alternatives(each)
    elif kind is not NoneType and kind is not None:
        yield kind


def _attribute(kind: Any, name: str) -> Any:
    cls, parameters = _class_of(kind)
    if cls is None:
        return Any
    if name in (hints := _hints(cls)):
        return _filled(hints[name], parameters)
    found = inspect.getattr_static(cls, name, None)
    if isinstance(found, property) and found.fget is not None:
        return _filled(returned(found.fget), parameters)
    if isinstance(found, cached_property):
        return _filled(returned(found.func), parameters)
    if issubclass(cls, Mapping) and name in (given := _of_mapping(kind)):
        return CallResult(given[name])
    if inspect.isfunction(found):
        return CallResult(_filled(returned(found), parameters))
    if found is not None:
        return Any
    if issubclass(cls, Enum):
        return Any  # members are given attributes as they are made
    raise UnknownName(f"attribute of {cls.__name__.lstrip('_')}", name, known_attributes(cls))


def known_attributes(cls: type) -> list[str]:
    """Public attributes of a class."""
    return [each for each in {**_hints(cls), **dict.fromkeys(dir(cls))} if not each.startswith("_")]


def list_of(kind: Any) -> GenericAlias:
    """Type of a list whose elements are of a type that is known only at run time."""
    return GenericAlias(list, (kind,))


def _of_mapping(kind: Any) -> dict[str, Any]:
    key, value = (*get_args(kind), Any, Any)[:2]
    return {
        "items": list_of(GenericAlias(tuple, (key, value))),
        "keys": list_of(key),
        "values": list_of(value),
        "get": value,
    }


def _item(kind: Any, key: object) -> Any:
    cls, _ = _class_of(kind)
    given = get_args(kind)
    if cls is None or not given:
        return Any
    if issubclass(cls, tuple) and given[-1] is not Ellipsis:
        return given[key] if isinstance(key, int) and -len(given) <= key < len(given) else Any
    return given[1] if issubclass(cls, Mapping) else given[0] if issubclass(cls, Collection) else Any


def _element(kind: Any) -> Any:
    cls, _ = _class_of(kind)
    given = get_args(kind)
    if cls is None or not given or not issubclass(cls, Iterable):
        return Any
    return union(given) if issubclass(cls, tuple) and given[-1] is not Ellipsis else given[0]


def _class_of(kind: Any) -> tuple[type | None, Mapping[Any, Any]]:
    """The class of a type with the values of its parameters; None for what may be anything."""
    origin = get_origin(kind) or kind
    if not inspect.isclass(origin) or origin in (Any, object):
        return None, {}
    return origin, dict(zip(getattr(origin, "__parameters__", ()), get_args(kind), strict=False))


def _filled(kind: Any, parameters: Mapping[Any, Any]) -> Any:
    """A type with its parameters replaced."""
    if isinstance(kind, TypeVar):
        return parameters.get(kind, Any)
    open_ = getattr(kind, "__parameters__", ())
    return kind[tuple(parameters.get(each, Any) for each in open_)] if open_ and parameters else kind


@cache
def _hints(of: Any) -> dict[str, Any]:
    return get_type_hints(of)
