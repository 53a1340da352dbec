"""The worker's leases on generation jobs: claimed, kept alive, failed, taken back.

The machine pulls. A lease is held in a row, never in a transaction, and carries a
fence: failing or extending needs the current one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from annotation.answering import Verdict, criteria_for
from annotation.errors import Conflict, Invalid, NotAllowed
from annotation.models import AccessToken, Defect, Event, GenerationJob, Image, User
from annotation.visibility import Viewer, one
from worker import protocol

State = GenerationJob.State
LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 3
MAX_HEARTBEATS = 1000
#: Failures that say nothing about the job: they cost it no attempt.
NOT_ITS_FAULT = ("overload", "engine_down", "released")


def token_of(by: Viewer) -> AccessToken:
    """The worker token behind a request; NotAllowed for anybody else."""
    if by.token is None or by.token.role != AccessToken.Scope.WORKER:
        raise NotAllowed("Only a worker token may do that.")
    return by.token


@transaction.atomic
def claim(*, by: Viewer, request: protocol.ClaimRequest) -> protocol.ClaimReply:
    """Lease up to `request.limit` jobs, oldest first: an item's languages together.

    Texts to write go before texts to judge, since people wait for them.
    """
    token = token_of(by)
    reopen_expired()
    ids = _taken(token, request, Q(candidate=None, task__in=request.tasks))
    if "judge" in request.tasks and request.judges and len(ids) < request.limit:
        to_judge = Q(candidate__isnull=False, judge__in=request.judges)
        ids += _taken(token, request, to_judge, request.limit - len(ids))
    GenerationJob.objects.filter(pk__in=ids).update(
        state=State.LEASED,
        fence=F("fence") + 1,
        attempts=F("attempts") + 1,
        leased_until=Now() + LEASE,
        leased_by=token,
        worker=request.worker,
    )
    leased = GenerationJob.objects.filter(pk__in=ids).order_by("id")
    leased = leased.select_related("item__dataset", "item__image", "candidate")
    leased = leased.prefetch_related("rubric__criteria")
    return protocol.ClaimReply(tuple(_message(job) for job in leased))


def _taken(
    token: AccessToken,
    request: protocol.ClaimRequest,
    wanted: Q,
    most: int | None = None,
) -> list[int]:
    """Ids of ready jobs of a sort, locked; whoever claims meanwhile passes over them."""
    ready = GenerationJob.objects.filter(
        wanted,
        Q(item__image=None) | Q(item__image__state=Image.State.STORED),
        project_id=token.project_id,
        state=State.READY,
    ).exclude(Exists(Defect.objects.holding().filter(item=OuterRef("item"))))
    if request.kinds:
        ready = ready.filter(item__kind__in=request.kinds)
    if request.languages:
        ready = ready.filter(language__in=request.languages)
    rows = ready.select_for_update(skip_locked=True, no_key=True, of=("self",))
    ids = rows.order_by("id").values_list("pk", flat=True)
    return list(ids[: request.limit if most is None else most])


def _message(job: GenerationJob) -> protocol.GenerationJob:
    item = job.item
    return protocol.GenerationJob.from_json(
        {
            "id": job.pk,
            "fence": job.fence,
            "lease_seconds": int(LEASE.total_seconds()),
            "task": job.task,
            "kind": item.kind,
            "language": job.language,
            "source": item.content_json,
            "item_key": item.key,
            "dataset": item.dataset.name,
            "image_sha256": (item.image.sha256 or "") if item.image else "",
            "template": "",
            **_to_judge(job),
        }
    )


def _to_judge(job: GenerationJob) -> dict[str, Any]:
    """What a job to judge says beside: the candidate, and what may be said of it."""
    if job.candidate is None or job.rubric is None:
        return {}
    criteria = [
        {
            "code": criterion.code,
            "question": criterion.question,
            "help": criterion.help,
            "scale": criterion.scale,
            "points": [
                {"value": p["value"], "label": p["label"], "help": p.get("help", "")}
                for p in criterion.points
            ],
            "required": criterion.required,
        }
        for criterion in criteria_for(job.rubric, job.item.kind)
    ]
    return {
        "candidate": job.candidate.content_json,
        "criteria": criteria,
        "verdicts": Verdict.values,
    }


@transaction.atomic
def heartbeat(
    *, by: Viewer, request: protocol.HeartbeatRequest
) -> protocol.HeartbeatReply:
    """Extend the leases still held under their fence; name the ones that are not."""
    token = token_of(by)
    if len(request.jobs) > MAX_HEARTBEATS:
        raise Invalid(
            f"At most {MAX_HEARTBEATS} jobs beat at once. Send them in parts."
        )
    fences = dict(request.jobs)
    mine = GenerationJob.objects.filter(
        pk__in=fences, state=State.LEASED, leased_by=token
    )
    rows = mine.select_for_update(no_key=True, of=("self",)).order_by("id")
    held = {pk for pk, fence in rows.values_list("pk", "fence") if fences[pk] == fence}
    GenerationJob.objects.filter(pk__in=held).update(leased_until=Now() + LEASE)
    kept = tuple(job_id for job_id in fences if job_id in held)
    lost = tuple(job_id for job_id in fences if job_id not in held)
    return protocol.HeartbeatReply(kept, lost)


def open_job(by: Viewer, job_id: int) -> GenerationJob:
    """The job, locked; hidden jobs and absent ones are NotFound alike."""
    one(GenerationJob, by, pk=job_id)
    rows = GenerationJob.objects.select_related(
        "item__dataset", "project", "candidate", "rubric"
    )
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=job_id)


@transaction.atomic
def fail(*, by: Viewer, job_id: int, failure: protocol.Failure) -> protocol.FailReply:
    """Give a job back with a reason; after MAX_ATTEMPTS it waits for a person.

    Raises Conflict if the lease has moved on, so that one machine cannot fail
    another's work.
    """
    token = token_of(by)
    job = open_job(by, job_id)
    held = job.state == State.LEASED and job.leased_by_id == token.pk
    if not held or job.fence != failure.fence:
        raise Conflict("The lease of this job has moved on.")
    if failure.reason_class in NOT_ITS_FAULT:
        job.attempts -= 1
    hopeless = failure.reason_class == "bad_input" or job.attempts >= MAX_ATTEMPTS
    job.state = State.SET_ASIDE if hopeless else State.READY
    job.leased_until = None
    job.last_error = f"{failure.reason_class}: {failure.message}"[:2000]
    job.save(update_fields=["state", "leased_until", "last_error", "attempts"])
    Event.record(
        Event.Kind.GENERATION_FAILED,
        job,
        project=job.project,
        token=token,
        reason=job.last_error,
        raw_output=failure.raw_output[:20_000],
    )
    return protocol.FailReply("set_aside" if hopeless else "ready")


@transaction.atomic
def reopen_expired(limit: int = 1000) -> int:
    """End leases whose time is up; a job lost MAX_ATTEMPTS times is set aside."""
    due = GenerationJob.objects.filter(state=State.LEASED, leased_until__lt=Now())
    rows = due.select_for_update(skip_locked=True, no_key=True)
    ids = list(rows.order_by("leased_until").values_list("pk", flat=True)[:limit])
    lost = GenerationJob.objects.filter(pk__in=ids)
    lost.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=State.SET_ASIDE,
        leased_until=None,
        last_error=f"{MAX_ATTEMPTS} leases ran out without an answer.",
    )
    lost.filter(state=State.LEASED).update(state=State.READY, leased_until=None)
    return len(ids)


@transaction.atomic
def reopen(*, jobs: QuerySet[GenerationJob], by: User) -> int:
    """Give those of `jobs` that were set aside three more attempts; how many."""
    aside = jobs.filter(state=State.SET_ASIDE).order_by("id")
    rows = list(aside.select_for_update(no_key=True, of=("self",)))
    ids = [job.pk for job in rows]
    GenerationJob.objects.filter(pk__in=ids).update(state=State.READY, attempts=0)
    for job in rows:
        Event.record(
            Event.Kind.GENERATION_REOPENED, job, project_id=job.project_id, user=by
        )
    return len(ids)
