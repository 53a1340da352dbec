"""What models and people said of the same items, counted in Postgres.

People's answers count as everywhere (`counting.COUNTS`), under the project's present
rubric; a model's are those that it gave under it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max

from annotation.models import Judgment, Project
from quality.agreement import MachineTable
from quality.counting import COUNTS
from quality.counting.digits import Digits
from quality.counting.statements import MEMORY


@dataclass(frozen=True, slots=True, order=True)
class Machine:
    """A model as a rater: another revision or another template is another rater."""

    model: str
    model_revision: str
    template_id: str
    template_version: str
    template_hash: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where model and people meet. `criterion` is None for the verdict."""

    machine: Machine
    language: str
    criterion: int | None


Pattern = frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Met:
    """Items by the model's stored value and people's counts of values."""

    items: Counter[tuple[str, Pattern]] = field(default_factory=Counter)

    def table(self, values: list[str], labels: list[str]) -> MachineTable:
        """The histogram over `labels`, which the stored `values` stand for."""
        histogram: Counter[tuple[int, tuple[int, ...]]] = Counter()
        for (value, pattern), items in self.items.items():
            counts = dict(pattern)
            row = tuple(counts.get(v, 0) for v in values)
            histogram[values.index(value), row] += items
        return MachineTable.from_histogram(histogram, labels)


_MEETINGS: Final = """
WITH machine AS MATERIALIZED (
    SELECT m.id, m.candidate_id, m.verdict, c.language,
           dense_rank() OVER (ORDER BY m.model, m.model_revision, m.template_id,
                              m.template_version, m.template_hash)::int AS rater,
           m.model, m.model_revision, m.template_id, m.template_version,
           m.template_hash
    FROM annotation_machinejudgment m
    JOIN annotation_candidate c ON c.id = m.candidate_id
    WHERE c.project_id = %(project)s AND m.rubric_id = %(rubric)s
      AND c.complete_at IS NOT NULL
), counted AS MATERIALIZED (
    SELECT j.id, j.candidate_id, {verdict} AS digits
    FROM annotation_judgment j JOIN annotation_candidate c ON c.id = j.candidate_id
    WHERE c.id IN (SELECT candidate_id FROM machine)
      AND j.rubric_id = %(rubric)s AND {counts}
), met AS (
    SELECT m.rater, m.language, NULL::bigint AS criterion, m.verdict AS value, v.pattern
    FROM machine m
    JOIN (SELECT candidate_id, sum(digits) AS pattern FROM counted GROUP BY 1) v
        USING (candidate_id)
    UNION ALL
    SELECT m.rater, m.language, r.criterion_id, r.value::text, p.pattern
    FROM machine m
    JOIN annotation_machinerating r ON r.judgment_id = m.id
    JOIN (SELECT k.candidate_id, r.criterion_id, sum({ratings}) AS pattern
          FROM annotation_rating r JOIN counted k ON k.id = r.judgment_id
          GROUP BY 1, 2) p
        ON p.candidate_id = m.candidate_id AND p.criterion_id = r.criterion_id
)
SELECT s.model, s.model_revision, s.template_id, s.template_version, s.template_hash,
       t.language, t.criterion, t.value, t.pattern::numeric, count(*)
FROM met t
JOIN (SELECT DISTINCT rater, model, model_revision, template_id, template_version,
             template_hash FROM machine) s USING (rater)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
"""


@transaction.atomic
def meetings_of(project: Project) -> dict[Place, Met]:
    """All that models and people have both rated, of one moment."""
    if not _any(project):
        return {}
    criteria = list(project.rubric.criteria.all())
    verdict, *digits = Digits.of(
        [Judgment.Verdict.values, *([str(v) for v in c.values] for c in criteria)],
        most=project.candidates.aggregate(most=Max("needed", default=1))["most"],
    )
    read = dict(zip([c.pk for c in criteria], digits, strict=True))
    found: dict[Place, Met] = {}
    with connection.cursor() as cursor:
        cursor.execute(MEMORY)
        wanted = {"project": project.pk, "rubric": project.rubric_id}
        cursor.execute(_statement(verdict, read), wanted)
        for *of, language, criterion, value, pattern, items in cursor.fetchall():
            place = Place(Machine(*of), language, criterion)
            counts = read[criterion] if criterion else verdict
            met = found.setdefault(place, Met())
            met.items[value, counts.read(int(pattern))] += items
    return found


def _any(project: Project) -> bool:
    return project.candidates.filter(machine_judgments__isnull=False).exists()


def _statement(verdict: Digits, criteria: Mapping[int, Digits]) -> str:
    cases = " ".join(
        f"WHEN {pk} THEN {of.weights('r.value', '{}')}" for pk, of in criteria.items()
    )
    said: dict[str, Any] = {
        "verdict": verdict.weights("j.verdict", "'{}'"),
        "ratings": f"CASE r.criterion_id {cases} END" if cases else "0",
        "counts": COUNTS,
    }
    return _MEETINGS.format(**said)
