"""OpenAPI 3.1 descriptions, made from a table of operations and the types of their inputs and answers."""

import re
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, Protocol

import msgspec

from emulator import __version__

FROM_PATH = re.compile(r"\{(\w+)\}")

REFUSALS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)

Schema = dict[str, Any]


class Described(Protocol):
    """An operation as far as it is described."""

    @property
    def name(self) -> str: ...

    @property
    def method(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def summary(self) -> str: ...

    @property
    def input(self) -> Any: ...

    @property
    def answer(self) -> Any: ...

    @property
    def status(self) -> int: ...


def no_headers(_: Described) -> Iterable[Schema]:
    """Describe no header."""
    return ()


class DescribedInterface(msgspec.Struct, frozen=True):
    """Interface as a description tells it beside its operations.

    Attributes:
        title, about: name of the interface, and prose about it.
        error: type of a refusal.
        headers: parameters of an operation that are headers.
        file: type of an answer that is a file; None where there is none.
    """

    title: str
    about: str
    error: type
    headers: Callable[[Any], Iterable[Schema]] = no_headers
    file: type | None = None


def description(interface: DescribedInterface, subjects: Mapping[str, Iterable[Described]]) -> Schema:
    """The whole document."""
    every = [operation for operations in subjects.values() for operation in operations]
    types: list[Any] = [interface.error]
    for operation in every:
        types += [each for each in (operation.input, operation.answer) if each is not interface.file]
    schemas, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    named = dict(zip(map(repr, types), schemas, strict=True))
    paths: dict[str, dict[str, Schema]] = {}
    for subject, operations in subjects.items():
        for operation in operations:
            inputs = components[_name(named[repr(operation.input)])]
            described = _operation(interface, operation, subject, inputs, named)
            if body := _body(operation, inputs):
                components[_body_name(operation, named)] = body
            paths.setdefault(operation.path, {})[operation.method.lower()] = described
    for operation in every:
        components.pop(_name(named[repr(operation.input)]), None)
    refused = {"description": "Refused", "content": _json(named[repr(interface.error)])}
    return {
        "openapi": "3.1.0",
        "info": {"title": interface.title, "version": __version__, "description": interface.about},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "tags": [{"name": subject} for subject in subjects],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {"Refused": refused},
            "schemas": components,
        },
    }


def _operation(
    interface: DescribedInterface, operation: Described, subject: str, inputs: Schema, named: Mapping[str, Schema]
) -> Schema:
    answer = _file() if operation.answer is interface.file else _json(named[repr(operation.answer)])
    responses: dict[str, Schema] = {str(operation.status): {"description": "Done", "content": answer}}
    for status in REFUSALS:
        responses[str(int(status))] = {"$ref": "#/components/responses/Refused"}
    found: Schema = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [subject],
        "parameters": [*_parameters(operation, inputs), *interface.headers(operation)],
        "responses": responses,
    }
    if _body(operation, inputs):
        schema = {"$ref": f"#/components/schemas/{_body_name(operation, named)}"}
        found["requestBody"] = {"required": True, "content": _json(schema)}
    return found


def _parameters(operation: Described, inputs: Schema) -> Iterable[Schema]:
    """The inputs in the path, and for an operation without a body all the others."""
    in_path = FROM_PATH.findall(operation.path)
    for name, schema in inputs["properties"].items():
        about = {"description": schema["description"]} if "description" in schema else {}
        bare = {key: value for key, value in schema.items() if key != "description"}
        if name in in_path:
            # An empty word would be another path.
            yield {"name": name, "in": "path", "required": True, "schema": _not_empty(bare), **about}
        elif operation.method != "POST":
            required = name in inputs.get("required", ())
            yield {"name": name, "in": "query", "required": required, "schema": bare, **about}


def _not_empty(schema: Schema) -> Schema:
    return {**schema, "minLength": 1} if schema.get("type") == "string" else schema


def _body(operation: Described, inputs: Schema) -> Schema | None:
    """Describe the body of an operation: all inputs that do not stand in the path."""
    if operation.method != "POST":
        return None
    in_path = FROM_PATH.findall(operation.path)
    properties = {name: schema for name, schema in inputs["properties"].items() if name not in in_path}
    required = [name for name in inputs.get("required", ()) if name not in in_path]
    body = {key: value for key, value in inputs.items() if key not in {"title", "properties", "required"}}
    return {**body, "properties": properties, "required": required, "additionalProperties": False}


def _body_name(operation: Described, named: Mapping[str, Schema]) -> str:
    return f"{_name(named[repr(operation.input)])}Body"


def _name(reference: Schema) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _file() -> Schema:
    return {kind: {"schema": {"type": "string", "format": "binary"}} for kind in _FILES}


_FILES = ("application/octet-stream", "application/xml")
