"""The OpenAPI 3.1 description, made from the table of operations and the types of their inputs and answers."""

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

import msgspec

from emulator import __version__
from emulator.transports.portal.api.keyed import HEADER, LONGEST
from emulator.transports.portal.operation import File, Operation

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

ABOUT = (
    "Orders, PAKs, license files and transfers of one simulated world. Every operation asks for a token, which is made "
    "on the portal's account page. Repeating a registration, an RMA or a rehost gives the same files again and debits "
    "nothing; anything else that is posted can be sent again with an `Idempotency-Key` of its own. The licenses work "
    "on no real router."
)

Schema = dict[str, Any]


def description(subjects: Mapping[str, Iterable[Operation[Any, Any]]], error: type) -> Schema:
    """The whole document."""
    every = [operation for operations in subjects.values() for operation in operations]
    types: list[Any] = [error]
    for operation in every:
        types += [each for each in (operation.input, operation.answer) if each is not File]
    schemas, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    named = dict(zip(map(repr, types), schemas, strict=True))
    paths: dict[str, dict[str, Schema]] = {}
    for subject, operations in subjects.items():
        for operation in operations:
            inputs = components[_name(named[repr(operation.input)])]
            described = _operation(operation, subject, inputs, named)
            if body := _body(operation, inputs):
                components[f"{operation.input.__name__}Body"] = body
            paths.setdefault(operation.path, {})[operation.method.lower()] = described
    for operation in every:
        components.pop(operation.input.__name__, None)
    refused = {"description": "Refused", "content": _json(named[repr(error)])}
    return {
        "openapi": "3.1.0",
        "info": {"title": "isrtwin licensing portal", "version": __version__, "description": ABOUT},
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


def _operation(operation: Operation[Any, Any], subject: str, inputs: Schema, named: Mapping[str, Schema]) -> Schema:
    answer = _file() if operation.answer is File else _json(named[repr(operation.answer)])
    responses: dict[str, Schema] = {str(operation.status): {"description": "Done", "content": answer}}
    for status in REFUSALS:
        responses[str(int(status))] = {"$ref": "#/components/responses/Refused"}
    found: Schema = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [subject],
        "parameters": [*_parameters(operation, inputs), *_key(operation)],
        "responses": responses,
    }
    if _body(operation, inputs):
        schema = {"$ref": f"#/components/schemas/{operation.input.__name__}Body"}
        found["requestBody"] = {"required": True, "content": _json(schema)}
    return found


def _parameters(operation: Operation[Any, Any], inputs: Schema) -> Iterable[Schema]:
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


def _key(operation: Operation[Any, Any]) -> Iterable[Schema]:
    """The header by which an operation that changes something can be sent again."""
    if operation.method == "POST":
        form = {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[!-~]+$"}
        schema = {**form, "examples": ["8f0b6f1c-order-1"]}
        about = "Sent again with the same key and body, the request is answered again and carried out once"
        yield {"name": HEADER, "in": "header", "required": False, "schema": schema, "description": about}


def _not_empty(schema: Schema) -> Schema:
    return {**schema, "minLength": 1} if schema.get("type") == "string" else schema


def _body(operation: Operation[Any, Any], inputs: Schema) -> Schema | None:
    """What an operation with a body takes there: all inputs that do not stand in the path."""
    if operation.method != "POST":
        return None
    in_path = FROM_PATH.findall(operation.path)
    properties = {name: schema for name, schema in inputs["properties"].items() if name not in in_path}
    required = [name for name in inputs.get("required", ()) if name not in in_path]
    body = {key: value for key, value in inputs.items() if key not in {"title", "properties", "required"}}
    return {**body, "properties": properties, "required": required, "additionalProperties": False}


def _name(reference: Schema) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _file() -> Schema:
    return {kind: {"schema": {"type": "string", "format": "binary"}} for kind in _FILES}


_FILES = ("application/octet-stream", "application/xml")
