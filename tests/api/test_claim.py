from __future__ import annotations

from dataclasses import replace

import pytest

from annotation.models import GenerationJob, Project
from tests import factories
from tests.api.door import Door
from tests.api.jobs_for_worker import CLAIM, waiting
from worker import protocol


def claimed(
    door: Door, request: protocol.ClaimRequest = CLAIM
) -> tuple[protocol.GenerationJob, ...]:
    response = door.post("worker/claim", request.to_json())
    assert response.status_code == 200, response.content
    return protocol.ClaimReply.from_json(response.json()).jobs


def test_claim_leases_a_job_with_all_the_worker_needs(
    project: Project, worker_door: Door
) -> None:
    item = factories.make_item(project, "multiple_choice")
    row = waiting(item)
    (job,) = claimed(worker_door)
    assert (job.id, job.fence, job.kind) == (row.pk, 1, "multiple_choice")
    assert (job.task, job.language) == ("translate", "de")
    assert job.source == item.content_json
    assert (job.item_key, job.dataset) == (item.key, item.dataset.name)
    assert item.image is not None
    assert job.image_sha256 == item.image.sha256
    row.refresh_from_db()
    assert (row.state, row.worker) == (GenerationJob.State.LEASED, "w-1")
    assert row.leased_by == worker_door.token


def test_claim_gives_a_job_once(project: Project, worker_door: Door) -> None:
    waiting(factories.make_item(project))
    assert len(claimed(worker_door)) == 1
    assert claimed(worker_door) == ()


def test_claim_gives_no_more_than_asked_for(
    project: Project, worker_door: Door
) -> None:
    for _ in range(3):
        waiting(factories.make_item(project))
    assert len(claimed(worker_door, replace(CLAIM, limit=2))) == 2


def test_claim_takes_only_the_kinds_and_languages_named(
    project: Project, worker_door: Door
) -> None:
    waiting(factories.make_item(project, "caption"), "de")
    wanted = waiting(factories.make_item(project, "yes_no"), "fr")
    waiting(factories.make_item(project, "yes_no"), "de")
    narrowed = replace(CLAIM, kinds=("yes_no",), languages=("fr",))
    assert [job.id for job in claimed(worker_door, narrowed)] == [wanted.pk]


def test_claim_leaves_the_jobs_of_another_project(
    project: Project, worker_door: Door
) -> None:
    elsewhere = factories.make_project(code="elsewhere")
    waiting(factories.make_item(elsewhere))
    assert claimed(worker_door) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"limit": 0}, "limit: expected 1 to 64, got 0"),
        ({"limit": True}, "limit: expected a whole number, got bool"),
        ({"protocol": 2}, "protocol: this side speaks 1, got 2"),
        ({"kinds": ["poem"]}, "kinds[0]: 'poem' is none of"),
        ({"colour": "red"}, "colour: no such field"),
    ],
)
def test_message_that_breaks_the_protocol_is_answered_with_its_field(
    worker_door: Door, change: dict[str, object], said: str
) -> None:
    response = worker_door.post("worker/claim", CLAIM.to_json() | change)
    assert response.status_code == 422
    assert protocol.Refusal.from_json(response.json()).detail.startswith(said)


def test_list_in_place_of_a_message_is_refused(worker_door: Door) -> None:
    response = worker_door.post("worker/claim", [1])
    assert response.status_code == 422
    assert response.json() == {"detail": "expected an object, got a list"}
