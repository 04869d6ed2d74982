"""Records as XML: the tag of a record is an element, each field an element inside, in the order of the record.

Octets are in base64, and what a record leaves out is no element. The schema, with which whatever comes in is checked
first (`schema.py`), follows the same rules.
"""

import types
from base64 import b64encode
from collections.abc import Iterator
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo, fields

from emulator.keys.xml_messages import XmlNode

TaggedRecord = TypeVar("TaggedRecord", bound=msgspec.Struct)


def tag_of(record: type[msgspec.Struct]) -> str:
    """Element of a record."""
    return str(record.__struct_config__.tag)


def element_of(field: FieldInfo) -> str:
    """Element of a field that holds one value."""
    return field.name.upper()


def types_of(annotation: Any) -> tuple[Any, ...]:
    """Types of the values of a field: several of a union, without None."""
    if get_origin(annotation) in {types.UnionType, Union}:
        return tuple(each for each in get_args(annotation) if each is not type(None))
    return (annotation,)


def listed_types(field: FieldInfo) -> tuple[type[msgspec.Struct], ...]:
    """Records that a field lists; none for a field that holds one value."""
    if get_origin(field.type) is not tuple:
        return ()
    return types_of(get_args(field.type)[0])


def node_of(record: msgspec.Struct) -> XmlNode:
    """Return the element of a record."""
    return tag_of(type(record)), tuple(_children(record))


def _children(record: msgspec.Struct) -> Iterator[XmlNode]:
    for field in fields(record):
        value = getattr(record, field.name)
        if listed_types(field):
            yield from map(node_of, value)
        elif field.required or value != field.default:
            yield element_of(field), _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def record_of(node: XmlNode, kinds: tuple[type[TaggedRecord], ...]) -> TaggedRecord:
    """Return the record of an element that the schema has let through.

    Raises:
        ValueError: it is none of these, or a value is not one of its type.
    """
    tag, content = node
    kind = next((each for each in kinds if tag_of(each) == tag), None)
    if kind is None or (isinstance(content, str) and content.strip()):
        raise ValueError(f"{tag} is no message")
    children = () if isinstance(content, str) else content
    given: dict[str, Any] = {}
    for field in fields(kind):
        inner = listed_types(field)
        tags = {tag_of(each) for each in inner}
        if inner:
            given[field.name] = tuple(record_of(each, inner) for each in children if each[0] in tags)
            continue
        for name, text in children:
            if name == element_of(field):
                given[field.name] = _value(text, field.type)
    try:
        return kind(**given)
    except TypeError as error:
        raise ValueError(f"{tag} is not complete") from error


def _value(text: Any, annotation: Any) -> Any:
    plain = text if isinstance(text, str) else ""
    if str not in types_of(annotation):
        plain = "".join(plain.split())
    return msgspec.convert(plain, annotation, strict=False)
