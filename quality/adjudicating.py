"""Stage 6: contested candidates to rulings, judgments and rulings to decisions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from annotation import editing, jobs, permissions, settling
from annotation.errors import Invalid, require, require_still
from annotation.models import Candidate, Editor, Event, Job, Judgment, Project
from annotation.proposing import checked
from annotation.visibility import Viewer, rows
from corpus import checks
from corpus.content import canonical_json, dump
from corpus.languages import ENGLISH
from quality.models import Decision, Ruling
from quality.policies import POLICIES, Vote, edited_text

Outcome = Decision.Outcome
BATCH = 200
MAX_REASON = 5000


def run_decide(run: jobs.Run) -> None:
    """The work of a decide job: every candidate that needs it, then the measuring."""
    ids = catch_up(run)
    with transaction.atomic():
        for kind in (Job.Kind.MEASURE, Job.Kind.RATERS):
            jobs.ask(kind, project=run.job.project)
        run.finish(looked_at=len(ids))


def catch_up(run: jobs.Run) -> list[int]:
    """Decide every candidate of the job's project that needs it; which these were."""
    project = run.job.project
    editing.close_unjudgeable(project)
    undecided = Candidate.objects.filter(project=project, needs_decision=True)
    ids = list(undecided.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        run.progress("deciding", start, len(ids))
        for pk in ids[start : start + BATCH]:
            decide(pk)
    return ids


@transaction.atomic
def decide(candidate_id: int) -> Decision | None:
    """Apply the project's policy to one candidate; None while it is incomplete.

    The same evidence gives the decision that stands; new evidence a new row.
    """
    candidate = Candidate.objects.select_for_update(no_key=True).get(pk=candidate_id)
    if candidate.complete_at is None:
        return None
    Candidate.objects.filter(pk=candidate.pk).update(needs_decision=False)
    judgments = list(counted_judgments(candidate))
    ruling = Ruling.objects.filter(candidate=candidate, replaced_by=None).first()
    policy = candidate.project.policy
    evidence = _evidence(judgments, ruling)
    standing = Decision.objects.current().filter(candidate=candidate).first()
    if standing and (standing.evidence, standing.policy) == (evidence, policy):
        return standing
    outcome, reason, content = _concluded(candidate, judgments, ruling)
    if content is not None and (fault := why_blocked(candidate, content)):
        outcome, content = Outcome.CONTESTED, None
        reason = f"{reason}, but a check blocks the text: {fault}"
    accepts = outcome == Outcome.ACCEPTED
    decision = Decision.objects.create(
        candidate=candidate,
        policy=policy,
        outcome=outcome,
        reason=reason[:200],
        content_json=content if accepts else None,
        evidence=evidence,
        checks=checks.VERSION if accepts else "",
        replaces=standing,
    )
    if outcome == Outcome.REVISED:
        _revise(candidate, content, ruling)
    return decision


def _revise(
    candidate: Candidate, content: dict[str, Any], ruling: Ruling | None
) -> None:
    """Put the edited text in the candidate's place, for somebody else to judge."""
    if candidate.revised_by.exists():
        return
    said = candidate.judgments.current().select_related("annotator")
    successor = editing.propose(
        revised=candidate,
        content=content,
        judgments=[j for j in said if j.edited_json == content],
        ruled_by=ruling.adjudicator if ruling else None,
    )
    if editing.close_if_unjudgeable(successor.pk):
        decide(successor.pk)


def why_blocked(candidate: Candidate, content: dict[str, Any]) -> str | None:
    """What a check says against releasing this text, if one does."""
    try:
        # A reason is kept as it is, whoever causes it.
        with override(ENGLISH):
            checked(
                content,
                project=candidate.project,
                item=candidate.item,
                language=candidate.language,
                origin=candidate.written_as,
                what="The text",
            )
    except Invalid as error:
        first = next(iter(error.findings), None)
        return first.message if first else str(error)
    return None


def counted_judgments(candidate: Candidate) -> QuerySet[Judgment]:
    """The current counted judgments, in the order they first came in."""
    return candidate.judgments.current().counted().order_by("slot__number")


def _evidence(judgments: Iterable[Judgment], ruling: Ruling | None) -> str:
    named = sorted(str(j.pk) for j in judgments), ruling.pk if ruling else None
    return hashlib.sha256(canonical_json(named).encode()).hexdigest()


def _concluded(
    candidate: Candidate, judgments: list[Judgment], ruling: Ruling | None
) -> tuple[str, str, Any]:
    policy = POLICIES[candidate.project.policy]
    if ruling:
        outcome = Outcome.REJECTED
        if ruling.outcome == Ruling.Outcome.ACCEPT:
            is_edited = ruling.content_json != candidate.content_json
            revises = is_edited and policy.edits_are_judged
            outcome = Outcome.REVISED if revises else Outcome.ACCEPTED
        return outcome, f"ruled: {ruling.reason}", ruling.content_json
    votes = [
        Vote(j.verdict, canonical_json(j.edited_json) if j.edited_json else None)
        for j in judgments
    ]
    said = policy.conclude(votes, editing.edits_behind(candidate))
    content = {
        "candidate": candidate.content_json,
        "edited": json.loads(edited_text(votes)) if said.text == "edited" else None,
        "none": None,
    }[said.text]
    return said.outcome, said.reason, content


def contested(viewer: Viewer, project: Project) -> QuerySet[Decision]:
    """The contested candidates of a project, oldest first."""
    decisions = rows(Decision, viewer).filter(
        replaced_by=None, outcome=Outcome.CONTESTED, candidate__project=project
    )
    return decisions.select_related("candidate__item__image").order_by("id")


def shuffled(judgments: Iterable[Judgment]) -> list[Judgment]:
    """In an order that says neither who nor when: clients choose the ids."""
    return sorted(
        judgments, key=lambda j: salted_hmac("concord.voices", str(j.pk)).digest()
    )


def why_not_rule(candidate: Candidate, viewer: Viewer) -> str | None:
    """Who may rule on this candidate, and when."""
    return _why_not_by(candidate, viewer) or _why_not_now(candidate)


def _why_not_by(candidate: Candidate, viewer: Viewer) -> str | None:
    if reason := permissions.why_not_adjudicate(viewer, candidate.project):
        return reason
    if viewer.user is None:
        return _("A ruling needs a person.")
    if candidate.judgments.filter(annotator=viewer.user).exists():
        return _(
            "You have judged this item yourself, so somebody else must rule on it."
        )
    if Editor.objects.filter(candidate=candidate, person=viewer.user).exists():
        return _("You wrote this text, so somebody else must rule on it.")
    return None


def _why_not_now(candidate: Candidate) -> str | None:
    if Ruling.objects.filter(candidate=candidate).exists():
        return _("Somebody has ruled on this item in the meantime.")
    current = Decision.objects.current().filter(candidate=candidate).first()
    if current is None or current.outcome != Outcome.CONTESTED:
        return _("This item is not contested (any more).")
    return None


@transaction.atomic
def rule(
    *,
    candidate: Candidate,
    by: Viewer,
    outcome: str,
    content: dict[str, Any] | None,
    reason: str,
) -> Ruling:
    """Settle a contested candidate. From now on its judgments stay as they are.

    `content` is the accepted text; another than the candidate's goes to somebody else
    first, if the policy has edits judged. Raises NotAllowed, Conflict (nothing to rule
    on any more) or Invalid (no reason given; the text breaks a check).
    """
    candidate = Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    if candidate.needs_decision:
        decide(candidate.pk)
    require(_why_not_by(candidate, by))
    require_still(_why_not_now(candidate))
    assert by.user is not None
    if outcome not in Ruling.Outcome.values:
        raise Invalid(_("Choose whether to accept or to reject."))
    if not reason.strip():
        raise Invalid(_("Give the reason: people will want to know why."))
    if len(reason) > MAX_REASON:
        raise Invalid(
            _("A reason has at most %(max_reason)s characters.")
            % {"max_reason": number_format(MAX_REASON, force_grouping=True)}
        )
    accepts = outcome == Ruling.Outcome.ACCEPT
    ruling = Ruling.objects.create(
        candidate=candidate,
        adjudicator=by.user,
        outcome=outcome,
        content_json=_checked(candidate, content) if accepts else None,
        reason=reason.strip(),
    )
    settling.settle(candidate.pk)
    Event.record(
        Event.Kind.RULED,
        ruling,
        project_id=candidate.project_id,
        user=by.user,
        token=by.token,
        outcome=outcome,
    )
    decide(candidate.pk)
    return ruling


def _checked(candidate: Candidate, content: dict[str, Any] | None) -> dict[str, Any]:
    text, _ = checked(
        content,
        project=candidate.project,
        item=candidate.item,
        language=candidate.language,
        origin=candidate.written_as,
        what="The accepted text",
    )
    return dump(text)


def tally(project: Project) -> dict[str, dict[str, int]]:
    """Per language: how many candidates are accepted, rejected, contested, incomplete."""
    empty = {"candidates": 0} | {str(outcome): 0 for outcome in Outcome.values}
    counts = {code: dict(empty) for code in project.target_languages}
    made = Candidate.objects.filter(project=project).values_list("language")
    for language, n in made.annotate(n=Count("pk")):
        counts[language]["candidates"] = n
    current = Decision.objects.current().filter(candidate__project=project)
    decided = current.values_list("candidate__language", "outcome")
    for language, outcome, n in decided.annotate(n=Count("pk")):
        counts[language][outcome] = n
    for row in counts.values():
        row["incomplete"] = row["candidates"] - sum(
            row[outcome] for outcome in Outcome.values
        )
    return counts
