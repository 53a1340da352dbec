from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotation.models import (
    Candidate,
    MachineJudgment,
    Project,
    Provenance,
    Slot,
)
from corpus.content import KINDS, dump, parse
from tests import factories
from tests.api.door import Door
from tests.api.jobs_for_worker import provenance, result, waiting
from tests.api.test_claim import claimed
from tests.machines import JUDGE, made, opinion, to_judge
from worker import protocol


@pytest.fixture
def job(project: Project, worker_door: Door) -> protocol.GenerationJob:
    waiting(factories.make_item(project))
    return claimed(worker_door)[0]


def handed_in(door: Door, job_id: int, made: protocol.Result) -> Any:
    return door.put(f"worker/jobs/{job_id}/result", made.to_json())


@pytest.mark.parametrize("kind", KINDS)
def test_result_of_every_kind_becomes_a_candidate(
    project: Project, worker_door: Door, kind: str
) -> None:
    waiting(factories.make_item(project, kind))
    (job,) = claimed(worker_door)
    response = handed_in(worker_door, job.id, result(job))
    assert response.status_code == 200, response.content
    assert protocol.ResultReply.from_json(response.json()).state == "accepted"
    candidate = Candidate.objects.get()
    assert candidate.origin == Candidate.Origin.TRANSLATED
    expected = parse(kind, factories.CANDIDATES[kind])
    assert candidate.content_json == dump(expected)
    assert Slot.objects.filter(candidate=candidate).count() == project.overlap


def test_result_keeps_its_provenance(
    worker_door: Door, job: protocol.GenerationJob
) -> None:
    made = result(job)
    handed_in(worker_door, job.id, made)
    kept = Provenance.objects.get()
    for name, value in made.provenance.to_json().items():
        assert getattr(kept, name) == value
    assert kept.idempotency_key == made.idempotency_key
    assert kept.generation_job_id == job.id


def test_same_result_twice_is_one_candidate(
    worker_door: Door, job: protocol.GenerationJob
) -> None:
    handed_in(worker_door, job.id, result(job))
    again = handed_in(worker_door, job.id, result(job))
    assert again.status_code == 200
    assert protocol.ResultReply.from_json(again.json()).state == "duplicate"
    assert Candidate.objects.count() == 1


def test_second_result_for_a_done_job_is_a_conflict(
    worker_door: Door, job: protocol.GenerationJob
) -> None:
    handed_in(worker_door, job.id, result(job))
    other = handed_in(worker_door, job.id, result(job, provenance=provenance(seed=8)))
    assert other.status_code == 409
    refusal = protocol.Refusal.from_json(other.json())
    assert refusal.detail == "This job has its result already."


def test_content_of_another_kind_is_refused(
    worker_door: Door, job: protocol.GenerationJob
) -> None:
    made = result(job, content={"question": "?", "answer": "!"})
    response = handed_in(worker_door, job.id, made)
    assert response.status_code == 422
    assert "This caption: " in protocol.Refusal.from_json(response.json()).detail
    assert not Candidate.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"raw_output": "a NUL \x00 inside"},
        {"raw_output": "half a pair \ud800"},
        {"prompt_tokens": 2**40},
        {"seed": 2**70},
        {"model": "m" * 500},
        {"parameters": {"stop": "\x00"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_value_that_postgres_cannot_hold_is_refused(
    worker_door: Door, job: protocol.GenerationJob, change: dict[str, Any]
) -> None:
    made = replace(result(job), provenance=provenance(**change))
    response = handed_in(worker_door, job.id, made)
    assert response.status_code == 422
    assert not Candidate.objects.exists()


def test_result_for_a_job_of_another_project_looks_absent(
    worker_door: Door, job: protocol.GenerationJob
) -> None:
    foreign = waiting(factories.make_item(factories.make_project(code="elsewhere")))
    hidden = handed_in(worker_door, foreign.pk, result(job))
    absent = handed_in(worker_door, foreign.pk + 1000, result(job))
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


def test_mistyped_field_is_named_with_its_path(
    worker_door: Door, job: protocol.GenerationJob
) -> None:
    body = result(job).to_json()
    body["provenance"]["seconds"] = "fast"
    response = worker_door.put(f"worker/jobs/{job.id}/result", body)
    assert response.status_code == 422
    assert response.json()["detail"].startswith("provenance.seconds: expected a number")


def test_a_job_to_judge_goes_out_and_comes_back_over_http(
    project: Project, worker_door: Door
) -> None:
    candidate = factories.make_candidate(factories.make_item(project))
    to_judge(candidate)
    request = protocol.ClaimRequest(
        "w-1", "recorded", "1", limit=10, tasks=("judge",), judges=(JUDGE,)
    )
    (job,) = claimed(worker_door, request)
    provenance = made()
    key = protocol.idempotency_key(job, provenance)
    said = opinion(candidate, "reject")
    handed = protocol.Result(job.fence, None, provenance, key, said)
    states = [handed_in(worker_door, job.id, handed).json()["state"] for _ in range(2)]
    assert states == ["accepted", "duplicate"]
    kept = MachineJudgment.objects.get()
    assert (kept.verdict, kept.idempotency_key) == ("reject", key)
    bad = replace(handed, opinion=replace(said, ratings={}))
    to_judge(candidate, f"{JUDGE}@abc")
    request = replace(request, judges=(f"{JUDGE}@abc",))
    (other,) = claimed(worker_door, request)
    refused = handed_in(worker_door, other.id, bad)
    assert refused.status_code == 422
    assert "This needs an answer." in refused.json()["detail"]
