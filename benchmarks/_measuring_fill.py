"""Candidates in four languages, each judged by three of twelve people, in SQL."""

from __future__ import annotations

from typing import Any, Final

from django.db import connection

from annotation import enrolling
from annotation.models import Dataset, Project, User
from benchmarks._database import unchecked

LANGUAGES: Final = ("de", "es", "fr", "it")
PEOPLE: Final = 12
OVERLAP: Final = 3
#: Three criteria apply to each kind of item, and there is the verdict.
RATINGS_EACH: Final = 4 * OVERLAP

# Half the items are captions, half are questions of another data set; two models write.
_FILL: Final = """
INSERT INTO annotation_item (id, dataset_id, key, kind, content_json, digest, image_url,
    "group", upstream, created_at)
SELECT n, (%(datasets)s::bigint[])[1 + n %% 2], n::text,
    (ARRAY['caption', 'multiple_choice'])[1 + n %% 2], '{}', repeat('0', 64), '', '',
    '{}', now()
FROM generate_series(1, %(items)s) n;
INSERT INTO annotation_candidate (id, project_id, item_id, language, origin, version,
    content_json, digest, findings, needed, complete_at, needs_decision, created_at)
SELECT n, %(project)s, 1 + (n - 1) / 4, (%(languages)s::text[])[1 + (n - 1) %% 4],
    'regenerated', 1, '{}', repeat('0', 64), '[]', 3, now(), false, now()
FROM generate_series(1, 4 * %(items)s) n;
INSERT INTO annotation_generationjob (id, project_id, item_id, language, task, version,
    state, attempts, fence, worker, last_error, judge, created_at)
SELECT id, project_id, item_id, language, 'regenerate', 1, 'done', 1, 1, 'bench', '', '',
    now()
FROM annotation_candidate;
INSERT INTO annotation_provenance (candidate_id, generation_job_id, model,
    model_revision, licence, engine, engine_version, template_id, template_version,
    template_hash, rendered_prompt, parameters, prompt_tokens, completion_tokens,
    seconds, finish_reason, raw_output, idempotency_key, worker, created_at)
SELECT id, id, (ARRAY['model-7b', 'model-70b'])[1 + id / 8 %% 2], 'abc', 'Apache-2.0',
    'vllm', '1', 'caption', '1', repeat('0', 64), '', '{}', 900, 120, 1.5, 'stop', '',
    md5(id::text), 'bench', now()
FROM annotation_candidate;
INSERT INTO annotation_slot (id, project_id, candidate_id, language, number, state,
    position)
SELECT 3 * (id - 1) + k, project_id, id, language, k, 'filled', 3 * (id - 1) + k
FROM annotation_candidate, generate_series(1, 3) k;
INSERT INTO annotation_assignment (id, slot_id, candidate_id, annotator_id, leased_at,
    leased_until, ended_at, ending, skip_reason)
SELECT md5('a' || id)::uuid, id, candidate_id,
    (%(people)s::bigint[])[1 + (candidate_id + 4 * number) %% 12], now(),
    now() + interval '1 hour', now(), 'submitted', ''
FROM annotation_slot;
INSERT INTO annotation_judgment (id, body_digest, assignment_id, slot_id, candidate_id,
    annotator_id, rubric_id, verdict, note, seconds, created_at)
SELECT md5('j' || slot_id)::uuid, '', id, slot_id, candidate_id, annotator_id,
    %(rubric)s,
    (ARRAY['accept', 'accept', 'accept', 'accept', 'reject', 'cannot_judge'])[
        1 + (abs(hashint8(CASE WHEN slot_id %% 5 = 0 THEN slot_id ELSE candidate_id END)
        ) %% 6)],
    '', 20, now()
FROM annotation_assignment;
INSERT INTO annotation_rating (judgment_id, criterion_id, value)
SELECT j.id, r.id, (r.points -> (abs(hashint8(r.id
        + CASE WHEN j.slot_id %% 7 = 0 THEN j.slot_id ELSE 3 * j.candidate_id END)
    ) %% jsonb_array_length(r.points)) ->> 'value')::int
FROM annotation_judgment j
JOIN annotation_candidate c ON c.id = j.candidate_id
JOIN annotation_item i ON i.id = c.item_id
JOIN annotation_criterion r ON r.rubric_id = j.rubric_id
    AND (r.kinds = '{}' OR i.kind = ANY (r.kinds));
"""


def filled(ratings: int) -> Project:
    """A project with about so many ratings, verdicts counted, every candidate complete."""
    project = enrolling.create_project(
        code="bench", name="Bench", languages=LANGUAGES, overlap=OVERLAP
    )
    values: dict[str, Any] = {
        "items": max(ratings // RATINGS_EACH // len(LANGUAGES), 1),
        "project": project.pk,
        "rubric": project.rubric_id,
        "languages": list(LANGUAGES),
        "people": [User.objects.create(username=f"p{n}").pk for n in range(PEOPLE)],
        "datasets": [_dataset(project, "pixmo-cap"), _dataset(project, "mmbench")],
    }
    with connection.cursor() as cursor, unchecked(cursor):
        for statement in _FILL.split(";\n"):
            if statement.strip():
                cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return project


def _dataset(project: Project, name: str) -> int:
    return Dataset.objects.create(
        project=project,
        source=name,
        name=name,
        revision="1",
        licence="ODC-BY-1.0",
        attribution="Nobody",
    ).pk
