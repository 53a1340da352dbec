"""Somebody is answering while the rubric changes."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from annotation import judging, rubrics
from annotation.errors import Invalid
from annotation.forms import JudgmentForm
from annotation.models import Judgment
from tests import factories
from tests.factories import viewer


@pytest.fixture
def candidate(project):
    return factories.make_candidate(factories.make_item(project))


def shorten_fluency(project, by):
    wording = rubrics.wording_of(project.rubric).to_json()
    wording["criteria"][1]["points"] = [
        {"value": 3, "label": "Poor"},
        {"value": 4, "label": "Fine"},
    ]
    return rubrics.change(project=project, by=viewer(by), **wording)


def test_an_old_form_keeps_what_is_typed_and_asks_again(
    candidate, project, lena, ana, logged_in
):
    held = factories.assign(candidate, ana)
    client, address = logged_in(ana), reverse("judge", args=[held.pk])
    page = client.get(address).content.decode()
    assert (
        '<input type="hidden" name="rubric" value="multilingual-image-text/1">' in page
    )
    ratings = factories.good_ratings(project, "caption")
    typed = {f"rating-{code}": value for code, value in ratings.items()}
    typed |= {"id": uuid4(), "verdict": "accept", "note": "quokka"}
    typed |= {"rubric": str(project.rubric), "edit-0": candidate.content.caption}
    shorten_fluency(project, lena)

    refused = client.post(address, typed)

    assert refused.status_code == 422
    form = refused.context["form"]
    assert form.non_field_errors() == [rubrics.STALE]
    kept = form["rating-adequacy"].value(), form["note"].value()
    assert kept == ("4", "quokka")
    assert form["rating-fluency"].value() is None
    assert 'name="rubric" value="demo/2"' in refused.content.decode()
    assert not Judgment.objects.exists()

    accepted = client.post(address, typed | {"rubric": "demo/2"})
    assert accepted.status_code == 303
    assert str(Judgment.objects.get().rubric) == "demo/2"


@pytest.mark.parametrize("read_in", ["nobody/7", "x", "/", "a/99999", "²/²"])
def test_a_version_that_never_was_carries_nothing(candidate, read_in):
    criteria = judging.criteria_for(candidate.project.rubric, "caption")
    form = JudgmentForm(
        candidate, criteria, {"rubric": read_in, "rating-fluency": "4", "note": "n"}
    )
    assert form["rating-fluency"].value() is None
    assert form["note"].value() == "n"


def test_a_program_that_read_another_version_is_refused(candidate, project, lena, ana):
    held = factories.assign(candidate, ana)
    answer = factories.answer(candidate, rubric=str(project.rubric))
    shorten_fluency(project, lena)

    with pytest.raises(Invalid, match="The questions were changed"):
        judging.submit(assignment=held, by=viewer(ana), answer=answer)


def test_what_was_read_is_no_part_of_the_answer(candidate, ana):
    plain = factories.answer(candidate)
    told = judging.Answer(plain.id, plain.verdict, plain.ratings, rubric="demo/2")
    assert plain.digest(candidate.pk) == told.digest(candidate.pk)


def test_a_correction_begins_with_ratings_that_still_mean_the_same(
    candidate, project, lena, ana, logged_in
):
    judgment = factories.judged(candidate, ana)
    shorten_fluency(project, lena)

    page = logged_in(ana).get(reverse("correct", args=[judgment.pk]))

    form = page.context["form"]
    assert form["rating-adequacy"].value() == 4
    assert form["rating-fluency"].value() is None
    assert "The questions have changed since you answered" in page.content.decode()
