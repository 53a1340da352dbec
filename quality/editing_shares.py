"""How often people replace a writer's texts by edited ones, and how much they change."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from annotation.models import Project
from quality.counting import A_PERSON

_SHARES = """
SELECT c.language, coalesce(p.model, %(person)s) AS generator, count(*), count(e.id),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY e.changed)
FROM quality_decision d
JOIN annotation_candidate c ON c.id = d.candidate_id
LEFT JOIN annotation_provenance p ON p.candidate_id = c.id
LEFT JOIN annotation_candidate e ON e.revises_id = c.id
WHERE c.project_id = %(project)s AND c.origin <> 'edited'
  AND NOT EXISTS (SELECT 1 FROM quality_decision n WHERE n.replaces_id = d.id)
  AND NOT EXISTS (SELECT 1 FROM annotation_control k WHERE k.candidate_id = c.id)
GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class EditingShare:
    """Of one writer in one language: decided texts, and those replaced by an edit.

    `median` is that of the shares of characters that the edits changed, 0 to 1.
    """

    language: str
    generator: str
    decided: int
    replaced: int
    median: float | None

    @property
    def share_percent(self) -> float:
        return 100 * self.replaced / self.decided

    @property
    def median_percent(self) -> float | None:
        return None if self.median is None else 100 * self.median


def editing_shares(project: Project) -> list[EditingShare]:
    """By language and writer; controls left out. Nothing if nobody has edited."""
    with connection.cursor() as cursor:
        cursor.execute(_SHARES, {"project": project.pk, "person": A_PERSON})
        found = [EditingShare(*row) for row in cursor.fetchall()]
    return found if any(row.replaced for row in found) else []
