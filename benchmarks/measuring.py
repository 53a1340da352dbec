"""Agreement of every slice of a project in Postgres, against the bare GROUP BY."""

from __future__ import annotations

import os
import shutil
from typing import Any, Final

from benchmarks._database import Clock, peak_mebibytes, prepare

RATINGS: Final = int(os.environ.get("CONCORD_BENCH_RATINGS", "300000"))
ROUNDS: Final = 3
#: Promised of 10,000,000 ratings: times the bare statements, and mebibytes.
BOUND, MOST_MEMORY = 1.5, 512

# What agreement is counted from, how often an item got which value: without filters,
# patterns and people. With the slices it names the columns a report is divided by.
_VERDICTS: Final = """
SELECT count(*) FROM (
    SELECT candidate_id, verdict, count(*) FROM annotation_judgment GROUP BY 1, 2
) v
"""
_ITEMS: Final = """
SELECT count(*) FROM (
    SELECT r.criterion_id, j.candidate_id, r.value, count(*)
    FROM annotation_rating r JOIN annotation_judgment j ON j.id = r.judgment_id
    GROUP BY 1, 2, 3
) v
"""
_SLICES: Final = """
SELECT count(*) FROM (
    SELECT r.criterion_id, j.candidate_id, c.language, i.dataset_id, i.kind, p.model,
           r.value, count(*)
    FROM annotation_rating r
    JOIN annotation_judgment j ON j.id = r.judgment_id
    JOIN annotation_candidate c ON c.id = j.candidate_id
    JOIN annotation_item i ON i.id = c.item_id
    LEFT JOIN annotation_provenance p ON p.candidate_id = c.id
    GROUP BY 1, 2, 3, 4, 5, 6, 7
) v
"""


def run() -> None:
    """Prints the seconds of each, the ratios and the memory, which have bounds."""
    folder = prepare()
    try:
        from benchmarks._measuring_fill import filled

        project = filled(RATINGS)
        rounds = [_round(project) for _ in range(ROUNDS)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    bare, sliced, counting, ours = (min(of) for of in zip(*rounds, strict=True))
    print(f"measuring: {_count(project):,} ratings, best of {ROUNDS}")
    print(f"  bare GROUP BY of item and value           {bare:8.2f} s")
    print(f"  bare GROUP BY, the columns of slices too  {sliced:8.2f} s")
    print(f"  ours, counting the patterns of all cells  {counting:8.2f} s")
    print(f"  ours, {_slices(project):3} slices measured and stored     {ours:8.2f} s")
    print(
        f"  ratio {ours / bare:.2f}, with the columns of slices {ours / sliced:.2f}; "
        f"{BOUND} wanted of 10,000,000 ratings"
    )
    print(f"  peak memory {peak_mebibytes():.0f} MiB, at most {MOST_MEMORY} wanted")


def _round(project: Any) -> tuple[float, float, float, float]:
    """Seconds of both bare ways, of our counting alone, and of the whole."""
    from annotation.models import Job
    from quality import counting, measuring

    bare, sliced = _bare(_ITEMS), _bare(_SLICES)
    with Clock() as cells:
        counting.cells_of(project)
    job = Job.objects.create(project=project, kind=Job.Kind.MEASURE)
    with Clock() as whole:
        measuring.renew(job)
    # Only one measure job of a project may wait.
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    return bare, sliced, cells.seconds, whole.seconds


def _bare(ratings: str) -> float:
    from django.db import connection, transaction

    from quality.counting import statements

    with transaction.atomic(), connection.cursor() as cursor, Clock() as clock:
        cursor.execute(statements.MEMORY)
        for statement in (ratings, _VERDICTS):
            cursor.execute(statement)
            cursor.fetchall()
    return clock.seconds


def _count(project: Any) -> int:
    from annotation.models import Judgment, Rating

    judgments = Judgment.objects.filter(candidate__project=project)
    return judgments.count() + Rating.objects.filter(judgment__in=judgments).count()


def _slices(project: Any) -> int:
    from quality.models import Measurement

    rows = Measurement.objects.filter(project=project)
    return rows.values("criterion", "language", "by", "value").distinct().count()
