"""Stage 2, proposing: the worker's results become candidates.

A result needs only that its job is still open, so late work is not thrown away and one
result is kept per job.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotation import assigning, machine_rating
from annotation.errors import Conflict, Invalid
from annotation.leasing import open_job, token_of
from annotation.models import (
    AccessToken,
    Candidate,
    Control,
    Event,
    GenerationJob,
    Item,
    Judgment,
    Project,
    Provenance,
    User,
)
from annotation.phrases import said
from annotation.visibility import Viewer
from corpus import checks
from corpus.checks import Relation
from corpus.checks.context import context_of
from corpus.content import (
    Content,
    ContentError,
    digest,
    dump,
    normalised,
    parse,
)
from worker import protocol

State = GenerationJob.State


def relation_of(origin: str) -> Relation:
    """How a candidate relates to its English source, for the checks."""
    if origin == Candidate.Origin.NATIVE:
        return "native"
    is_translation = origin == Candidate.Origin.TRANSLATED
    return "translated" if is_translation else "regenerated"


def candidate_of(
    *,
    project: Project,
    item: Item,
    language: str,
    origin: str,
    content: Content,
    findings: list[dict[str, Any]],
    version: int = 1,
) -> Candidate:
    """A candidate, unsaved, that needs as many judgments as its project says."""
    return Candidate(
        project=project,
        item=item,
        language=language,
        origin=origin,
        version=version,
        content_json=dump(content),
        digest=digest(content),
        findings=findings,
        needed=project.overlap,
    )


@transaction.atomic
def accept(*, by: Viewer, job_id: int, result: protocol.Result) -> protocol.ResultReply:
    """Make a candidate of a result, or a machine's judgment if the job asks for one.

    The first valid result wins while the job is open, whoever holds the lease by now.
    Raises Conflict if the job is closed, Invalid with findings if a check blocks.
    """
    token = token_of(by)
    job = open_job(by, job_id)
    if job.state == State.DONE:
        if _is_known(job, result):
            return protocol.ResultReply("duplicate")
        raise Conflict("This job has its result already.")
    if job.state == State.SET_ASIDE:
        raise Conflict("This job was set aside for a person.")
    if job.task == GenerationJob.Task.JUDGE:
        is_new = machine_rating.write(job, result, token)
    else:
        is_new = _propose(job, result, token)
    job.state, job.leased_until, job.last_error = State.DONE, None, ""
    job.save(update_fields=["state", "leased_until", "last_error"])
    return protocol.ResultReply("accepted" if is_new else "duplicate")


def _propose(job: GenerationJob, result: protocol.Result, token: AccessToken) -> bool:
    """The candidate of a result, with its provenance and its open slots."""
    if result.content is None:
        raise Invalid("This job asks for a text, not for a judgment.")
    origin = _origin(job)
    content, findings = checked(
        result.content,
        project=job.project,
        item=job.item,
        language=job.language,
        origin=origin,
        what=f"This {job.item.get_kind_display()}",
    )
    candidate = candidate_of(
        project=job.project,
        item=job.item,
        language=job.language,
        origin=origin,
        content=content,
        findings=findings,
        version=job.version,
    )
    candidate.save()
    Provenance.objects.create(
        candidate=candidate,
        generation_job=job,
        worker=job.worker if job.leased_by_id == token.pk else token.name,
        idempotency_key=result.idempotency_key,
        **asdict(result.provenance),
    )
    assigning.open_slots(candidate)
    Event.record(
        Event.Kind.CANDIDATE_PROPOSED, candidate, project=job.project, token=token
    )
    return True


def _is_known(job: GenerationJob, result: protocol.Result) -> bool:
    """Is this the result that the job has, sent once more?"""
    if job.task == GenerationJob.Task.JUDGE:
        return machine_rating.is_known(job, result)
    return Provenance.objects.filter(
        generation_job=job, idempotency_key=result.idempotency_key
    ).exists()


def _origin(job: GenerationJob) -> Candidate.Origin:
    if job.task == GenerationJob.Task.TRANSLATE:
        return Candidate.Origin.TRANSLATED
    return Candidate.Origin.REGENERATED


def checked(
    proposed: dict[str, Any] | None,
    *,
    project: Project,
    item: Item,
    language: str,
    origin: str,
    what: str,
) -> tuple[Content, list[dict[str, Any]]]:
    """A text for `item` and its warnings, wherever it comes from.

    Raises Invalid, speaking of it as `what`, if it has the wrong shape or a check
    blocks it.
    """
    try:
        content = parse(item.kind, normalised(proposed or {}))
    except ContentError as error:
        raise Invalid(f"{what}: {said(str(error))}") from None
    relation = relation_of(origin)
    findings = checks.run(
        item.content,
        content,
        language,
        relation=relation,
        context=context_of(item.upstream, languages=project.all_languages),
    )
    blocking = [finding for finding in findings if finding.severity == "block"]
    if blocking:
        told = _("%(what)s has a fault that must be mended.") % {"what": what}
        raise Invalid(told, blocking)
    return content, [asdict(finding) for finding in findings]


@transaction.atomic
def mark_control(
    *,
    candidate: Candidate,
    design: Control.Design,
    expected_verdict: str,
    reason: str,
    by: User | None = None,
) -> Control:
    """Say what the right answer to a candidate is. Annotators never learn of it."""
    if expected_verdict not in Judgment.Verdict.values:
        raise Invalid(f"{expected_verdict!r} is no verdict.")
    control, made = Control.objects.get_or_create(
        candidate=candidate,
        defaults={
            "design": design,
            "expected_verdict": expected_verdict,
            "reason": reason,
        },
    )
    if made:
        Event.record(
            Event.Kind.CONTROL_SET, control, project=candidate.project, user=by
        )
    return control
