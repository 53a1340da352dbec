"""What a release ships, row by row, as the items that release writers take."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BufferedReader
from itertools import count
from typing import Any

import psycopg
from django.db import connection

from annotation.models import Image
from corpus.content import restore
from corpus.formats.arms import ENGLISH
from corpus.formats.licences import joined
from corpus.record import ReleaseItem

ROWS_PER_FETCH = 2000
_number = count()
_decode = json.JSONDecoder().raw_decode

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
       coalesce(p.template_hash, ''), a.source, a.licence, a.author,
       v.accepts, v.edits, v.rejects
FROM concord_shipped s
JOIN annotation_item i ON i.id = s.item
JOIN annotation_dataset ds ON ds.id = s.dataset_id
JOIN annotation_candidate c ON c.id = s.candidate
JOIN quality_decision d ON d.id = s.decision
LEFT JOIN annotation_provenance p ON p.candidate_id = s.candidate
LEFT JOIN annotation_authorship a ON a.candidate_id = s.candidate
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
    """The rows of a query through a server-side cursor, inside a transaction.

    The next rows are on their way while these are worked on.
    """
    connection.ensure_connection()
    name = f"concord_release_{next(_number)}"
    with (
        connection.connection.cursor(name) as cursor,
        ThreadPoolExecutor(1) as ahead,
    ):
        cursor.execute(sql, values)
        coming = ahead.submit(cursor.fetchmany, ROWS_PER_FETCH)
        while rows := coming.result():
            coming = ahead.submit(cursor.fetchmany, ROWS_PER_FETCH)
            yield from rows


@contextmanager
def copied(sql: str, values: dict[str, Any]) -> Iterator[BufferedReader]:
    """The rows of a query as CSV, to be read while the server still sends them.

    No Python object stands for any of them.
    """
    connection.ensure_connection()
    read_end, write_end = os.pipe()
    with open(read_end, "rb") as file, ThreadPoolExecutor(1) as background:
        sending = background.submit(
            _send, write_end, connection.connection, sql, values
        )
        try:
            yield file
        except BaseException:
            file.close()
            _raise_first(sending.exception())
            raise
        sending.result()


def _send(write_end: int, raw: Any, sql: str, values: dict[str, Any]) -> None:
    with open(write_end, "wb", buffering=1 << 20) as file, raw.cursor() as cursor:
        statement = psycopg.ClientCursor(raw).mogrify(sql, values)
        with cursor.copy(f"COPY ({statement}) TO STDOUT WITH (FORMAT csv)") as rows:
            for block in rows:
                file.write(block)


def _raise_first(fault: BaseException | None) -> None:
    """What broke the sender broke the reader; a reader that left broke the pipe."""
    if fault is not None and not isinstance(fault, BrokenPipeError):
        raise fault


def accepted_item(row: tuple[Any, ...]) -> ReleaseItem:
    """A row of ACCEPTED."""
    language, content, origin, candidate, needed = row[11:16]
    model, model_revision, template, template_hash = row[16:20]
    accepts, edits, rejects = row[23:]
    licence, written = _written(row[2], *row[20:23])
    return _item(
        row,
        licence=licence,
        language=language,
        origin=origin,
        content=content,
        candidate=candidate,
        judgments=needed,
        provenance={
            "model": model,
            "model_revision": model_revision,
            "prompt_template": template,
            "prompt_hash": template_hash,
            "accepts": accepts or 0,
            "edits": edits or 0,
            "rejects": rejects or 0,
            **written,
        },
    )


def _written(
    row_licence: str, source: str | None, licence: str | None, author: str | None
) -> tuple[str, dict[str, str]]:
    """The row's licence with that of a person's text, and where that text is from."""
    if source is None or licence is None:
        return row_licence, {}
    whence = {"source": source, "text_licence": licence, "author": author or ""}
    return joined([row_licence, licence]), whence


def source_item(row: tuple[Any, ...]) -> ReleaseItem:
    """A row of SOURCES."""
    return _item(
        row,
        licence=row[2],
        language=ENGLISH,
        origin="source",
        content=row[9],
        candidate=0,
        judgments=0,
        provenance={},
    )


def _item(
    row: tuple[Any, ...],
    *,
    licence: str,
    language: str,
    origin: str,
    content: str,
    candidate: int,
    judgments: int,
    provenance: dict[str, Any],
) -> ReleaseItem:
    """Given by position, which a million rows notice."""
    dataset, revision, _, attribution, key, group, kind = row[:7]
    upstream, image_url, source, sha256 = row[7:11]
    return ReleaseItem(
        dataset,
        revision,
        licence,
        attribution,
        key,
        group,
        language,
        origin,
        restore(kind, _read(content)),
        restore(kind, _read(source)),
        _read(upstream),
        sha256 or "",
        image_url,
        Image(sha256=sha256).original_path if sha256 else "",
        candidate,
        judgments,
        provenance,
    )


def _read(text: str) -> Any:
    """Postgres writes JSON without white space around it."""
    return _decode(text)[0]
