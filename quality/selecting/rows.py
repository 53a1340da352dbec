"""What a release ships, row by row, as the items that release writers take."""

from __future__ import annotations

import json
from typing import Any

from annotation.models import Image
from corpus.content import restore
from corpus.formats.licences import joined
from corpus.languages import ENGLISH
from corpus.record import ReleaseItem
from quality.counting import CURRENT

_decode = json.JSONDecoder().raw_decode

_COLUMNS = """
    ds.name || '@' || ds.revision, ds.revision, ds.licence, ds.attribution, i.key,
    i.group, i.kind, i.upstream, i.image_url, i.content_json, m.sha256
"""
#: Of some candidates and their decisions, in the order in which they are given.
ACCEPTED = f"""
SELECT {_COLUMNS}, c.language, d.content_json, c.origin, c.id, c.needed,
       coalesce(p.model, ''), coalesce(p.model_revision, ''),
       coalesce(p.template_id || '/' || p.template_version, ''),
       coalesce(p.template_hash, ''), a.source, a.licence, a.author,
       coalesce(v.accepts, 0), coalesce(v.edits, 0), coalesce(v.rejects, 0),
       c.revises_id
FROM unnest(%(candidates)s::bigint[], %(decisions)s::bigint[])
    WITH ORDINALITY s(candidate, decision, place)
JOIN annotation_candidate c ON c.id = s.candidate
JOIN annotation_item i ON i.id = c.item_id
JOIN annotation_dataset ds ON ds.id = i.dataset_id
JOIN quality_decision d ON d.id = s.decision
LEFT JOIN annotation_provenance p ON p.candidate_id = coalesce(c.first_id, c.id)
LEFT JOIN annotation_authorship a ON a.candidate_id = coalesce(c.first_id, c.id)
LEFT JOIN annotation_image m ON m.id = i.image_id
LEFT JOIN (
    SELECT j.candidate_id AS candidate,
           count(*) FILTER (WHERE j.verdict = 'accept') AS accepts,
           count(*) FILTER (WHERE j.verdict = 'accept_with_edits') AS edits,
           count(*) FILTER (WHERE j.verdict = 'reject') AS rejects
    FROM annotation_judgment j
    WHERE j.candidate_id = ANY(%(candidates)s::bigint[])
        AND j.slot_id IS NOT NULL AND {CURRENT}
    GROUP BY j.candidate_id
) v ON v.candidate = s.candidate
ORDER BY s.place
"""
#: Of some items, in the order in which they are given.
SOURCES = f"""
SELECT {_COLUMNS}
FROM unnest(%(items)s::bigint[]) WITH ORDINALITY s(item, place)
JOIN annotation_item i ON i.id = s.item
JOIN annotation_dataset ds ON ds.id = i.dataset_id
LEFT JOIN annotation_image m ON m.id = i.image_id
ORDER BY s.place
"""


def accepted_item(row: tuple[Any, ...]) -> ReleaseItem:
    """A row of ACCEPTED."""
    language, content, origin, candidate, needed = row[11:16]
    model, model_revision, template, template_hash = row[16:20]
    accepts, edits, rejects, revises = row[23:]
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
            "accepts": accepts,
            "edits": edits,
            "rejects": rejects,
            **written,
            **({"revises_candidate": revises} if revises else {}),
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
