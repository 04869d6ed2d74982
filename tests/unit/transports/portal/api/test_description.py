"""Inputs that the description of the JSON interface forbids are refused, keyword by keyword, for every one there is."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from tests.unit.transports.portal.lab import R1, Portal
from tests.web_client import WebClient

Schema = Mapping[str, Any]

NOTES = {"description", "default", "examples", "contentEncoding"}
"""Keywords that forbid nothing."""

OF_TYPE: dict[str, tuple[object, ...]] = {
    "string": (1, True, ["x"], {"x": 1}),
    "integer": ("1", "many", 1.5, True, [1]),
    "boolean": ("true", "maybe", 2, [True]),
    "array": ("x", 1, {"x": 1}),
    "null": ("x",),
}

FORBIDDEN: dict[str, Callable[[Schema], Iterable[object]]] = {
    "type": lambda schema: (*OF_TYPE[schema["type"]], *(() if schema["type"] == "null" else (None,))),
    "minLength": lambda schema: ["x" * (schema["minLength"] - 1)],
    "maxLength": lambda schema: ["x" * (schema["maxLength"] + 1)],
    "pattern": lambda schema: [text for text in _like(schema) if not re.search(schema["pattern"], text)],
    "minimum": lambda schema: [schema["minimum"] - 1],
    "maximum": lambda schema: [schema["maximum"] + 1],
    "minItems": lambda schema: [[_valid(schema["items"])] * (schema["minItems"] - 1)],
    "maxItems": lambda schema: [[_valid(schema["items"])] * (schema["maxItems"] + 1)],
    "items": lambda schema: ([wrong] for _, wrong in _forbidden(schema["items"])),
    "enum": lambda schema: ["neither", "", schema["enum"][0].upper(), 1, None],
    "anyOf": lambda schema: (
        wrong
        for one in schema["anyOf"]
        for keyword, wrong in _forbidden(one)
        if keyword != "type" and not (wrong is None and {"type": "null"} in schema["anyOf"])
    ),
}
"""Values that each keyword forbids."""


def _like(schema: Schema) -> Iterator[str]:
    """Texts that are nearly of the form, and some that are far from it."""
    yield from ("", " ", "x", "\n", "2010-13-01", "2010-03-01T24:00")
    for example in schema["examples"]:
        yield from (f"{example}\n", f"\n{example}", f" {example}", f"{example} ", example.swapcase(), f"{example}é")
        yield from (example[1:], example[:-1], example + example, re.sub("[0-9]", "٣", example))


def _forbidden(schema: Schema) -> Iterator[tuple[str, object]]:
    for keyword in sorted(schema.keys() - NOTES):
        yield from ((keyword, value) for value in FORBIDDEN[keyword](schema))


def _valid(schema: Schema) -> Any:
    """A value that the description allows."""
    if "examples" in schema:
        return schema["examples"][0]
    if "anyOf" in schema:
        return _valid(schema["anyOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "array":
        return [_valid(schema["items"])]
    return {"integer": max(1, schema.get("minimum", 1)), "boolean": True, "string": "eA=="}[schema["type"]]


def _at_the_edge(schema: Schema) -> Iterator[object]:
    """Values that are only just allowed."""
    for one in schema.get("anyOf", [schema]):
        yield from one.get("examples", [])
        yield from one.get("enum", [])
        yield from (one[edge] for edge in ("minimum", "maximum") if edge in one)
        if "maxLength" in one and not {"pattern", "contentEncoding"} & one.keys():
            yield "x" * one["maxLength"]
        if "maxItems" in one:
            yield [_valid(one["items"])] * min(one["maxItems"], 20)
        if one.get("type") == "null":
            yield None


class Described(NamedTuple):
    """One operation as the description tells of it; `place` of an input is path, query, header or body."""

    method: str
    path: str
    inputs: Mapping[str, tuple[str, Schema]]
    required: frozenset[str]

    def send(self, client: WebClient, **others: object) -> Any:
        """Call with valid inputs, and these instead."""
        given = {name: _valid(schema) for name, (_, schema) in self.inputs.items() if name in self.required} | others
        path = self.path
        for name, (place, _) in self.inputs.items():
            if place == "path":
                path = path.replace(f"{{{name}}}", quote(str(given.pop(name)), safe=""))
        headers = {
            name: str(given.pop(name))
            for name, (place, _) in self.inputs.items()
            if place == "header" and name in given
        }
        if self.method == "post":
            return client.post(f"/api/v1{path}", json=given, headers=headers)
        return client.request(self.method, f"/api/v1{path}", params={name: str(value) for name, value in given.items()})


def _operations(portal: Portal) -> Iterator[Described]:
    text = WebClient(portal.app, "https://portal.example").get("/api/v1/openapi.json").json()
    for path, methods in text["paths"].items():
        for method, operation in methods.items():
            inputs = {each["name"]: (each["in"], each["schema"]) for each in operation["parameters"]}
            required = {each["name"] for each in operation["parameters"] if each["required"]}
            if body := operation.get("requestBody"):
                reference = body["content"]["application/json"]["schema"]["$ref"]
                schema = text["components"]["schemas"][reference.rpartition("/")[2]]
                inputs |= {name: ("body", each) for name, each in schema["properties"].items()}
                required |= set(schema["required"])
            yield Described(method, path, inputs, frozenset(required))


OPERATIONS = list(_operations(Portal()))


@pytest.fixture
def client(portal: Portal) -> WebClient:
    found = WebClient(portal.app, "https://portal.example", raise_server_exceptions=False, follow_redirects=False)
    found.headers["Authorization"] = f"Bearer {portal.token('lab')}"
    return found


named = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: f"{each.method} {each.path}")


@named
def test_a_value_that_is_forbidden_is_refused(client: WebClient, operation: Described) -> None:
    for name, (place, schema) in operation.inputs.items():
        for keyword, value in _forbidden(schema):
            if place != "body" and keyword == "type" and _reads_as(schema["type"], str(value)):
                continue
            if place == "header" and not (str(value).isascii() and str(value).isprintable()):
                continue  # no client sends it
            answer = operation.send(client, **{name: value})
            if place == "path" and (value == "" or "\n" in str(value)):
                assert answer.status_code in {307, 404}, "it is another path"
                continue
            found = (answer.status_code, answer.json()["error"], answer.json().get("field"))
            assert found == (422, "bad_input", name), (keyword, value, answer.text)
            assert "regex" not in answer.text


def _reads_as(kind: str, text: str) -> bool:
    """Tell whether a path or a query can say so: there, all is text."""
    return {
        "string": True,
        "integer": text.isdigit(),
        "boolean": text in {"true", "True", "1"},
    }[kind]


@named
def test_an_input_that_is_missing_or_unknown_is_refused(client: WebClient, operation: Described) -> None:
    bare = operation._replace(inputs={name: each for name, each in operation.inputs.items() if each[0] == "path"})
    missing = [name for name in operation.required if name not in bare.inputs]
    if missing:
        answer = bare.send(client)
        assert (answer.status_code, answer.json()["field"] in missing) == (422, True), answer.text
    if operation.method != "post":
        operation = operation._replace(inputs={**operation.inputs, "colour": ("query", {})})
    answer = operation.send(client, colour="red")
    assert (answer.status_code, answer.json()["field"]) == (422, "colour"), answer.text


@named
def test_a_value_that_is_only_just_allowed_can_be_read(portal: Portal, client: WebClient, operation: Described) -> None:
    for name, (_, schema) in operation.inputs.items():
        for value in _at_the_edge(schema):
            portal.wall.seconds += 3_600
            answer = operation.send(client, **{name: value})
            assert answer.status_code not in {422, 500}, (name, value, answer.text)


FOUND: tuple[tuple[str, str, dict[str, object], str], ...] = (
    ("POST", "/permissions", {"source": str(R1), "target": ""}, "target"),
    ("POST", "/permissions", {"source": str(R1), "target": " "}, "target"),
    ("POST", "/permissions", {"source": str(R1), "target": f"{R1}\n"}, "target"),
)
"""Requests that were once taken although the description forbids them, and the input to blame."""


@pytest.mark.parametrize(("method", "path", "body", "blamed"), FOUND)
def test_what_a_search_once_found_is_refused(
    client: WebClient, method: str, path: str, body: dict[str, object], blamed: str
) -> None:
    answer = client.request(method, f"/api/v1{path}", json=body)
    assert (answer.status_code, answer.json()["error"], answer.json()["field"]) == (422, "bad_input", blamed)
