"""Models as raters, kept apart: who asks for their judgments, and what becomes of them.

A machine's judgment opens and fills no slot, completes no candidate and decides
nothing. People who judge never see one, leads do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import IntegrityError, connection, transaction

from annotation import jobs
from annotation.answering import check_answer, criteria_for
from annotation.errors import Invalid
from annotation.models import (
    AccessToken,
    Event,
    GenerationJob,
    Job,
    MachineJudgment,
    MachineRating,
    Project,
    User,
)
from annotation.models.generation import LONGEST_JUDGE
from worker import protocol

#: So many candidates are asked about at a time, the oldest first.
MOST = 50_000
MAX_EXPLANATION: Final = 20_000
MAX_SPANS: Final = 200

# Nobody measures controls and edits, so nobody asks a machine about them either.
_WANTED: Final = """
    FROM annotation_candidate c
    WHERE c.project_id = %(project)s AND c.language = ANY(%(languages)s)
      AND c.origin <> 'edited'
      AND NOT EXISTS (SELECT 1 FROM annotation_control k WHERE k.candidate_id = c.id)
      AND NOT EXISTS (
          SELECT 1 FROM annotation_generationjob g
          WHERE g.candidate_id = c.id AND g.judge = %(judge)s
            AND g.rubric_id = %(rubric)s)
"""
_ASK: Final = f"""
INSERT INTO annotation_generationjob
    (project_id, item_id, language, task, version, candidate_id, rubric_id, judge,
     state, attempts, fence, worker, last_error, created_at)
SELECT c.project_id, c.item_id, c.language, 'judge', c.version, c.id, %(rubric)s,
       %(judge)s, 'ready', 0, 0, '', '', now()
{_WANTED}
ORDER BY c.id LIMIT %(most)s
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """How many jobs an ask has made, and how many candidates are left to ask about."""

    new: int
    left: int


@transaction.atomic
def ask(
    *,
    project: Project,
    judge: str,
    languages: Sequence[str] = (),
    by: User | None = None,
    most: int | None = None,
) -> Asked:
    """Have the model `judge` judge the project's candidates by its present rubric.

    `judge` is a name, or name@revision, as the worker gives it. Candidates that it
    was asked about before are left out, so asking twice makes nothing new. No
    `languages` means all. Raises Invalid.
    """
    judge = judge.strip()
    if not re.fullmatch(r"[!-~]+", judge) or len(judge) > LONGEST_JUDGE:
        raise Invalid(
            "Give the name of the model that is to judge, as its worker gives it: "
            f"letters, digits and signs without blanks, {LONGEST_JUDGE} at most."
        )
    for language in languages:
        if language not in project.target_languages:
            raise Invalid(f"{language} is no target language of this project.")
    values: dict[str, Any] = {
        "project": project.pk,
        "rubric": project.rubric_id,
        "judge": judge,
        "languages": list(languages or project.target_languages),
        "most": MOST if most is None else most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ASK, values)
        new = cursor.rowcount
        cursor.execute(f"SELECT count(*) {_WANTED}", values)
        left = int(cursor.fetchone()[0])
    if new:
        kind = Event.Kind.MACHINE_ASKED
        Event.record(kind, project, project=project, user=by, judge=judge, jobs=new)
    return Asked(new, left)


def write(job: GenerationJob, result: protocol.Result, token: AccessToken) -> bool:
    """Write down what a model says of a candidate, in the caller's transaction.

    False if that model, from that template, has judged it before. Raises Invalid.
    """
    opinion, made = _opinion(job, result), result.provenance
    assert job.candidate is not None
    assert job.rubric is not None
    asked = criteria_for(job.rubric, job.item.kind)
    check_answer(opinion.verdict, opinion.ratings, asked)
    try:
        with transaction.atomic():
            judgment = MachineJudgment.objects.create(
                candidate=job.candidate,
                rubric=job.rubric,
                generation_job=job,
                verdict=opinion.verdict,
                spans=[asdict(span) for span in opinion.spans],
                explanation=opinion.explanation,
                worker=job.worker if job.leased_by_id == token.pk else token.name,
                idempotency_key=result.idempotency_key,
                **asdict(made),
            )
    except IntegrityError:
        if not is_known(job, result):
            raise
        return False
    MachineRating.objects.bulk_create(
        MachineRating(judgment=judgment, criterion=c, value=opinion.ratings[c.code])
        for c in asked
        if c.code in opinion.ratings
    )
    Event.record(
        Event.Kind.MACHINE_JUDGED, judgment, project_id=job.project_id, token=token
    )
    if job.candidate.complete_at is not None:
        jobs.ask(Job.Kind.MEASURE, project_id=job.project_id)
    return True


def is_known(job: GenerationJob, result: protocol.Result) -> bool:
    """Has this model, from this template, judged the job's candidate before?"""
    made = result.provenance
    return MachineJudgment.objects.filter(
        candidate=job.candidate_id,
        rubric=job.rubric_id,
        model=made.model,
        model_revision=made.model_revision,
        template_id=made.template_id,
        template_version=made.template_version,
        template_hash=made.template_hash,
    ).exists()


def _opinion(job: GenerationJob, result: protocol.Result) -> protocol.Opinion:
    """What the result says; Invalid where it is no answer to this job."""
    opinion, made = result.opinion, result.provenance
    if opinion is None:
        raise Invalid("This job asks for a verdict and ratings, not for a text.")
    if job.judge not in (made.model, f"{made.model}@{made.model_revision}"):
        raise Invalid(f"This job is for {job.judge}, not for {made.model}.")
    if len(opinion.explanation) > MAX_EXPLANATION:
        raise Invalid(f"An explanation has at most {MAX_EXPLANATION:,} characters.")
    if len(opinion.spans) > MAX_SPANS:
        raise Invalid(f"At most {MAX_SPANS} spans are kept of one judgment.")
    return opinion
