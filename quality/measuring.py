"""Stage 5, measuring: judgments to a table, the table to measurements.

The table is the histogram of per-item count patterns, folded by one GROUP BY in
Postgres, so what travels here has a few dozen rows whatever the number of items. Only
planned ratings of complete candidates count: no corrections' older versions, no
surplus, no controls, no rulings.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from django.db import connection, transaction
from django.db.models import Max

from annotation import jobs
from annotation.models import Criterion, Event, Job, Judgment, Project
from quality.agreement import PatternTable, flags_of, measure
from quality.models import Measurement

VERDICTS = Judgment.Verdict
#: What makes a measurement worth a new row.
FINDINGS = ("digest", "raters", "estimates", "flags")

# One row per judgment that counts: (candidate, annotator, value).
_COUNTED = """
    SELECT j.candidate_id, j.annotator_id, {value} AS value
    FROM annotation_judgment j
    JOIN annotation_candidate c ON c.id = j.candidate_id
    {join}
    WHERE c.project_id = %(project)s AND c.language = %(language)s
      AND c.complete_at IS NOT NULL AND j.slot_id IS NOT NULL
      AND j.rubric_id = %(rubric)s
      AND NOT EXISTS (SELECT 1 FROM annotation_judgment n WHERE n.replaces_id = j.id)
      AND NOT EXISTS (SELECT 1 FROM annotation_control k WHERE k.candidate_id = c.id)
"""
_OF_RATINGS = _COUNTED.format(
    value="r.value::text",
    join="JOIN annotation_rating r ON r.judgment_id = j.id "
    "AND r.criterion_id = %(criterion)s",
)
_OF_VERDICTS = _COUNTED.format(value="j.verdict", join="")

_PATTERNS = """
    WITH counted AS ({counted}), per_value AS (
        SELECT candidate_id, value, count(*) AS n FROM counted GROUP BY 1, 2
    ), per_item AS (
        SELECT jsonb_object_agg(value, n) AS pattern FROM per_value GROUP BY candidate_id
    )
    SELECT pattern, count(*), (SELECT count(DISTINCT annotator_id) FROM counted)
    FROM per_item GROUP BY pattern
"""


@dataclass(frozen=True, slots=True)
class Slice:
    """What is measured together: one criterion, or the verdict, in one language."""

    project: Project
    language: str
    criterion: Criterion | None

    @property
    def values(self) -> list[str]:
        if self.criterion is None:
            return list(VERDICTS.values)
        return [str(value) for value in self.criterion.values]

    @property
    def labels(self) -> list[str]:
        if self.criterion is None:
            return [str(label) for label in VERDICTS.labels]
        return self.criterion.labels

    @property
    def scale(self) -> str:
        return self.criterion.scale if self.criterion else Criterion.Scale.NOMINAL


def run_measure(run: jobs.Run) -> None:
    """The work of a measure job: every slice of the project."""
    with transaction.atomic():
        looked_at, changed = renew(run.job, run.note)
        run.finish(slices=looked_at, changed=changed)


@transaction.atomic
def renew(
    job: Job, note: Callable[[str, int], None] = lambda step, done: None
) -> tuple[int, int]:
    """Measure every slice of the job's project anew.

    Returns how many there are, and how many say something else than before.
    """
    rows = []
    for n, part in enumerate(slices_of(job.project)):
        note(part.language, n)
        rows.append(_measured(part, job))
    kept = [row for row in rows if not _stands(row)]
    Measurement.objects.bulk_create(kept)
    if kept:
        Event.record(Event.Kind.MEASURED, job, project=job.project, slices=len(kept))
    return len(rows), len(kept)


def slices_of(project: Project) -> Iterator[Slice]:
    """The verdict and every criterion, in each target language."""
    criteria = [None, *project.rubric.criteria.all()]
    for language in project.target_languages:
        for criterion in criteria:
            yield Slice(project, language, criterion)


def _patterns(part: Slice) -> list[tuple[str, int, int]]:
    """Pattern, items and, in every row, the raters: one statement, one moment."""
    counted = _OF_RATINGS if part.criterion else _OF_VERDICTS
    values: dict[str, int | str | None] = {
        "project": part.project.pk,
        "language": part.language,
        "rubric": part.project.rubric_id,
        "criterion": part.criterion.pk if part.criterion else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PATTERNS.format(counted=counted), values)
        return list(cursor.fetchall())


def table_of(part: Slice) -> PatternTable:
    """The histogram of count patterns of a slice, over its declared labels."""
    return _counted(part)[0]


def _counted(part: Slice) -> tuple[PatternTable, int]:
    """The table, and how many people's ratings are in it."""
    rows = _patterns(part)
    patterns: dict[tuple[int, ...], int] = {}
    for pattern, items, _ in rows:
        counts = json.loads(pattern)
        key = tuple(int(counts.get(value, 0)) for value in part.values)
        patterns[key] = patterns.get(key, 0) + items
    raters = rows[0][2] if rows else 0
    return PatternTable.from_histogram(patterns, part.labels), raters


def _measured(part: Slice, job: Job) -> Measurement:
    table, raters = _counted(part)
    estimates = measure(table, part.scale)
    return Measurement(
        project=part.project,
        rubric_id=part.project.rubric_id,
        criterion=part.criterion,
        language=part.language,
        scale=part.scale,
        labels=part.labels,
        label_counts=[int(n) for n in table.label_counts],
        items=table.n_items,
        pairable=table.n_pairable,
        ratings=table.n_ratings,
        raters=raters,
        estimates=[estimate.to_json() for estimate in estimates],
        flags=[asdict(flag) for flag in flags_of(table, estimates, raters=raters)],
        table=table.to_json(),
        digest=table.digest(),
        job=job,
    )


def _stands(row: Measurement) -> bool:
    """Whether the newest measurement of this slice says the very same.

    The table alone does not tell: other people may have given the same counts, and a
    coefficient may have got a new version.
    """
    newest = (
        Measurement.objects.filter(
            project=row.project,
            rubric_id=row.rubric_id,
            language=row.language,
            criterion=row.criterion,
        )
        .order_by("-id")
        .first()
    )
    if newest is None:
        return False
    return all(getattr(newest, name) == getattr(row, name) for name in FINDINGS)


def latest(project: Project) -> list[Measurement]:
    """The newest measurement of each slice under the project's rubric."""
    newest = (
        Measurement.objects.filter(project=project, rubric_id=project.rubric_id)
        .values("criterion", "language")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    rows = Measurement.objects.filter(pk__in=newest).select_related("criterion")
    order = {code: n for n, code in enumerate(project.target_languages)}
    return sorted(
        rows,
        key=lambda m: (m.criterion.order if m.criterion else 0, order[m.language]),
    )
