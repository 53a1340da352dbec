from __future__ import annotations

from typing import Any

import pytest

from annotation.models import Event, GenerationJob, Project
from tests import factories
from tests.api.door import Door
from tests.api.jobs_for_worker import waiting
from tests.api.test_claim import claimed
from worker import protocol


@pytest.fixture
def job(project: Project, worker_door: Door) -> protocol.GenerationJob:
    waiting(factories.make_item(project))
    return claimed(worker_door)[0]


def failed(door: Door, job_id: int, failure: protocol.Failure) -> Any:
    return door.post(f"worker/jobs/{job_id}/fail", failure.to_json())


def test_failed_job_is_ready_again(
    worker_door: Door, job: protocol.GenerationJob
) -> None:
    failure = protocol.Failure(job.fence, "bad_output", "no JSON", "Sure! Here")
    response = failed(worker_door, job.id, failure)
    assert response.status_code == 200
    assert protocol.FailReply.from_json(response.json()).state == "ready"
    row = GenerationJob.objects.get()
    assert (row.state, row.attempts) == (GenerationJob.State.READY, 1)
    assert row.last_error == "bad_output: no JSON"
    event = Event.objects.get(kind=Event.Kind.GENERATION_FAILED)
    assert event.detail["raw_output"] == "Sure! Here"


def test_bad_input_is_set_aside_for_a_person(
    worker_door: Door, job: protocol.GenerationJob
) -> None:
    failure = protocol.Failure(job.fence, "bad_input", "empty source")
    response = failed(worker_door, job.id, failure)
    assert protocol.FailReply.from_json(response.json()).state == "set_aside"


def test_failure_under_an_old_fence_is_a_conflict(
    worker_door: Door, job: protocol.GenerationJob
) -> None:
    failure = protocol.Failure(job.fence - 1, "bad_output", "late")
    response = failed(worker_door, job.id, failure)
    assert response.status_code == 409
    assert protocol.Refusal.from_json(response.json()).detail
    assert GenerationJob.objects.get().state == GenerationJob.State.LEASED


def test_unknown_reason_is_refused(
    worker_door: Door, job: protocol.GenerationJob
) -> None:
    body = {"fence": job.fence, "reason_class": "mood", "message": ""}
    response = worker_door.post(f"worker/jobs/{job.id}/fail", body)
    assert response.status_code == 422
    assert "'mood' is none of" in response.json()["detail"]


def test_failure_with_unstorable_text_is_no_server_error(
    worker_door: Door, job: protocol.GenerationJob
) -> None:
    failure = protocol.Failure(job.fence, "bad_output", "odd", "\x00")
    assert failed(worker_door, job.id, failure).status_code == 422
