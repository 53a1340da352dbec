"""Stage 2 too: a text that people edited becomes a candidate of its own.

Somebody who did not write it has to judge it before it can leave, and it keeps the
names of those who did. The candidate it revises stays as it was, settled.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotation import assigning, settling
from annotation.models import (
    Candidate,
    Editor,
    Event,
    Item,
    Judgment,
    Project,
    Slot,
    User,
)
from annotation.proposing import checked
from corpus.content import Content, digest, dump
from corpus.diffing import share_changed

#: How many people who did not write it judge an edited text.
NEEDED = 1
_OF_A_PERSON = Q(origin=Candidate.Origin.NATIVE) | Q(
    first_origin=Candidate.Origin.NATIVE
)


@transaction.atomic
def propose(
    *,
    revised: Candidate,
    content: dict[str, Any],
    judgments: Iterable[Judgment] = (),
    ruled_by: User | None = None,
) -> Candidate:
    """The candidate that takes the place of `revised`, which is settled by it.

    Its editors are the authors of `judgments`; `ruled_by` is one if nobody else is.
    The caller holds the lock of `revised`. Raises Invalid if a check blocks the text.
    """
    # Two lines of one item must not take the same version at once.
    item = Item.objects.select_for_update(no_key=True).get(pk=revised.item_id)
    text, findings = checked(
        content,
        project=revised.project,
        item=item,
        language=revised.language,
        origin=revised.written_as,
        what=_("The edited text"),
    )
    candidate = Candidate.objects.create(
        project=revised.project,
        item=item,
        language=revised.language,
        origin=Candidate.Origin.EDITED,
        revises=revised,
        first_id=revised.first_id or revised.pk,
        first_origin=revised.written_as,
        changed=_changed(revised.content, text),
        version=_next_version(revised),
        content_json=dump(text),
        digest=digest(text),
        findings=findings,
        needed=NEEDED,
    )
    _name_editors(candidate, judgments, ruled_by)
    settling.settle(revised.pk)
    assigning.open_slots(candidate)
    Event.record(
        Event.Kind.REVISED, revised, project_id=revised.project_id, by=candidate.pk
    )
    return candidate


def edits_behind(candidate: Candidate) -> int:
    """How often the first text of this line was edited until it became this one."""
    if candidate.first_id is None:
        return 0
    line = Candidate.objects.filter(item=candidate.item_id, first=candidate.first_id)
    return line.filter(version__lte=candidate.version).count()


def close_unjudgeable(project: Project) -> None:
    """Close the edited texts of a project that nobody is left to judge."""
    waiting = Candidate.objects.filter(
        project=project, origin=Candidate.Origin.EDITED, complete_at=None
    )
    for pk in list(_without_anybody(waiting).values_list("pk", flat=True)):
        close_if_unjudgeable(pk)


@transaction.atomic
def close_if_unjudgeable(pk: int) -> bool:
    """Complete a candidate as it is if nobody is left to judge it; whether it was.

    Its open slots are closed, and the policy hands it to an adjudicator.
    """
    candidate = Candidate.objects.select_for_update(no_key=True).get(pk=pk)
    slots = Slot.objects.filter(candidate=candidate).exclude(state=Slot.State.FILLED)
    # Whoever is claiming one of them at this moment is waited for.
    list(slots.select_for_update(no_key=True))
    still = Candidate.objects.filter(pk=pk, complete_at=None)
    if not _without_anybody(still).exists():
        return False
    slots.update(state=Slot.State.FILLED, leased_until=None)
    still.update(complete_at=Now(), needs_decision=True)
    Event.record(Event.Kind.NOBODY_LEFT, candidate, project_id=candidate.project_id)
    return True


def _without_anybody(candidates: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Those that nobody holds and nobody enrolled may take."""
    held = Slot.objects.filter(candidate=OuterRef("pk"), state=Slot.State.LEASED)
    return assigning.that_nobody_may_fill(candidates).exclude(Exists(held))


def _changed(before: Content, after: Content) -> float:
    new = dict(after.texts())
    return share_changed((text, new.get(name, "")) for name, text in before.texts())


def _next_version(revised: Candidate) -> int:
    """Texts of a person count their versions apart from those of machines."""
    own = Candidate.objects.filter(item=revised.item_id, language=revised.language)
    is_native = revised.written_as == Candidate.Origin.NATIVE
    line = own.filter(_OF_A_PERSON) if is_native else own.exclude(_OF_A_PERSON)
    newest: int = line.aggregate(newest=Max("version"))["newest"]
    return newest + 1


def _name_editors(
    candidate: Candidate, judgments: Iterable[Judgment], ruled_by: User | None
) -> None:
    editors = [
        Editor(candidate=candidate, person_id=judgment.annotator_id, judgment=judgment)
        for judgment in judgments
    ]
    if not editors and ruled_by is not None:
        editors = [Editor(candidate=candidate, person=ruled_by)]
    Editor.objects.bulk_create(editors)
