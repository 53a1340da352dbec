"""Marked errors are part of what was said: checked, kept, corrected with it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from annotation import judging
from annotation.errors import Conflict, Invalid
from annotation.models import Judgment, Span
from corpus.marking import VERSION, Mark
from tests import factories
from tests.factories import answer, judged, mark, submitted, viewer

REGION = (0.1, 0.25, 0.3333, 0.5)
OMISSION = Mark("source", "caption", 2, 5, "red", "omission", "minor")


@pytest.fixture
def candidate(project):
    return factories.make_candidate(factories.make_item(project))


@pytest.fixture
def held(candidate, ana):
    return factories.assign(candidate, ana)


def test_marks_are_kept_in_reading_order_and_come_back_as_they_were_said(held):
    said = [mark("Bus", region=REGION), OMISSION, mark("Ein", severity="major")]
    judgment = submitted(held, answer(held.candidate, "reject", spans=said))
    spans = judgment.spans.all()
    assert [span.mark for span in spans] == [said[1], said[2], said[0]]
    assert {span.taxonomy for span in spans} == {VERSION}


def test_marks_are_part_of_what_makes_two_submits_the_same(held):
    said = answer(held.candidate, spans=[mark("Bus")])
    first = submitted(held, said)
    assert submitted(held, said) == first
    other = answer(held.candidate, id=said.id, spans=[mark("Ein")])
    with pytest.raises(Conflict, match="id was used"):
        submitted(held, other)
    assert Span.objects.get().words == "Bus"


def test_the_digest_of_an_answer_without_marks_is_that_of_old_ones():
    number = UUID(int=1)
    said = judging.Answer(id=number, verdict="accept", ratings={"fluency": 4})
    stored = "7ac980a32b32b50a567ad6238e2c598b9288239357963d627054742ebc1bfa38"
    assert said.digest(number) == stored


def test_a_correction_carries_marks_of_its_own(candidate, ana):
    first = judged(candidate, ana, spans=[mark("Bus"), mark("Ein")])
    said = answer(candidate, "reject", spans=[mark("Bus"), OMISSION])
    second = judging.correct(judgment=first, by=viewer(ana), answer=said)
    assert [span.words for span in second.spans.all()] == ["red", "Bus"]
    assert first.spans.count() == 2


def test_a_mark_that_does_not_fit_keeps_the_answer_out(held):
    wrong = mark("Bus", field="question")
    with pytest.raises(Invalid, match="there is no “question”"):
        submitted(held, answer(held.candidate, spans=[wrong]))
    assert not Judgment.objects.exists()


def test_without_an_image_no_mark_points_into_one(project, ana):
    item = factories.make_item(project, image=False)
    held = factories.assign(factories.make_candidate(item), ana)
    with pytest.raises(Invalid, match="has no image"):
        submitted(held, answer(held.candidate, spans=[mark("Bus", region=REGION)]))


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"end": 10, "words": ""}, "span_has_a_length"),
        ({"words": "Bu"}, "span_holds_its_words"),
        ({"side": "source"}, "span_omits_from_the_source"),
        ({"category": "omission"}, "span_omits_from_the_source"),
        ({"category": "style"}, "span_known_category"),
        ({"severity": "fatal"}, "span_known_severity"),
        ({"side": "target"}, "span_(known_side|omits_from_the_source)"),
        ({"x": 0.1}, "span_region_inside_the_image"),
        ({"x": 0, "y": 0, "width": 1}, "span_region_inside_the_image"),
        ({"x": 0.9, "y": 0, "width": 0.2, "height": 1}, "span_region_inside"),
        ({"x": 0, "y": 0, "width": 1, "height": 0}, "span_region_inside"),
        ({"words": "🚌us", "category": "count"}, "span_once"),
    ],
)
def test_postgres_refuses_a_span_that_makes_no_sense(held, changes, constraint):
    judgment = submitted(
        held, answer(held.candidate, spans=[mark("Bus", category="count")])
    )
    fields = {
        "side": "candidate",
        "field": "caption",
        "start": 10,
        "end": 13,
        "words": "Bus",
        "category": "grammar",
        "severity": "minor",
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Span.objects.create(judgment=judgment, **fields | changes)
