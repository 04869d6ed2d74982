"""Reading the data files that ship with the product: TOML into typed records, errors with file and key.

Images, platforms, SKUs, features and messages are data (variants are files, behavior is code); a mistake in one is
told with the file, the key and what was expected, never as a traceback.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
import tomli

from emulator.kernel.errors import DataFileError, near, nearest, printable
from emulator.kernel.host_paths import read_text
from emulator.kernel.right_form import right_form

Record = TypeVar("Record")

_AT = re.compile(r" - at (?P<key>`key` in )?`\$?\.?(?P<path>[^`]*)`$")
_MISSING_FIELD = re.compile(r"Object missing required field `(?P<field>[^`]+)`")
_TYPES = re.compile(r"`([a-z]+(?: \| [a-z]+)*)`")
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "keys and values",
}
MOST_KEYS = 40
"""Known keys of a record that are told where none is near; every record has fewer."""

_UNKNOWN_FIELD = re.compile(r"Object contains unknown field `(?P<field>[^`]+)`")
_UNKNOWN_VALUE = re.compile(r"Invalid enum value (?P<value>.+)", re.DOTALL)
_STEP = re.compile(r"\[[^\[\]]*\]|[^.\[\]]+")


def read_toml(file: Path, record: type[Record]) -> Record:
    """Read one TOML file as `record`, a msgspec Struct type that forbids unknown fields.

    Raises:
        DataFileError: the file cannot be read, is not TOML, or does not fit the record.
    """
    try:
        data = tomli.loads(read_text(file))
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(str(file), None, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    except ValueError as error:  # a number that Python has not is one as well
        raise DataFileError(str(file), None, f"is not TOML: {error}") from error
    except RecursionError:
        raise DataFileError(str(file), None, "is nested too deeply") from None
    return convert(data, record, str(file))


def convert(data: object, record: type[Record], name: str) -> Record:
    """Check plain data against `record`; `name` is the file to blame.

    Raises:
        DataFileError: the data does not fit; the error names the path to the faulty value.
    """
    try:
        read = msgspec.convert(data, record)
    except msgspec.ValidationError as error:
        path, problem = next(mistakes(data, record), None) or explain(error, record)
        row = _row_name(path, data)
        raise DataFileError(name, path or None, f"{problem} (in '{printable(row)}')" if row else problem) from error
    for path, problem in repetitions(data):
        raise DataFileError(name, path, problem)
    return read


def explain(error: msgspec.ValidationError, record: type) -> tuple[str, str]:
    """Path of the faulty value in msgspec's message (`steps[3].type`), and what was expected there."""
    text, path, of_key = str(error), "", False
    if at := _AT.search(text):
        path, of_key, text = at["path"], at["key"] is not None, text[: at.start()]
    if unknown := _UNKNOWN_FIELD.search(text):
        field = unknown["field"]
        text = f"unknown key '{printable(field)}'. {nearest(field, known_fields(record, path), MOST_KEYS)}"
        path = f"{path}.{field}" if path else field
    elif missing := _MISSING_FIELD.search(text):
        text = f"the key '{missing['field']}' is missing"
    elif unknown := _UNKNOWN_VALUE.fullmatch(text):
        value = unknown["value"].strip("'")
        what = "key" if of_key else "value"
        text = f"unknown {what} '{printable(value)}'. {nearest(value, known_values(record, path, of_key=of_key))}"
    return path, _TYPES.sub(_in_words, text[0].lower() + text[1:])


def mistakes(data: object, kind: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path of each value that does not fit a type, and what was expected there; nothing if all fit."""
    try:
        msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        whole = error
    else:
        return
    found = False
    for step, value, inner in _parts(data, kind):
        for told in mistakes(value, inner, f"{path}{step}" if path or not step.startswith(".") else step[1:]):
            found = True
            yield told
    record = _record_of(kind)
    if record is not None and isinstance(data, Mapping):
        fields = {field.encode_name: field for field in msgspec.structs.fields(record)}
        for key in data:
            if key not in fields and record.__struct_config__.forbid_unknown_fields:
                found = True
                hint = nearest(str(key), fields, MOST_KEYS)
                yield f"{path}.{key}".lstrip("."), f"unknown key '{printable(str(key))}'. {hint}"
        misspelt = {near(str(key), fields) for key in data if key not in fields}
        for name, field in fields.items():
            if name not in data and field.required and name not in misspelt:
                found = True
                yield path, f"the key '{name}' is missing"
    if not found:
        where, problem = explain(whole, kind)
        problem += right_form(data, kind) if not where and problem.startswith("expected ") else ""
        yield f"{path}.{where}".strip(".") if where and not where.startswith("[") else path + where, problem


def repetitions(data: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path of each name that stands twice in a list of names, or names two rows of a list."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if isinstance(value, Mapping | list):
                yield from repetitions(value, f"{path}.{key}".lstrip("."))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from repetitions(value, f"{path}[{number}]")
        names = [str(each.get("name", "")) if isinstance(each, Mapping) else each for each in data]
        if not all(isinstance(each, str) and each for each in names):
            return
        for number, name in enumerate(names):
            if name in names[:number]:
                where = f"{path}[{number}].name" if isinstance(data[number], Mapping) else f"{path}[{number}]"
                yield where, f"'{printable(name)}' stands here twice"


def _record_of(kind: Any) -> type[msgspec.Struct] | None:
    """The record type among those that the data may have."""
    choices = get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)
    return next((each for each in choices if isinstance(each, type) and issubclass(each, msgspec.Struct)), None)


def _parts(data: object, kind: Any) -> Iterator[tuple[str, object, Any]]:
    """The parts of a record, mapping or list, with the type that each of them has."""
    record = _record_of(kind)
    if record is not None and isinstance(data, Mapping):
        for field in msgspec.structs.fields(record):
            if field.encode_name in data:
                yield f".{field.encode_name}", data[field.encode_name], field.type
        return
    choices = get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)
    for choice in choices:
        arguments = get_args(choice)
        if get_origin(choice) is dict and isinstance(data, Mapping):
            yield from ((f".{key}", value, arguments[1]) for key, value in data.items())
        elif get_origin(choice) in {tuple, list} and isinstance(data, list):
            yield from ((f"[{number}]", value, arguments[0]) for number, value in enumerate(data))


def _row_name(path: str, data: object) -> str:
    """Name of the list row that the path leads through: its first text; empty for a path without rows."""
    name = ""
    for step in _STEP.findall(path):
        number = step[1:-1]
        if isinstance(data, list) and number.isdecimal():
            data = data[int(number)]
            if isinstance(data, Mapping):
                name = next((value for value in data.values() if isinstance(value, str)), "")
        elif isinstance(data, Mapping) and step in data:
            data = data[step]
        else:
            break
    return name


def _in_words(types: re.Match[str]) -> str:
    """Words of a type such as `str | array | null`, for authors of data files; null is omitted."""
    names = [_WORDS.get(name, name) for name in types[1].split(" | ") if name != "null"]
    return " or ".join(names) or "nothing"


def known_fields(record: object, path: str, *, required: bool = False) -> set[str]:
    """Keys that may stand at a path of a file of this record type, or only those that must."""
    structs = [info for info in _at(record, path) if isinstance(info, msgspec.inspect.StructType)]
    return {field.encode_name for info in structs for field in info.fields if field.required or not required}


def known_values(record: object, path: str, *, of_key: bool = False) -> set[str]:
    """The values that may stand at a path, or the keys of the mapping there."""
    infos = list(_at(record, path))
    if of_key:
        infos = [info.key_type for info in infos if isinstance(info, msgspec.inspect.DictType)]
    literals = {str(value) for info in infos if isinstance(info, msgspec.inspect.LiteralType) for value in info.values}
    members = {str(each.value) for info in infos if isinstance(info, msgspec.inspect.EnumType) for each in info.cls}
    return literals | members


def _at(record: object, path: str) -> Iterator[msgspec.inspect.Type]:
    """The types that may stand at a path."""
    infos: Iterable[msgspec.inspect.Type] = [msgspec.inspect.type_info(record)]
    for step in _STEP.findall(path):
        infos = [inner for info in _choices(infos) for inner in _below(info, step)]
    return _choices(infos)


def _choices(infos: Iterable[msgspec.inspect.Type]) -> Iterator[msgspec.inspect.Type]:
    for info in infos:
        if isinstance(info, msgspec.inspect.UnionType):
            yield from _choices(info.types)
        elif isinstance(info, msgspec.inspect.Metadata):
            yield from _choices([info.type])
        else:
            yield info


def _below(info: msgspec.inspect.Type, step: str) -> Iterator[msgspec.inspect.Type]:
    """Types one step down: a field, the values of a mapping, the items of a list."""
    if isinstance(info, msgspec.inspect.StructType):
        yield from (field.type for field in info.fields if field.encode_name == step)
    elif isinstance(info, msgspec.inspect.DictType):
        yield info.value_type
    elif step.startswith("["):
        item = getattr(info, "item_type", None)
        if item is not None:
            yield item
