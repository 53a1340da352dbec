"""Stage 4, judging: the only place that writes judgments.

A submit is one transaction: judgment, ratings, slot, event and job rows. It locks the
candidate, so the submits of one candidate follow each other; different candidates never
wait for one another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from annotation import (
    assigning,
    drafting,
    holding,
    jobs,
    marks,
    permissions,
    policies,
    rubrics,
    settling,
)
from annotation.answering import check_answer, criteria_for
from annotation.errors import Conflict, Invalid, require, require_still
from annotation.models import (
    Assignment,
    Candidate,
    Event,
    Job,
    Judgment,
    Rating,
    Rubric,
    Slot,
)
from annotation.proposing import checked
from annotation.visibility import Viewer
from corpus.content import canonical_json, dump
from corpus.marking import Mark

Verdict = Judgment.Verdict
MAX_NOTE = 5000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said. `id` is made by the client and names this very submit.

    `spent` are the seconds that the item was on the screen, as its browser counted them:
    one leased ahead has waited, and one judged offline comes late.
    `rubric` is the version that was read, such as "demo/2", if the client tells.
    """

    id: UUID
    verdict: str
    ratings: Mapping[str, int]
    edited: dict[str, Any] | None = None
    note: str = ""
    spent: int | None = None
    spans: Sequence[Mark] = ()
    rubric: str = ""

    def digest(self, subject: UUID) -> str:
        """SHA-256 of the answer to `subject`, to tell a repeat from a reused id."""
        body = asdict(self) | {"id": str(self.id), "subject": str(subject)}
        del body["spent"]
        # Answers from before there were marks keep the digest they are stored with.
        if not self.spans:
            del body["spans"]
        # The same answer, whether its client tells what it read or not.
        del body["rubric"]
        return hashlib.sha256(canonical_json(body).encode()).hexdigest()


@transaction.atomic
def submit(*, assignment: Assignment, by: Viewer, answer: Answer) -> Judgment:
    """Write down the answer to an assignment.

    The same id with the same answer returns the first judgment; with another answer it
    is a Conflict. If the lease ran out and all slots are taken meanwhile, the judgment
    is kept as surplus: its `slot` is None.
    """
    if repeated := _repeated(answer, assignment.pk, by):
        return repeated
    require(permissions.why_not_hold(by, assignment))
    candidate = _locked(assignment.candidate_id)
    if repeated := _repeated(answer, assignment.pk, by):
        return repeated
    if candidate.judgments.filter(annotator=by.user).exists():
        raise Conflict(_("You have already answered this item."))
    rubric, edited = _checked(answer, candidate)
    held, slot = _slot_for(assignment)
    judgment = _written(
        id=answer.id,
        body_digest=answer.digest(assignment.pk),
        assignment=held,
        slot=slot,
        candidate=candidate,
        annotator=held.annotator,
        rubric=rubric,
        verdict=answer.verdict,
        edited_json=edited,
        note=answer.note.strip(),
        seconds=_seconds(answer, held),
    )
    _rate(judgment, answer)
    _record(Event.Kind.JUDGED, judgment, by)
    drafting.drop(held)
    _completed(candidate)
    return judgment


@transaction.atomic
def correct(*, judgment: Judgment, by: Viewer, answer: Answer) -> Judgment:
    """Replace one's own judgment by a new row that names it.

    The time spent stays that of the first answer: how long a correction page lay open
    says nothing. Raises Conflict if somebody (a second tab) corrected it first.
    """
    if repeated := _repeated(answer, judgment.pk, by):
        return repeated
    candidate = _locked(judgment.candidate_id)
    if repeated := _repeated(answer, judgment.pk, by):
        return repeated
    judgment = Judgment.objects.select_related("candidate").get(pk=judgment.pk)
    require(permissions.why_not_author(by, judgment))
    settling.keep_open(candidate.project_id)
    sees_others = policies.sees_others(by, candidate.project_id)
    require_still(policies.why_not_correct(judgment, sees_others=sees_others))
    if Judgment.objects.filter(replaces=judgment).exists():
        told = _("You have corrected this answer already. Open the latest one.")
        raise Conflict(told)
    rubric, edited = _checked(answer, candidate)
    corrected = _written(
        id=answer.id,
        body_digest=answer.digest(judgment.pk),
        assignment_id=judgment.assignment_id,
        slot_id=judgment.slot_id,
        candidate=candidate,
        annotator_id=judgment.annotator_id,
        rubric=rubric,
        verdict=answer.verdict,
        edited_json=edited,
        note=answer.note.strip(),
        seconds=judgment.seconds,
        replaces=judgment,
    )
    _rate(corrected, answer)
    _record(Event.Kind.CORRECTED, corrected, by, replaces=str(judgment.pk))
    if candidate.complete_at:
        _ask_for_decision(candidate)
    return corrected


def _repeated(answer: Answer, subject: UUID, by: Viewer) -> Judgment | None:
    first = Judgment.objects.filter(pk=answer.id).first()
    if first is None:
        return None
    mine = by.user is not None and first.annotator_id == by.user.pk
    if not mine or first.body_digest != answer.digest(subject):
        raise Conflict(_("This submit's id was used before for another answer."))
    return first


def _written(**fields: Any) -> Judgment:
    """The new row; one id used for two items in the same moment is a Conflict."""
    try:
        with transaction.atomic():
            return Judgment.objects.create(**fields)
    except IntegrityError:
        if not Judgment.objects.filter(pk=fields["id"]).exists():
            raise
        reason = _("This submit's id was used in the same moment for another answer.")
        raise Conflict(reason) from None


def _locked(candidate_id: int) -> Candidate:
    rows = Candidate.objects.select_related("item", "project__rubric")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=candidate_id)


def _checked(answer: Answer, candidate: Candidate) -> tuple[Rubric, Any]:
    rubric = candidate.project.rubric
    rubrics.require_present(answer.rubric, rubric)
    if len(answer.note) > MAX_NOTE:
        most = {"max_note": number_format(MAX_NOTE, force_grouping=True)}
        raise Invalid(_("A note has at most %(max_note)s characters.") % most)
    asked = criteria_for(rubric, candidate.item.kind)
    check_answer(answer.verdict, answer.ratings, asked)
    marks.check(answer.spans, candidate)
    return rubric, _checked_edit(answer, candidate)


def _checked_edit(answer: Answer, candidate: Candidate) -> dict[str, Any] | None:
    """The edited content in its JSON form, or None. Checked like any candidate."""
    if answer.verdict != Verdict.ACCEPT_WITH_EDITS:
        if answer.edited is not None:
            told = _("An edited text goes with the verdict “Accept with edits”.")
            raise Invalid(told)
        return None
    edited, _warnings = checked(
        answer.edited,
        project=candidate.project,
        item=candidate.item,
        language=candidate.language,
        origin=candidate.written_as,
        what=_("The edited text"),
    )
    if edited == candidate.content:
        raise Invalid(_("You chose “Accept with edits” but changed nothing."))
    return dump(edited)


def _slot_for(assignment: Assignment) -> tuple[Assignment, Slot | None]:
    """Fill the slot this person holds, else one that is open; None if all are taken."""
    live = Assignment.objects.filter(
        annotator_id=assignment.annotator_id,
        candidate_id=assignment.candidate_id,
        ended_at=None,
    ).first()
    held = live or assignment
    # Waiting is safe: whoever holds a slot never waits for a candidate.
    slots = Slot.objects.select_for_update(no_key=True).filter(
        candidate_id=held.candidate_id
    )
    slot = slots.filter(pk=live.slot_id).first() if live else None
    if slot is None or not _submitted(held):
        # The lease ended, perhaps only just. A slot counts as open, swept or not.
        held.refresh_from_db(fields=["ending", "ended_at"])
        require_still(policies.why_not_submit(held))
        assigning.reopen_expired()
        slot = slots.filter(state=Slot.State.OPEN).order_by("number").first()
    return held, _fill(slot, held) if slot else None


def _submitted(held: Assignment) -> bool:
    """End the lease with its answer; False if it has ended otherwise meanwhile."""
    ended = Assignment.objects.filter(pk=held.pk, ended_at=None).update(
        ended_at=Now(), ending=Assignment.Ending.SUBMITTED
    )
    return bool(ended)


def _fill(slot: Slot, held: Assignment) -> Slot | None:
    free = Slot.objects.filter(pk=slot.pk).exclude(state=Slot.State.FILLED)
    others = Assignment.objects.filter(slot=slot, ended_at=None).exclude(pk=held.pk)
    if others.exists():
        return None
    filled = free.update(state=Slot.State.FILLED, leased_until=None)
    return slot if filled else None


def _seconds(answer: Answer, assignment: Assignment) -> int:
    """Since the claim, by the server's clock; less if the browser says so, never more."""
    since = holding.seconds_held(assignment)
    return since if answer.spent is None else min(since, answer.spent)


def _rate(judgment: Judgment, answer: Answer) -> None:
    criteria = {c.code: c for c in judgment.rubric.criteria.all()}
    Rating.objects.bulk_create(
        Rating(judgment=judgment, criterion=criteria[code], value=value)
        for code, value in sorted(answer.ratings.items())
    )
    marks.write(answer.spans, judgment)


def _record(kind: Event.Kind, judgment: Judgment, by: Viewer, **detail: Any) -> None:
    Event.record(
        kind,
        judgment,
        project_id=judgment.candidate.project_id,
        user=by.user,
        token=by.token,
        counted=judgment.slot_id is not None,
        **detail,
    )


def _completed(candidate: Candidate) -> None:
    """When the last slot is filled, the candidate is complete and asks for a decision."""
    if candidate.complete_at is not None:
        return
    if candidate.slots.exclude(state=Slot.State.FILLED).exists():
        return
    Candidate.objects.filter(pk=candidate.pk).update(complete_at=Now())
    _ask_for_decision(candidate)


def _ask_for_decision(candidate: Candidate) -> None:
    Candidate.objects.filter(pk=candidate.pk).update(needs_decision=True)
    jobs.ask(Job.Kind.DECIDE, project_id=candidate.project_id)
