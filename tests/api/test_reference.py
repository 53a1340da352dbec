from __future__ import annotations

import shlex
from typing import Any

import pytest

from api.reference import Chapter, Operation, chapters
from api.schema import document

SMALL: dict[str, Any] = {
    "paths": {
        "/v1/cats/{name}": {
            "put": {
                "operationId": "Cat_put",
                "description": "Rename a cat.",
                "tags": ["cats"],
                "x-roles": ["lead"],
                "parameters": [
                    {
                        "in": "path",
                        "name": "name",
                        "schema": {"type": "string"},
                        "required": True,
                    }
                ],
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/c/schemas/Cat"}}
                    }
                },
                "responses": {
                    "204": {"description": "No response body"},
                    "200": {
                        "content": {"image/*": {"schema": {"type": "string"}}},
                        "description": "",
                    },
                },
            }
        }
    },
    "components": {
        "schemas": {
            "Cat": {
                "type": "object",
                "required": ["name", "tail", "mood"],
                "properties": {
                    "name": {"type": "string", "description": "It's\nits name."},
                    "mood": {"enum": ["calm", "cross"], "type": "string"},
                    "tail": {"$ref": "#/c/schemas/Tail"},
                    "kittens": {
                        "type": "array",
                        "items": {"$ref": "#/c/schemas/Tail"},
                    },
                    "chip": {"type": "integer", "nullable": True},
                },
            },
            "Tail": {
                "type": "object",
                "required": ["length"],
                "properties": {"length": {"type": "number"}},
            },
        }
    },
}


@pytest.fixture
def operation() -> Operation:
    (chapter,) = chapters(SMALL, "https://concord.example")
    assert chapter.name == "cats"
    (found,) = chapter.operations
    return found


def test_operation_says_method_path_and_role(operation: Operation) -> None:
    assert (operation.method, operation.path) == ("PUT", "/v1/cats/{name}")
    assert (operation.roles, operation.text) == (["lead"], "Rename a cat.")
    assert [row.type for row in operation.parameters] == ["string in path"]


def test_body_is_told_with_the_fields_inside_fields(operation: Operation) -> None:
    assert [(row.name, row.type, row.required) for row in operation.body] == [
        ("name", "string", True),
        ("mood", "calm | cross", True),
        ("tail", "object", True),
        ("tail.length", "number", True),
        ("kittens", "list of object", False),
        ("kittens[].length", "number", True),
        ("chip", "integer or null", False),
    ]
    assert operation.body[0].text == "It's its name."


def test_answer_without_fields_says_what_it_is(operation: Operation) -> None:
    answers = {answer.status: answer for answer in operation.answers}
    assert answers["204"].text == "No response body"
    assert answers["200"].text == "image/*"
    assert answers["200"].fields == []


def test_example_command_is_one_that_a_shell_can_read(operation: Operation) -> None:
    words = shlex.split(operation.curl)
    assert words[0] == "curl"
    assert words[words.index("-X") + 1] == "PUT"
    sent = '{"name": "text", "mood": "calm", "tail": {"length": 1.0}}'
    assert words[words.index("-d") + 1] == sent
    assert words[-1] == "https://concord.example/v1/cats/{name}"


def test_the_whole_document_is_laid_out() -> None:
    found: list[Chapter] = chapters(document(), "https://concord.example")
    assert {chapter.name for chapter in found} == {
        "annotator",
        "lead",
        "adjudicator",
        "worker",
        "images",
    }
    laid_out = [operation for chapter in found for operation in chapter.operations]
    described = sum(len(methods) for methods in document()["paths"].values())
    assert len(laid_out) == described
    assert all(operation.answers for operation in laid_out)
