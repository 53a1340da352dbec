"""Judgments counted: one statement gives the count patterns of every slice.

A cell is one criterion (or the verdict) in one language, data set, content kind, by
one generator and under one rubric version. Every wider slice is a sum of cells:
histograms of count patterns add.
Only planned ratings of complete candidates count: no corrections' older versions, no
surplus, no controls, no rulings.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection

from annotation.models import Project
from quality.agreement import PatternTable

#: Who wrote a text that no model wrote.
A_PERSON = "a person"

#: Of a judgment j and its candidate c: it is the present answer of one planned slot,
#: and nobody knew the right answer beforehand.
COUNTS = """
    c.complete_at IS NOT NULL AND j.slot_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM annotation_judgment n WHERE n.replaces_id = j.id)
      AND NOT EXISTS (SELECT 1 FROM annotation_control k WHERE k.candidate_id = c.id)
"""
_CELLS = f"""
WITH counted AS MATERIALIZED (
    SELECT j.id, j.candidate_id, j.annotator_id, j.verdict, j.rubric_id AS rubric,
           c.language, ds.name AS dataset, i.kind, coalesce(p.model, %(person)s) AS generator
    FROM annotation_judgment j
    JOIN annotation_candidate c ON c.id = j.candidate_id
    JOIN annotation_item i ON i.id = c.item_id
    JOIN annotation_dataset ds ON ds.id = i.dataset_id
    LEFT JOIN annotation_provenance p ON p.candidate_id = c.id
    WHERE c.project_id = %(project)s AND {COUNTS}
), said AS (
    SELECT 0 AS criterion, candidate_id, annotator_id, verdict AS value,
           language, dataset, kind, generator, rubric
    FROM counted
    UNION ALL
    SELECT r.criterion_id, k.candidate_id, k.annotator_id, r.value::text,
           k.language, k.dataset, k.kind, k.generator, k.rubric
    FROM counted k JOIN annotation_rating r ON r.judgment_id = k.id
), people AS (
    SELECT criterion, language, dataset, kind, generator, rubric,
           array_agg(DISTINCT annotator_id) AS raters
    FROM said GROUP BY 1, 2, 3, 4, 5, 6
), per_item AS (
    SELECT criterion, language, dataset, kind, generator, rubric,
           jsonb_object_agg(value, n) AS pattern
    FROM (SELECT criterion, candidate_id, language, dataset, kind, generator, rubric,
                 value, count(*) AS n
          FROM said GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) v
    GROUP BY criterion, candidate_id, language, dataset, kind, generator, rubric
)
SELECT criterion, language, dataset, kind, generator, rubric, pattern, count(*), raters
FROM per_item JOIN people USING (criterion, language, dataset, kind, generator, rubric)
GROUP BY criterion, language, dataset, kind, generator, rubric, pattern, raters
"""


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


def cells_of(project: Project) -> list[Cell]:
    """All cells of a project, whatever the rubric, of one moment."""
    values: dict[str, int | str] = {"project": project.pk, "person": A_PERSON}
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, values)
        found: dict[Place, Cell] = {}
        for criterion, *where, pattern, items, raters in cursor.fetchall():
            place = Place(criterion or None, *where)
            cell = found.setdefault(place, Cell(place))
            cell.patterns[frozenset(json.loads(pattern).items())] += items
            cell.raters.update(raters)
    return list(found.values())


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
