"""A release of text rows, whole and hashed, against a bare cursor written to parquet."""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final

from benchmarks._database import Clock, peak_mebibytes, prepare, unchecked, worker

ROWS: Final = int(os.environ.get("CONCORD_BENCH_ROWS", "200000"))
#: Whether a Celery worker takes part, as it does in a deployment.
BESIDE: Final = os.environ.get("CONCORD_BENCH_ALONE", "") != "1"
BOUND: Final = 0.5
MOST_MEMORY: Final = 512
GROUP: Final = 5000

# One accepted German caption per item, judged by three people.
_FILL = """
INSERT INTO annotation_item (id, dataset_id, key, kind, content_json, digest, image_url,
    "group", upstream, created_at)
SELECT n, %(dataset)s, n::text, 'caption',
    jsonb_build_object('caption', repeat('A red bus waits at stop ' || n || '. ', 12)),
    md5(n::text) || md5(n::text), 'https://pictures.example/' || n || '.jpg', '',
    jsonb_build_object('transcripts', jsonb_build_array('so there is a bus ' || n)),
    now()
FROM generate_series(1, %(rows)s) n;
INSERT INTO annotation_candidate (id, project_id, item_id, language, origin, version,
    content_json, digest, findings, needed, complete_at, needs_decision, created_at)
SELECT n, %(project)s, n, 'de', 'regenerated', 1,
    jsonb_build_object('caption',
        repeat('Ein roter Bus wartet an Halt ' || n || '. ', 12)),
    md5(n::text) || md5(n::text), '[]', 3, now(), false, now()
FROM generate_series(1, %(rows)s) n;
INSERT INTO annotation_generationjob (id, project_id, item_id, language, task, version,
    state, attempts, fence, worker, last_error, judge, created_at)
SELECT n, %(project)s, n, 'de', 'regenerate', 1, 'done', 1, 1, 'bench', '', '',
    now()
FROM generate_series(1, %(rows)s) n;
INSERT INTO annotation_provenance (candidate_id, generation_job_id, model,
    model_revision, licence, engine, engine_version, template_id, template_version,
    template_hash, rendered_prompt, parameters, prompt_tokens, completion_tokens,
    seconds, finish_reason, raw_output, idempotency_key, worker, created_at)
SELECT n, n, 'model-7b', 'abc', 'Apache-2.0', 'vllm', '1', 'caption', '1',
    repeat('0', 64), 'Describe picture ' || n, '{}', 900, 120, 1.5, 'stop', 'text',
    md5(n::text), 'bench', now()
FROM generate_series(1, %(rows)s) n;
INSERT INTO quality_decision (id, candidate_id, policy, outcome, reason, content_json,
    evidence, checks, created_at)
SELECT c.id, c.id, 'majority/2', 'accepted', '3 of 3 accept it as it is',
    c.content_json, repeat('0', 64), %(checks)s, now()
FROM annotation_candidate c;
INSERT INTO annotation_slot (id, project_id, candidate_id, language, number, state,
    position)
SELECT 3 * (n - 1) + k, %(project)s, n, 'de', k, 'filled', 3 * (n - 1) + k
FROM generate_series(1, %(rows)s) n, generate_series(1, 3) k;
INSERT INTO annotation_assignment (id, slot_id, candidate_id, annotator_id, leased_at,
    leased_until, ended_at, ending, skip_reason)
SELECT md5('a' || s.id)::uuid, s.id, s.candidate_id, (%(people)s::bigint[])[s.number],
    now(), now() + interval '1 hour', now(), 'submitted', ''
FROM annotation_slot s;
INSERT INTO annotation_judgment (id, body_digest, assignment_id, slot_id, candidate_id,
    annotator_id, rubric_id, verdict, note, seconds, created_at)
SELECT md5('j' || a.slot_id)::uuid, '', a.id, a.slot_id, a.candidate_id,
    a.annotator_id, %(rubric)s, 'accept', '', 20, now()
FROM annotation_assignment a;
"""
_BARE = {
    "texts": """
SELECT i.image_url, c.content_json->>'caption',
    ARRAY(SELECT jsonb_array_elements_text(i.upstream->'transcripts')),
    ds.name || '/' || i.key, ds.name, ds.revision, i.key, c.language, i.kind, '',
    c.origin, p.model, p.model_revision, p.template_id || '/' || p.template_version,
    p.template_hash, '{}', c.id, c.needed, v.accepts, v.edits, v.rejects, ds.licence,
    '{}'
FROM annotation_candidate c
JOIN annotation_item i ON i.id = c.item_id
JOIN annotation_dataset ds ON ds.id = i.dataset_id
JOIN annotation_provenance p ON p.candidate_id = c.id
JOIN quality_decision d ON d.candidate_id = c.id
JOIN (SELECT candidate_id, count(*) FILTER (WHERE verdict = 'accept') AS accepts,
        count(*) FILTER (WHERE verdict = 'accept_with_edits') AS edits,
        count(*) FILTER (WHERE verdict = 'reject') AS rejects
      FROM annotation_judgment GROUP BY candidate_id) v ON v.candidate_id = c.id
""",
    "provenance": """
SELECT ds.name || '/' || i.key, c.language, c.id, c.digest, c.origin, d.id,
    d.policy || ': ' || d.reason, p.model, p.model_revision, p.licence, p.engine,
    p.engine_version, p.template_id || '/' || p.template_version, p.template_hash,
    p.rendered_prompt, p.parameters::text, p.seed, p.prompt_tokens,
    p.completion_tokens, p.seconds, p.finish_reason
FROM annotation_candidate c
JOIN annotation_item i ON i.id = c.item_id
JOIN annotation_dataset ds ON ds.id = i.dataset_id
JOIN annotation_provenance p ON p.candidate_id = c.id
JOIN quality_decision d ON d.candidate_id = c.id
""",
    "judgments": """
SELECT ds.name || '/' || i.key, c.language, c.id, 'rater-' || j.annotator_id,
    j.verdict, NULL, NULL, j.slot_id IS NOT NULL, j.seconds
FROM annotation_judgment j
JOIN annotation_candidate c ON c.id = j.candidate_id
JOIN annotation_item i ON i.id = c.item_id
JOIN annotation_dataset ds ON ds.id = i.dataset_id
""",
}


def run() -> None:
    """Prints rows a second of both, the ratio and the memory, which have bounds."""
    folder = prepare()
    try:
        project = _filled()
        bare = {name: _write_bare(folder / f"{name}.parquet", name) for name in _BARE}
        with worker() if BESIDE else nullcontext(), Clock() as ours:
            release = _release(project)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    all_tables, memory = sum(bare.values()), peak_mebibytes()
    print(
        f"releasing: {ROWS:,} captions with {3 * ROWS:,} judgments, "
        f"{release.items:,} rows in the release, {1 + BESIDE} processes"
    )
    print(f"  whole release, hashes and packing too   {ROWS / ours.seconds:10,.0f}/s")
    print(f"  bare cursors, the same three tables     {ROWS / all_tables:10,.0f}/s")
    print(f"  bare cursor, the table of texts alone   {ROWS / bare['texts']:10,.0f}/s")
    print(f"  ratio to the same tables {all_tables / ours.seconds:.2f}, {BOUND} wanted")
    print(f"  ratio to the texts alone {bare['texts'] / ours.seconds:.2f}")
    print(f"  peak memory {memory:.0f} MiB, at most {MOST_MEMORY} wanted")


def _filled() -> Any:
    from django.db import connection

    from annotation import enrolling
    from annotation.models import Dataset, User
    from corpus.checks import VERSION

    project = enrolling.create_project(code="bench", name="Bench", languages=["de"])
    people = [User.objects.create(username=f"p{n}").pk for n in range(3)]
    dataset = Dataset.objects.create(
        project=project,
        source="pixmo-cap",
        name="pixmo-cap",
        revision="1",
        licence="ODC-BY-1.0",
        attribution="Nobody",
    )
    values: dict[str, Any] = {
        "checks": VERSION,
        "rows": ROWS,
        "project": project.pk,
        "dataset": dataset.pk,
        "rubric": project.rubric_id,
        "people": people,
    }
    with connection.cursor() as cursor, unchecked(cursor):
        for statement in _FILL.split(";\n"):
            if statement.strip():
                cursor.execute(statement, values)
        cursor.execute("VACUUM ANALYZE")
    return project


def _write_bare(path: Path, name: str) -> float:
    """Seconds for the columns of one table of the release, not ordered, not checked,
    not hashed, not packed."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    from django.db import connection, transaction

    with (
        transaction.atomic(),
        connection.connection.cursor("bare") as cursor,
        Clock() as clock,
    ):
        cursor.itersize = GROUP
        cursor.execute(_BARE[name])
        writer = None
        while rows := cursor.fetchmany(GROUP):
            columns = [pa.array(column) for column in zip(*rows, strict=True)]
            table = pa.table(columns, names=[f"c{n}" for n in range(len(columns))])
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
        if writer:
            writer.close()
    return clock.seconds


def _release(project: Any) -> Any:
    from annotation import jobs
    from quality import exporting
    from quality.models import Release

    job = exporting.ask(
        project=project,
        design="training",
        languages=["de"],
        english=False,
        embed_images=False,
    )
    ended = jobs.see_through(job.pk)
    if ended.state != "done":
        raise SystemExit(ended.error)
    return Release.objects.get(pk=ended.result["release"])
