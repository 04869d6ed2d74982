"""Messages of the license agent: every record as XML and back, the schema that says the same, and hostile documents."""

import re
from enum import StrEnum
from itertools import count
from typing import Any, get_args, get_origin

import msgspec
import pytest
from lxml import etree

from emulator.keys.canonical_xml import InvalidDocument
from emulator.license_agent.causes import TEXTS, AgentCause
from emulator.license_agent.documents import (
    REQUEST_LIMIT,
    read_answer,
    read_notification,
    read_request,
    write_answer,
    write_notification,
    write_refusal,
    write_request,
)
from emulator.license_agent.messages import (
    MOST_OPERATIONS,
    OPERATIONS,
    RESULTS,
    AgentAnswer,
    AgentNotification,
    AgentRequest,
    GetUdi,
)
from emulator.license_agent.operations import PERFORMED
from emulator.license_agent.schema import schema_text
from emulator.license_agent.xml_form import element_of, listed_types, tag_of, types_of

RECORDS = (*OPERATIONS, *RESULTS, AgentNotification)


def sample(kind: type[msgspec.Struct], *, whole: bool) -> Any:
    """A record with values of every type; one that is not whole has only what it needs."""
    numbers = count(1)

    def value(annotation: Any) -> Any:
        if get_origin(annotation) is tuple:
            return tuple(sample(each, whole=whole) for each in types_of(get_args(annotation)[0]))
        [plain] = types_of(annotation)
        if issubclass(plain, StrEnum):
            return list(plain)[-1]
        number = next(numbers)
        return {str: f"a & <{number}>", bytes: bytes([0, 255, number]), int: number, bool: True}[plain]

    fields = msgspec.structs.fields(kind)
    return kind(**{each.name: value(each.type) for each in fields if whole or each.required})


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("kind", RECORDS, ids=tag_of)
def test_a_record_is_read_as_it_was_written(kind: Any, whole: bool) -> None:
    record = sample(kind, whole=whole)
    if kind in OPERATIONS:
        request = AgentRequest("7", (record, GetUdi(), record))
        assert read_request(write_request(request)) == request
    elif kind in RESULTS:
        answer = AgentAnswer("7", (record, record))
        assert read_answer(write_answer(answer)) == answer
    else:
        assert read_notification(write_notification(record)) == record


def test_every_operation_is_carried_out_and_every_cause_has_a_text() -> None:
    assert set(PERFORMED) == set(OPERATIONS)
    assert set(TEXTS) == set(AgentCause)


def test_the_schema_has_what_the_records_have_and_nothing_else() -> None:
    space = {"xs": "http://www.w3.org/2001/XMLSchema"}
    schema = etree.fromstring(schema_text().encode())

    def names(path: str) -> list[str]:
        return [str(each.get("name")) for each in schema.iterfind(path, space)]

    inner = {each for kind in RECORDS for field in msgspec.structs.fields(kind) for each in listed_types(field)}
    assert sorted(names("xs:complexType")) == sorted(tag_of(each) for each in {*RECORDS, *inner})
    for group, kinds in (("OPERATION", OPERATIONS), ("RESULT", RESULTS)):
        assert names(f"xs:group[@name='{group}']/xs:choice/xs:element") == [tag_of(each) for each in kinds]
    for kind in {*RECORDS, *inner}:
        fields = msgspec.structs.fields(kind)
        wanted = []
        for field in fields:
            wanted += [tag_of(each) for each in listed_types(field)] or [element_of(field)]
        assert names(f"xs:complexType[@name='{tag_of(kind)}']/xs:sequence/xs:element") == wanted
    causes = schema.iterfind("xs:simpleType[@name='CAUSE']/xs:restriction/xs:enumeration", space)
    assert [each.get("value") for each in causes] == list(AgentCause)
    texts = [each.text for each in schema.iter(f"{{{space['xs']}}}documentation")]
    assert all(texts), "every value is described"


def request(content: str, root: str = "LICENSE_AGENT_REQUEST") -> bytes:
    return f'<{root} version="1.0"><REQUEST_ID>1</REQUEST_ID>{content}</{root}>'.encode()


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
WRONG: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "is not well-formed XML"),
    "text": (b"hello", "is not well-formed XML"),
    "another root": (b"<a/>", "does not follow the schema: line 1: Element 'a': No matching global declaration"),
    "an answer": (write_answer(AgentAnswer("1", (sample(RESULTS[0], whole=True),))), "is not a LICENSE_AGENT_REQUEST"),
    "a refusal": (write_refusal(AgentCause.GENERAL, "x"), "is not a LICENSE_AGENT_REQUEST"),
    "no operation": (request(""), "does not follow the schema: line 1: Element 'LICENSE_AGENT_REQUEST': Missing child"),
    "too many operations": (request("<GET_UDI/>" * (MOST_OPERATIONS + 1)), "does not follow the schema"),
    "an unknown operation": (request("<FORMAT/>"), "does not follow the schema: line 1: Element 'FORMAT'"),
    "a text beside operations": (request("x<GET_UDI/>"), "does not follow the schema"),
    "an argument too many": (request("<GET_UDI><X/></GET_UDI>"), "does not follow the schema"),
    "an argument too few": (request("<CLEAR/>"), "does not follow the schema"),
    "an argument twice": (request("<CLEAR><LICENSE>1</LICENSE><LICENSE>1</LICENSE></CLEAR>"), "does not follow"),
    "arguments in another order": (
        request("<ANNOTATE><COMMENT>x</COMMENT><LICENSE>1</LICENSE></ANNOTATE>"), "does not follow",
    ),
    "an attribute": (request('<CLEAR a="1"><LICENSE>1</LICENSE></CLEAR>'), "does not follow the schema"),
    "a negative number": (request("<CLEAR><LICENSE>-1</LICENSE></CLEAR>"), "does not follow the schema"),
    "a large number": (request(f"<CLEAR><LICENSE>{'9' * 5000}</LICENSE></CLEAR>"), "does not follow the schema"),
    "no base64": (request("<INSTALL><FILE>?</FILE></INSTALL>"), "has a value"),
    "half of base64": (request("<INSTALL><FILE>YWI</FILE></INSTALL>"), "does not follow the schema"),
    "no truth": (
        request("<SET_LEVEL><ACCEPT_AGREEMENT>perhaps</ACCEPT_AGREEMENT></SET_LEVEL>"), "does not follow the schema",
    ),
    "a long name": (request("<GET_UDI/>").replace(b">1<", b">" + b"1" * 65 + b"<"), "does not follow the schema"),
    "another version": (request("<GET_UDI/>").replace(b"1.0", b"2.0"), "does not follow the schema"),
    "a namespace": (request("<GET_UDI/>").replace(b" version", b' xmlns="urn:x" version'), "does not follow"),
    "entities in entities": (
        f'<!DOCTYPE a [<!ENTITY a0 "x">{LAUGHS}]>'.encode() + request("<GET_UDI>&a9;</GET_UDI>"),
        "declares a document type",
    ),
    "a file of the host": (
        b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + request("<GET_UDI/>"), "declares a document type",
    ),
    "an entity that is not declared": (request("&x;"), "is not well-formed XML"),
    "an inclusion": (
        request('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
        "does not follow the schema",
    ),
    "a schema of its own": (
        request("<FORMAT/>").replace(
            b" version",
            b' xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:noNamespaceSchemaLocation="/etc/x" version',
        ),
        "does not follow the schema",
    ),
    "UTF-16": (request("<GET_UDI/>").decode().encode("utf-16"), "is not UTF-8"),
    "another encoding": (b'<?xml version="1.0" encoding="utf-7"?>' + request("+ADw-a/+AD4-"), "does not follow"),
    "bytes": (b"\xff\xfe\x00" * 10, "is not UTF-8"),
    "a NUL": (request("<GET_UDI/>\0"), "is not well-formed XML"),
    "depth": (request("<a>" * 200_000)[:REQUEST_LIMIT], "is not well-formed XML"),
    "breadth": (request("<a/>" * 100_000), "does not follow the schema"),
    "size": (request("<GET_UDI/>") + b" " * REQUEST_LIMIT, f"is larger than {REQUEST_LIMIT} bytes"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_hostile_or_wrong_request_is_refused(name: str) -> None:
    data, why = WRONG[name]
    with pytest.raises(InvalidDocument) as refused:
        read_request(data)
    assert refused.value.reason.startswith(why)
    assert len(refused.value.reason) < 300
    assert refused.value.reason.isprintable()


def test_one_content_has_many_spellings() -> None:
    plain = request("<SET_LEVEL><LEVEL>x</LEVEL><ACCEPT_AGREEMENT>true</ACCEPT_AGREEMENT></SET_LEVEL>")
    other = re.sub(b"(?=<[A-Z])", b"\n<!-- x -->", plain).replace(b">x<", b"><![CDATA[x]]><").replace(b"true", b" 1 ")
    assert read_request(other) == read_request(plain)
