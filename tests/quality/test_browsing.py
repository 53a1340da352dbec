"""The items behind a number are those that were counted into it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from annotation import jobs, proposing
from annotation.models import Candidate, Control, Job, Project, User
from quality import annotators, browsing
from quality.browsing import Wanted
from tests import factories
from tests.quality.crowd import judged_by_all, labels_of


@pytest.fixture
def people(ana: User, bao: User, chris: User) -> list[User]:
    return [ana, bao, chris]


def places(project: Project, made: list[Candidate], **wanted: Any) -> list[int]:
    """Which of the items made fit, by their place."""
    found = browsing.items(
        Candidate.objects.all(), project, Wanted(language="de", **wanted)
    )
    order = {candidate.pk: n for n, candidate in enumerate(made)}
    return [order[candidate.pk] for candidate in found]


@pytest.fixture
def made(project: Project, people: list[User]) -> list[Candidate]:
    verdicts = np.array([[0, 0, 0], [0, 1, 0], [1, 1, 0], [0, 2, -1]])
    fluency = np.array([[3, 3, 3], [3, 2, 3], [2, 2, 2], [0, 3, -1]])
    return judged_by_all(project, people, verdicts, {"fluency": fluency})


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({}, [0, 1, 2, 3]),
        ({"label": "accept"}, [0, 1, 2, 3]),
        ({"label": "accept", "other": "reject"}, [1, 2]),
        ({"label": "reject", "other": "reject"}, [2]),
        ({"label": "cannot_judge", "other": "cannot_judge"}, []),
        ({"differ": True}, [1, 2, 3]),
        ({"by": "kind", "value": "caption"}, [0, 1, 2, 3]),
        ({"by": "kind", "value": "yes_no"}, []),
        ({"by": "generator", "value": "a person"}, [0, 1, 2, 3]),
        ({"by": "dataset", "value": "elsewhere"}, []),
    ],
    ids=str,
)
def test_items_fit_by_what_was_said(
    project: Project, made: list[Candidate], wanted: dict[str, Any], fits: list[int]
) -> None:
    assert places(project, made, **wanted) == fits


def test_items_fit_by_who_said_it(
    project: Project, made: list[Candidate], people: list[User]
) -> None:
    ana, bao, chris = (person.pk for person in people)
    assert places(project, made, rater=chris) == [0, 1, 2]
    assert places(project, made, rater=bao, label="reject") == [1, 2]
    assert places(project, made, rater=ana, second=chris, differ=True) == [2]
    pair = {"rater": ana, "second": bao, "label": "accept", "other": "reject"}
    assert places(project, made, **pair) == [1]


def test_items_fit_by_a_rating(
    project: Project, made: list[Candidate], people: list[User]
) -> None:
    fluency = project.rubric.criteria.get(code="fluency")
    of = {"criterion": fluency}
    assert places(project, made, **of, label="4", other="3") == [1]
    assert places(project, made, **of, label="3", other="3") == [2]
    assert places(project, made, **of, differ=True) == [1, 3]
    assert places(project, made, **of, rater=people[0].pk, label="1") == [3]
    adequacy = project.rubric.criteria.get(code="adequacy")
    assert places(project, made, criterion=adequacy) == []


def test_what_is_not_counted_is_not_listed(
    project: Project, made: list[Candidate], ana: User
) -> None:
    proposing.mark_control(
        candidate=made[0],
        design=Control.Design.GOLD,
        expected_verdict="accept",
        reason="",
    )
    incomplete = factories.make_candidate(factories.make_item(project, image=False))
    factories.judged(incomplete, ana)
    assert places(project, made) == [1, 2, 3]


def test_the_list_of_two_people_is_as_long_as_their_table_says(
    project: Project, people: list[User]
) -> None:
    labels = labels_of(9, (0.8, 0.7, 0.9), items=40, shares=(0.5, 0.3, 0.2))
    made = judged_by_all(project, people, labels)
    jobs.run(jobs.ask(Job.Kind.RATERS, project=project).pk)
    (row,) = annotators.latest(project)
    for pair in row.content["pairs"]:
        confusion = np.array(pair["confusion"])
        apart = confusion.sum() - np.trace(confusion)
        who = {"rater": pair["one"], "second": pair["other"]}
        assert len(places(project, made, **who, differ=True)) == apart
        # Rows and columns are the verdicts as declared; edits stand second.
        cell = places(project, made, **who, label="accept", other="reject")
        assert len(cell) == confusion[0, 2]
