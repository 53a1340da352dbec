"""The OpenAPI document, laid out for a page: chapters of operations. No Django."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post", "put", "delete")
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Row:
    """One field or parameter."""

    name: str
    type: str
    required: bool
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    text: str
    fields: list[Row]


@dataclass(frozen=True, slots=True)
class Operation:
    anchor: str
    method: str
    path: str
    text: str
    roles: list[str]
    parameters: list[Row]
    body: list[Row]
    answers: list[Answer]
    curl: str


@dataclass(frozen=True, slots=True)
class Chapter:
    name: str
    operations: list[Operation]


def chapters(document: dict[str, Any], server: str) -> list[Chapter]:
    """The operations of a document by tag, tags and operations in document order."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method in METHODS:
            if operation := methods.get(method):
                laid_out = _operation(document, server, path, method, operation)
                found.setdefault(operation["tags"][0], []).append(laid_out)
    return [Chapter(name, operations) for name, operations in found.items()]


def _operation(
    document: dict[str, Any], server: str, path: str, method: str, said: dict[str, Any]
) -> Operation:
    body = _resolved(document, _body_schema(said))
    return Operation(
        anchor=said["operationId"],
        method=method.upper(),
        path=path,
        text=said.get("description", ""),
        roles=said["x-roles"],
        parameters=[_parameter(one) for one in said.get("parameters", [])],
        body=list(_rows(document, body)),
        answers=[
            _answer(document, status, answer)
            for status, answer in said["responses"].items()
        ],
        curl=_curl(server + path, method, _example(document, body)),
    )


def _body_schema(said: dict[str, Any]) -> dict[str, Any]:
    content = said.get("requestBody", {}).get("content", {})
    return dict(content.get(JSON, {}).get("schema", {}))


def _parameter(said: dict[str, Any]) -> Row:
    return Row(
        said["name"],
        f"{said['schema']['type']} in {said['in']}",
        said.get("required", False),
        said.get("description", ""),
    )


def _answer(document: dict[str, Any], status: str, said: dict[str, Any]) -> Answer:
    content = said.get("content", {})
    schema = _resolved(document, content.get(JSON, {}).get("schema", {}))
    text = said.get("description", "")
    if content and JSON not in content:
        text = " ".join([*content, text]).strip()
    return Answer(status, text, list(_rows(document, schema)))


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself, where it is a reference (drf wraps some in one allOf)."""
    if len(schema.get("allOf", [])) == 1:
        schema = schema["allOf"][0]
    if "$ref" not in schema:
        return schema
    name = schema["$ref"].rpartition("/")[2]
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def _rows(
    document: dict[str, Any], schema: dict[str, Any], prefix: str = ""
) -> Iterator[Row]:
    """Each field, and below it the fields inside it, as `outer.inner`."""
    required = schema.get("required", [])
    for name, said in schema.get("properties", {}).items():
        resolved = _resolved(document, said)
        text = said.get("description") or resolved.get("description", "")
        kind = _type(document, said)
        yield Row(prefix + name, kind, name in required, _one_line(text))
        inside = _resolved(document, resolved.get("items", resolved))
        dots = "[]." if resolved.get("type") == "array" else "."
        if inside.get("properties"):
            yield from _rows(document, inside, prefix + name + dots)


def _one_line(text: str) -> str:
    return text.partition("\n\n")[0].replace("\n", " ")


def _type(document: dict[str, Any], schema: dict[str, Any]) -> str:
    resolved = _resolved(document, schema)
    if choices := resolved.get("enum"):
        return " | ".join(map(str, choices))
    name = resolved.get("format") or resolved.get("type") or "any"
    if resolved.get("type") == "array":
        name = f"list of {_type(document, resolved['items'])}"
    return f"{name} or null" if schema.get("nullable") else name


SAMPLES = {"string": "text", "integer": 1, "number": 1.0, "array": [], "object": {}}


def _example(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A body that has every required field."""
    return {
        name: _sample(document, said)
        for name, said in schema.get("properties", {}).items()
        if name in schema.get("required", [])
    }


def _sample(document: dict[str, Any], schema: dict[str, Any]) -> Any:
    resolved = _resolved(document, schema)
    if choices := resolved.get("enum"):
        return choices[0]
    if resolved.get("properties"):
        return _example(document, resolved)
    return SAMPLES.get(resolved.get("type", ""))


def _curl(url: str, method: str, body: dict[str, Any]) -> str:
    words = ["curl", "-H", '"Authorization: Bearer $CONCORD_TOKEN"']
    if method != "get":
        words += ["-X", method.upper()]
    if body:
        text = json.dumps(body, ensure_ascii=False)
        words += ["-H", "'Content-Type: application/json'", "-d", shlex.quote(text)]
    return " ".join([*words, shlex.quote(url)])
