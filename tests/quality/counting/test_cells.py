"""The statement counts what a plain walk over the judgments counts."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest

from annotation.models import Control, Criterion, Judgment, Rubric
from quality.counting import A_PERSON, Place, cells_of
from tests.factories import (
    later_rubric,
    make_dataset,
    make_project,
    make_user,
    write_provenance,
)
from tests.quality.crowd import judged_by_all, labels_of

POINTS = 4


@pytest.fixture
def crowd(db):
    return [make_user(f"rater{n}") for n in range(12)]


def walked(project):
    """Patterns and raters of every place, by a walk over the rows."""
    said = defaultdict(lambda: defaultdict(Counter))
    raters = defaultdict(set)
    judgments = Judgment.objects.filter(
        candidate__project=project,
        candidate__complete_at__isnull=False,
        candidate__control=None,
        slot__isnull=False,
        replaced_by=None,
    )
    for judgment in judgments.select_related("candidate__item__dataset"):
        candidate = judgment.candidate
        around = (
            candidate.language,
            candidate.item.dataset.name,
            candidate.item.kind,
            getattr(getattr(candidate, "provenance", None), "model", A_PERSON),
            judgment.rubric_id,
        )
        answers = [(None, judgment.verdict)]
        answers += [(r.criterion_id, str(r.value)) for r in judgment.ratings.all()]
        for criterion, value in answers:
            place = Place(criterion, *around)
            said[place][candidate.pk][value] += 1
            raters[place].add(judgment.annotator_id)
    return {
        place: (
            Counter(frozenset(counts.items()) for counts in items.values()),
            raters[place],
        )
        for place, items in said.items()
    }


def counted(project):
    return {cell.place: (cell.patterns, cell.raters) for cell in cells_of(project)}


def some(seed, people, items=8, left_out=0.0):
    """Indices (items, people) of four points, a share of them left out."""
    found = labels_of(seed, [0.7] * people, items=items, shares=[1 / POINTS] * POINTS)
    gaps = np.random.default_rng(seed).random(found.shape) < left_out
    return np.where(gaps, -1, found)


def test_nobody_has_judged(project):
    assert cells_of(project) == []


def test_places_patterns_and_raters(project, crowd):
    later = later_rubric(project)
    names = [make_dataset(project) for _ in range(2)]
    for seed, dataset in enumerate(names):
        for language in ("de", "fr"):
            people = crowd[seed : seed + 4]
            made = judged_by_all(
                project,
                people,
                some(seed, 4, left_out=0.3) % 3,
                {"fluency": some(seed + 9, 4)},
                language=language,
                dataset=dataset,
            )
            write_provenance(made[0], "model-7b")
            write_provenance(made[1], "model-70b")
    judged_by_all(
        project,
        crowd[:3],
        some(5, 3) % 3,
        {"fluency": some(6, 3) % 2},
        dataset=names[0],
        rubric=later,
    )
    found = counted(project)
    assert found == walked(project)
    assert len({place.rubric for place in found}) == 2
    assert {place.generator for place in found} == {A_PERSON, "model-7b", "model-70b"}


def test_a_criterion_that_people_left_out_has_the_raters_who_did_not(project, crowd):
    ratings = some(1, 4, left_out=0.4)
    ratings[:, 2] = -1
    judged_by_all(project, crowd[:4], some(2, 4) % 3, {"fluency": ratings})
    found = counted(project)
    assert found == walked(project)
    fluency = next(raters for place, (_, raters) in found.items() if place.criterion)
    assert fluency == {crowd[n].pk for n in (0, 1, 3)}


def test_more_people_than_one_digit_holds(project, crowd):
    agreed = np.zeros((2, 12), np.int64)
    judged_by_all(project, crowd, agreed, {"fluency": agreed})
    found = counted(project)
    assert found == walked(project)
    assert {max(n for _, n in p) for rows, _ in found.values() for p in rows} == {12}


def test_more_values_than_a_double_holds(project, crowd):
    rubric = Rubric.objects.create(name="wide", version=1)
    points = [{"value": n, "label": str(n), "help": ""} for n in range(-3, 17)]
    Criterion.objects.create(
        rubric=rubric, code="topic", scale="nominal", points=points, order=1
    )
    topics = np.arange(40).reshape(10, 4) % 20
    judged_by_all(
        project, crowd[:4], some(3, 4, 10) % 3, {"topic": topics}, rubric=rubric
    )
    found = counted(project)
    assert found == walked(project)
    assert {v for rows, _ in found.values() for p in rows for v, _ in p} > {"-3", "16"}


def test_a_rubric_without_criteria_has_verdicts(project, crowd):
    bare = Rubric.objects.create(name="bare", version=1)
    judged_by_all(project, crowd[:3], some(4, 3) % 3, rubric=bare)
    found = counted(project)
    assert found == walked(project)
    assert {place.criterion for place in found} == {None}


def test_controls_and_incomplete_candidates_are_left_out(project, crowd):
    made = judged_by_all(project, crowd[:3], some(7, 3) % 3, {"fluency": some(8, 3)})
    Control.objects.create(
        candidate=made[0], design="gold", expected_verdict="accept", reason=""
    )
    type(made[1]).objects.filter(pk=made[1].pk).update(complete_at=None)
    found = counted(project)
    assert found == walked(project)
    assert {sum(rows.values()) for rows, _ in found.values()} == {6}


def test_other_projects_are_not_counted(project, crowd):
    other_project = make_project("other")
    judged_by_all(other_project, crowd[:3], some(7, 3) % 3)
    assert cells_of(project) == []
    assert len(cells_of(other_project)) == 1
