"""Requests, answers and notifications as documents: bytes that follow the schema of the license agent."""

from functools import cache

from emulator.keys.canonical_xml import InvalidDocument
from emulator.keys.license_files import LICENSE_FILE_LIMIT
from emulator.keys.xml_messages import MessageSchema, XmlNode, write_message
from emulator.license_agent.causes import AgentCause
from emulator.license_agent.messages import (
    OPERATIONS,
    RESULTS,
    AgentAnswer,
    AgentNotification,
    AgentOperation,
    AgentRequest,
    AgentResult,
)
from emulator.license_agent.schema import ANSWER, NOTICE, REFUSAL, REQUEST, VERSION, schema_text
from emulator.license_agent.xml_form import node_of, record_of

REQUEST_LIMIT = 2 * LICENSE_FILE_LIMIT
"""Bytes of a request: a license file in base64, and some room."""

ANSWER_LIMIT = 8 * REQUEST_LIMIT


@cache
def schema() -> MessageSchema:
    """Schema of all messages."""
    return MessageSchema(schema_text())


def write_request(request: AgentRequest) -> bytes:
    """Write a request."""
    return _written(REQUEST, ("REQUEST_ID", request.request_id), *map(node_of, request.operations))


def read_request(data: bytes) -> AgentRequest:
    """Read a request.

    Raises:
        InvalidDocument: it is none; the reason completes "the message …".
    """
    (_, request_id), *rest = _children(data, REQUEST, REQUEST_LIMIT)
    try:
        found: tuple[AgentOperation, ...] = tuple(record_of(each, OPERATIONS) for each in rest)
    except ValueError as error:
        raise InvalidDocument("has a value that is not one of its type") from error
    return AgentRequest(str(request_id).strip(), found)


def write_answer(answer: AgentAnswer) -> bytes:
    """Write an answer."""
    return _written(ANSWER, ("REQUEST_ID", answer.request_id), *map(node_of, answer.results))


def read_answer(data: bytes) -> AgentAnswer:
    """Read an answer, as a manager does.

    Raises:
        InvalidDocument: it is none.
    """
    (_, request_id), *rest = _children(data, ANSWER, ANSWER_LIMIT)
    try:
        found: tuple[AgentResult, ...] = tuple(record_of(each, RESULTS) for each in rest)
    except ValueError as error:
        raise InvalidDocument("has a value that is not one of its type") from error
    return AgentAnswer(str(request_id).strip(), found)


def write_refusal(cause: AgentCause, text: str) -> bytes:
    """Write the answer to what is no request."""
    return _written(REFUSAL, ("CAUSE", cause), ("TEXT", text))


def write_notification(notification: AgentNotification) -> bytes:
    """Write a notification."""
    return _written(NOTICE, node_of(notification))


def read_notification(data: bytes) -> AgentNotification:
    """Read a notification, as a manager does.

    Raises:
        InvalidDocument: it is none.
    """
    (node,) = _children(data, NOTICE, REQUEST_LIMIT)
    try:
        return record_of(node, (AgentNotification,))
    except ValueError as error:
        raise InvalidDocument("has a value that is not one of its type") from error


def _written(root: str, *children: XmlNode) -> bytes:
    return write_message((root, children), VERSION)


def _children(data: bytes, root: str, limit: int) -> tuple[XmlNode, ...]:
    name, content = schema().read(data, limit)
    if name != root or isinstance(content, str):
        raise InvalidDocument(f"is not a {root} document")
    return tuple(content)
