"""Stage 5, measuring: judgments to tables, tables to measurements.

`counting` folds the judgments in Postgres, so what travels here has a few dozen rows a
slice whatever the number of items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from annotation import jobs
from annotation.models import Criterion, Event, Job, Judgment, Project
from quality import counting
from quality.agreement import flags_of, measure
from quality.counting import Cell
from quality.models import Measurement

VERDICTS = Judgment.Verdict
By = Measurement.By
#: What makes a measurement worth a new row.
FINDINGS = ("digest", "raters", "estimates", "flags")
#: Which slice a measurement is of.
IDENTITY = ("criterion_id", "language", "by", "value")


@dataclass(frozen=True, slots=True)
class Slice:
    """What is measured together: one criterion, or the verdict, in one language.

    `by` narrows it to one data set, content kind or generator, the `value`.
    """

    project: Project
    language: str
    criterion: Criterion | None
    by: str = ""
    value: str = ""

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

    def within(self, cells: Sequence[Cell]) -> list[Cell]:
        """Those of the cells that are in this slice."""
        criterion = self.criterion.pk if self.criterion else None
        narrower = {self.by: self.value} if self.by else {}
        return list(
            counting.narrowed(
                cells, criterion=criterion, language=self.language, **narrower
            )
        )


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
    cells = counting.cells_of(job.project)
    known = {_identity(row): row for row in _newest(job.project)}
    rows = []
    for n, part in enumerate(slices_of(job.project, cells)):
        note(f"{part.language} {part.value}".strip(), n)
        rows.append(_measured(part, part.within(cells), job))
    kept = [row for row in rows if not _stands(row, known.get(_identity(row)))]
    Measurement.objects.bulk_create(kept)
    if kept:
        Event.record(Event.Kind.MEASURED, job, project=job.project, slices=len(kept))
    return len(rows), len(kept)


def slices_of(project: Project, cells: Sequence[Cell] = ()) -> Iterator[Slice]:
    """The verdict and every criterion in each target language, then what is narrower.

    Where all cells have the same data set (kind, generator) there is nothing narrower.
    """
    criteria = [None, *project.rubric.criteria.all()]
    wider = [
        Slice(project, language, criterion)
        for language in project.target_languages
        for criterion in criteria
    ]
    yield from wider
    for by in By.values:
        values = sorted({getattr(cell.place, by) for cell in cells})
        for whole in wider if len(values) > 1 else ():
            for value in values:
                part = Slice(project, whole.language, whole.criterion, by, value)
                if part.within(cells):
                    yield part


def _measured(part: Slice, cells: Sequence[Cell], job: Job) -> Measurement:
    table = counting.table_of(cells, part.values, part.labels)
    raters = len(set[int]().union(*(cell.raters for cell in cells)))
    estimates = measure(table, part.scale)
    return Measurement(
        project=part.project,
        rubric_id=part.project.rubric_id,
        criterion=part.criterion,
        language=part.language,
        by=part.by,
        value=part.value,
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


def _identity(row: Measurement) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in IDENTITY)


def _stands(row: Measurement, newest: Measurement | None) -> bool:
    """Whether the newest measurement of this slice says the very same.

    The table alone does not tell: other people may have given the same counts, and a
    coefficient may have got a new version.
    """
    if newest is None:
        return False
    return all(
        _rounded(getattr(newest, name)) == _rounded(getattr(row, name))
        for name in FINDINGS
    )


def _rounded(finding: Any) -> Any:
    """Without the last bits, which differ between machines and orders of summing."""
    if isinstance(finding, float):
        return round(finding, 9)
    if isinstance(finding, dict):
        return {name: _rounded(cell) for name, cell in finding.items()}
    return [_rounded(f) for f in finding] if isinstance(finding, list) else finding


def _newest(project: Project) -> list[Measurement]:
    """The newest measurement of every slice under the project's rubric."""
    rows = Measurement.objects.filter(project=project, rubric_id=project.rubric_id)
    rows = rows.order_by(*IDENTITY, "-id").distinct(*IDENTITY)
    return list(rows.select_related("criterion"))


def latest(project: Project, by: str = "") -> list[Measurement]:
    """The newest measurements of all slices that are narrowed alike, in order."""
    order = {code: n for n, code in enumerate(project.target_languages)}
    return sorted(
        (m for m in _newest(project) if m.by == by and m.language in order),
        key=lambda m: (
            m.criterion.order if m.criterion else 0,
            order[m.language],
            m.value,
        ),
    )
