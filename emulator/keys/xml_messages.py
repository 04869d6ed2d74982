"""XML messages that are not signed: written from and read into plain nodes, and checked with an XML Schema (XSD 1.0).

Rule (I): a message is UTF-8 without a document type, so there are no entities; nothing is fetched, and its size is
checked before it is parsed. Comments and processing instructions are passed over.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from emulator.keys.canonical_xml import InvalidDocument

if TYPE_CHECKING:
    from lxml.etree import XMLSchema, _Element

XmlNode: TypeAlias = "tuple[str, str | Sequence[XmlNode]]"
"""An element: its name, and its text or the elements in it."""

SHOWN = 200
"""Characters of a finding of the schema that are shown."""


class MessageSchema:
    """A schema, compiled when it is first used."""

    def __init__(self, text: str) -> None:
        """Take the text of a schema."""
        self._text = text
        self._compiled: XMLSchema | None = None

    def read(self, data: bytes, limit: int) -> XmlNode:
        """Read a message that follows the schema.

        Raises:
            InvalidDocument: larger than `limit` bytes, no XML, with a document type, or not as the schema has it.
        """
        from lxml import etree

        root = _parsed(data, limit)
        if self._compiled is None:
            self._compiled = etree.XMLSchema(etree.fromstring(self._text.encode()))
        if not self._compiled.validate(root):
            first = next(iter(self._compiled.error_log), None)
            found = "" if first is None else f": line {first.line}: {_shown(first.message)}"
            raise InvalidDocument(f"does not follow the schema{found}")
        return _node(root)


def write_message(root: XmlNode, version: str) -> bytes:
    """Write a message; `version` is the attribute of its root.

    Raises:
        ValueError: a text has characters that XML cannot hold.
    """
    from lxml import etree

    element = _element(root)
    element.set("version", version)
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _shown(finding: str) -> str:
    """A finding of the schema, which repeats what it found, fit for a message."""
    text = finding[:SHOWN].rstrip(".")
    return "".join(character if character.isprintable() else "?" for character in text)


def _parsed(data: bytes, limit: int) -> "_Element":
    from lxml import etree

    if len(data) > limit:
        raise InvalidDocument(f"is larger than {limit} bytes")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise InvalidDocument("declares a document type")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidDocument("is not UTF-8") from error
    if "\0" in text:
        raise InvalidDocument("is not well-formed XML")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InvalidDocument("is not well-formed XML") from error


def _element(node: XmlNode) -> "_Element":
    from lxml import etree

    name, content = node
    element = etree.Element(name)
    if isinstance(content, str):
        element.text = content
    else:
        element.extend([_element(each) for each in content])
    return element


def _node(element: "_Element") -> XmlNode:
    if len(element):
        return str(element.tag), tuple(_node(each) for each in element)
    return str(element.tag), element.text or ""
