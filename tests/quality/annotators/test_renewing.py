"""The annotators of every slice, worked out by a job and kept until ratings change."""

from __future__ import annotations

import json

import numpy as np
import pytest

from annotation import jobs, judging, proposing
from annotation.models import Control, Event, Job, Project, User
from quality import annotators
from quality.annotators import reading
from quality.models import Reliability
from quality.reliability import Ratings, leave_one_out
from tests import factories
from tests.quality.crowd import judged_by_all, labels_of


@pytest.fixture
def people(ana: User, bao: User, chris: User) -> list[User]:
    return [ana, bao, chris]


def renewed(project: Project) -> dict[str, int]:
    job = jobs.run(jobs.ask(Job.Kind.RATERS, project=project).pk)
    assert job is not None
    assert job.state == Job.State.DONE, job.error
    result: dict[str, int] = job.result
    return result


def row_of(project: Project, name: str = "verdict") -> Reliability:
    return next(r for r in annotators.latest(project) if r.slice_name == name)


def test_each_annotator_stands_beside_the_others(
    project: Project, people: list[User]
) -> None:
    labels = labels_of(1, (0.95, 0.9, 0.6), items=60, shares=(0.6, 0.4))
    judged_by_all(project, people, labels, seconds=(20, 30, 40))
    renewed(project)
    row = row_of(project)
    found = {entry["rater"]: entry for entry in row.content["raters"]}
    items, raters = np.indices(labels.shape).reshape(2, -1)
    outside = leave_one_out(Ratings.from_columns(items, raters, labels.ravel(), 4))
    for person, alone in zip(people, outside, strict=True):
        entry = found[person.pk]
        assert entry["agreement"]["value"] == pytest.approx(alone.agreement.value)
        assert entry["kappa"]["value"] == pytest.approx(alone.kappa.value)
        assert (entry["ratings"], entry["agreement"]["n"]) == (60, 60)
    medians = [found[person.pk]["median"]["value"] for person in people]
    assert medians == [20, 30, 40]
    competence = [found[person.pk]["competence"]["value"] for person in people]
    assert competence[2] < min(competence[:2])
    assert (row.items, row.ratings, row.raters, row.every) == (60, 180, 3, 1)


def test_pairs_hold_what_two_gave_to_the_items_of_both(
    project: Project, people: list[User]
) -> None:
    labels = np.array([[0, 0, -1]] * 9 + [[0, 1, -1]] * 3 + [[-1, 0, 0]] * 4)
    judged_by_all(project, people, labels)
    renewed(project)
    first, second = row_of(project).content["pairs"]
    assert (first["one"], first["other"], first["shared"]) == (
        people[0].pk,
        people[1].pk,
        12,
    )
    assert first["confusion"][0][:3] == [9, 0, 3]
    assert first["estimates"]["percent-agreement/1"]["value"] == 0.75
    assert second["shared"] == 4
    assert second["estimates"] == {}


def test_severity_is_for_scales_with_an_order(
    project: Project, people: list[User]
) -> None:
    verdicts = np.zeros((8, 3), np.int64)
    harsh = np.tile([3, 3, 1], (8, 1))
    judged_by_all(project, people, verdicts, {"adequacy": harsh})
    renewed(project)
    assert {e["severity"] for e in row_of(project).content["raters"]} == {None}
    bias = [
        e["severity"]["value"] for e in row_of(project, "adequacy").content["raters"]
    ]
    assert bias == [1.0, 1.0, -2.0]


def test_what_has_not_changed_is_not_worked_out_again(
    project: Project, people: list[User]
) -> None:
    (candidate, *_) = judged_by_all(project, people, np.zeros((3, 3), np.int64))
    # The verdict has ratings; no criterion has.
    assert renewed(project) == {"slices": 5, "changed": 1}
    before = row_of(project)
    assert renewed(project)["changed"] == 0
    after = row_of(project)
    assert (after.pk, after.content) == (before.pk, before.content)
    assert after.renewed_at > before.renewed_at
    judging.correct(
        judgment=candidate.judgments.get(annotator=people[0]),
        by=factories.viewer(people[0]),
        answer=factories.answer(candidate, "reject"),
    )
    assert renewed(project)["changed"] > 0
    assert Event.objects.filter(kind=Event.Kind.MEASURED).count() == 2


def test_only_planned_current_ratings_of_complete_items_count(
    project: Project, people: list[User]
) -> None:
    control, judged = judged_by_all(project, people, np.zeros((2, 3), np.int64))
    proposing.mark_control(
        candidate=control,
        design=Control.Design.GOLD,
        expected_verdict="accept",
        reason="",
    )
    factories.judged(
        factories.make_candidate(factories.make_item(project, image=False)), people[0]
    )
    (part, *_) = (
        s
        for s in annotators.renewing.measuring.slices_of(project)
        if s.language == "de"
    )
    assert set(reading.columns_of(part).items.tolist()) == {judged.pk}


def test_a_slice_without_counted_ratings_loses_its_row(
    project: Project, people: list[User]
) -> None:
    (only,) = judged_by_all(project, people, np.zeros((1, 3), np.int64))
    renewed(project)
    assert Reliability.objects.count() == 1
    proposing.mark_control(
        candidate=only,
        design=Control.Design.GOLD,
        expected_verdict="accept",
        reason="",
    )
    renewed(project)
    assert not Reliability.objects.exists()


def test_a_large_slice_is_thinned_by_whole_items(
    project: Project, people: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_by_all(project, people, np.zeros((40, 3), np.int64))
    monkeypatch.setattr(reading, "MOST_RATINGS", 60)
    renewed(project)
    row = row_of(project)
    assert row.every == 2
    assert 5 < row.items < 35
    assert row.ratings == 3 * row.items


def test_the_content_names_nobody(project: Project, people: list[User]) -> None:
    labels = labels_of(2, (0.9, 0.9, 0.5), items=60, shares=(0.5, 0.5))
    judged_by_all(project, people, labels)
    renewed(project)
    told = json.dumps(row_of(project).content)
    assert not [p for p in people if p.username in told or p.first_name in told]


def test_deciding_asks_for_it(project: Project, people: list[User]) -> None:
    candidate = factories.make_candidate(factories.make_item(project, image=False))
    for person in people:
        factories.judged(candidate, person)
    jobs.run(Job.objects.get(kind=Job.Kind.DECIDE).pk)
    assert Job.objects.filter(kind=Job.Kind.RATERS).count() == 1
