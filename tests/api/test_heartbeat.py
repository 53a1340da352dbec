from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from annotation.models import GenerationJob, Project
from tests import factories
from tests.api.door import Door
from tests.api.jobs_for_worker import waiting
from tests.api.test_claim import claimed
from worker import protocol


def beat(door: Door, *jobs: tuple[int, int]) -> protocol.HeartbeatReply:
    request = protocol.HeartbeatRequest(jobs)
    response = door.post("worker/heartbeat", request.to_json())
    assert response.status_code == 200
    return protocol.HeartbeatReply.from_json(response.json())


def test_heartbeat_extends_a_lease(project: Project, worker_door: Door) -> None:
    waiting(factories.make_item(project))
    (job,) = claimed(worker_door)
    soon = timezone.now() + timedelta(seconds=5)
    GenerationJob.objects.update(leased_until=soon)
    assert beat(worker_door, (job.id, job.fence)).kept == (job.id,)
    extended = GenerationJob.objects.get(pk=job.id).leased_until
    assert extended is not None
    assert extended > soon + timedelta(minutes=1)


def test_heartbeat_names_what_is_lost(project: Project, worker_door: Door) -> None:
    waiting(factories.make_item(project))
    (job,) = claimed(worker_door)
    reply = beat(worker_door, (job.id, job.fence + 1), (job.id + 1000, 1))
    assert reply == protocol.HeartbeatReply((), (job.id, job.id + 1000))


def test_heartbeat_for_nothing_is_answered(worker_door: Door) -> None:
    assert beat(worker_door) == protocol.HeartbeatReply((), ())


def test_heartbeat_with_a_huge_number_is_no_server_error(worker_door: Door) -> None:
    response = worker_door.post("worker/heartbeat", {"jobs": [[10**30, 10**30]]})
    assert response.status_code in (200, 422)
