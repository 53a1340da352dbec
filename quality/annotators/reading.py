"""The counted ratings of one slice, one row per annotator and item, as columns."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from annotation.models import Project
from quality.counting import COUNTS
from quality.measuring import Slice

#: So many ratings are looked at together. More are thinned by whole items: a column
#: of this length takes 8 MB, and the models hold a few dozen of them.
MOST_RATINGS: Final = 1_000_000
_CHUNK: Final = 20_000

_COUNTED = f"""
    FROM annotation_judgment j
    JOIN annotation_candidate c ON c.id = j.candidate_id
    {{join}}
    WHERE c.project_id = %(project)s AND j.rubric_id = %(rubric)s AND {COUNTS}
"""
_PRINTS = f"""
SELECT c.language, count(*), bit_xor(hashtextextended(j.id::text, 0))
{_COUNTED.format(join="")} GROUP BY c.language
"""
# The hash of an item's id picks every n-th item, and always the same ones.
_ROWS = """
SELECT j.candidate_id, j.annotator_id,
       array_position(%(values)s::text[], {value}) - 1,
       j.seconds, extract(epoch FROM j.created_at)::float8
{counted}
  AND c.language = %(language)s
  AND abs(hashint8(c.id)::bigint) %% %(every)s = 0
"""
_RATING = (
    "JOIN annotation_rating r ON r.judgment_id = j.id"
    " AND r.criterion_id = %(criterion)s"
)


@dataclass(frozen=True, eq=False)
class Columns:
    """R ratings: item, annotator, label index from 0, seconds, when (epoch)."""

    items: NDArray[np.int64]
    raters: NDArray[np.int64]
    labels: NDArray[np.int64]
    seconds: NDArray[np.float64]
    at: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Print:
    """What tells whether a language's judgments are still the same, and how many."""

    judgments: int
    text: str

    @property
    def every(self) -> int:
        """1, or n if only every n-th item can be looked at."""
        return max(1, ceil(self.judgments / MOST_RATINGS))


def prints_of(project: Project) -> dict[str, Print]:
    """The prints of all languages that have counted judgments."""
    with connection.cursor() as cursor:
        cursor.execute(_PRINTS, {"project": project.pk, "rubric": project.rubric_id})
        return {
            language: Print(judgments, f"{judgments}:{bits}")
            for language, judgments, bits in cursor.fetchall()
        }


def columns_of(part: Slice, every: int = 1) -> Columns:
    """The ratings of a slice, of every n-th of its items."""
    value = "j.verdict" if part.criterion is None else "r.value::text"
    join = "" if part.criterion is None else _RATING
    sql = _ROWS.format(value=value, counted=_COUNTED.format(join=join))
    wanted = {
        "project": part.project.pk,
        "rubric": part.rubric_id,
        "criterion": part.criterion.pk if part.criterion else None,
        "language": part.language,
        "values": part.values,
        "every": every,
    }
    chunks = [np.zeros((0, 5))]
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, wanted)
        while rows := cursor.fetchmany(_CHUNK):
            chunks.append(np.array(rows, np.float64))
    return _columns(np.concatenate(chunks))


def _columns(rows: NDArray[Any]) -> Columns:
    # A float64 holds every id up to 2^53.
    items, raters, labels = rows[:, :3].astype(np.int64).T
    return Columns(items, raters, labels, rows[:, 3], rows[:, 4])
