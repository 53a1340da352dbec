"""The leases of the worker protocol."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from annotation import leasing
from annotation.errors import Conflict, Invalid, NotAllowed
from annotation.models import GenerationJob, Image
from annotation.visibility import Viewer
from tests.annotation.generation import claim, expire, job, make_job, request, worker
from tests.factories import (
    make_item,
    make_project,
    make_worker_token,
    viewer,
)
from worker.protocol import Failure, HeartbeatRequest

__all__ = ["job", "worker"]
State = GenerationJob.State


def test_claim_leases_with_a_rising_fence(job, worker):
    (message,) = claim(worker)
    assert (message.id, message.fence, message.language) == (job.pk, 1, "de")
    assert message.image_sha256 == job.item.image.sha256
    assert claim(worker) == ()
    expire(job)
    assert claim(worker)[0].fence == 2


def test_claim_passes_over_items_whose_image_is_not_here(project, worker):
    pending = Image.objects.create(url="http://x.invalid/a.jpg", state="pending")
    make_job(project, item=make_item(project, image=False))
    waiting = make_job(project)
    waiting.item.image = pending
    waiting.item.save()
    assert len(claim(worker)) == 1


def test_claim_keeps_to_the_kinds_and_languages_asked_for(project, worker):
    make_job(project, "caption")
    make_job(project, "yes_no", "fr")
    (message,) = claim(worker, kinds=("yes_no",), languages=("fr",))
    assert (message.kind, message.language) == ("yes_no", "fr")


def test_claim_is_for_worker_tokens_of_that_project(job, lena):
    with pytest.raises(NotAllowed):
        leasing.claim(by=viewer(lena), request=request())
    elsewhere = Viewer.of_token(make_worker_token(make_project("other"))[0])
    assert claim(elsewhere) == ()


def test_fail_gives_the_job_back_until_three_attempts_are_spent(job, worker):
    states = []
    for _ in range(3):
        (message,) = claim(worker)
        failure = Failure(message.fence, "bad_output", "no JSON", "raw")
        states.append(leasing.fail(by=worker, job_id=job.pk, failure=failure).state)
    assert states == ["ready", "ready", "set_aside"]
    job.refresh_from_db()
    assert job.last_error == "bad_output: no JSON"


@pytest.mark.parametrize("reason", ["overload", "engine_down", "released"])
def test_a_failure_that_is_not_the_jobs_fault_costs_no_attempt(job, worker, reason):
    for _ in range(5):
        (message,) = claim(worker)
        failure = Failure(message.fence, reason, "later")
        reply = leasing.fail(by=worker, job_id=job.pk, failure=failure)
        assert reply.state == "ready"


def test_bad_input_is_set_aside_at_once(job, worker):
    claim(worker)
    failure = Failure(1, "bad_input", "unreadable image")
    assert leasing.fail(by=worker, job_id=job.pk, failure=failure).state == "set_aside"


def test_a_stale_fence_fails_nobody_elses_work(job, worker):
    claim(worker)
    expire(job)
    claim(worker)
    with pytest.raises(Conflict, match="moved on"):
        leasing.fail(by=worker, job_id=job.pk, failure=Failure(1, "refused", "x"))


def test_heartbeat_extends_what_is_held_and_names_what_is_lost(job, worker):
    claim(worker)
    beat = HeartbeatRequest(jobs=((job.pk, 1), (job.pk + 99, 1)))
    reply = leasing.heartbeat(by=worker, request=beat)
    assert (reply.kept, reply.lost) == ((job.pk,), (job.pk + 99,))


def test_three_lost_leases_set_a_job_aside(job, worker):
    for _ in range(3):
        claim(worker)
        expire(job)
    leasing.reopen_expired()
    job.refresh_from_db()
    assert job.state == State.SET_ASIDE


def test_a_machine_fails_no_job_that_another_holds(project, job, worker):
    claim(worker)
    other = Viewer.of_token(make_worker_token(project)[0])
    with pytest.raises(Conflict, match="moved on"):
        leasing.fail(
            by=other, job_id=job.pk, failure=Failure(1, "bad_input", "mine now")
        )


def test_a_heartbeat_is_taken_whole_or_refused(job, worker):
    pairs = tuple((n, 1) for n in range(leasing.MAX_HEARTBEATS + 1))
    with pytest.raises(Invalid, match="in parts"):
        leasing.heartbeat(by=worker, request=HeartbeatRequest(jobs=pairs))


@pytest.mark.django_db(transaction=True)
def test_machines_that_claim_at_once_never_share_a_job():
    project = make_project()
    wanted = [make_job(project, item=make_item(project)).pk for _ in range(30)]
    tokens = [Viewer.of_token(make_worker_token(project)[0]) for _ in range(4)]
    start = threading.Barrier(len(tokens))

    def work(by):
        got = []
        try:
            start.wait()
            while found := claim(by, limit=2):
                got += [(message.id, message.fence) for message in found]
        finally:
            connections.close_all()
        return got

    with ThreadPoolExecutor(len(tokens)) as pool:
        claimed = [job for jobs in pool.map(work, tokens) for job in jobs]
    assert sorted(claimed) == [(pk, 1) for pk in sorted(wanted)]
