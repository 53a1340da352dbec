"""What a rubric may ask."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from annotation.errors import Invalid
from annotation.rubrics import read

YES_NO = [{"value": 0, "label": "No"}, {"value": 1, "label": "Yes"}]


def asked(**changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "code": "humour",
        "question": "Is it funny?",
        "scale": "binary",
        "points": deepcopy(YES_NO),
    }
    return fields | changes


def test_a_wording_is_read_in_its_one_form():
    point = {
        "value": 1,
        "label": " Yes ",
        "help": "It is.",
        "help_in": {"de": "Ja.", "fr": ""},
        "examples": {"de": "Ha!"},
    }
    found = read(
        {
            "guideline": "Look.\r\nThen say.\n",
            "guidelines": {"de": " Sieh hin. ", "fr": " "},
            "criteria": [asked(points=[YES_NO[0], point], kinds=["yes_no", "caption"])],
        }
    )

    assert (found.guideline, found.guidelines) == (
        "Look.\nThen say.",
        {"de": "Sieh hin."},
    )
    assert found.criteria[0]["kinds"] == ["caption", "yes_no"]
    assert found.criteria[0]["required"] is True
    assert found.criteria[0]["points"][1] == {
        "value": 1,
        "label": "Yes",
        "help": "It is.",
        "help_in": {"de": "Ja."},
        "examples": {"de": "Ha!"},
    }
    assert read(found.to_json()) == found


def test_all_kinds_is_the_same_as_none():
    every = ["caption", "question_answer", "conversation", "multiple_choice", "yes_no"]
    assert read({"criteria": [asked(kinds=every)]}) == read({"criteria": [asked()]})


def points(*values: Any) -> list[dict[str, Any]]:
    return [{"value": value, "label": f"p{n}"} for n, value in enumerate(values)]


WRONG = {
    "no code": (asked(code=""), "code", "a letter first"),
    "spaced code": (asked(code="my code"), "code", "a letter first"),
    "the verdict's code": (asked(code="verdict"), "code", "Take another"),
    "no question": (asked(question=" "), "question", "Write the question"),
    "endless question": (asked(question="x" * 201), "question", "At most 200"),
    "null character": (asked(help="a\0b"), "help", "null character"),
    "number for a text": (asked(question=7), "question", "must be a text"),
    "unknown scale": (asked(scale="stars"), "scale", "one of binary"),
    "one point": (asked(points=points(1)), "points", "two to nine"),
    "ten points": (asked(scale="nominal", points=points(*range(10))), "points", "nine"),
    "three for yes or no": (asked(points=points(0, 1, 2)), "points", "two points"),
    "equal values": (asked(points=points(1, 1)), "points", "same value"),
    "fraction": (asked(points=points(1, 1.5)), "points", "whole number"),
    "truth for a number": (asked(points=points(True, 2)), "points", "whole number"),
    "too large": (asked(points=points(0, 40_000)), "points", "whole number"),
    "falling": (asked(scale="ordinal", points=points(2, 1)), "points", "lowest"),
    "empty label": (
        asked(points=[YES_NO[0], {"value": 1, "label": ""}]),
        "points",
        "label",
    ),
    "two lines": (
        asked(points=[YES_NO[0], {"value": 1, "label": "a", "help": "b\nc"}]),
        "points",
        "one line",
    ),
    "equal labels": (
        asked(points=[YES_NO[0], {"value": 1, "label": "No"}]),
        "points",
        "same label",
    ),
    "unknown kind": (asked(kinds=["poem"]), "kinds", "content kinds are"),
    "list of lists": (asked(kinds=[["caption"]]), "kinds", "content kinds are"),
    "unknown language": (
        asked(points=[YES_NO[0], {"value": 1, "label": "a", "examples": {"xx": "b"}}]),
        "points",
        "Name each text",
    ),
    "word for a truth": (asked(required="yes"), "required", "true or false"),
}


@pytest.mark.parametrize(("criterion", "field", "reason"), WRONG.values(), ids=WRONG)
def test_what_makes_no_sense_is_refused_where_it_stands(criterion, field, reason):
    with pytest.raises(Invalid) as caught:
        read({"criteria": [asked(code="first"), criterion]})

    found = {finding.field: finding.message for finding in caught.value.findings}
    assert list(found) == [f"criteria.2.{field}"]
    assert reason in found[f"criteria.2.{field}"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ([], "named fields"),
        ({"criteria": []}, "at least one"),
        ({"criteria": "x"}, "at least one"),
        ({"criteria": [asked(code=f"c{n}") for n in range(13)]}, "at most 12"),
        ({"criteria": [asked(), asked()]}, "Two questions"),
        ({"criteria": ["x"]}, "named fields"),
        ({"criteria": [asked()], "guidelines": {"xx": "y"}}, "Name each text"),
        ({"criteria": [asked()], "guidelines": [["de"]]}, "Name each text"),
        ({"criteria": [asked()], "guide": "y"}, "'guide' is none of"),
        ({"criteria": [asked(answer="y")]}, "'answer' is none of"),
    ],
    ids=range(10),
)
def test_a_whole_that_makes_no_sense_is_refused(raw, reason):
    with pytest.raises(Invalid) as caught:
        read(raw)
    assert any(reason in finding.message for finding in caught.value.findings)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(Invalid) as caught:
        read({"criteria": [asked(code="A", question=""), asked(points=[])]})
    assert {finding.field for finding in caught.value.findings} == {
        "criteria.1.code",
        "criteria.1.question",
        "criteria.2.points",
    }
