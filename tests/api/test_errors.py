from __future__ import annotations

import pytest
from django.db import DataError
from rest_framework.exceptions import MethodNotAllowed

from annotation.errors import (
    ConcordError,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    NothingLeft,
)
from api.errors import UNSTORABLE, answer
from corpus.checks import Finding
from corpus.content import ContentError
from tests.api.door import Door
from worker.protocol import ProtocolError


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ConcordError("No."), 400),
        (NotAllowed("No."), 403),
        (NotFound("No."), 404),
        (NothingLeft("No."), 404),
        (Conflict("No."), 409),
        (Invalid("No."), 422),
        (ProtocolError("No."), 422),
        (ContentError("No."), 422),
    ],
)
def test_broken_rule_becomes_its_status_and_sentence(
    error: Exception, status: int
) -> None:
    response = answer(error, {})
    assert response is not None
    assert (response.status_code, response.data) == (status, {"detail": "No."})


def test_findings_of_a_check_are_named() -> None:
    finding = Finding("options", "block", "option A", "It is empty.", 0, 0)
    response = answer(Invalid("A check refuses it.", [finding]), {})
    assert response is not None
    assert response.data["findings"] == [
        {
            "check": "options",
            "severity": "block",
            "field": "option A",
            "message": "It is empty.",
            "start": 0,
            "end": 0,
        }
    ]


@pytest.mark.parametrize(
    "error", [DataError("integer out of range"), UnicodeEncodeError("u", "", 0, 1, "")]
)
def test_value_that_cannot_be_stored_is_the_senders_fault(error: Exception) -> None:
    response = answer(error, {})
    assert response is not None
    assert (response.status_code, response.data) == (422, {"detail": UNSTORABLE})


def test_errors_of_the_framework_stay_as_they_are() -> None:
    response = answer(MethodNotAllowed("GET"), {})
    assert response is not None
    assert response.status_code == 405


def test_bug_is_not_dressed_up_as_an_answer() -> None:
    assert answer(KeyError("x"), {}) is None


def test_hidden_and_absent_are_the_same_answer(ana_door: Door) -> None:
    response = ana_door.post("projects/nowhere/next", {"language": "de"})
    assert response.status_code == 404
    assert response.json() == {
        "detail": "There is nothing here, or it is not yours to see."
    }


@pytest.mark.parametrize("body", ["{", "[1, 2]", '"text"', "null", ""])
def test_body_that_is_no_object_is_refused(ana_door: Door, body: str) -> None:
    address = "/api/v1/projects/demo/next"
    response = ana_door.client.post(address, body, content_type="application/json")
    assert response.status_code == 400


def test_body_nested_too_deeply_is_refused(ana_door: Door) -> None:
    address = "/api/v1/projects/demo/next"
    body = "[" * 100_000 + "]" * 100_000
    response = ana_door.client.post(address, body, content_type="application/json")
    assert response.status_code == 422
    assert response.json() == {"detail": "The JSON is nested too deeply."}


def test_body_in_another_format_is_refused(ana_door: Door) -> None:
    response = ana_door.client.post("/api/v1/projects/demo/next", {"language": "de"})
    assert response.status_code == 415


def test_every_answer_is_json_whatever_is_asked_for(ana_door: Door) -> None:
    response = ana_door.client.get("/api/v1/projects", headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"


def test_description_by_options_is_closed(ana_door: Door) -> None:
    assert ana_door.client.options("/api/v1/projects").status_code == 405


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("worker/claim", b'{"\\ud800": 1}'),
        ("worker/claim", b'{"worker": "\\ud800", "engine": 1}'),
        ("worker/jobs/1/result", b'{"content": {"\\ud800": 1}}'),
    ],
)
def test_half_a_character_is_quoted_without_breaking(
    worker_door: Door, path: str, body: bytes
) -> None:
    send = worker_door.client.put if "result" in path else worker_door.client.post
    response = send(f"/api/v1/{path}", body, content_type="application/json")
    assert 400 <= response.status_code < 500
    assert response.json()


@pytest.mark.parametrize("number", [b"1e400", b"-1e999", b"NaN", b"Infinity"])
def test_number_that_json_cannot_give_back_is_refused(
    ana_door: Door, number: bytes
) -> None:
    response = ana_door.client.post(
        "/api/v1/projects/demo/next",
        b'{"language": ' + number + b"}",
        content_type="application/json",
    )
    assert response.status_code == 400
    assert "JSON" in response.json()["detail"]


def test_long_quotation_is_cut(worker_door: Door) -> None:
    response = worker_door.post("worker/claim", {"x" * 100_000: 1})
    assert len(response.content) < 2000
