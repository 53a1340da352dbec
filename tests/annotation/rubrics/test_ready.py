"""The rubrics a project can be made with."""

from __future__ import annotations

import hashlib

import pytest

from annotation import judging, rubrics
from annotation.errors import Invalid
from annotation.models import Rubric
from annotation.rubrics import READY
from corpus.content import KINDS, canonical_json
from tests.factories import make_project

#: Of the standard rubric as the first projects stored it.
STORED = "a232cf8aa9a8476442eeeba93a988aca2ebe51f2d1ed7545ffa3237b1082469c"


def test_the_standard_rubric_is_stored_as_it_always_was(db):
    stored = rubrics.standard()
    rows = stored.criteria.values(
        "code", "question", "help", "scale", "points", "kinds", "required", "order"
    )

    said = canonical_json({"guideline": stored.guideline, "criteria": list(rows)})
    assert str(stored) == "multilingual-image-text/1"
    assert hashlib.sha256(said.encode()).hexdigest() == STORED


@pytest.mark.parametrize("name", ["caption", "question-answer", "translation"])
def test_a_ready_rubric_explains_four_points_of_each_ordered_question(name):
    asked = READY[name].criteria

    *ordered, last = asked
    assert last["code"] == rubrics.GROUNDING
    for criterion in ordered:
        assert criterion["scale"] == "ordinal"
        assert [point["value"] for point in criterion["points"]] == [1, 2, 3, 4]
        assert all(point["help"] for point in criterion["points"])


@pytest.mark.parametrize(
    ("name", "kind", "codes"),
    [
        ("caption", "caption", ["grounding", "completeness", "fluency", "ungrounded"]),
        ("question-answer", "yes_no", ["answerable", "correct", "fluent"]),
        ("translation", "multiple_choice", ["adequacy", "fluency", "key_preserved"]),
        ("translation", "caption", ["adequacy", "fluency", "ungrounded"]),
    ],
)
def test_a_project_begins_with_the_rubric_it_names(db, name, kind, codes):
    project = make_project(rubric=name)

    asked = judging.criteria_for(project.rubric, kind)
    assert [criterion.code for criterion in asked] == codes
    assert make_project("second", rubric=name).rubric == project.rubric


@pytest.mark.parametrize("name", READY)
def test_every_kind_of_content_is_asked_something(db, name):
    rubric = rubrics.ready(name)
    assert all(judging.criteria_for(rubric, kind) for kind in KINDS)
    assert rubrics.wording_of(rubric) == rubrics.wording_of_ready(name)


def test_a_rubric_of_another_name_is_refused(db):
    with pytest.raises(Invalid, match="none of the ready rubrics: standard, caption"):
        make_project(rubric="poetry")
    assert not Rubric.objects.exists()
