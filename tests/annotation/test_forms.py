"""Forms turn what browsers send into what the stages take."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotation import answering
from annotation.errors import Invalid
from annotation.forms import JudgmentForm, SkipForm
from annotation.token_form import TokenForm
from corpus.checks import Finding
from corpus.content import dump
from tests import factories


@pytest.fixture
def candidate(project):
    return factories.make_candidate(factories.make_item(project, "multiple_choice"))


def criteria(candidate):
    return answering.criteria_for(candidate.project.rubric, candidate.item.kind)


def typed(candidate, verdict: str = "accept", **changes: Any) -> dict[str, Any]:
    ratings = factories.good_ratings(candidate.project, candidate.item.kind)
    texts = [text for _, text in candidate.content.texts()]
    return {
        "id": str(uuid4()),
        "verdict": verdict,
        "note": "",
        **{f"rating-{code}": str(value) for code, value in ratings.items()},
        **{f"edit-{n}": text for n, text in enumerate(texts)},
        **changes,
    }


def test_a_first_answer_begins_with_nothing_chosen(candidate):
    form = JudgmentForm(candidate, criteria(candidate))

    assert "checked" not in form.as_p()
    assert form["edit-0"].value() == "Sieh auf seine Seite."


def test_an_answer_carries_ratings_by_code_and_no_edit(candidate):
    form = JudgmentForm(candidate, criteria(candidate), typed(candidate, note=" ok "))

    assert form.is_valid(), form.errors
    answer = form.answer()
    assert answer.ratings == factories.good_ratings(
        candidate.project, "multiple_choice"
    )
    assert (answer.verdict, answer.edited, answer.note) == ("accept", None, "ok")


def test_an_edit_keeps_key_and_options(candidate):
    fields = typed(candidate, "accept_with_edits", **{"edit-1": "Welche Farbe?"})
    form = JudgmentForm(candidate, criteria(candidate), fields)

    assert form.is_valid(), form.errors
    assert form.answer().edited == dump(candidate.content) | {
        "question": "Welche Farbe?"
    }


def test_line_ends_of_browsers_are_no_edit(project):
    content = {"caption": "Zeile eins.\nZeile zwei."}
    item = factories.make_item(project)
    candidate = factories.make_candidate(item, content=content)
    fields = typed(candidate, **{"edit-0": "Zeile eins.\r\nZeile zwei."})

    assert JudgmentForm(candidate, criteria(candidate), fields).is_valid()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"verdict": ""}, "verdict", "Choose a verdict."),
        (
            {"rating-fluency": ""},
            "rating-fluency",
            "Choose one of the answers.",
        ),
        (
            {"rating-fluency": "9"},
            "rating-fluency",
            "Select a valid choice. 9 is not one of the available choices.",
        ),
        (
            {"edit-1": "Anders?"},
            "verdict",
            "You changed the text. Choose “Accept with edits”, or undo the change.",
        ),
        (
            {"edit-1": "Anders?", "verdict": "reject"},
            "verdict",
            "You changed the text, and this verdict would drop the change. "
            "Choose “Accept with edits”, or undo it.",
        ),
        ({"id": "not a uuid"}, "id", "Enter a valid UUID."),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(
    candidate, changes, field, sentence
):
    fields = typed(candidate) | changes

    form = JudgmentForm(candidate, criteria(candidate), fields)

    assert form.errors == {field: [sentence]}


def test_who_cannot_judge_need_not_rate(candidate):
    fields = typed(candidate, "cannot_judge")
    for criterion in criteria(candidate):
        del fields[f"rating-{criterion.code}"]

    form = JudgmentForm(candidate, criteria(candidate), fields)

    assert form.is_valid(), form.errors
    assert form.answer().ratings == {}


def test_findings_land_at_the_text_they_are_about(candidate):
    form = JudgmentForm(candidate, criteria(candidate), typed(candidate))
    assert form.is_valid()

    form.refuse(
        Invalid(
            "There is a fault.",
            [
                Finding("numbers", "block", "question", "The 3 is gone."),
                Finding("options", "block", "options", "Two are equal."),
            ],
        )
    )

    assert form.errors["edit-1"] == ["The 3 is gone."]
    assert form.non_field_errors() == ["There is a fault.", "options: Two are equal."]


def test_a_correction_begins_with_what_was_said(candidate, ana):
    edited = dump(candidate.content) | {"question": "Welche Farbe?"}
    judgment = factories.judged(
        candidate, ana, "accept_with_edits", edited=edited, note="so"
    )

    form = JudgmentForm(candidate, criteria(candidate), corrects=judgment)

    assert form["verdict"].value() == "accept_with_edits"
    assert form["note"].value() == "so"
    assert form["rating-adequacy"].value() == 4
    assert form["edit-1"].value() == "Welche Farbe?"
    assert form["id"].value() != judgment.pk


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (
            {"reason": "I have seen this item elsewhere"},
            "I have seen this item elsewhere",
        ),
        ({"reason": "other", "other": " too dark "}, "too dark"),
        ({"other": "too dark"}, "too dark"),
    ],
)
def test_a_skip_has_one_reason(fields, reason):
    form = SkipForm(fields)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["reason"] == reason


@pytest.mark.parametrize(
    ("fields", "field"), [({}, "reason"), ({"reason": "other"}, "other")]
)
def test_a_skip_without_a_reason_is_asked_for_one(fields, field):
    assert list(SkipForm(fields).errors) == [field]


def test_a_token_is_for_a_machine_or_a_role_one_holds(project, lena):
    form = TokenForm(factories.viewer(lena), project)

    assert [value for value, _ in form["role"].field.choices] == ["worker", "lead"]
