"""Drafts: what somebody has typed about an item and not yet said.

A draft holds the fields of the judging form, whatever they are. The newest change of all
tabs and devices is kept; only the holder of the item sees it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotation import holding, permissions, visibility
from annotation.errors import Conflict, Invalid, TooLarge, require
from annotation.holding import Hold
from annotation.models import Assignment, Draft
from annotation.visibility import Viewer

Fields = Mapping[str, Sequence[str]]

#: Browsers count in milliseconds, and know whole numbers up to here.
LARGEST_COUNTER = 2**53
TAKEN = gettext_lazy(
    "Your time for this item ran out, and its place is not free any more. Your draft is "
    "kept; an answer counts if a place is free by then, and is kept as an extra if not."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest draft of an item. `told` says why the item is not held any more."""

    draft: Draft
    is_this: bool
    told: str = ""


@transaction.atomic
def save(
    *, assignment: Assignment, by: Viewer, fields: Fields, counter: int | None = None
) -> Kept:
    """Keep what was typed, and the item with it.

    `counter` rises with each change; a draft with a higher one stays as it is. Without
    a counter this is the newest. Raises TooLarge, Invalid, and Conflict for an item that
    is answered or skipped.
    """
    require(permissions.why_not_hold(by, assignment))
    _check(fields, counter)
    found = holding.hold(assignment=assignment, by=by)
    if found == Hold.SUBMITTED:
        raise Conflict(_("You have already answered this item."))
    if found == Hold.SKIPPED:
        raise Conflict(_("You skipped this item, so somebody else will see it."))
    told = str(TAKEN) if found == Hold.TAKEN else ""
    # Whoever else saves this draft waits for the lock that `hold` took.
    before = Draft.objects.filter(pk=assignment.pk).first()
    if counter is None:
        counter = max(_milliseconds(), before.counter + 1 if before else 0)
    if before and before.counter >= counter:
        is_this = before.counter == counter and before.fields == dict(fields)
        return Kept(before, is_this, told)
    draft, _made = Draft.objects.update_or_create(
        assignment=assignment,
        defaults={"fields": dict(fields), "counter": counter, "saved_at": Now()},
    )
    draft.refresh_from_db(fields=["saved_at"])
    return Kept(draft, is_this=True, told=told)


def of(*, assignment: Assignment, by: Viewer) -> Draft | None:
    """The newest draft of this item: also of an earlier lease of the same person."""
    drafts = visibility.rows(Draft, by).filter(
        assignment__annotator_id=assignment.annotator_id,
        assignment__candidate_id=assignment.candidate_id,
    )
    return drafts.order_by("-counter").first()


def drop(assignment: Assignment) -> None:
    """Forget what its holder typed about this item, also in an earlier lease."""
    Draft.objects.filter(
        assignment__annotator_id=assignment.annotator_id,
        assignment__candidate_id=assignment.candidate_id,
    ).delete()


def _check(fields: Fields, counter: int | None) -> None:
    text = json.dumps(dict(fields), ensure_ascii=False)
    if len(text.encode(errors="replace")) > Draft.MAX_BYTES:
        most = Draft.MAX_BYTES // 2**20
        raise TooLarge(
            _("A draft holds %(most)s MiB at most. Make the text shorter.")
            % {"most": most}
        )
    if any("\0" in value for values in fields.values() for value in values):
        raise Invalid(_("A draft cannot hold the character NUL. Take it out."))
    if counter is not None and not 0 <= counter <= LARGEST_COUNTER:
        raise Invalid(
            _("The counter of a draft goes from 0 to %(largest_counter)s.")
            % {"largest_counter": number_format(LARGEST_COUNTER, force_grouping=True)}
        )


def _milliseconds() -> int:
    """By the database's clock, for a draft of a page without scripts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return int(now.timestamp() * 1000)
