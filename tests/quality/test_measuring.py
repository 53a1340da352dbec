"""Judgments become the table the statistics were published for."""

from __future__ import annotations

import numpy as np
import pytest

from annotation import jobs, judging, proposing
from annotation.models import Control, Job
from quality import counting, measuring
from quality.agreement import measure
from quality.models import Measurement
from tests.factories import (
    answer,
    judged,
    later_rubric,
    make_candidate,
    make_item,
    viewer,
)
from tests.quality.crowd import judged_by_all


def run(project):
    return jobs.run(jobs.ask(Job.Kind.MEASURE, project=project).pk)


def verdicts(project, people, *rows):
    """One complete candidate per row, judged with that row's verdicts."""
    made = []
    for row in rows:
        candidate = make_candidate(make_item(project, image=False))
        for user, verdict in zip(people, row, strict=True):
            judged(candidate, user, verdict)
        made.append(candidate)
    return made


def slice_of(project, code=None, language="de"):
    return next(
        s
        for s in measuring.slices_of(project)
        if s.language == language
        and (s.criterion.code if s.criterion else None) == code
    )


def table_of(part):
    cells = part.within(counting.cells_of(part.project))
    return counting.table_of(cells, part.values, part.labels)


@pytest.fixture
def people(ana, bao, chris):
    return ana, bao, chris


def test_the_table_holds_one_pattern_per_kind_of_item(project, people):
    verdicts(
        project,
        people,
        ("accept", "accept", "reject"),
        ("reject", "accept", "accept"),
        ("accept", "accept", "accept"),
    )
    table = table_of(slice_of(project))
    found = {
        tuple(p): int(m)
        for p, m in zip(table.patterns.tolist(), table.multiplicities, strict=True)
    }
    assert found == {(2, 0, 1, 0): 2, (3, 0, 0, 0): 1}


def test_an_incomplete_candidate_is_not_measured(project, ana):
    judged(make_candidate(make_item(project)), ana)
    assert table_of(slice_of(project)).n_items == 0


def test_a_correction_counts_instead_of_what_it_replaces(project, people, ana):
    (candidate,) = verdicts(project, people, ("reject", "accept", "accept"))
    judging.correct(
        judgment=candidate.judgments.get(annotator=ana),
        by=viewer(ana),
        answer=answer(candidate, "accept"),
    )
    assert table_of(slice_of(project)).label_counts == (3, 0, 0, 0)


def test_controls_are_kept_out(project, people):
    (candidate,) = verdicts(project, people, ("accept", "accept", "accept"))
    proposing.mark_control(
        candidate=candidate,
        design=Control.Design.GOLD,
        expected_verdict="accept",
        reason="",
    )
    assert table_of(slice_of(project)).n_items == 0


def test_languages_are_measured_apart(project, people):
    verdicts(project, people, ("accept", "accept", "accept"))
    assert table_of(slice_of(project, language="fr")).n_items == 0


def test_the_job_stores_value_interval_and_counts(project, people):
    rows = (
        [("accept",) * 3] * 4 + [("reject",) * 3] * 2 + [("accept", "accept", "reject")]
    )
    verdicts(project, people, *rows)
    assert run(project).state == Job.State.DONE
    stored = Measurement.objects.get(criterion=None, language="de", by="")
    assert (stored.items, stored.pairable, stored.ratings, stored.raters) == (
        7,
        7,
        21,
        3,
    )
    assert stored.label_counts == [14, 0, 7, 0]
    expected = measure(table_of(slice_of(project)), "nominal")
    names = [e["name"] for e in stored.estimates]
    assert names == [e.name for e in expected]
    alpha = stored.estimate("krippendorff-alpha-nominal/1")
    krippendorff = pytest.importorskip("krippendorff")
    counts = np.array([[3, 0]] * 4 + [[0, 3]] * 2 + [[2, 1]])
    outside = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
    assert alpha["value"] == pytest.approx(outside, abs=1e-12)
    assert alpha["low"] < alpha["value"] < alpha["high"]
    assert any(flag["code"] == "few-items" for flag in stored.flags)


def test_a_slice_nobody_has_rated_is_undefined_with_a_reason(project):
    run(project)
    stored = Measurement.objects.get(criterion=None, language="de", by="")
    assert all(e["value"] is None and e["undefined"] for e in stored.estimates)


def test_measuring_the_same_table_again_adds_no_row(project, people):
    verdicts(project, people, ("accept", "accept", "accept"))
    run(project)
    before = Measurement.objects.count()
    assert run(project).result["changed"] == 0
    assert Measurement.objects.count() == before


def test_the_same_counts_from_other_people_are_a_new_row(project, people):
    verdicts(project, people, ("accept", "accept", "accept"))
    run(project)
    before = Measurement.objects.count()
    first = Measurement.objects.get(criterion=None, language="de", by="")
    Measurement.objects.bulk_create(
        [replaced(first, raters=first.raters + 1)],
    )
    run(project)
    newest = Measurement.objects.filter(criterion=None, language="de", by="").latest(
        "pk"
    )
    assert newest.raters == first.raters
    assert Measurement.objects.count() == before + 2


def replaced(row, **changes):
    """A second row that differs from `row` in `changes` alone."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.fields}
    return Measurement(**(values | {"id": None} | changes))


def test_latest_gives_one_row_per_slice(project, people):
    run(project)
    verdicts(project, people, ("accept", "accept", "accept"))
    run(project)
    latest = measuring.latest(project)
    assert len(latest) == 2 * 5
    assert [m.slice_name for m in latest[:2]] == ["verdict", "verdict"]


def test_narrower_slices_add_up_to_the_wider_one(project, people):
    kinds = ("caption", "question_answer", "caption")
    for kind in kinds:
        candidate = make_candidate(make_item(project, kind, image=False))
        for user in people:
            judged(candidate, user, "accept")
    run(project)
    narrow = Measurement.objects.filter(criterion=None, language="de", by="kind")
    counts = dict(narrow.values_list("value", "items"))
    assert counts == {"caption": 2, "question_answer": 1}
    assert Measurement.objects.filter(by="generator").count() == 0
    whole = Measurement.objects.get(criterion=None, language="de", by="")
    assert whole.items == 3
    shown = measuring.latest(project, "kind")
    assert [m.value for m in shown if m.criterion is None and m.language == "de"] == [
        "caption",
        "question_answer",
    ]


def test_a_last_bit_is_no_news(project, people):
    verdicts(project, people, ("accept", "accept", "reject"), ("reject",) * 3)
    run(project)
    first = Measurement.objects.get(criterion=None, language="de", by="")
    nudged = [
        {**e, "value": e["value"] and e["value"] + 1e-15} for e in first.estimates
    ]
    Measurement.objects.bulk_create([replaced(first, estimates=nudged)])
    assert run(project).result["changed"] == 0


def test_what_an_older_rubric_asked_is_told_apart_at_once(project, people):
    before, later = project.rubric, later_rubric(project)
    judged_by_all(project, people, np.array([[0, 0, 1]] * 4))
    project.rubric = later
    project.save()

    run(project)

    assert [m.items for m in measuring.latest(project) if m.language == "de"][0] == 0
    versions = {m.value: m.items for m in measuring.latest(project, "rubric")}
    assert versions == {str(before): 4}


def test_rubric_versions_are_slices_of_their_own(project, people):
    later = later_rubric(project)
    rows = np.array([[0, 0, 1]] * 4)
    fluent = {"fluency": np.ones((4, 3), np.int64)}
    judged_by_all(project, people, rows, fluent)
    judged_by_all(project, people, rows[:3], fluent, rubric=later)
    run(project)
    whole = {m.slice_name: m for m in measuring.latest(project) if m.language == "de"}
    assert whole["verdict"].items == whole["fluency"].items == 4
    found = {
        (m.slice_name, m.value): (m.items, m.labels, m.rubric_id)
        for m in measuring.latest(project, "rubric")
    }
    own, other = str(project.rubric), str(later)
    assert found["verdict", own][0] == 4
    assert found["verdict", other][0] == 3
    assert found["fluency", own] == (
        4,
        ["Broken", "Awkward", "Good", "Native"],
        project.rubric_id,
    )
    assert found["fluency", other] == (3, ["Good", "Native"], later.pk)
    # A second look finds nothing new.
    assert run(project).result["changed"] == 0
