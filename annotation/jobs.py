"""Long work: asked for in Postgres, run by Celery, woken through Redis.

A row is written in the transaction that needs the work and stays until the effect has
committed. `wake` only hurries things along; `sweep` finds whatever was missed. Handlers
register by kind, so this module knows none of them.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import (
    IntegrityError,
    transaction,
)
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import override

from annotation.attempts import MAX_ATTEMPTS, Fenced, Run, beating
from annotation.errors import ConcordError, Conflict
from annotation.models import Event, Job, Project, User
from corpus.languages import ENGLISH

__all__ = [
    "MAX_ATTEMPTS",
    "Fenced",
    "Run",
    "ask",
    "handles",
    "retry",
    "run",
    "see_through",
    "sweep",
    "take",
    "wake",
]

log = logging.getLogger(__name__)

MAX_OUTSTANDING = 20
SILENT_AFTER = timedelta(seconds=90)
RESEND_AFTER = timedelta(seconds=30)
#: One waiting row of these says it all: whatever comes meanwhile is seen by it.
WAITS_ONCE = (Job.Kind.DECIDE, Job.Kind.MEASURE, Job.Kind.RATERS)


Handler = Callable[[Run], None]
_HANDLERS: dict[str, Handler] = {}


def handles(kind: Job.Kind) -> Callable[[Handler], Handler]:
    """Register the function that does the work of jobs of `kind`."""

    def register(function: Handler) -> Handler:
        _HANDLERS[kind] = function
        return function

    return register


@transaction.atomic
def ask(
    kind: Job.Kind,
    *,
    project: Project | None = None,
    project_id: int | None = None,
    by: User | None = None,
    arguments: dict[str, Any] | None = None,
) -> Job:
    """Write the row for a piece of work. Nothing is sent; see `wake` and `sweep`."""
    project_id = project.pk if project else project_id
    assert project_id is not None, "a job belongs to a project"
    row = Job(
        project_id=project_id, kind=kind, created_by=by, arguments=arguments or {}
    )
    if kind in WAITS_ONCE:
        job = _waiting(row)
    else:
        row.save()
        job = row
    if by is not None:
        Event.record(
            Event.Kind.JOB_REQUESTED, job, project_id=project_id, user=by, job=kind
        )
    if settings.CELERY_TASK_ALWAYS_EAGER:
        wake(job)
    return job


def _waiting(row: Job) -> Job:
    """The one waiting job of its kind, made if there is none.

    Its lock is held until the caller commits, and `take` passes over locked rows: so
    whoever takes the job sees the caller's change.
    """
    waiting = Job.objects.filter(
        project_id=row.project_id, kind=row.kind, state=Job.State.QUEUED
    )
    while True:
        Job.objects.bulk_create([row], ignore_conflicts=True)
        job = waiting.select_for_update(no_key=True).first()
        if job is not None:
            return job


def wake(job: Job) -> None:
    """Have Celery start the job as soon as this transaction has committed.

    A broker that refuses or stays silent costs nothing but the sweeper's delay.
    """
    transaction.on_commit(partial(_send, job.pk))


def _send(job_id: int) -> None:
    from annotation.tasks import run_job

    Job.objects.filter(pk=job_id).update(sent_at=Now())
    try:
        run_job.apply_async((job_id,), retry=False)
    except Exception as error:  # the broker's own errors share no base class
        log.warning("job %s not sent (%s); the sweeper will", job_id, error)


def sweep() -> int:
    """Send every job that nobody seems to be doing; the number sent.

    At most MAX_OUTSTANDING are on their way at a time, or a slow hour would fill the
    broker with copies of the same work.
    """
    silent = Q(state=Job.State.RUNNING, heartbeat_at__lt=Now() - SILENT_AFTER)
    undone = Job.objects.filter(Q(state=Job.State.QUEUED) | silent)
    on_their_way = undone.filter(sent_at__gte=Now() - RESEND_AFTER).count()
    room = max(0, MAX_OUTSTANDING - on_their_way)
    unsent = Q(sent_at=None) | Q(sent_at__lt=Now() - RESEND_AFTER)
    due = undone.filter(unsent).order_by("id")
    ids = list(due.values_list("pk", flat=True)[:room])
    for job_id in ids:
        _send(job_id)
    return len(ids)


def take(job_id: int) -> Run | None:
    """Begin an attempt, unless another one is alive or the job has ended."""
    free = Q(state=Job.State.QUEUED) | Q(
        state=Job.State.RUNNING, heartbeat_at__lt=Now() - SILENT_AFTER
    )
    with transaction.atomic():
        job = (
            Job.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(free, pk=job_id)
            .first()
        )
        if job is None:
            return None
        Job.objects.filter(pk=job_id).update(
            state=Job.State.RUNNING,
            attempt=F("attempt") + 1,
            tries=F("tries") + 1,
            started_at=Now(),
            heartbeat_at=Now(),
        )
        job.refresh_from_db()
    return Run(job, job.attempt)


def run(
    job_id: int, report: Callable[[str, int, int | None], None] | None = None
) -> Job | None:
    """Do the job, if it is free. The job as it stands afterwards; None if it was not.

    A rule that says no ends the job with its sentence. Anything unforeseen puts it back
    until it has been tried MAX_ATTEMPTS times.
    """
    attempt = take(job_id)
    if attempt is None:
        return None
    attempt.report = report
    try:
        # What is kept is English, also where a request does the work itself.
        with override(ENGLISH):
            _work(attempt)
    except Fenced:
        log.warning("%s: attempt %s was fenced off", attempt.job, attempt.attempt)
    attempt.job.refresh_from_db()
    return attempt.job


def _work(attempt: Run) -> None:
    """The handler, and an ending for whatever it raises. May raise Fenced."""
    if attempt.job.tries > MAX_ATTEMPTS:
        attempt.fail(f"Tried {MAX_ATTEMPTS} times; each time the worker died.")
        return
    try:
        with beating(attempt):
            _HANDLERS[attempt.job.kind](attempt)
    except Fenced:
        raise
    except ConcordError as error:
        attempt.fail(str(error))
    except Exception as error:  # the loop's edge: set aside, log, go on
        log.exception("%s failed", attempt.job)
        attempt.again(f"{type(error).__name__}: {error}")


def see_through(
    job_id: int, report: Callable[[str, int, int | None], None] | None = None
) -> Job:
    """Do the job here, or wait for the worker that was quicker. The ended job."""
    while True:
        job = run(job_id, report) or Job.objects.get(pk=job_id)
        if job.state in (Job.State.DONE, Job.State.FAILED):
            return job
        time.sleep(0.5)


@transaction.atomic
def retry(*, job: Job, by: User) -> Job:
    """Give a failed job another three attempts."""
    if job.kind == Job.Kind.PART:
        raise Conflict(_("Try the release again; it asks for its parts itself."))
    failed = Job.objects.filter(pk=job.pk, state=Job.State.FAILED)
    try:
        with transaction.atomic():
            reset = failed.update(
                state=Job.State.QUEUED,
                tries=0,
                error="",
                finished_at=None,
                sent_at=None,
            )
    except IntegrityError:
        raise Conflict(_("The same work is waiting to be done already.")) from None
    if not reset:
        raise Conflict(_("Only a failed job can be tried again."))
    Event.record(Event.Kind.JOB_REQUESTED, job, project_id=job.project_id, user=by)
    job.refresh_from_db()
    wake(job)
    return job
