"""Celery's door: each task takes an id and calls one function."""

from celery import shared_task

from annotation import assigning, fetching, importing, jobs, leasing, native
from annotation.models import Job

jobs.handles(Job.Kind.IMPORT)(importing.run_import)
jobs.handles(Job.Kind.NATIVE)(native.run_native)
jobs.handles(Job.Kind.FETCH)(fetching.run_fetch)


@shared_task
def run_job(job_id: int) -> None:
    jobs.run(job_id)


@shared_task(expires=10)
def sweep_jobs() -> None:
    jobs.sweep()


@shared_task(expires=60)
def reopen_expired() -> None:
    assigning.reopen_expired()
    leasing.reopen_expired()
    fetching.ask_due()
