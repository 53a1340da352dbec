"""The server's side of the worker protocol."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection

from annotation import proposing
from annotation.errors import Conflict, Invalid, NotAllowed, NotFound
from annotation.models import Candidate, Control, GenerationJob, Image, Provenance
from annotation.visibility import Viewer
from tests.factories import (
    CANDIDATES,
    CONTENTS,
    make_candidate,
    make_item,
    make_project,
    make_worker_token,
    viewer,
)
from worker.protocol import (
    ClaimRequest,
    Failure,
    HeartbeatRequest,
    Result,
)
from worker.protocol import Provenance as Made

State = GenerationJob.State
MADE = Made(
    model="qwen3-vl",
    model_revision="abc",
    licence="Apache-2.0",
    engine="recorded",
    engine_version="1",
    template_id="translate",
    template_version="1",
    template_hash="0" * 64,
    rendered_prompt="Translate into German.",
    parameters={"temperature": 0.2},
    seed=7,
    prompt_tokens=10,
    completion_tokens=5,
    seconds=0.5,
    finish_reason="stop",
    raw_output="Ein roter Bus …",
)


def request(limit=8, **fields):
    return ClaimRequest(
        worker="gpu-1", engine="recorded", engine_version="1", limit=limit, **fields
    )


def result(fence=1, kind="caption", **fields):
    values = {
        "fence": fence,
        "content": CANDIDATES[kind],
        "provenance": MADE,
        "idempotency_key": "k" * 64,
    }
    return Result(**(values | fields))


@pytest.fixture
def worker(project):
    return Viewer.of_token(make_worker_token(project)[0])


@pytest.fixture
def job(project):
    return make_job(project)


def make_job(project, kind="caption", language="de", **fields):
    item = fields.pop("item", None) or make_item(project, kind)
    return GenerationJob.objects.create(
        project=project, item=item, language=language, task="translate", **fields
    )


def claim(worker, **fields):
    return proposing.claim(by=worker, request=request(**fields)).jobs


def expire(job):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotation_generationjob SET leased_until = now() - interval '1 s' "
            "WHERE id = %s",
            [job.pk],
        )


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
        proposing.claim(by=viewer(lena), request=request())
    elsewhere = Viewer.of_token(make_worker_token(make_project("other"))[0])
    assert claim(elsewhere) == ()


def test_accept_makes_a_candidate_with_provenance_and_slots(job, worker):
    claim(worker)
    reply = proposing.accept(by=worker, job_id=job.pk, result=result())
    assert reply.state == "accepted"
    candidate = Candidate.objects.get()
    assert candidate.content_json == CANDIDATES["caption"]
    assert candidate.slots.count() == job.project.overlap
    made = Provenance.objects.get()
    assert (made.model, made.worker, made.seed) == ("qwen3-vl", "gpu-1", 7)
    job.refresh_from_db()
    assert job.state == State.DONE


def test_the_same_result_twice_is_one_candidate(job, worker):
    claim(worker)
    proposing.accept(by=worker, job_id=job.pk, result=result())
    reply = proposing.accept(by=worker, job_id=job.pk, result=result())
    assert reply.state == "duplicate"
    assert Candidate.objects.count() == 1


def test_another_result_for_a_closed_job_is_a_conflict(job, worker):
    claim(worker)
    proposing.accept(by=worker, job_id=job.pk, result=result())
    with pytest.raises(Conflict, match="result already"):
        proposing.accept(
            by=worker, job_id=job.pk, result=result(idempotency_key="other")
        )


def test_a_late_result_is_welcome_while_the_job_is_open(job, worker):
    claim(worker)
    expire(job)
    proposing.reopen_expired()
    reply = proposing.accept(by=worker, job_id=job.pk, result=result())
    assert reply.state == "accepted"


def test_a_result_of_the_wrong_shape_is_refused(job, worker):
    claim(worker)
    with pytest.raises(Invalid, match="no such field"):
        proposing.accept(by=worker, job_id=job.pk, result=result(content={"text": "x"}))


def test_a_translation_adds_no_hint_that_the_source_lacks(project, worker):
    source = {k: v for k, v in CONTENTS["multiple_choice"].items() if k != "hint"}
    bare = make_item(project, "multiple_choice", content=source)
    job = make_job(project, item=bare)
    claim(worker)
    with pytest.raises(Invalid, match="the source has no hint"):
        proposing.accept(
            by=worker, job_id=job.pk, result=result(kind="multiple_choice")
        )


def test_accents_stored_apart_are_joined(job, worker):
    claim(worker)
    apart = {"caption": "Ein Bus ha\u0308lt an der Haltestelle in der Stadt."}
    proposing.accept(by=worker, job_id=job.pk, result=result(content=apart))
    assert "h\u00e4lt" in Candidate.objects.get().content_json["caption"]


def test_a_blocking_check_refuses_the_result_with_its_findings(project, worker):
    job = make_job(project, "multiple_choice")
    claim(worker)
    swapped = CANDIDATES["multiple_choice"] | {"key": "C"}
    with pytest.raises(Invalid) as caught:
        proposing.accept(by=worker, job_id=job.pk, result=result(content=swapped))
    assert caught.value.findings
    assert not Candidate.objects.exists()


def test_fail_gives_the_job_back_until_three_attempts_are_spent(job, worker):
    states = []
    for _ in range(3):
        (message,) = claim(worker)
        failure = Failure(message.fence, "bad_output", "no JSON", "raw")
        states.append(proposing.fail(by=worker, job_id=job.pk, failure=failure).state)
    assert states == ["ready", "ready", "set_aside"]
    job.refresh_from_db()
    assert job.last_error == "bad_output: no JSON"


@pytest.mark.parametrize("reason", ["overload", "engine_down", "released"])
def test_a_failure_that_is_not_the_jobs_fault_costs_no_attempt(job, worker, reason):
    for _ in range(5):
        (message,) = claim(worker)
        failure = Failure(message.fence, reason, "later")
        reply = proposing.fail(by=worker, job_id=job.pk, failure=failure)
        assert reply.state == "ready"


def test_bad_input_is_set_aside_at_once(job, worker):
    claim(worker)
    failure = Failure(1, "bad_input", "unreadable image")
    assert (
        proposing.fail(by=worker, job_id=job.pk, failure=failure).state == "set_aside"
    )


def test_a_stale_fence_fails_nobody_elses_work(job, worker):
    claim(worker)
    expire(job)
    claim(worker)
    with pytest.raises(Conflict, match="moved on"):
        proposing.fail(by=worker, job_id=job.pk, failure=Failure(1, "refused", "x"))


def test_heartbeat_extends_what_is_held_and_names_what_is_lost(job, worker):
    claim(worker)
    beat = HeartbeatRequest(jobs=((job.pk, 1), (job.pk + 99, 1)))
    reply = proposing.heartbeat(by=worker, request=beat)
    assert (reply.kept, reply.lost) == ((job.pk,), (job.pk + 99,))


def test_three_lost_leases_set_a_job_aside(job, worker):
    for _ in range(3):
        claim(worker)
        expire(job)
    proposing.reopen_expired()
    job.refresh_from_db()
    assert job.state == State.SET_ASIDE


def test_another_projects_job_is_not_found(job):
    stranger = Viewer.of_token(make_worker_token(make_project("other"))[0])
    with pytest.raises(NotFound):
        proposing.accept(by=stranger, job_id=job.pk, result=result())


def test_the_origin_follows_the_task(project, worker):
    job = make_job(project)
    GenerationJob.objects.filter(pk=job.pk).update(task="regenerate")
    claim(worker)
    proposing.accept(by=worker, job_id=job.pk, result=replace(result(), fence=1))
    assert Candidate.objects.get().origin == Candidate.Origin.REGENERATED


def test_mark_control_is_kept_once(project, lena):
    candidate = make_candidate(make_item(project))
    for _ in range(2):
        proposing.mark_control(
            candidate=candidate,
            design=Control.Design.SPOILED,
            expected_verdict="reject",
            reason="wrong colour",
            by=lena,
        )
    assert Control.objects.count() == 1


def test_mark_control_needs_a_verdict(project):
    candidate = make_candidate(make_item(project))
    with pytest.raises(Invalid):
        proposing.mark_control(
            candidate=candidate,
            design=Control.Design.GOLD,
            expected_verdict="fine",
            reason="",
        )


def test_a_machine_fails_no_job_that_another_holds(project, job, worker):
    claim(worker)
    other = Viewer.of_token(make_worker_token(project)[0])
    with pytest.raises(Conflict, match="moved on"):
        proposing.fail(
            by=other, job_id=job.pk, failure=Failure(1, "bad_input", "mine now")
        )


def test_a_heartbeat_is_taken_whole_or_refused(job, worker):
    pairs = tuple((n, 1) for n in range(proposing.MAX_HEARTBEATS + 1))
    with pytest.raises(Invalid, match="in parts"):
        proposing.heartbeat(by=worker, request=HeartbeatRequest(jobs=pairs))
