"""The items behind a number: those whose counted judgments say a certain thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, QuerySet, Subquery

from annotation.models import Candidate, Criterion, Judgment, Project, Rating
from quality.counting import A_PERSON
from quality.models import Measurement

By = Measurement.By


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which complete items: of one language and question, all fields beyond optional.

    `label` and `other` are stored values that two different people gave; `rater` and
    `second` (ids) say which two. `differ`: not all say the same. `by` and `value`
    narrow to a data set, content kind or generator.
    """

    language: str
    criterion: Criterion | None = None
    label: str = ""
    other: str = ""
    rater: int | None = None
    second: int | None = None
    differ: bool = False
    by: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What people said to the question of an item: verdicts, or ratings.

    `path` leads from a row of `rows` to its judgment, `value` is the answer's column.
    """

    rows: QuerySet[Any, Any]
    path: str
    value: str

    def given(self, label: str = "", person: int | None = None) -> QuerySet[Any, Any]:
        wanted: dict[str, Any] = {self.value: label} if label else {}
        if person is not None:
            wanted[f"{self.path}annotator"] = person
        return self.rows.filter(**wanted)

    def by_any_of(self, people: list[int]) -> QuerySet[Any, Any]:
        return self.rows.filter(**{f"{self.path}annotator__in": people})


def items(
    candidates: QuerySet[Candidate], project: Project, wanted: Wanted
) -> QuerySet[Candidate]:
    """Those of `candidates` that fit, in the order they were made.

    What counts is what `counting` counts: no controls, no edits, nothing incomplete.
    """
    found = candidates.exclude(origin=Candidate.Origin.EDITED).filter(
        project=project,
        language=wanted.language,
        complete_at__isnull=False,
        control=None,
        **_narrower(wanted),
    )
    answers = _answers(project, wanted)
    first = answers.given(wanted.label, wanted.rater)
    found = found.filter(Exists(first))
    if wanted.second is not None or wanted.other:
        second = answers.given(wanted.other, wanted.second)
        found = found.filter(Exists(second))
        if wanted.second is None and wanted.rater is None:
            found = _by_two(found, answers, wanted)
    if wanted.differ:
        found = _apart(found, answers, wanted)
    return found.order_by("pk")


def _narrower(wanted: Wanted) -> dict[str, Any]:
    if wanted.by == By.GENERATOR and wanted.value == A_PERSON:
        return {"provenance": None}
    paths = {
        By.DATASET: "item__dataset__name",
        By.KIND: "item__kind",
        By.GENERATOR: "provenance__model",
    }
    return {paths[By(wanted.by)]: wanted.value} if wanted.by in paths else {}


def _answers(project: Project, wanted: Wanted) -> Answers:
    model: type[Model] = Judgment if wanted.criterion is None else Rating
    path = "" if wanted.criterion is None else "judgment__"
    counted = {
        f"{path}candidate": OuterRef("pk"),
        f"{path}slot__isnull": False,
        f"{path}replaced_by": None,
        f"{path}rubric": project.rubric_id,
    }
    if wanted.criterion is not None:
        counted["criterion"] = wanted.criterion
    rows = model._default_manager.filter(**counted)
    return Answers(rows, path, "verdict" if wanted.criterion is None else "value")


def _by_two(
    candidates: QuerySet[Candidate], answers: Answers, wanted: Wanted
) -> QuerySet[Candidate]:
    """The same label twice takes two people."""
    if wanted.label != wanted.other:
        return candidates
    return _at_least_two(candidates, answers, answers.given(wanted.label), "pk")


def _apart(
    candidates: QuerySet[Candidate], answers: Answers, wanted: Wanted
) -> QuerySet[Candidate]:
    """Where not all say the same, each differs from somebody; two may be named."""
    if wanted.rater is not None and wanted.second is not None:
        rows = answers.by_any_of([wanted.rater, wanted.second])
    else:
        rows = answers.rows
    return _at_least_two(candidates, answers, rows, answers.value)


def _at_least_two(
    candidates: QuerySet[Candidate],
    answers: Answers,
    rows: QuerySet[Any, Any],
    what: str,
) -> QuerySet[Candidate]:
    """Items for which `rows` holds two different values of `what`."""
    of_item = rows.order_by().values(f"{answers.path}candidate")
    counted = of_item.annotate(n=Count(what, distinct=True)).values("n")
    return candidates.annotate(n=Subquery(counted)).filter(n__gte=2)
