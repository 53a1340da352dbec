"""Defects of items: reported by whoever meets them, looked at by staff.

What is wrong with an image or a source is wrong in every language, so the whole item is
held back: nobody claims its candidates, no machine writes more, no release takes it.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from annotation import assigning, permissions
from annotation.errors import Conflict, Invalid, require
from annotation.models import Assignment, Defect, Event, Item, Project
from annotation.visibility import Viewer, rows
from corpus.languages import ENGLISH

MAX_WORDS = 2000


@transaction.atomic
def report(*, assignment: Assignment, by: Viewer, part: str, note: str) -> Defect:
    """Hold the item back, and give the slot away as one that was skipped.

    Reporting twice from one assignment returns the first report.
    """
    require(permissions.why_not_hold(by, assignment))
    assert by.user is not None
    note = note.strip()
    if part not in Defect.Part.values:
        raise Invalid(_("Say whether it is the image or the source text."))
    _require_words(note, _("Say in a sentence what is wrong with it."))
    # A second click waits here, and then finds the first one's report.
    Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    if first := Defect.objects.filter(assignment=assignment).first():
        return first
    candidate = assignment.candidate
    defect = Defect.objects.create(
        item_id=candidate.item_id,
        assignment=assignment,
        reporter=by.user,
        part=part,
        note=note,
    )
    if Assignment.objects.filter(pk=assignment.pk, ended_at=None).exists():
        # Stored texts stay in one language, whoever causes them.
        with override(ENGLISH):
            reason = f"Reported a defect: {Defect.Part(part).label.lower()}"
        assigning.skip(assignment=assignment, by=by, reason=reason)
    Event.record(
        Event.Kind.DEFECT_REPORTED,
        defect,
        project_id=candidate.project_id,
        user=by.user,
        token=by.token,
        item=candidate.item_id,
        part=part,
    )
    return defect


@transaction.atomic
def look(*, defect: Defect, by: Viewer, outcome: str, reason: str) -> Defect:
    """Say what comes of a report: the item goes out again, or stays out for good.

    Raises Conflict if somebody has looked in the meantime.
    """
    project_id = defect.item.dataset.project_id
    require(permissions.why_not_look(by, project_id))
    if outcome not in Defect.Outcome.values:
        raise Invalid(_("Choose whether the item goes out again or stays out."))
    reason = reason.strip()
    _require_words(
        reason, _("Give the reason: the person who reported it may read it.")
    )
    # Reports of one item follow each other, or two dismissals would both see the other.
    Item.objects.select_for_update(no_key=True).get(pk=defect.item_id)
    open_one = Defect.objects.filter(pk=defect.pk, outcome=None)
    if not open_one.update(
        outcome=outcome, reason=reason, looked_at=Now(), looked_by=by.user
    ):
        raise Conflict(_("Somebody has looked at this report in the meantime."))
    if not Defect.objects.holding().filter(item=defect.item_id).exists():
        assigning.queue_again(defect.item_id)
    Event.record(
        Event.Kind.DEFECT_LOOKED_AT,
        defect,
        project_id=project_id,
        user=by.user,
        token=by.token,
        outcome=outcome,
    )
    defect.refresh_from_db()
    return defect


def _require_words(words: str, otherwise: str) -> None:
    if not words:
        raise Invalid(otherwise)
    if len(words) > MAX_WORDS:
        raise Invalid(
            _("That is longer than %(max_words)s characters.")
            % {"max_words": number_format(MAX_WORDS, force_grouping=True)}
        )


def reported(viewer: Viewer, project: Project) -> QuerySet[Defect]:
    """The reports of a project: those that wait first, then the newest."""
    found = rows(Defect, viewer).filter(item__dataset__project=project)
    return found.select_related(
        "item__image", "item__dataset", "reporter", "looked_by"
    ).order_by("-looked_at", "reported_at")
