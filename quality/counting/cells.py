"""Judgments counted: one statement gives the count patterns of every slice.

A cell is one criterion (or the verdict) in one language, data set, content kind, by
one generator and under one rubric version. Every wider slice is a sum of cells:
histograms of count patterns add.
Only planned ratings of complete candidates count: no corrections' older versions, no
surplus, no controls, no rulings, and none of texts that people have edited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from annotation.models import Criterion, Judgment, Project
from quality.agreement import PatternTable
from quality.counting import statements
from quality.counting.digits import Digits

#: Who wrote a text that no model wrote.
A_PERSON = "a person"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell is. `criterion` is None for the verdict, `rubric` the row's id."""

    criterion: int | None
    language: str
    dataset: str
    kind: str
    generator: str
    rubric: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What people said there: items by their counts of each value, and who said it."""

    place: Place
    patterns: Counter[frozenset[tuple[str, int]]] = field(default_factory=Counter)
    raters: set[int] = field(default_factory=set)

    @property
    def ratings(self) -> int:
        """How many there are, of all items."""
        return sum(
            items * sum(count for _, count in pattern)
            for pattern, items in self.patterns.items()
        )


@transaction.atomic
def cells_of(project: Project) -> list[Cell]:
    """All cells of a project, whatever the rubric, of one moment."""
    with connection.cursor() as cursor:
        cursor.execute(statements.MEMORY)
    criteria = _criteria(project)
    verdict, *digits = Digits.of(
        [Judgment.Verdict.values, *([str(v) for v in c.values] for c in criteria)],
        most=project.candidates.aggregate(most=Max("needed", default=1))["most"],
    )
    read = dict(zip([c.pk for c in criteria], digits, strict=True))
    sql = statements.cells(verdict, read, {c.pk: c.rubric_id for c in criteria})
    found: dict[Place, Cell] = {}
    for criterion, *where, pattern, items, raters in _rows(sql, project):
        place = Place(criterion, *where)
        cell = found.setdefault(place, Cell(place))
        if raters is not None:
            cell.raters.update(raters)
            continue
        counts = read[criterion] if criterion else verdict
        cell.patterns[counts.read(int(pattern))] += items
    _name_raters(found, project)
    return list(found.values())


def _criteria(project: Project) -> list[Criterion]:
    """Of every rubric the project's people have judged by."""
    found = _rows(statements.RUBRICS, project, rubric=project.rubric_id)
    rubrics = [rubric for (rubric,) in found]
    return list(Criterion.objects.filter(rubric__in=rubrics).order_by("pk"))


def _name_raters(found: dict[Place, Cell], project: Project) -> None:
    """Who rated each criterion: everybody with a verdict, where nobody left it out."""
    optional = set()
    for place, cell in found.items():
        if place.criterion:
            around = found[replace(place, criterion=None)]
            if cell.ratings == around.ratings:
                cell.raters.update(around.raters)
            else:
                optional.add(place.criterion)
    if optional:
        rows = _rows(statements.PEOPLE, project, criteria=sorted(optional))
        for *where, raters in rows:
            found[Place(*where)].raters.update(raters)


def _rows(
    sql: str, project: Project, **values: int | list[int]
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"project": project.pk, "person": A_PERSON, **values})
        return list(cursor.fetchall())


def table_of(
    cells: Sequence[Cell], values: Sequence[str], labels: Sequence[str]
) -> PatternTable:
    """The cells added up. `values` are what is stored, `labels` what it means."""
    histogram: Counter[tuple[int, ...]] = Counter()
    for cell in cells:
        for pattern, items in cell.patterns.items():
            counts = dict(pattern)
            histogram[tuple(counts.get(value, 0) for value in values)] += items
    return PatternTable.from_histogram(histogram, labels)


def narrowed(cells: Sequence[Cell], **wanted: int | str | None) -> Iterator[Cell]:
    """The cells whose place has all these values."""
    for cell in cells:
        if all(getattr(cell.place, name) == value for name, value in wanted.items()):
            yield cell
