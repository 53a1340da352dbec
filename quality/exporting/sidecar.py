"""Beside the data: where each text came from, and what each person said of it.

People stand under pseudonyms that hold within their project. Their notes stay here:
a note may name anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from annotation.models import User
from corpus.languages import ENGLISH
from quality.counting import CURRENT
from quality.selecting import Selection
from quality.selecting.streams import copied, in_order

PROVENANCE = "provenance"
JUDGMENTS = "judgments"
LEFT_OUT = "left_out.parquet"

_WHENCE = pa.schema(
    [
        ("id", pa.string()),
        ("language", pa.string()),
        ("candidate_id", pa.int64()),
        ("image_sha256", pa.string()),
        ("text_sha256", pa.string()),
        ("origin", pa.string()),
        ("decision_id", pa.int64()),
        ("decided_by", pa.string()),
        ("model", pa.string()),
        ("model_revision", pa.string()),
        ("model_licence", pa.string()),
        ("engine", pa.string()),
        ("engine_version", pa.string()),
        ("prompt_template", pa.string()),
        ("prompt_template_sha256", pa.string()),
        ("rendered_prompt", pa.string()),
        ("parameters", pa.string()),
        ("seed", pa.int64()),
        ("prompt_tokens", pa.int64()),
        ("completion_tokens", pa.int64()),
        ("seconds", pa.float64()),
        ("finish_reason", pa.string()),
        ("text_source", pa.string()),
        ("text_licence", pa.string()),
        ("author", pa.string()),
        ("first_candidate_id", pa.int64()),
        ("edits", pa.string()),
    ]
)
_SAID = pa.schema(
    [
        ("id", pa.string()),
        ("language", pa.string()),
        ("candidate_id", pa.int64()),
        ("rater", pa.string()),
        ("verdict", pa.string()),
        ("ratings", pa.string()),
        ("edited", pa.string()),
        ("counted", pa.bool_()),
        ("seconds", pa.int64()),
        ("spans", pa.string()),
    ]
)
_REFUSED = pa.schema(
    [(name, pa.string()) for name in ("language", "dataset", "key", "reason")]
)
_REFUSED_ROWS = """
SELECT language, dataset, key, reason FROM concord_refused
ORDER BY language COLLATE "C", dataset, key
"""
#: Of an edited text, also of one that was edited twice: each edit, the first one first.
#: What made the text comes from the candidate that was written first.
_WHENCE_ROWS = """
SELECT s.row, c.language, c.id, m.sha256,
       encode(sha256(convert_to(d.content_json::text, 'UTF8')), 'hex'),
       c.origin, d.id, d.policy || ': ' || d.reason,
       p.model, p.model_revision, p.licence, p.engine, p.engine_version,
       p.template_id || '/' || p.template_version, p.template_hash, p.rendered_prompt,
       p.parameters::text, p.seed, p.prompt_tokens, p.completion_tokens, p.seconds,
       p.finish_reason, a.source, a.licence, a.author, c.first_id, x.edits::text
FROM unnest(%(candidates)s::bigint[], %(decisions)s::bigint[], %(rows)s::text[])
    WITH ORDINALITY s(candidate, decision, row, place)
JOIN annotation_candidate c ON c.id = s.candidate
JOIN quality_decision d ON d.id = s.decision
JOIN annotation_item i ON i.id = c.item_id
LEFT JOIN annotation_image m ON m.id = i.image_id
LEFT JOIN annotation_provenance p ON p.candidate_id = coalesce(c.first_id, c.id)
LEFT JOIN annotation_authorship a ON a.candidate_id = coalesce(c.first_id, c.id)
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
        'candidate_id', o.id, 'revises', o.revises_id, 'before', b.content_json,
        'at', to_char(o.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'editors', w.names, 'judgments', w.judgments) ORDER BY o.version) AS edits
    FROM annotation_candidate o
    JOIN annotation_candidate b ON b.id = o.revises_id
    CROSS JOIN LATERAL (
        SELECT jsonb_agg(u.name ORDER BY u.name) AS names,
               coalesce(jsonb_agg(e.judgment_id ORDER BY e.judgment_id)
                   FILTER (WHERE e.judgment_id IS NOT NULL), '[]') AS judgments
        FROM annotation_editor e
        JOIN unnest(%(people)s::bigint[], %(names)s::text[]) u(id, name)
            ON u.id = e.person_id
        WHERE e.candidate_id = o.id
    ) w
    WHERE c.first_id IS NOT NULL AND o.item_id = c.item_id
      AND o.language = c.language AND o.first_id = c.first_id
      AND o.version <= c.version
) x ON true
ORDER BY s.place
"""
#: The English sources: nobody proposed, judged or decided them.
_SOURCE_ROWS = """
SELECT s.row, 'en', NULL, m.sha256,
       encode(sha256(convert_to(i.content_json::text, 'UTF8')), 'hex'),
       'source', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM unnest(%(items)s::bigint[], %(rows)s::text[]) WITH ORDINALITY s(item, row, place)
JOIN annotation_item i ON i.id = s.item
LEFT JOIN annotation_image m ON m.id = i.image_id
ORDER BY s.place
"""
#: What was said of an edited text, and of those that it goes back to. Grouped once for
#: all, and not for each judgment by itself.
_SAID_ROWS = f"""
WITH given AS (
    SELECT * FROM unnest(%(candidates)s::bigint[], %(rows)s::text[])
        WITH ORDINALITY s(candidate, row, place)
), line AS (
    SELECT place, row, candidate FROM given
    UNION ALL
    SELECT s.place, s.row, o.id
    FROM given s
    JOIN annotation_candidate c ON c.id = s.candidate AND c.first_id IS NOT NULL
    JOIN annotation_candidate o ON o.item_id = c.item_id AND o.language = c.language
        AND o.version < c.version AND c.first_id IN (o.id, o.first_id)
), said AS MATERIALIZED (
    SELECT s.place, s.row, j.*
    FROM line s JOIN annotation_judgment j ON j.candidate_id = s.candidate
    WHERE {CURRENT}
), rated AS (
    SELECT j.id, jsonb_object_agg(k.code, r.value) AS given
    FROM said j
    JOIN annotation_rating r ON r.judgment_id = j.id
    JOIN annotation_criterion k ON k.id = r.criterion_id
    GROUP BY j.id
), marked AS (
    SELECT j.id, jsonb_agg(jsonb_build_object(
        'side', p.side, 'field', p.field, 'start', p.start, 'end', p."end",
        'words', p.words, 'category', p.category, 'severity', p.severity,
        'taxonomy', p.taxonomy, 'region', CASE WHEN p.x IS NOT NULL THEN
            jsonb_build_array(trim_scale(p.x), trim_scale(p.y), trim_scale(p.width),
                trim_scale(p.height)) END
    ) ORDER BY p.side, p.field COLLATE "C", p.start, p."end", p.category) AS marked
    FROM said j JOIN annotation_span p ON p.judgment_id = j.id
    GROUP BY j.id
)
SELECT j.row, %(language)s, j.candidate_id, u.name, j.verdict, r.given::text,
       j.edited_json::text, j.slot_id IS NOT NULL, j.seconds,
       coalesce(m.marked, '[]')::text
FROM said j
JOIN unnest(%(people)s::bigint[], %(names)s::text[]) u(id, name)
    ON u.id = j.annotator_id
LEFT JOIN rated r ON r.id = j.id
LEFT JOIN marked m ON m.id = j.id
ORDER BY j.place, j.candidate_id, u.name
"""


def write(selection: Selection, languages: Sequence[str], folder: Path) -> None:
    """One file of provenance for each language, and one of judgments but for English.

    A person is called the same in all releases of a project. Without the project's
    salt nobody can tell who it is, nor whether two projects know the same person.
    """
    people = list(User.objects.values_list("pk", flat=True))
    names = [selection.project.pseudonym(person) for person in people]
    for language in languages:
        whence, name = folder / PROVENANCE, f"{language}.parquet"
        if language == ENGLISH:
            _write(whence / name, _WHENCE, _SOURCE_ROWS, in_order(language))
            continue
        known = {"people": people, "names": names, "language": language}
        for file, schema, sql in (
            (whence / name, _WHENCE, _WHENCE_ROWS),
            (folder / JUDGMENTS / name, _SAID, _SAID_ROWS),
        ):
            _write(file, schema, sql, (ids | known for ids in in_order(language)))


def write_left_out(folder: Path) -> None:
    """What a release does not hold, each row with its reason."""
    _write(folder / LEFT_OUT, _REFUSED, _REFUSED_ROWS, [{}])


def _write(path: Path, schema: Any, sql: str, each: Iterable[dict[str, Any]]) -> None:
    """The rows of a query for each of these values as parquet.

    They pass as text that Arrow reads by itself.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        pq.ParquetWriter(path, schema, compression="zstd") as writer,
        copied(sql, each) as rows,
    ):
        if rows.peek(1):
            for batch in csv.open_csv(rows, *_options(schema)):
                writer.write_batch(batch)


def _options(schema: Any) -> tuple[Any, Any, Any]:
    """How Postgres writes CSV: a NULL is bare, an empty text is quoted."""
    return (
        # A row must fit, with a text as long as a request may be.
        csv.ReadOptions(column_names=schema.names, block_size=1 << 23),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(
            column_types=schema,
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            null_values=[""],
            true_values=["t"],
            false_values=["f"],
        ),
    )
