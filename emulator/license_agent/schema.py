"""The XML Schema of the license agent's messages, written from the records that they are read into."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import FieldInfo, fields

from emulator.kernel.schema import attributes
from emulator.license_agent.causes import AgentCause
from emulator.license_agent.messages import (
    MOST_OPERATIONS,
    OPERATIONS,
    RESULTS,
    AgentNotification,
    LineState,
)
from emulator.license_agent.xml_form import element_of, listed_types, tag_of, types_of

REQUEST, ANSWER, REFUSAL, NOTICE = (
    "LICENSE_AGENT_REQUEST",
    "LICENSE_AGENT_ANSWER",
    "LICENSE_AGENT_REFUSAL",
    "LICENSE_AGENT_NOTIFICATION",
)
VERSION = "1.0"
LONGEST_ID = 64

PLAIN: dict[Any, str] = {str: "xs:string", bytes: "xs:base64Binary", int: "xs:unsignedInt", bool: "xs:boolean"}
CHOICES: dict[type[StrEnum], str] = {AgentCause: "CAUSE", LineState: "END"}
"""Types of the schema for those of fields."""

RecordTypes = tuple[type[msgspec.Struct], ...]


def schema_text() -> str:
    """Text of the schema."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">'
    yield from _envelope(REQUEST, "OPERATION", f'maxOccurs="{MOST_OPERATIONS}"')
    yield from _envelope(ANSWER, "RESULT", f'maxOccurs="{MOST_OPERATIONS}"')
    yield f'  <xs:element name="{REFUSAL}">'
    yield "    <xs:complexType>"
    yield "      <xs:sequence>"
    yield '        <xs:element name="CAUSE" type="CAUSE"/>'
    yield '        <xs:element name="TEXT" type="xs:string"/>'
    yield "      </xs:sequence>"
    yield f'      <xs:attribute name="version" use="required" fixed="{VERSION}"/>'
    yield "    </xs:complexType>"
    yield "  </xs:element>"
    yield f'  <xs:element name="{NOTICE}">'
    yield "    <xs:complexType>"
    yield "      <xs:sequence>"
    yield f'        <xs:element name="{tag_of(AgentNotification)}" type="{tag_of(AgentNotification)}"/>'
    yield "      </xs:sequence>"
    yield f'      <xs:attribute name="version" use="required" fixed="{VERSION}"/>'
    yield "    </xs:complexType>"
    yield "  </xs:element>"
    yield from _group("OPERATION", OPERATIONS)
    yield from _group("RESULT", RESULTS)
    yield from _restriction("REQUEST_ID", "xs:token", (f'<xs:maxLength value="{LONGEST_ID}"/>',))
    for choice, name in CHOICES.items():
        yield from _restriction(name, "xs:string", (f'<xs:enumeration value="{each}"/>' for each in choice))
    for record in _all((*OPERATIONS, *RESULTS, AgentNotification)):
        yield from _record(record)
    yield "</xs:schema>"


def _envelope(name: str, group: str, most: str) -> Iterator[str]:
    yield f'  <xs:element name="{name}">'
    yield "    <xs:complexType>"
    yield "      <xs:sequence>"
    yield '        <xs:element name="REQUEST_ID" type="REQUEST_ID"/>'
    yield f'        <xs:group ref="{group}" {most}/>'
    yield "      </xs:sequence>"
    yield f'      <xs:attribute name="version" use="required" fixed="{VERSION}"/>'
    yield "    </xs:complexType>"
    yield "  </xs:element>"


def _group(name: str, records: RecordTypes) -> Iterator[str]:
    yield f'  <xs:group name="{name}">'
    yield "    <xs:choice>"
    for record in records:
        yield f'      <xs:element name="{tag_of(record)}" type="{tag_of(record)}"/>'
    yield "    </xs:choice>"
    yield "  </xs:group>"


def _restriction(name: str, base: str, facets: Any) -> Iterator[str]:
    yield f'  <xs:simpleType name="{name}">'
    yield f'    <xs:restriction base="{base}">'
    for facet in facets:
        yield f"      {facet}"
    yield "    </xs:restriction>"
    yield "  </xs:simpleType>"


def _all(records: RecordTypes) -> Iterator[type[msgspec.Struct]]:
    """The records and those that they list."""
    for record in records:
        yield record
        for field in fields(record):
            yield from _all(listed_types(field))


def _record(record: type[msgspec.Struct]) -> Iterator[str]:
    described = attributes(record)
    yield f'  <xs:complexType name="{tag_of(record)}">'
    yield "    <xs:sequence>"
    for field in fields(record):
        inner = listed_types(field)
        for each in inner:
            yield f'      <xs:element name="{tag_of(each)}" type="{tag_of(each)}" minOccurs="0" maxOccurs="unbounded"/>'
        if not inner:
            least = "" if field.required else ' minOccurs="0"'
            yield f'      <xs:element name="{element_of(field)}" type="{_type(field)}"{least}>'
            yield "        <xs:annotation>"
            yield f"          <xs:documentation>{described.get(field.name, '')}</xs:documentation>"
            yield "        </xs:annotation>"
            yield "      </xs:element>"
    yield "    </xs:sequence>"
    yield "  </xs:complexType>"


def _type(field: FieldInfo) -> str:
    (kind,) = types_of(field.type)
    return PLAIN[kind] if kind in PLAIN else CHOICES[kind]
