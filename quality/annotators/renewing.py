"""The job that works the annotators of every slice out anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from annotation import jobs
from annotation.models import Event, Job, Project
from quality import measuring
from quality.annotators import profiling, reading
from quality.annotators.profiling import FORMAT
from quality.annotators.reading import Print
from quality.measuring import Slice
from quality.models import Reliability

Note = Callable[[str, int, int], None]


def run_renew(run: jobs.Run) -> None:
    """The work of such a job: every slice of the project, each in a transaction."""
    looked_at, changed = renew(run.job, run.progress)
    with transaction.atomic():
        if changed:
            project = run.job.project
            Event.record(Event.Kind.MEASURED, run.job, project=project, slices=changed)
        run.finish(slices=looked_at, changed=changed)


def renew(job: Job, note: Note = lambda step, done, total: None) -> tuple[int, int]:
    """Work out every slice whose ratings are no longer those of the last time.

    Returns how many slices there are, and how many are worked out anew. A slice that
    nobody has rated, or whose ratings no longer count, has no row.
    """
    project = job.project
    prints = reading.prints_of(project)
    parts = list(measuring.slices_of(project))
    rated = [part for part in parts if part.language in prints]
    known = {_place(row): row for row in latest(project)}
    changed = 0
    for n, part in enumerate(rated):
        note(f"{part.language} {part.name}", n, len(rated))
        row = known.pop((part.name, part.language), None)
        changed += _renewed(part, prints[part.language], row, job)
    for row in known.values():
        row.delete()
    return len(rated), changed


def latest(project: Project) -> list[Reliability]:
    """What is known of the annotators under the project's rubric, slice by slice."""
    rows = Reliability.objects.filter(project=project, rubric_id=project.rubric_id)
    return list(rows.select_related("criterion", "project").order_by("id"))


def _place(row: Reliability) -> tuple[str, str]:
    return row.slice_name, row.language


@transaction.atomic
def _renewed(part: Slice, seen: Print, row: Reliability | None, job: Job) -> bool:
    """Whether the slice had to be worked out again."""
    fingerprint = f"{FORMAT}:{seen.text}"
    if row is not None and row.fingerprint == fingerprint:
        row.save(update_fields=["renewed_at"])
        return False
    columns = reading.columns_of(part, seen.every)
    where: dict[str, Any] = {
        "project": part.project,
        "rubric_id": part.rubric_id,
        "criterion": part.criterion,
        "language": part.language,
    }
    if not len(columns.items):
        Reliability.objects.filter(**where).delete()
        return False
    values: dict[str, Any] = {
        "fingerprint": fingerprint,
        "every": seen.every,
        "items": len(set(columns.items.tolist())),
        "ratings": len(columns.items),
        "raters": len(set(columns.raters.tolist())),
        "content": profiling.profile(columns, part),
        "job": job,
    }
    Reliability.objects.update_or_create(**where, defaults=values)
    return True
