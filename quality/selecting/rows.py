"""What a release ships, row by row, as the items that release writers take."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any, BinaryIO

import psycopg
from django.db import connection

from annotation.models import Image
from corpus.content import restore
from corpus.formats.arms import ENGLISH
from corpus.record import ReleaseItem

ROWS_PER_FETCH = 2000
_number = count()

_COLUMNS = """
    s.dataset, ds.revision, ds.licence, ds.attribution, s.key, i.group, i.kind,
    i.upstream, i.image_url, i.content_json, m.sha256
"""
_WHERE = """
    (%(dataset)s::text IS NULL OR s.dataset = %(dataset)s)
    AND (%(kind)s::text IS NULL OR s.kind = %(kind)s)
"""
ACCEPTED = f"""
SELECT {_COLUMNS}, s.language, d.content_json, c.origin, s.candidate, c.needed,
       coalesce(p.model, ''), coalesce(p.model_revision, ''),
       coalesce(p.template_id || '/' || p.template_version, ''),
       coalesce(p.template_hash, ''), v.accepts, v.edits, v.rejects
FROM concord_shipped s
JOIN annotation_item i ON i.id = s.item
JOIN annotation_dataset ds ON ds.id = s.dataset_id
JOIN annotation_candidate c ON c.id = s.candidate
JOIN quality_decision d ON d.id = s.decision
LEFT JOIN annotation_provenance p ON p.candidate_id = s.candidate
LEFT JOIN annotation_image m ON m.id = i.image_id
LEFT JOIN (
    SELECT j.candidate_id,
           count(*) FILTER (WHERE j.verdict = 'accept') AS accepts,
           count(*) FILTER (WHERE j.verdict = 'accept_with_edits') AS edits,
           count(*) FILTER (WHERE j.verdict = 'reject') AS rejects
    FROM annotation_judgment j
    WHERE j.slot_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM annotation_judgment n WHERE n.replaces_id = j.id)
      AND j.candidate_id IN (
        SELECT candidate FROM concord_shipped WHERE language = %(language)s)
    GROUP BY j.candidate_id
) v ON v.candidate_id = s.candidate
WHERE s.language = %(language)s AND {_WHERE}
ORDER BY s.dataset, s.key
"""
#: The English of whatever is accepted in any language.
SOURCES = f"""
SELECT {_COLUMNS}
FROM concord_sources s
JOIN annotation_item i ON i.id = s.item
JOIN annotation_dataset ds ON ds.id = s.dataset_id
LEFT JOIN annotation_image m ON m.id = i.image_id
WHERE {_WHERE}
ORDER BY s.dataset, s.key
"""


def stream(sql: str, values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query through a server-side cursor, inside a transaction."""
    connection.ensure_connection()
    with connection.connection.cursor(f"concord_release_{next(_number)}") as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(ROWS_PER_FETCH):
            yield from rows


def copy_to(file: BinaryIO, sql: str, values: dict[str, Any]) -> None:
    """The rows of a query as CSV, without a Python object for any of them."""
    connection.ensure_connection()
    raw = connection.connection
    with raw.cursor() as cursor:
        statement = psycopg.ClientCursor(raw).mogrify(sql, values)
        with cursor.copy(f"COPY ({statement}) TO STDOUT WITH (FORMAT csv)") as rows:
            for block in rows:
                file.write(block)


def accepted_item(row: tuple[Any, ...]) -> ReleaseItem:
    content, origin, candidate, needed = row[12:16]
    model, model_revision, template, template_hash, *verdicts = row[16:]
    accepts, edits, rejects = (n or 0 for n in verdicts)
    return ReleaseItem(
        **_common(row),
        language=row[11],
        origin=origin,
        content=restore(row[6], json.loads(content)),
        source=restore(row[6], json.loads(row[9])),
        candidate_id=candidate,
        judgments=needed,
        provenance={
            "model": model,
            "model_revision": model_revision,
            "prompt_template": template,
            "prompt_hash": template_hash,
            "accepts": accepts,
            "edits": edits,
            "rejects": rejects,
        },
    )


def source_item(row: tuple[Any, ...]) -> ReleaseItem:
    content = restore(row[6], json.loads(row[9]))
    return ReleaseItem(
        **_common(row),
        language=ENGLISH,
        origin="source",
        content=content,
        source=content,
        candidate_id=0,
        judgments=0,
        provenance={},
    )


def _common(row: tuple[Any, ...]) -> dict[str, Any]:
    dataset, revision, licence, attribution, key, group = row[:6]
    upstream, image_url, sha256 = row[7], row[8], row[10]
    return {
        "dataset": dataset,
        "revision": revision,
        "licence": licence,
        "attribution": attribution,
        "key": key,
        "group": group,
        "upstream": json.loads(upstream),
        "image_url": image_url,
        "image_sha256": sha256 or "",
        "image_path": str(Image(sha256=sha256).original_path) if sha256 else "",
    }
