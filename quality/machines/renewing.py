"""The part of a measure job that sets models beside people. Nothing decides by it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from django.db import transaction

from annotation.models import Criterion, Event, Job, Judgment, Project
from quality.agreement import MachineTable, machine_agreement, machine_leaning
from quality.machines.reading import Machine, Met, Place, meetings_of
from quality.models import MachineAgreement
from quality.standing import stands

VERDICTS: Final = Judgment.Verdict
#: What makes one worth a new row.
FINDINGS: Final = ("digest", "comparisons", "leaning")
RATER: Final = tuple(Machine.__dataclass_fields__)
#: Which slice one is of.
IDENTITY: Final = (*RATER, "language", "criterion_id")


@transaction.atomic
def renew(job: Job) -> tuple[int, int]:
    """Measure every model of the job's project beside people anew.

    Returns how many slices there are, and how many say something else than before.
    """
    project = job.project
    met = meetings_of(project)
    known = {_place(row): row for row in latest(project)}
    criteria = {c.pk: c for c in project.rubric.criteria.all()}
    rows = []
    for place in [*met, *(place for place in known if place not in met)]:
        criterion = criteria[place.criterion] if place.criterion else None
        rows.append(_measured(project, place, criterion, met.get(place, Met()), job))
    kept = [row for row in rows if not stands(row, known.get(_place(row)), FINDINGS)]
    MachineAgreement.objects.bulk_create(kept)
    if kept:
        Event.record(Event.Kind.MEASURED, job, project=project, machines=len(kept))
    return len(rows), len(kept)


def latest(project: Project) -> list[MachineAgreement]:
    """The newest of each model, language and criterion, under the present rubric.

    By model, then as the rubric and the project order criteria and languages.
    """
    rows = MachineAgreement.objects.filter(project=project, rubric_id=project.rubric_id)
    rows = rows.order_by(*IDENTITY, "-id").distinct(*IDENTITY)
    order = {code: n for n, code in enumerate(project.target_languages)}
    found = [
        row
        for row in rows.select_related("criterion", "project")
        if row.language in order
    ]

    def place(row: MachineAgreement) -> tuple[Any, ...]:
        rank = row.criterion.order if row.criterion else 0
        return _place(row).machine, rank, order[row.language]

    return sorted(found, key=place)


def _place(row: MachineAgreement) -> Place:
    machine = Machine(*(getattr(row, name) for name in RATER))
    return Place(machine, row.language, row.criterion_id)


def _measured(
    project: Project, place: Place, criterion: Criterion | None, met: Met, job: Job
) -> MachineAgreement:
    values, labels = list(VERDICTS.values), [str(label) for label in VERDICTS.labels]
    scale = Criterion.Scale.NOMINAL.value
    if criterion is not None:
        values, labels = [str(v) for v in criterion.values], criterion.labels
        scale = criterion.scale
    table = met.table(values, labels)
    compared = machine_agreement(table, scale)
    return MachineAgreement(
        project=project,
        rubric_id=project.rubric_id,
        criterion=criterion,
        language=place.language,
        **asdict(place.machine),
        scale=scale,
        labels=labels,
        items=table.n_items,
        ratings=table.n_ratings,
        comparisons=[beside.to_json() for beside in compared],
        leaning=_leaning(table, scale, values),
        table=table.to_json(),
        digest=table.digest(),
        job=job,
    )


def _leaning(table: MachineTable, scale: str, values: list[str]) -> dict[str, Any]:
    """Where the points have an order; {} where they have none."""
    if scale != Criterion.Scale.ORDINAL:
        return {}
    return machine_leaning(table, tuple(float(value) for value in values)).to_json()
