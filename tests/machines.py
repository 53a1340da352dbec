"""A model's judgments, through the door that a worker comes in by."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from annotation import proposing
from annotation.models import Candidate, GenerationJob, MachineJudgment
from annotation.visibility import Viewer
from tests.annotation.generation import MADE
from tests.factories import good_ratings, make_worker_token
from worker.protocol import Opinion, Provenance, Result

JUDGE = "judge-7b"
_number = itertools.count(1)


def made(model: str = JUDGE, **changed: Any) -> Provenance:
    """What wrote an opinion."""
    return replace(MADE, model=model, template_id="judge", **changed)


def opinion(candidate: Candidate, verdict: str = "accept", **changed: Any) -> Opinion:
    ratings = good_ratings(candidate.project, candidate.item.kind)
    return Opinion(verdict, changed.pop("ratings", ratings), **changed)


def result_of(said: Opinion, **changed: Any) -> Result:
    key = f"{next(_number):064d}"
    return Result(1, None, made(**changed), key, said)


def to_judge(candidate: Candidate, judge: str = JUDGE) -> GenerationJob:
    """The job that asks `judge` about a candidate."""
    return GenerationJob.objects.create(
        project=candidate.project,
        item=candidate.item,
        language=candidate.language,
        task=GenerationJob.Task.JUDGE,
        version=candidate.version,
        candidate=candidate,
        rubric=candidate.project.rubric,
        judge=judge,
    )


def machine_judged(
    candidate: Candidate, verdict: str = "accept", *, model: str = JUDGE, **said: Any
) -> MachineJudgment:
    """What the model says about a candidate, handed in by a worker."""
    job = to_judge(candidate, model)
    by = Viewer.of_token(make_worker_token(candidate.project)[0])
    result = result_of(opinion(candidate, verdict, **said), model=model)
    proposing.accept(by=by, job_id=job.pk, result=result)
    return MachineJudgment.objects.get(generation_job=job)
