"""Models beside people, measured with the measure job and kept apart from people's."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest

from annotation import jobs, judging, proposing
from annotation.models import Event, Job, MachineJudgment, Project
from quality import machines
from quality.agreement import MachineTable, machine_agreement
from quality.machines.files import as_csv, as_json
from quality.models import Decision, MachineAgreement, Measurement
from tests.factories import answer, later_rubric, make_candidate, make_item, viewer
from tests.machines import machine_judged
from tests.quality.crowd import judged_by_all
from tests.quality.test_exporting import released
from tests.quality.test_measuring import run, verdicts

HUMAN = ("created_at", "job_id", "id")


@pytest.fixture
def people(ana, bao, chris):
    return ana, bao, chris


def of_verdict(project: Project) -> MachineAgreement:
    return next(row for row in machines.latest(project) if row.criterion is None)


def measurements() -> list[dict[str, object]]:
    rows = Measurement.objects.order_by("pk").values()
    return [{k: v for k, v in row.items() if k not in HUMAN} for row in rows]


def test_a_model_stands_beside_the_people_of_its_items(project, people):
    first, second, third = verdicts(
        project,
        people,
        ("accept", "accept", "reject"),
        ("reject", "reject", "reject"),
        ("accept", "accept", "accept"),
    )
    machine_judged(first, "accept")
    machine_judged(second, "accept")
    run(project)
    found = of_verdict(project)
    assert (found.items, found.ratings, found.model) == (2, 6, "judge-7b")
    table = MachineTable.from_json(found.table)
    assert table.labels.tolist() == [0, 0]
    assert table.patterns.tolist() == [[0, 0, 3, 0], [2, 0, 1, 0]]
    agreement = found.comparisons[0]
    assert agreement["machine"]["value"] == pytest.approx(1 / 3)
    assert agreement["people"]["value"] == pytest.approx(2 / 3)
    assert found.digest == table.digest()
    again = [beside.to_json() for beside in machine_agreement(table, "nominal")]
    assert json.loads(json.dumps(again)) == found.comparisons
    assert third.machine_judgments.count() == 0


def test_each_criterion_has_a_row_and_ordered_ones_a_leaning(project, people):
    fluency = np.array([[0, 1, 1], [3, 3, 3]])
    made = judged_by_all(project, people, np.zeros((2, 3), int), {"fluency": fluency})
    for candidate in made:
        machine_judged(
            candidate, ratings={"adequacy": 4, "fluency": 2, "ungrounded": 0}
        )
    run(project)
    found = {row.slice_name: row for row in machines.latest(project)}
    assert list(found) == ["verdict", "fluency"]
    bias = found["fluency"].leaning["bias"]["value"]
    # Points 1 to 4: people's means are 5/3 and 4, the model's point is 2.
    assert bias == pytest.approx(((2 - 5 / 3) + (2 - 4)) / 2)
    assert found["fluency"].leaning["stricter"]["value"] == pytest.approx(0.5)
    assert found["verdict"].leaning == {}


def test_only_complete_candidates_and_present_answers_count(project, people, ana):
    (candidate,) = verdicts(project, people, ("reject", "accept", "accept"))
    machine_judged(candidate, "accept")
    machine_judged(make_candidate(make_item(project)), "accept")
    judging.correct(
        judgment=candidate.judgments.get(annotator=ana),
        by=viewer(ana),
        answer=answer(candidate, "accept"),
    )
    run(project)
    found = of_verdict(project)
    assert found.items == 1
    assert found.comparisons[0]["machine"]["value"] == 1


def test_models_and_templates_are_raters_of_their_own(project, people):
    (candidate,) = verdicts(project, people, ("accept",) * 3)
    for model in ("one", "two"):
        machine_judged(candidate, "reject", model=model)
    run(project)
    models = [row.model for row in machines.latest(project) if row.criterion is None]
    assert models == ["one", "two"]


def test_measuring_the_same_again_adds_no_row_and_news_add_one(project, people):
    first, second = verdicts(project, people, ("accept",) * 3, ("reject",) * 3)
    machine_judged(first)
    run(project)
    before = MachineAgreement.objects.count()
    assert run(project).result["changed"] == 0
    assert MachineAgreement.objects.count() == before
    machine_judged(second)
    run(project)
    assert of_verdict(project).items == 2
    assert (
        Event.objects.filter(kind="measured", detail__has_key="machines").count() == 2
    )


def test_what_no_longer_counts_is_measured_as_nothing(project, people):
    (candidate,) = verdicts(project, people, ("accept",) * 3)
    machine_judged(candidate)
    run(project)
    proposing.mark_control(
        candidate=candidate, design="gold", expected_verdict="accept", reason=""
    )
    run(project)
    found = of_verdict(project)
    assert found.items == 0
    assert "both the model and people" in found.comparisons[0]["machine"]["undefined"]


def test_another_rubric_begins_anew(project, people):
    (candidate,) = verdicts(project, people, ("accept",) * 3)
    machine_judged(candidate)
    run(project)
    Project.objects.filter(pk=project.pk).update(rubric=later_rubric(project))
    project.refresh_from_db()
    run(project)
    assert machines.latest(project) == []


def test_people_and_releases_are_the_same_with_and_without_models(project, people):
    """Byte for byte: nothing of a model enters what people's answers make."""
    made = verdicts(project, people, *[("accept", "accept", "reject")] * 2)
    for job in Job.objects.filter(kind=Job.Kind.DECIDE, state="queued"):
        jobs.run(job.pk)
    run(project)
    before, decided = measurements(), list(Decision.objects.values())
    first = released(project)
    for candidate in made:
        machine_judged(candidate, "reject", explanation="bilby")
    assert MachineJudgment.objects.count() == 2
    run(project)
    second = released(project)
    assert measurements() == before
    assert list(Decision.objects.values()) == decided
    # Names, sizes and SHA-256 of every file, the judgments and the card among them.
    names = {file["path"] for file in first.manifest["files"]}
    assert any("judgments" in name for name in names)
    assert second.manifest["files"] == first.manifest["files"]


def test_files_withhold_what_rests_on_too_few_items(project, people):
    labels = np.zeros((10, 3), int)
    for candidate in judged_by_all(project, people, labels):
        machine_judged(candidate)
    (few,) = verdicts(project, people, ("accept",) * 3)
    machine_judged(few, model="shy")
    run(project)
    found = machines.latest(project)
    lines = json.loads(as_json(found))["lines"]
    shy = [line for line in lines if line["machine"]["model"] == "shy"]
    assert all(line["withheld"] and not line["table"] for line in shy)
    table = list(csv.DictReader(io.StringIO(as_csv(found))))
    assert {row["reason"] for row in table if row["model"] == "shy"} == {
        "withheld: fewer than 10 items"
    }
    known = [row for row in table if row["model"] != "shy"]
    assert known[0] | {"of": "machine", "value": "1.0", "items": "10"} == known[0]
    assert [row["of"] for row in known[:3]] == ["machine", "people", "difference"]
    found[0].model = "=judge"
    assert "\n'=judge," in as_csv(found[:1])
