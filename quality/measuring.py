"""Stage 5, measuring: judgments to tables, tables to measurements.

`counting` folds the judgments in Postgres, so what travels here has a few dozen rows a
slice whatever the number of items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from annotation import jobs
from annotation.models import Criterion, Event, Job, Judgment, Project, Rubric
from quality import counting, machines
from quality.agreement import PatternTable, flags_of, measure
from quality.counting import Cell
from quality.models import Measurement
from quality.standing import stands

VERDICTS = Judgment.Verdict
By = Measurement.By
#: What makes a measurement worth a new row. The table alone does not tell: other people
#: may have given the same counts, and a coefficient may have got a new version.
FINDINGS = ("digest", "raters", "estimates", "flags")
#: Which slice a measurement is of.
IDENTITY = ("criterion_id", "language", "by", "value")
#: What narrows a slice of the project's own rubric.
NARROWER = (By.DATASET, By.KIND, By.GENERATOR)


@dataclass(frozen=True, slots=True)
class Slice:
    """What is measured together: one criterion, or the verdict, in one language.

    `by` narrows it to one data set, content kind or generator, the `value`; or else
    `rubric` is another version than the project's, and `value` its name.
    """

    project: Project
    language: str
    criterion: Criterion | None
    by: str = ""
    value: str = ""
    rubric: Rubric | None = None

    @property
    def name(self) -> str:
        return self.criterion.code if self.criterion else "verdict"

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
        wanted: dict[str, int | str | None] = {
            "criterion": self.criterion.pk if self.criterion else None,
            "language": self.language,
            "rubric": self.rubric_id,
        }
        if self.by in NARROWER:
            wanted[self.by] = self.value
        return list(counting.narrowed(cells, **wanted))

    @property
    def rubric_id(self) -> int:
        return self.rubric.pk if self.rubric else self.project.rubric_id


def run_measure(run: jobs.Run) -> None:
    """The work of a measure job: every slice of the project, and models beside people."""
    with transaction.atomic():
        looked_at, changed = renew(run.job, run.note)
        beside, renewed = machines.renew(run.job)
        run.finish(slices=looked_at + beside, changed=changed + renewed)


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
    kept = [row for row in rows if not stands(row, known.get(_identity(row)), FINDINGS)]
    Measurement.objects.bulk_create(kept)
    if kept:
        Event.record(Event.Kind.MEASURED, job, project=job.project, slices=len(kept))
    return len(rows), len(kept)


def slices_of(project: Project, cells: Sequence[Cell] = ()) -> Iterator[Slice]:
    """The verdict and every criterion in each target language, then what is narrower.

    Where all cells have the same data set (kind, generator, rubric) there is nothing
    narrower.
    """
    criteria = [None, *project.rubric.criteria.all()]
    wider = [
        Slice(project, language, criterion)
        for language in project.target_languages
        for criterion in criteria
    ]
    yield from wider
    yield from _by_rubric(project, cells)
    own = [cell for cell in cells if cell.place.rubric == project.rubric_id]
    for by in NARROWER:
        values = sorted({getattr(cell.place, by) for cell in own})
        for whole in wider if len(values) > 1 else ():
            for value in values:
                part = Slice(project, whole.language, whole.criterion, by, value)
                if part.within(cells):
                    yield part


def _by_rubric(project: Project, cells: Sequence[Cell]) -> Iterator[Slice]:
    """The slices of each rubric version that was judged by, if not the present alone."""
    used = {cell.place.rubric for cell in cells}
    if used <= {project.rubric_id}:
        return
    rubrics = Rubric.objects.filter(pk__in=used).order_by("name", "version")
    for rubric in rubrics.prefetch_related("criteria"):
        for language in project.target_languages:
            for criterion in (None, *rubric.criteria.all()):
                part = Slice(
                    project, language, criterion, By.RUBRIC, str(rubric), rubric
                )
                if part.within(cells):
                    yield part


def _measured(part: Slice, cells: Sequence[Cell], job: Job) -> Measurement:
    table = counting.table_of(cells, part.values, part.labels)
    raters = len(set[int]().union(*(cell.raters for cell in cells)))
    found = measurement_of(part, table, raters=raters)
    found.job = job
    return found


def measurement_of(part: Slice, table: PatternTable, *, raters: int) -> Measurement:
    """What there is to say of a table, not stored yet."""
    estimates = measure(table, part.scale)
    return Measurement(
        project=part.project,
        rubric_id=part.rubric_id,
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
    )


def _identity(row: Measurement) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in IDENTITY)


def _newest(project: Project, **narrower: str) -> list[Measurement]:
    """The newest measurement of every slice: of the project's rubric, and by rubric."""
    own = Q(rubric_id=project.rubric_id) | Q(by=By.RUBRIC)
    rows = Measurement.objects.filter(own, project=project, **narrower)
    rows = rows.order_by(*IDENTITY, "-id").distinct(*IDENTITY)
    return list(rows.select_related("criterion", "project", "rubric"))


def latest(project: Project, by: str = "") -> list[Measurement]:
    """The newest measurements of all slices that are narrowed alike, in order."""
    return in_order(project, _newest(project, by=by))


def in_order(project: Project, found: Iterable[Measurement]) -> list[Measurement]:
    """By criterion and its labels, then by language; without former languages.

    A criterion of an older rubric stands with its namesake of the present one.
    """
    order = {code: n for n, code in enumerate(project.target_languages)}
    places = {c.code: c.order for c in project.rubric.criteria.all()}

    def place(m: Measurement) -> tuple[Any, ...]:
        last = len(places) + 1
        first = places.get(m.criterion.code, last) if m.criterion else 0
        return first, m.slice_name, m.labels, order[m.language], m.value

    return sorted((m for m in found if m.language in order), key=place)
