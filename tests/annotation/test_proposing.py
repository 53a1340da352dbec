"""What becomes of a worker's results."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotation import leasing, proposing
from annotation.errors import Conflict, Invalid, NotFound
from annotation.models import Candidate, Control, GenerationJob, Project, Provenance
from annotation.visibility import Viewer
from tests.annotation.generation import claim, expire, job, make_job, result, worker
from tests.factories import (
    CANDIDATES,
    CONTENTS,
    make_candidate,
    make_item,
    make_project,
    make_worker_token,
)

__all__ = ["job", "worker"]
State = GenerationJob.State


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
    leasing.reopen_expired()
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
    with pytest.raises(Invalid) as caught:
        proposing.accept(
            by=worker, job_id=job.pk, result=result(kind="multiple_choice")
        )
    assert [f.check for f in caught.value.findings] == ["added-field/1"]


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


def test_a_text_is_only_taken_for_a_language_of_the_project(worker, project):
    """Spanish under the name of German: only who works in Spanish can be told."""
    spanish = {"caption": "Un autobús rojo espera en la parada de la ciudad antigua."}
    named = []
    for languages in (["fr", "de"], ["fr", "de", "es"]):
        Project.objects.filter(pk=project.pk).update(target_languages=languages)
        job = make_job(project)
        claim(worker)
        made = result(content=spanish, idempotency_key=languages[-1])
        proposing.accept(by=worker, job_id=job.pk, result=made)
        found = Candidate.objects.latest("pk").findings
        named.append([f["message"] for f in found if f["check"] == "language/2"])
    assert not any("Spanish" in message for message in named[0])
    assert named[1] == ["This seems to be Spanish, not German."]


def test_labels_of_the_picture_come_from_the_item(project, worker):
    item = make_item(project, "multiple_choice", upstream={"labels": ["green"]})
    job = make_job(project, item=item)
    claim(worker)
    proposing.accept(by=worker, job_id=job.pk, result=result(kind="multiple_choice"))
    [finding] = Candidate.objects.get().findings
    assert (finding["check"], finding["field"]) == ("quoted/1", "option B")


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
