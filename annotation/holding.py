"""Going on holding an item that one works on: leases that a draft renews."""

from __future__ import annotations

from enum import StrEnum

from django.db import connection

from annotation import permissions
from annotation.errors import require
from annotation.models import Assignment, Event
from annotation.visibility import Viewer


class Hold(StrEnum):
    """What became of an assignment that somebody works on."""

    HELD = "held"
    RENEWED = "renewed"
    TAKEN = "taken"
    SUBMITTED = "submitted"
    SKIPPED = "skipped"


def hold(*, assignment: Assignment, by: Viewer) -> Hold:
    """Go on holding an item one works on, by the database's clock, in one statement.

    A lease that ran out is renewed if a slot of the item is free and the person may
    still judge here. Belongs into the transaction of what is written beside it: until
    that ends, no submit and no skip of the same item comes between.
    """
    require(permissions.why_not_hold(by, assignment))
    candidate = assignment.candidate
    barred = permissions.why_not_judge(by, candidate.project, candidate.language)
    with connection.cursor() as cursor:
        cursor.execute("SELECT concord_hold(%s, %s)", [assignment.pk, barred is None])
        found = Hold(cursor.fetchone()[0])
    if found == Hold.RENEWED:
        Event.record(
            Event.Kind.CLAIMED,
            assignment,
            project_id=candidate.project_id,
            user=by.user,
            token=by.token,
            renewed=True,
        )
    return found


def seconds_held(assignment: Assignment) -> int:
    """Since the claim, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM clock_timestamp() - leased_at)::int "
            "FROM annotation_assignment WHERE id = %s",
            [assignment.pk],
        )
        return max(0, int(cursor.fetchone()[0]))
