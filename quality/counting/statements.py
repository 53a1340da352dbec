"""What counts, and the statements that count it.

Rows stay narrow on the way: language, data set, kind and generator of a candidate are
one number, `place`, and what all people said of one candidate is one row, whatever
their number: the counts of the values are digits of one sum per criterion.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quality.counting.digits import Digits

#: Of a judgment j: no correction has replaced it.
# That `replaces_id` is not null follows from the next condition; said aloud, Postgres
# reads the few corrections instead of all judgments once more.
CURRENT: Final = """
    NOT EXISTS (SELECT 1 FROM annotation_judgment n
                WHERE n.replaces_id IS NOT NULL AND n.replaces_id = j.id)
"""
#: Of a judgment j and its candidate c: it is the present answer of one planned slot,
#: about a text as it was first written, and nobody knew the right answer beforehand.
COUNTS: Final = f"""
    c.complete_at IS NOT NULL AND c.origin <> 'edited' AND j.slot_id IS NOT NULL
      AND {CURRENT}
      AND NOT EXISTS (SELECT 1 FROM annotation_control k WHERE k.candidate_id = c.id)
"""
#: Sorts and hashes stay in memory, where the usual 4 MB would take the disk.
MEMORY: Final = "SET LOCAL work_mem = '64MB'"

#: The rubrics that anybody has judged by, one step in the index for each.
_USED = """
WITH RECURSIVE used AS (
    SELECT min(rubric_id) AS id FROM annotation_judgment
    UNION ALL
    SELECT (SELECT min(rubric_id) FROM annotation_judgment WHERE rubric_id > used.id)
    FROM used WHERE used.id IS NOT NULL
)
"""
#: Those of a project. Of its own it is not asked whether somebody has.
RUBRICS: Final = f"""
{_USED}
SELECT id FROM used WHERE id = %(rubric)s OR EXISTS (
    SELECT 1 FROM annotation_judgment j
    JOIN annotation_candidate c ON c.id = j.candidate_id
    WHERE j.rubric_id = used.id AND c.project_id = %(project)s
)
"""
_CELLS: Final = """
WITH shown AS MATERIALIZED (
    SELECT c.id, c.complete_at, c.origin, c.language, i.dataset_id, i.kind,
           coalesce(p.model, %(person)s) AS generator,
           dense_rank() OVER (
               ORDER BY c.language COLLATE "C", i.dataset_id, i.kind COLLATE "C",
                        coalesce(p.model, %(person)s) COLLATE "C")::int AS place
    FROM annotation_candidate c
    JOIN annotation_item i ON i.id = c.item_id
    LEFT JOIN annotation_provenance p ON p.candidate_id = c.id
    WHERE c.project_id = %(project)s AND c.complete_at IS NOT NULL
), counted AS MATERIALIZED (
    SELECT j.id, j.candidate_id, j.annotator_id, j.rubric_id AS rubric, c.place,
           {verdict} AS digits
    FROM annotation_judgment j JOIN shown c ON c.id = j.candidate_id
    WHERE {counts}
), rated AS (
    SELECT k.candidate_id, k.place, {sums}
    FROM annotation_rating r JOIN counted k ON k.id = r.judgment_id
    GROUP BY 1, 2
), told AS (
    SELECT place, rubric, NULL::bigint AS criterion, pattern, count(*) AS items,
           NULL::bigint[] AS raters
    FROM (SELECT candidate_id, place, rubric, sum(digits) AS pattern
          FROM counted GROUP BY 1, 2, 3) v
    GROUP BY 1, 2, 4
    UNION ALL
    SELECT place, v.rubric, v.criterion, v.pattern, count(*), NULL
    FROM rated, LATERAL (VALUES {columns}) v (rubric, criterion, pattern)
    WHERE v.pattern IS NOT NULL
    GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT place, rubric, NULL, NULL, NULL, array_agg(annotator_id)
    FROM (SELECT DISTINCT place, rubric, annotator_id FROM counted) v
    GROUP BY 1, 2
)
SELECT t.criterion, s.language, d.name, s.kind, s.generator, t.rubric,
       t.pattern::numeric, t.items, t.raters
FROM told t
JOIN (SELECT DISTINCT place, language, dataset_id, kind, generator FROM shown) s
    USING (place)
JOIN annotation_dataset d ON d.id = s.dataset_id
"""
#: Who rated, of criteria that some judgments of their cells leave out.
PEOPLE: Final = f"""
SELECT r.criterion_id, c.language, d.name, i.kind, coalesce(p.model, %(person)s),
       j.rubric_id, array_agg(DISTINCT j.annotator_id)
FROM annotation_rating r
JOIN annotation_judgment j ON j.id = r.judgment_id
JOIN annotation_candidate c ON c.id = j.candidate_id
JOIN annotation_item i ON i.id = c.item_id
JOIN annotation_dataset d ON d.id = i.dataset_id
LEFT JOIN annotation_provenance p ON p.candidate_id = c.id
WHERE r.criterion_id = ANY(%(criteria)s) AND c.project_id = %(project)s AND {COUNTS}
GROUP BY 1, 2, 3, 4, 5, 6
"""


def cells(
    verdict: Digits, criteria: Mapping[int, Digits], rubric: Mapping[int, int]
) -> str:
    """Rows of patterns, without raters, and rows of raters, without a pattern.

    `criteria` holds the digits and `rubric` the rubric of each criterion, by its id.
    """
    sums = [
        f"sum({of.weights('r.value', '{}')}) FILTER (WHERE r.criterion_id = {pk}) AS c{pk}"
        for pk, of in criteria.items()
    ]
    columns = [f"({rubric[pk]}, {pk}, c{pk})" for pk in criteria]
    return _CELLS.format(
        counts=COUNTS,
        verdict=verdict.weights("j.verdict", "'{}'"),
        sums=", ".join(sums) or "NULL",
        columns=", ".join(columns) or "(NULL::bigint, NULL::bigint, NULL::bigint)",
    )
